"""Where jobs run: machines, their hosts, and the pools of slots on them."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.distributions import Distribution
from simulator.model.machines import Failures
from simulator.plan.maintenance import Windows


@dataclass(frozen=True, slots=True)
class Elastic:
    """How a machine's hosts come and go: `least` of them are always there."""

    least: int
    boot: Distribution
    idle_stop_s: float


@dataclass(frozen=True, slots=True)
class Machine:
    """What the hosts of a machine template have in common; `hosts` are their numbers, in order."""

    hosts: range
    duration_factor: float = 1.0
    windows: tuple[Windows, ...] = ()
    failures: Failures | None = None
    elastic: Elastic | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """A host; `windows_sessions` is None where sessions are unlimited.

    `connected` tells whether it is there from the start; those of an elastic pool may come later.
    """

    machine: int
    windows_sessions: int | None
    connected: bool = True

    def has_sessions(self, *, needed: bool) -> bool:
        """Return whether a job finds a Windows session here once all is free, if it needs one."""
        return not needed or self.windows_sessions != 0


@dataclass(frozen=True, slots=True)
class Pool:
    """The slots of one runtime type on one host; slots are numbered from `first_slot` on.

    `licensed` of them have a licence at the start of the run: the others do not exist.
    """

    host: int
    runtime: int
    slots: int
    first_slot: int
    licensed: int

    @property
    def numbers(self) -> range:
        """Return the numbers of its slots on their host."""
        return range(self.first_slot, self.first_slot + self.slots)
