"""What becomes of the jobs on a host that goes out of service.

By the vendor's page Monitoring unattended sessions maintenance lets running jobs finish, or kills
them. A job that has its place but is not Running yet goes back into line, whatever befalls the
host: nothing starts on one that is out of service.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from simulator.engine.hosts import Hosts
from simulator.engine.slots import Slot, Slots
from simulator.model.machines import RunningJobs
from simulator.records.codes import JobState

_LEFT_AS = {
    "restart": int(JobState.PENDING),
    "fault": int(JobState.FAULTED),
    "kill": int(JobState.STOPPED),
}
_PENDING = int(JobState.PENDING)


class Losses:
    """Takes jobs off hosts; `left` is told of each that has left its slot.

    The match that may follow is the caller's.
    """

    def __init__(self, hosts: Hosts, slots: Slots, left: Callable[[Slot], None]) -> None:
        self._hosts, self._slots, self._left = hosts, slots, left
        self._paused: dict[int, list[Slot]] = {}

    @property
    def any_paused(self) -> bool:
        """Return whether any job is paused now: maintenance may have killed it since."""
        return any(slot.is_paused for slots in self._paused.values() for slot in slots)

    def take_off(self, host: int, running_jobs: RunningJobs | Literal["finish"]) -> None:
        """Deal with the jobs on a host that takes no more."""
        for slot in [*self._slots.held(self._hosts.pools_of[host])]:
            if slot.beginning is not None:
                self._lose(slot, _PENDING)
            elif running_jobs == "pause":
                self._slots.pause(slot)
                self._paused.setdefault(host, []).append(slot)
            elif running_jobs != "finish":
                self._lose(slot, _LEFT_AS[running_jobs])

    def _lose(self, slot: Slot, state: int) -> None:
        self._slots.lose(slot, state)
        self._left(slot)

    def let_go_on(self, host: int) -> None:
        """Let the jobs go on that were paused on a host, as far as they are still there.

        They do so in the order in which they would have ended, had they been due together.
        """
        for slot in sorted(self._paused.pop(host, ()), key=lambda one: one.turn):
            if slot.is_paused:
                self._slots.go_on(slot)
