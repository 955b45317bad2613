"""Where it should run: the smallest change that gives a folder a machine, or allows a pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.access.grants import Access, MachineAccounts
from simulator.model.folders import FolderMachine
from simulator.model.scenario import Scenario
from simulator.policies.admission import Request
from simulator.policies.changes import Change, Mend, Site, free_name
from simulator.policies.hosting import hosting_of, wanted_by


def mend_machine(
    request: Request,
    site: Site,
    accounts: tuple[str, ...],
    scenario: Scenario,
    access: Access,
) -> Mend:
    """Return the smallest change that gives the folder a machine with the runtime type.

    The one the request names; else the first of the tenant that has such slots, preferably with a
    mapping that lets one of the `accounts` run and a host that takes the job; else a new one.
    """
    named = None if request.target is None else request.target.machine
    chosen = named or _with_slots(request, accounts, scenario, access)
    if chosen is not None:
        return _serving(chosen, request, site, scenario, access)
    machine = free_name("machine", scenario.machines.__contains__)
    return Mend(
        f"add {machine}, a machine with one {request.runtime} slot, to {site.path}",
        (
            Change(("machines", machine), {"slots": {request.runtime: 1}}),
            site.with_machine(machine, {}),
        ),
    )


def _serving(name: str, request: Request, site: Site, scenario: Scenario, access: Access) -> Mend:
    """Give a machine the slot and the folder that it lacks."""
    words: list[str] = []
    changes: list[Change] = []
    slots, runtime = scenario.machines[name].slots, request.runtime
    if not slots.get(runtime):
        words.append(f"give {name} one {runtime} slot")
        changes.append(Change(("machines", name, "slots"), {**slots, runtime: 1}))
    if name not in dict(access.machines(site.path)):
        words.append(f"add {name} to {site.path}")
        changes.append(site.with_machine(name, {}))
    return Mend(" and ".join(words), tuple(changes))


def _with_slots(
    request: Request, accounts: tuple[str, ...], scenario: Scenario, access: Access
) -> str | None:
    runners, hosting = frozenset(accounts), hosting_of(scenario)
    wanted = wanted_by(request, scenario)

    def falls_short(name: str) -> tuple[bool, int]:
        allowed = _members(scenario.machines[name].accounts, access)
        return allowed is not None and not allowed & runners, len(hosting.lacks(name, wanted))

    machines = scenario.machines.items()
    fitting = (name for name, machine in machines if machine.slots.get(request.runtime))
    return min(fitting, key=falls_short, default=None)


class _Pair(NamedTuple):
    """A machine with an account it does not let run, and which of the two mappings forbid it."""

    by_tenant: bool
    by_folder: bool
    machine: str
    account: str


def mend_mapping(
    site: Site,
    accounts: tuple[str, ...],
    machines: MachineAccounts,
    scenario: Scenario,
    access: Access,
) -> Mend:
    """Return the smallest change that lets one of the accounts run on one of the machines.

    The folder's own mapping is narrower than the tenant's. One that comes from a parent folder is
    left as it is: the folder gets an entry of its own.
    """
    pairs = (
        pair
        for machine, _ in machines
        for pair in _forbidden(machine, accounts, site, scenario, access)
    )
    pair = min(pairs, key=lambda pair: (pair.by_tenant, pair.by_folder))
    changes = []
    if pair.by_folder:
        changes.append(_let_in_folder(pair, site, access))
    if pair.by_tenant:
        allowed = scenario.machines[pair.machine].accounts or ()
        changes.append(Change(("machines", pair.machine, "accounts"), [*allowed, pair.account]))
    where = f" from {site.path}" if not pair.by_tenant else ""
    return Mend(f"let {pair.account} run on {pair.machine}{where}", tuple(changes))


def _forbidden(
    machine: str, accounts: tuple[str, ...], site: Site, scenario: Scenario, access: Access
) -> Iterator[_Pair]:
    """Yield each account with what forbids it on one machine."""
    by_tenant = _members(scenario.machines[machine].accounts, access)
    by_folder = _members(_entry(machine, site, access).accounts, access)
    for account in accounts:
        yield _Pair(
            by_tenant is not None and account not in by_tenant,
            by_folder is not None and account not in by_folder,
            machine,
            account,
        )


def _let_in_folder(pair: _Pair, site: Site, access: Access) -> Change:
    allowed = [*(_entry(pair.machine, site, access).accounts or ()), pair.account]
    if pair.machine in site.folder.machines:
        return Change((*site.place, "machines", pair.machine, "accounts"), allowed)
    return site.with_machine(pair.machine, {"accounts": allowed})


def _entry(machine: str, site: Site, access: Access) -> FolderMachine:
    """Return the entry by which a folder has a machine: its own, or the nearest propagated one."""
    return next(
        place.machines[machine]
        for place in access.tree.upwards(site.path)
        if machine in place.machines
        and (place.path == site.path or place.machines[machine].propagate)
    )


def _members(names: tuple[str, ...] | None, access: Access) -> frozenset[str] | None:
    """Return the accounts that a mapping names, None where there is no mapping."""
    if names is None:
        return None
    return frozenset(member for name in names for member in access.members(name))
