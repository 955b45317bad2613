"""By what a job was submitted, for whom, by what right, and what it needed."""

from __future__ import annotations

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.audit.findings import folder_finding, permission_finding
from simulator.explaining.explained import Needed, NeededPlace, Submission
from simulator.model.triggers import Trigger
from simulator.plan.eligibility import Eligibility
from simulator.plan.submitters import Submitter
from simulator.records.columns import NONE, Legend


def submission_of(one: Submitter, caller: str, at_s: float, access: Access) -> Submission:
    """Return by what right something submitted at an instant; `caller` is whose turn it was."""
    folder = one.folder
    if one.asks_caller:
        by = permission_finding(Action.START, caller, folder, access)
        if not access.has_access(caller, folder):
            by = folder_finding(caller, folder, access)
        return Submission(at_s, one.path, one.kind, caller, is_asked=True, by=by)
    maker = one.item.created_by if isinstance(one.item, Trigger) else ""
    by = permission_finding(Action.MAKE_TRIGGERS, maker, folder, access)
    return Submission(at_s, one.path, one.kind, maker, is_asked=False, by=by)


def needed_by(eligibility: Eligibility, legend: Legend, route: int) -> Needed | None:
    """Return what jobs of a route need; None where admission refuses them."""
    number, names, routes = int(legend.routes.line[route]), legend.names, legend.routes
    if number == NONE:
        return None
    line, pools = eligibility.lines[number], eligibility.pools
    return Needed(
        runtime=names.runtimes[routes.runtime[route]],
        priority=int(routes.priority[route]),
        run_as=names.run_as[routes.run_as[route]],
        takes_session=line.takes_session,
        takes_account=line.takes_account,
        places=tuple(
            NeededPlace(
                machine=names.machines[place.machine],
                hosts=tuple(names.hosts[pools[pool].host] for pool in place.pools),
                slots=sum(pools[pool].slots for pool in place.pools),
                accounts=tuple(names.accounts[account] for account in place.accounts),
            )
            for place in line.places
        ),
    )
