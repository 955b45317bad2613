"""What a job waits for as it comes into line, in the vendor's codes."""

from __future__ import annotations

from simulator.engine.places import Places
from simulator.plan.plan import Plan
from simulator.records.codes import PendingReason

_FULL = int(PendingReason.TEMPLATE_FULL_CAPACITY)
_NO_HOSTS = int(PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE)
_NO_LICENCE = int(PendingReason.TEMPLATE_NO_LICENSE)
_MAINTENANCE = int(PendingReason.TEMPLATE_MAINTENANCE_MODE)
_LIMIT = int(PendingReason.ROBOT_CONCURRENCY_LIMIT)
_BUSY = int(PendingReason.ROBOT_BUSY)
_HELD_BACK = int(PendingReason.NONE)


class Reasons:
    """Tells why the jobs of a line do not start, as far as the fleet goes."""

    def __init__(self, plan: Plan, places: Places) -> None:
        self._places = places
        self._pools = plan.masks.pools
        self._nowhere = [int(line.nowhere) for line in plan.lines]

    def without_slot(self, line: int) -> int:
        """Return what a job waits for that finds no free slot: what is nearest to being one."""
        places, pools = self._places, self._pools[line]
        if pools & places.open:
            return _FULL
        if not pools:
            return self._nowhere[line]
        if pools & places.maintained:
            return _MAINTENANCE
        return _NO_HOSTS if pools & (places.existing | places.bootable) else _NO_LICENCE

    def passed_over(self, line: int) -> int:
        """Return what a job waits for that a match has passed over, though a slot was free."""
        places = self._places
        if not places.has_free_slot(line):
            return self.without_slot(line)
        if not places.takes_account(line):
            return _HELD_BACK
        return _LIMIT if places.accounts_at_their_limit(line) else _BUSY
