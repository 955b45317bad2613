"""Which hosts could ever take an admitted job. Admission asks for none: the match does.

A machine serves nobody that takes no jobs of the type, or has no host, no Windows session for work
in the foreground, or no licence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.policies.admission import Places, Request
from simulator.policies.licences import Licences, licences_of


class Lack(StrEnum):
    """What keeps every host of a machine from ever taking a job."""

    PROCESS_TYPE = "process type"
    HOST = "host"
    SESSION = "Windows session"
    LICENCE = "licence"


class Wanted(NamedTuple):
    """What a job asks of a host: a slot, a session if in the foreground; `host` is an own name."""

    runtime: RuntimeType
    foreground: bool
    host: str | None = None


def wanted_by(request: Request, scenario: Scenario) -> Wanted:
    """Return what the job of a request asks of a host, and which one it names, if any."""
    target, host = request.target, None
    if target is not None and target.machine is not None and target.host is not None:
        host = scenario.machines[target.machine].own_host_name(target.machine, target.host)
    return Wanted(request.runtime, request.foreground, host)


def lacks_in_words(lacks: Iterable[Lack], wanted: Wanted) -> str:
    """Return lacks as they follow a machine's name: `has no host`, `takes no foreground jobs`."""
    kind = "foreground" if wanted.foreground else "background"
    said = {
        Lack.PROCESS_TYPE: f"takes no {kind} jobs",
        Lack.HOST: "has no host",
        Lack.SESSION: "has no Windows session",
        Lack.LICENCE: f"gets no {wanted.runtime} licence",
    }
    return " and ".join(said[lack] for lack in lacks)


@dataclass(frozen=True, slots=True, eq=False)
class Hosting:
    """The hosts of a scenario, and their licences."""

    scenario: Scenario
    licences: Licences

    def lacks(self, name: str, wanted: Wanted) -> tuple[Lack, ...]:
        """Return all that keeps a job from ever running on a machine with such slots."""
        machine = self.scenario.machines[name]
        found = {
            Lack.PROCESS_TYPE: not machine.takes(foreground=wanted.foreground),
            Lack.HOST: not machine.host_count,
            Lack.SESSION: wanted.foreground and machine.windows_sessions == 0,
            Lack.LICENCE: machine.host_count > 0 and not self._is_licensed(name, wanted),
        }
        return tuple(lack for lack, is_so in found.items() if is_so)

    def hosts(self, name: str, wanted: Wanted) -> tuple[str, ...]:
        """Return the own names of the hosts of a machine that can take a job, in order.

        Of an elastic pool those that may be booted are among them, all of them where any licence
        is left.
        """
        if self.lacks(name, wanted):
            return ()
        names = self.scenario.machines[name].host_names()
        return tuple(names[place] for place in self._licensed(name, wanted))

    def serves(self, places: Places, wanted: Wanted) -> bool:
        """Return whether a job could ever begin in one of these places."""
        return any(not self.lacks(name, wanted) for name, _ in places)

    def _is_licensed(self, name: str, wanted: Wanted) -> bool:
        return next(self._licensed(name, wanted), None) is not None

    def _licensed(self, name: str, wanted: Wanted) -> Iterator[int]:
        """Yield the places of the hosts that have, or may get, a licence for one such slot.

        First those connected at the start, then those that may be booted later.
        """
        machine, runtime = self.scenario.machines[name], wanted.runtime
        at_start = math.ceil(self.licences.of_machine(name, runtime) / machine.slots[runtime])
        most = machine.host_count if self.licences.left(runtime) else 0
        names = () if wanted.host is None else machine.host_names()
        for place in chain(range(at_start), range(machine.connected_at_start, most)):
            if wanted.host is None or names[place] == wanted.host:
                yield place


def hosting_of(scenario: Scenario) -> Hosting:
    """Return the hosts of a scenario with their licences."""
    return Hosting(scenario, licences_of(scenario))
