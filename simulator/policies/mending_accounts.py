"""Who should run it: the smallest change that gives a folder an executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import TENANT, Access, MachineAccounts
from simulator.model.accounts import entry_behind
from simulator.model.scenario import Scenario
from simulator.policies.admission import Request
from simulator.policies.changes import AUTOMATION_USER, Change, Mend, Site, free_name
from simulator.policies.mending_rights import granting


def mend_account(
    request: Request,
    site: Site,
    machines: MachineAccounts,
    scenario: Scenario,
    access: Access,
) -> Mend | None:
    """Return the smallest change that gives the folder an account for this request.

    The one it names, or whom it runs as, if any; else an account with an unattended robot from a
    neighbouring folder, from any other, or from none, preferably one that a mapping of the
    `machines` allows; else a robot for a user of the folder; else a new account.
    """
    named = None if request.target is None else request.target.account
    if request.run_as == "myself":
        named = request.runs_as
    if named is not None:
        return _as_executor(named, request, site, scenario, access)
    spare = _first_allowed(_spare(site.path, scenario, access), machines)
    chosen = spare or _user(site.path, scenario, access)
    if chosen is not None:
        return _as_executor(chosen, request, site, scenario, access)
    robot = free_name("robot", lambda name: bool(access.members(name)))
    return Mend(
        f"add {robot}, a robot account, and assign it to {site.path} as {AUTOMATION_USER}",
        (Change(("accounts", robot), {"type": "robot"}), site.assigned(robot, (AUTOMATION_USER,))),
    )


def _as_executor(
    name: str, request: Request, site: Site, scenario: Scenario, access: Access
) -> Mend | None:
    """Give an account, or a counted one, the robot and the assignment it lacks here."""
    entry = entry_behind(name, scenario.accounts)
    if entry is None or scenario.accounts[entry].type == "application":
        return None
    words: list[str] = []
    changes: list[Change] = []
    if not scenario.accounts[entry].has_unattended_robot:
        words.append(f"give {entry} an unattended robot")
        changes.append(Change(("accounts", entry, "unattended"), value=True))
    if not _is_assigned(name, entry, site.path, access):
        roles, made = _roles(name, request, access)
        as_what = f"as {' and '.join(roles)}" if roles else "by name"
        words.append(f"assign {name} to {site.path} {as_what}")
        changes += [*made, site.assigned(name, roles)]
    return Mend(" and ".join(words), tuple(changes))


def _is_assigned(name: str, entry: str, folder: str, access: Access) -> bool:
    """Return whether any of the accounts is assigned here or above other than by a group."""
    return any(
        principal in {member, entry}
        for member in access.members(name)
        for _, principal in access.assignments(member, folder)
    )


def _roles(
    name: str, request: Request, access: Access
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Return what to assign an executor, and the change that makes a role of it that is new.

    No role to whom a folder role would take a mixed one's rights. The caller gets what starting
    takes as well, so that this mend and that of his rights can be made together.
    """
    grants = [
        grant for member in access.members(name) for grant in access.grants(member, request.folder)
    ]
    by_tenant = any(grant.place == TENANT for grant in grants)
    executing: tuple[str, ...] = () if by_tenant else (AUTOMATION_USER,)
    held = frozenset[str]().union(
        *(grant.permissions for grant in grants),
        *(access.roles[role].folder for role in executing),
    )
    if name != request.caller or DEMANDS[Action.START] <= held:
        return executing, ()
    role, made = granting(DEMANDS[Action.START], name, request.folder, access)
    return (role, *executing), made


def _spare(folder: str, scenario: Scenario, access: Access) -> Iterator[str]:
    """Yield accounts with a robot: of the folders beside this one, of any other, then the rest."""
    places = access.tree.places
    beside = [path for path in places if places[path].parent == places[folder].parent]
    yield from chain.from_iterable(access.executors(path) for path in (*beside, *places))
    for entry, account in scenario.accounts.items():
        if account.has_unattended_robot:
            yield from account.members(entry)


def _first_allowed(accounts: Iterable[str], machines: MachineAccounts) -> str | None:
    """Return the first account that a machine lets run, or just the first."""
    mappings = [None if allowed is None else frozenset(allowed) for _, allowed in machines]
    first: str | None = None
    for account in accounts:
        if any(allowed is None or account in allowed for allowed in mappings):
            return account
        first = first or account
    return first


def _user(folder: str, scenario: Scenario, access: Access) -> str | None:
    """Return the user assigned here or above by name whose robot would be one of the fewest."""
    accounts = scenario.accounts
    entries = [
        entry
        for place in access.tree.upwards(folder)
        for name in place.assign
        if (entry := entry_behind(name, accounts)) and accounts[entry].type == "user"
    ]
    return min(entries, key=lambda entry: accounts[entry].count or 1, default=None)
