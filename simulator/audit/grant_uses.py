"""Which grants a run used, how often and for what: those it never used are more than it needed.

A run starts jobs, runs them, has items added to queues, and is driven by triggers that somebody
made. Nobody in it looks at jobs, stops them or deploys: a grant given for these alone is never
used. What is assigned at the tenant is not judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.access.demands import DEMANDS, Action, lacking
from simulator.access.grants import Access
from simulator.measurement import Figures
from simulator.measurement.figures import Counts
from simulator.model.accounts import entry_behind
from simulator.model.folders import joined, walk
from simulator.model.scenario import Scenario
from simulator.model.triggers import Trigger
from simulator.plan.submitters import Submitter, submitters
from simulator.records.columns import Legend

RUN_JOBS: Final = "run jobs"
"""What an account with an unattended robot does where it is assigned by its own name."""

RUN_AS_MYSELF: Final = "run as myself"
"""What access to a folder lets somebody do in the background under his own identity."""

_LOOKING: Final = (Action.SEE_PROCESSES.value, Action.SEE_JOBS.value)


class GrantUse(NamedTuple):
    """One role given to somebody in a folder, and what a run used it for, subfolders included.

    `principal` is an account, a counted entry or a group; `role` is empty where an assignment names
    none. `permits` is what it lets somebody do, in the words of `Action`, and `RUN_JOBS`. Numbers
    count a replication's window: `starts` submissions that were accepted thanks to a permission of
    the role, among them what a job starts as its executor; `runs` jobs that started under an
    account assigned so; `own_runs` background jobs of people as themselves, whom the assignment let
    in. `triggers` were made with the role's right. `items` were let into queues thanks to a
    permission of the role; retries are added by nobody. Where several grants give the same right,
    each is used. To run jobs and to enter a folder takes the assignment, whichever its roles: these
    count for every role of it.
    """

    folder: str
    principal: str
    role: str
    permits: tuple[str, ...]
    starts: float
    runs: float
    own_runs: float
    triggers: int
    items: float

    @property
    def used_for(self) -> tuple[str, ...]:
        """Return what the run used it for; empty for a grant never used."""
        uses = {
            Action.START.value: self.starts,
            RUN_JOBS: self.runs,
            RUN_AS_MYSELF: self.own_runs,
            Action.MAKE_TRIGGERS.value: self.triggers,
            Action.ADD_ITEMS.value: self.items,
        }
        return tuple(use for use, count in uses.items() if count)

    @property
    def unused(self) -> tuple[str, ...]:
        """Return what it permits and the run never used it for; looking is left out."""
        known = (*self.used_for, *_LOOKING)
        return tuple(right for right in self.permits if right not in known)


_Given: TypeAlias = tuple[str, str, str]
"""A folder, who has a role there, and the role."""


def grant_uses(
    scenario: Scenario, access: Access, legend: Legend, figures: Sequence[Figures]
) -> tuple[GrantUse, ...]:
    """Return every role that folders assign, in the order of the file; none without figures."""
    if not figures:
        return ()
    everyone = submitters(scenario, access)
    starts = _starts(everyone, access, legend, figures)
    runs, own_runs = _runs(everyone, access, legend, figures)
    triggers, items = _triggers(everyone, access), _items(access, legend, figures)
    rights = _rights(access)
    return tuple(
        GrantUse(
            folder=folder,
            principal=principal,
            role=role,
            permits=(*rights.get(role, ()), *_robot_rights(principal, scenario)),
            starts=starts[folder, principal, role] / len(figures),
            runs=runs[folder, principal] / len(figures),
            own_runs=own_runs[folder, principal] / len(figures),
            triggers=triggers[folder, principal, role],
            items=items[folder, principal, role] / len(figures),
        )
        for folder, principal, role in _given(scenario)
    )


def never_used(grants: Iterable[GrantUse]) -> tuple[GrantUse, ...]:
    """Return the grants of which a run made no use, those that permit most first."""
    unused = (grant for grant in grants if not grant.used_for)
    return tuple(sorted(unused, key=lambda grant: -len(grant.permits)))


def concerning(
    grants: Iterable[GrantUse], access: Access, *, who: str | None, folder: str | None
) -> tuple[GrantUse, ...]:
    """Return the grants to somebody, by his groups too, and of one folder; None stands for all."""
    asked = None if who is None else frozenset(access.members(who))
    return tuple(
        grant
        for grant in grants
        if folder in {None, grant.folder}
        and (asked is None or not asked.isdisjoint(access.members(grant.principal)))
    )


def _given(scenario: Scenario) -> Iterator[_Given]:
    """Yield what folders assign; in a personal workspace assignments give nothing."""
    for parts, folder in walk(scenario.folders):
        assigned = folder.assign if folder.personal is None else {}
        for principal, roles in assigned.items():
            for role in dict.fromkeys(roles) or ("",):
                yield joined(parts), principal, role


def _rights(access: Access) -> dict[str, tuple[str, ...]]:
    """Return what each role lets its holder do in a folder; nothing for a tenant role."""
    return {
        name: tuple(action.value for action in Action if not lacking(action, role.folder))
        for name, role in access.roles.items()
    }


def _robot_rights(principal: str, scenario: Scenario) -> tuple[str, ...]:
    """Return `RUN_JOBS` for accounts with a robot; a group brings none."""
    entry = entry_behind(principal, scenario.accounts)
    has_robot = entry is not None and scenario.accounts[entry].has_unattended_robot
    return (RUN_JOBS,) if has_robot else ()


def _starts(
    everyone: Sequence[Submitter], access: Access, legend: Legend, figures: Sequence[Figures]
) -> Counter[_Given]:
    """Count the accepted submissions behind which each grant stood, in all replications."""
    accepted = np.sum([one.submissions - one.refusals for one in figures], axis=0)
    asked = np.array([one.asks_caller for one in everyone], dtype=np.bool_)
    rows = np.flatnonzero(accepted * asked[legend.routes.source])
    folders, callers = legend.routes.folder[rows], legend.routes.principal[rows]
    return _standing_behind(Action.START, _sums(legend, folders, callers, accepted[rows]), access)


def _items(access: Access, legend: Legend, figures: Sequence[Figures]) -> Counter[_Given]:
    """Count the items let in behind which each grant stood, in all replications."""
    added = np.sum([one.items_added - one.items_refused for one in figures], axis=0)
    ways = legend.item_routes
    folders = np.array(legend.names.queue_folder, dtype=np.int32)[ways.queue]
    return _standing_behind(Action.ADD_ITEMS, _sums(legend, folders, ways.principal, added), access)


def _standing_behind(
    action: Action, done: Iterable[tuple[str, str, int]], access: Access
) -> Counter[_Given]:
    """Count how often each grant stood behind what accounts did in folders."""
    found: Counter[_Given] = Counter()
    for folder, account, count in done:
        for given in _behind(action, account, folder, access):
            found[given] += count
    return found


def _triggers(everyone: Sequence[Submitter], access: Access) -> Counter[_Given]:
    """Count the triggers that each grant let its holder make."""
    return Counter(
        given
        for one in everyone
        if isinstance(one.item, Trigger)
        for given in _behind(Action.MAKE_TRIGGERS, one.item.created_by, one.folder, access)
    )


def _behind(action: Action, account: str, folder: str, access: Access) -> set[_Given]:
    """Return the grants that give the account a permission which the action demands there."""
    return {
        (grant.place, grant.principal, grant.role)
        for grant in access.grants(account, folder)
        if not DEMANDS[action].isdisjoint(grant.permissions)
    }


def _runs(
    everyone: Sequence[Submitter], access: Access, legend: Legend, figures: Sequence[Figures]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Count the jobs run by way of each folder's assignments: as robots, and as oneself.

    A robot runs where its account is assigned by its own name or its entry's; background work as
    oneself takes access alone, which a group gives too.
    """
    routes, accounts, jobs = np.concatenate([one.executions for one in figures]).T
    own = np.array([_as_oneself(one) for one in everyone], dtype=np.bool_)
    folders, is_own = legend.routes.folder[routes], own[legend.routes.source[routes]]
    runs: Counter[tuple[str, str]] = Counter()
    own_runs: Counter[tuple[str, str]] = Counter()
    for folder, account, count in _sums(legend, folders, accounts, jobs * ~is_own):
        for place, name in access.assignments(account, folder):
            if name not in access.groups:
                runs[place, name] += count
    for folder, account, count in _sums(legend, folders, accounts, jobs * is_own):
        for assignment in access.assignments(account, folder):
            own_runs[assignment] += count
    return runs, own_runs


def _as_oneself(one: Submitter) -> bool:
    return one.item.run_as == "myself" and one.process.type == "background"


def _sums(
    legend: Legend,
    folders: npt.NDArray[np.integer],
    accounts: npt.NDArray[np.integer],
    numbers: Counts,
) -> Iterator[tuple[str, str, int]]:
    """Yield each pair of a folder and an account with the sum of its numbers, unless it is 0."""
    names = legend.names
    pairs = folders.astype(np.int64) * len(names.accounts) + accounts
    distinct, places = np.unique(pairs, return_inverse=True)
    totals = np.bincount(places, weights=numbers, minlength=len(distinct))
    for pair, total in zip(distinct.tolist(), totals.tolist(), strict=True):
        if total:
            folder, account = divmod(pair, len(names.accounts))
            yield names.folders[folder], names.accounts[account], int(total)
