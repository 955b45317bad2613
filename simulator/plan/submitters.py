"""Everything that submits jobs, in the order in which it does so within one instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.access.grants import Access
from simulator.errors import Path
from simulator.model.folders import Folder, joined, walk
from simulator.model.processes import Process
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import ClosedLoop, Stream
from simulator.model.triggers import ExecutionTarget, Start, Trigger
from simulator.policies.admission import Request, request_for
from simulator.records.columns import SourceKind


@dataclass(frozen=True, slots=True)
class Submitter:
    """A trigger or a start where it stands: its folder, its process, and who calls, in turn."""

    parts: tuple[str, ...]
    folder: str
    name: str
    item: Trigger | Start
    process: Process
    callers: tuple[str, ...]

    @property
    def place(self) -> Path:
        """Return where it stands in the scenario."""
        section = "starts" if isinstance(self.item, Start) else "triggers"
        return (*place_of(self.parts), section, self.name)

    def request(self, caller: str) -> Request:
        """Return what it submits for one caller; of a time or event trigger nobody is asked."""
        asked = None if self.by is None else caller
        return request_for(self.folder, self.item, self.process, asked, caller)

    @property
    def by(self) -> str | None:
        """Return who presses Start, or calls an API trigger; None where nobody does either."""
        if isinstance(self.item, Start):
            return self.item.by
        return None if self.item.api is None else self.item.api.by

    @property
    def kind(self) -> SourceKind:
        """Return the vendor's kind of source."""
        if isinstance(self.item, Start):
            return SourceKind.MANUAL
        if self.item.time is not None:
            return SourceKind.SCHEDULE
        return SourceKind.INTEGRATION_TRIGGER if self.item.api is None else SourceKind.HTTP_TRIGGER

    @property
    def entity(self) -> str:
        """Return the name that its random streams and counters go by."""
        word = "start" if isinstance(self.item, Start) else "trigger"
        return f"{word}:{self.path}"

    @property
    def path(self) -> str:
        """Return its name in tables: `HR/Payroll:nightly`."""
        return f"{self.folder}:{self.name}"

    @property
    def process_path(self) -> str:
        """Return its process's name in tables: `HR/Payroll:onboard`."""
        return f"{self.folder}:{self.item.process}"

    @property
    def runtime(self) -> str:
        """Return the runtime type its jobs ask for."""
        return self.item.runtime or self.process.runtime

    @property
    def priority(self) -> int:
        """Return the priority of its jobs: its own, or its process's."""
        return self.process.priority if self.item.priority == "inherited" else self.item.priority

    def run_as_text(self, caller: str) -> str:
        """Return its run-as target in words: `dynamic`, `myself (anna)`, `hr-bot on vm/1`."""
        target = self.item.run_as
        if target == "myself":
            return f"myself ({caller})"
        return target.in_words if isinstance(target, ExecutionTarget) else target


def submitters(scenario: Scenario, access: Access) -> tuple[Submitter, ...]:
    """Return time triggers first, then streams (other triggers, starts), each in file order."""
    found = [one for parts, folder in walk(scenario.folders) for one in _of(parts, folder, access)]
    return tuple(sorted(found, key=lambda one: one.kind != SourceKind.SCHEDULE))


def _of(parts: tuple[str, ...], folder: Folder, access: Access) -> Iterator[Submitter]:
    path = joined(parts)
    for name, trigger in folder.triggers.items():
        calls, process = trigger.api, folder.processes[trigger.process]
        callers = (trigger.created_by,) if calls is None else _callers(calls.by, calls, access)
        yield Submitter(parts, path, name, trigger, process, callers)
    for name, start in folder.starts.items():
        callers = _callers(start.by, start.stream, access)
        yield Submitter(parts, path, name, start, folder.processes[start.process], callers)


def _callers(by: str, stream: Stream, access: Access) -> tuple[str, ...]:
    members = access.members(by)
    return members[: stream.users] if isinstance(stream, ClosedLoop) else members
