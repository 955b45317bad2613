"""The vendor's code for what a job waits for, from the fleet as it is at its submission."""

from __future__ import annotations

from invariants.reference_fleet import ReferenceFleet
from invariants.reference_jobs import Job

from simulator.records.codes import PendingReason


def pending_reason(fleet: ReferenceFleet, job: Job, now: float) -> PendingReason:
    """Return what a job waits for that stands in line."""
    pools = list(job.line.pools())
    if any(fleet.has_free(pool, now) for pool in pools):
        if not job.line.takes_account:  # another job holds it up, for which there is no code
            return PendingReason.NONE
        lacks = fleet.lacks_accounts(job)
        return PendingReason.ROBOT_CONCURRENCY_LIMIT if lacks else PendingReason.ROBOT_BUSY
    return _without_a_slot(fleet, job, pools, now)


def _without_a_slot(fleet: ReferenceFleet, job: Job, pools: list[int], now: float) -> PendingReason:
    hosts, plan = fleet.hosts, fleet.plan
    existing = [pool for pool in pools if _is_connected(fleet, pool) and hosts.licensed(pool)]
    if any(hosts.in_service(plan.pools[pool].host, now) for pool in existing):
        return PendingReason.TEMPLATE_FULL_CAPACITY
    if any(not hosts.is_down(plan.pools[pool].host, now) for pool in existing):
        return PendingReason.TEMPLATE_MAINTENANCE_MODE
    if existing or any(_may_come(fleet, pool) for pool in pools):
        return PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE
    return PendingReason.TEMPLATE_NO_LICENSE if pools else job.line.nowhere


def _is_connected(fleet: ReferenceFleet, pool: int) -> bool:
    return fleet.hosts.hosts[fleet.plan.pools[pool].host].is_connected


def _may_come(fleet: ReferenceFleet, pool: int) -> bool:
    """Whether the pool's host boots, or could: it is off, and there is a licence for it."""
    state = fleet.hosts.hosts[fleet.plan.pools[pool].host]
    licence = fleet.hosts.left[fleet.plan.pools[pool].runtime] > 0
    return (state.is_booting and fleet.hosts.licensed(pool) > 0) or (state.is_off and licence)
