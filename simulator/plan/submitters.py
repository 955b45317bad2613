"""Everything that submits jobs, in the order in which it does so within one instant."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from simulator.access.grants import Access, Who
from simulator.access.refusals import Refusal
from simulator.errors import Path
from simulator.model.folders import Folder, joined, walk
from simulator.model.processes import Process, Then
from simulator.model.registers import full_name, place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import ClosedLoop, Stream
from simulator.model.triggers import ExecutionTarget, Start, Trigger
from simulator.policies.admission import Eligible, Places, Request, admit, request_for
from simulator.records.codes import SourceKind

Decision = TypeVar("Decision")


@dataclass(frozen=True, slots=True)
class Submitter:
    """A trigger, a start or a `then` where it stands: its folder, its process, and who calls.

    Callers take turns; those of a `then` are the accounts its job may have run under. A `then` goes
    by the name of the process whose end it follows.
    """

    parts: tuple[str, ...]
    folder: str
    name: str
    item: Trigger | Start | Then
    process: Process
    callers: tuple[str, ...]

    @property
    def place(self) -> Path:
        """Return where it stands in the scenario."""
        if isinstance(self.item, Then):
            return (*place_of(self.parts), "processes", self.name, "then")
        section = "starts" if isinstance(self.item, Start) else "triggers"
        return (*place_of(self.parts), section, self.name)

    def request(self, caller: str) -> Request:
        """Return what it submits for one caller; of triggers nobody calls nobody is asked."""
        asked = caller if self.asks_caller else None
        return request_for(self.folder, self.item, self.process, asked, caller)

    @property
    def by(self) -> str | None:
        """Return who presses Start, or calls an API trigger; None where nobody does either."""
        if isinstance(self.item, Start):
            return self.item.by
        if isinstance(self.item, Then) or self.item.api is None:
            return None
        return self.item.api.by

    @property
    def asks_caller(self) -> bool:
        """Return whether its callers' rights are asked at each submission."""
        return isinstance(self.item, Then) or self.by is not None

    @property
    def kind(self) -> SourceKind:
        """Return the vendor's kind of source."""
        if isinstance(self.item, Start):
            return SourceKind.MANUAL
        if isinstance(self.item, Then):
            return SourceKind.JOB
        if self.item.time is not None:
            return SourceKind.SCHEDULE
        if self.item.queue is not None:
            return SourceKind.QUEUE
        return SourceKind.INTEGRATION_TRIGGER if self.item.api is None else SourceKind.HTTP_TRIGGER

    @property
    def stream(self) -> Stream | None:
        """Return the stream it submits by; None if it follows a clock, a queue or another job."""
        return None if isinstance(self.item, Then) else self.item.stream

    @property
    def entity(self) -> str:
        """Return the name that its random streams and counters go by."""
        return f"{type(self.item).__name__.lower()}:{self.path}"

    @property
    def path(self) -> str:
        """Return its name in tables: `HR/Payroll:nightly`."""
        return full_name(self.folder, self.name)

    @property
    def process_path(self) -> str:
        """Return its process's name in tables: `HR/Payroll:onboard`."""
        return full_name(self.folder, self.item.process)

    @property
    def runtime(self) -> str:
        """Return the runtime type its jobs ask for."""
        return self.item.runtime or self.process.runtime

    @property
    def priority(self) -> int:
        """Return the priority of its jobs: its own, or its process's."""
        return self.process.priority if self.item.priority == "inherited" else self.item.priority

    @property
    def stop_after(self) -> float:
        """Return after how long its jobs are stopped, in seconds; infinite where nothing does."""
        limits = (self.item.stop_after, self.item.kill_after, self.process.stop_after)
        return min((one for one in limits if one is not None), default=math.inf)

    def run_as_text(self, caller: str) -> str:
        """Return its run-as target in words: `dynamic`, `myself (anna)`, `hr-bot on vm/1`."""
        target = self.item.run_as
        if target == "myself":
            return f"myself ({caller})"
        return target.in_words if isinstance(target, ExecutionTarget) else target


def submitters(scenario: Scenario, access: Access) -> tuple[Submitter, ...]:
    """Return time triggers first, then queue triggers, streams (other triggers, starts), `then`.

    Each kind is in file order.
    """
    found = [one for parts, folder in walk(scenario.folders) for one in _of(parts, folder, access)]
    return tuple(sorted(found, key=lambda one: _TURNS.get(one.kind, _STREAMS)))


def verdicts(
    one: Submitter, scenario: Scenario, access: Access
) -> Iterator[tuple[str, Eligible | Refusal]]:
    """Return each caller with what admission says to him."""
    return by_caller(one, access, lambda caller: admit(one.request(caller), scenario, access))


def places_taken(verdict: Eligible, scenario: Scenario, *, foreground: bool) -> Places:
    """Return where admitted jobs may run, on machines that take jobs of their type."""
    return tuple(
        (machine, accounts)
        for machine, accounts in verdict.places
        if scenario.machines[machine].takes(foreground=foreground)
    )


def by_caller(
    one: Submitter, access: Access, decide: Callable[[str], Decision]
) -> Iterator[tuple[str, Decision]]:
    """Yield what is decided for each caller, deciding once for those with equal rights.

    Where each runs the job as himself, each is decided for alone.
    """
    known: dict[Who | str, Decision] = {}
    for caller in one.callers:
        rights = caller if one.item.run_as == "myself" else access.who(caller)
        if rights not in known:
            known[rights] = decide(caller)
        yield caller, known[rights]


_STREAMS: Final = 2
_TURNS: Final = {SourceKind.SCHEDULE: 0, SourceKind.QUEUE: 1, SourceKind.JOB: 3}
"""Who submits before whom within one instant, by the kind of source; streams come in between."""


def _of(parts: tuple[str, ...], folder: Folder, access: Access) -> Iterator[Submitter]:
    path = joined(parts)

    def submitter(name: str, item: Trigger | Start | Then, callers: tuple[str, ...]) -> Submitter:
        return Submitter(parts, path, name, item, folder.processes[item.process], callers)

    pressing = [
        *(submitter(name, one, _calling(one, access)) for name, one in folder.triggers.items()),
        *(
            submitter(name, one, _in_turn(one.by, one.stream, access))
            for name, one in folder.starts.items()
        ),
    ]
    yield from pressing
    thens = [(name, one.then) for name, one in folder.processes.items() if one.then is not None]
    executors = _executors(path, pressing, access) if thens else ()
    yield from (submitter(name, then, executors) for name, then in thens)


def _executors(folder: str, pressing: Iterable[Submitter], access: Access) -> tuple[str, ...]:
    """Return every account a job of the folder may run under, once."""
    myself = (one.callers for one in pressing if one.item.run_as == "myself")
    return tuple(dict.fromkeys((*access.executors(folder), *chain.from_iterable(myself))))


def _calling(trigger: Trigger, access: Access) -> tuple[str, ...]:
    calls = trigger.api
    return (trigger.created_by,) if calls is None else _in_turn(calls.by, calls, access)


def _in_turn(by: str, stream: Stream, access: Access) -> tuple[str, ...]:
    """Return the accounts that take turns at a stream; a closed loop has one a user at most."""
    everyone = access.members(by)
    return everyone[: stream.users] if isinstance(stream, ClosedLoop) else everyone
