"""Looks for openings, one kind of rule after the other; each machine or account found is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, groupby
from operator import itemgetter

from simulator.access.grants import Access
from simulator.audit.named_openings import Alike, Make, NamedOpening, alike
from simulator.audit.what_if import (
    WhatIf,
    a_machine_of_each_kind,
    every_robot,
    kinds_of,
    no_mappings,
    numbered,
)
from simulator.model.accounts import entry_behind
from simulator.model.scenario import Scenario
from simulator.plan.lines import Line, Place
from simulator.plan.openings import Opening, Rule
from simulator.plan.plan import Plan
from simulator.plan.submitters import submitters
from simulator.policies.admission import Places, Request
from simulator.policies.hosting import Hosting, Lack, Wanted, hosting_of, wanted_by
from simulator.records.columns import numbers_of


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs with the same needs: one of their requests, their lines, the first of these.

    `run_as` is as tables have it, `places` are where admission lets them run.
    """

    request: Request
    run_as: str
    wanted: Wanted
    lines: tuple[int, ...]
    line: Line
    places: Places

    def opening(
        self, rule: Rule, what: str, *places: Place, accounts: tuple[int, ...] = (), at: str = ""
    ) -> NamedOpening:
        """Return what a rule opens to them."""
        kind = "foreground" if self.request.foreground else "background"
        return NamedOpening(
            Opening(rule, self.lines, places, accounts),
            self.request.folder,
            f"{self.request.runtime}, {kind}, {self.run_as}",
            what,
            at,
            self.request,
        )


@dataclass(frozen=True, eq=False)
class Search:
    """Looks for openings, one kind after the other."""

    scenario: Scenario
    access: Access
    plan: Plan

    def jobs(self) -> Iterator[Jobs]:
        """Yield all that are admitted, those with the same needs together."""
        alike: defaultdict[Hashable, dict[int, tuple[Request, str]]] = defaultdict(dict)
        everyone, routes = submitters(self.scenario, self.access), self.plan.legend.routes
        callers = self.plan.legend.names.principals
        columns = (routes.line, routes.source, routes.principal, routes.run_as, routes.runtime)
        for line, source, caller, *needs in zip(*(one.tolist() for one in columns), strict=True):
            if line >= 0:
                one = self.plan.lines[line]
                key = one.folder, one.takes_session, one.places, *needs
                submitter, by = everyone[source], callers[caller]
                alike[key].setdefault(line, (submitter.request(by), submitter.run_as_text(by)))
        for requests in alike.values():
            first, (request, run_as) = next(iter(requests.items()))
            places = WhatIf(self.scenario, self.access).places(request)
            wanted = wanted_by(request, self.scenario)
            yield Jobs(request, run_as, wanted, tuple(requests), self.plan.lines[first], places)

    def ways(self, jobs: Jobs) -> Iterator[Alike | list[Make]]:
        """Yield what each kind of rule would open to some jobs."""
        yield list(self._process_types(jobs))
        yield list(self._licences(jobs))
        yield self._unmapped_machines(jobs)
        yield self._other_machines(jobs)
        if jobs.line.takes_session:
            yield list(self._sessions(jobs))
        if jobs.line.takes_account:
            yield list(self._limits(jobs))
            yield self._unmapped_robots(jobs)
            yield self._other_robots(jobs)

    # --- slots ----------------------------------------------------------------------------------

    def _process_types(self, jobs: Jobs) -> Iterator[Make]:
        """Yield machines of the folder that do not take jobs of that type."""
        for name, accounts in jobs.places:
            if self._lacks(name, jobs.wanted) == (Lack.PROCESS_TYPE,):
                yield partial(self._machine, jobs, Rule.PROCESS_TYPES, name, accounts)

    def _licences(self, jobs: Jobs) -> Iterator[Make]:
        """Yield machines that may have slots without a licence."""
        for place in jobs.line.places:
            pools = [self.plan.pools[pool] for pool in place.pools]
            if any(pool.licensed < pool.slots for pool in pools):
                name = self._machines[place.machine]
                yield partial(jobs.opening, Rule.LICENCE, name, place, at=name)

    def _sessions(self, jobs: Jobs) -> Iterator[Make]:
        """Yield machines of which a host has fewer Windows sessions than slots."""
        for place in jobs.line.places:
            name = self._machines[place.machine]
            machine = self.scenario.machines[name]
            sessions = machine.windows_sessions
            if place.pools and sessions is not None and sessions < sum(machine.slots.values()):
                yield partial(jobs.opening, Rule.SESSION, name, place, at=name)

    def _limits(self, jobs: Jobs) -> Iterator[Make]:
        """Yield accounts, counted ones as one, that have one job at a time over all hosts."""
        limited = set(jobs.line.accounts()) & self.plan.single
        members: defaultdict[str, list[int]] = defaultdict(list)
        for number in sorted(limited):
            members[self._entry(self.access.accounts[number])].append(number)
        for entry, numbers in members.items():
            places = [one for one in jobs.line.places if not set(numbers).isdisjoint(one.accounts)]
            yield partial(jobs.opening, Rule.LIMIT, entry, *places, accounts=tuple(numbers))

    def _unmapped_machines(self, jobs: Jobs) -> Alike:
        """Return machines of the folder on which a mapping lets none of its accounts run."""
        mapped = dict(jobs.places)
        found = [
            (name, (self._nearest(name, accounts),))
            for name, accounts in self._without_mappings(jobs.request)
            if name not in mapped and not self._lacks(name, jobs.wanted)
        ]
        names, accounts = [name for name, _ in found], [nearest for _, nearest in found]
        keys = [(self._likeness[name], nearest) for name, nearest in found]
        return alike(keys, partial(self._machine, jobs, Rule.MAPPING), names, accounts)

    def _nearest(self, machine: str, accounts: tuple[str, ...]) -> str:
        """Return the account that is kept off a machine by the folder alone, else the first."""
        names = self.scenario.machines[machine].accounts or ()
        allowed = {member for name in names for member in self.access.members(name)}
        return next((one for one in accounts if one in allowed), accounts[0])

    def _other_machines(self, jobs: Jobs) -> Alike:
        """Return machines that are not in the folder, and would take its jobs if they were."""
        served, kinds = dict(self.access.machines(jobs.request.folder)), self._kinds
        there = {
            kinds[name]: accounts
            for name, accounts in self._with_machines.places(jobs.request)
            if name not in served
        }
        names = [
            name
            for name, kind in kinds.items()
            if kind in there and name not in served and not self._lacks(name, jobs.wanted)
        ]
        keys = list(map(self._likeness.__getitem__, names))
        return alike(keys, partial(self._other_machine, jobs, there), names)

    def _other_machine(
        self, jobs: Jobs, there: Mapping[int, tuple[str, ...]], name: str
    ) -> NamedOpening:
        return self._machine(jobs, Rule.FOLDER, name, there[self._kinds[name]])

    # --- accounts -------------------------------------------------------------------------------

    def _unmapped_robots(self, jobs: Jobs) -> Alike:
        """Return accounts of the folder that a mapping keeps off a machine where others may run."""
        lets = dict(jobs.places)
        places = {self._machines[place.machine]: place for place in jobs.line.places}
        found = [
            (name, account)
            for name, accounts in self._without_mappings(jobs.request)
            if name in places
            for allowed in (frozenset(lets[name]),)
            for account in accounts
            if account not in allowed
        ]
        accounts = [account for _, account in found]
        keys = [(name, self._rights[account]) for name, account in found]
        make = partial(self._robot, jobs, Rule.MAPPING)
        return alike(keys, make, accounts, [(places[name],) for name, _ in found])

    def _other_robots(self, jobs: Jobs) -> Alike:
        """Return accounts that run no jobs in the folder, as they are not assigned by their name.

        Machines that let the same accounts run are looked at together, by their number.
        """
        there = {*self.access.executors(jobs.request.folder)}
        there.update(*(accounts for accounts, _ in groupby(jobs.places, itemgetter(1))))
        machines = self._by_accounts(jobs.request)
        letting: dict[str, tuple[int, ...]] = {}
        for number, accounts in enumerate(machines):
            for account in accounts:
                if account not in there:
                    letting[account] = (*letting.get(account, ()), number)
        names = list(machines.values())
        places = {
            numbers: self._places_among(jobs, set().union(*(names[one] for one in numbers)))
            for numbers in set(letting.values())
        }
        robots = [account for account, numbers in letting.items() if places[numbers]]
        keys = [(self._rights[account], letting[account]) for account in robots]
        make = partial(self._other_robot, jobs)
        return alike(keys, make, robots, [places[letting[account]] for account in robots])

    def _by_accounts(self, request: Request) -> Mapping[tuple[str, ...], set[str]]:
        """Return where a request could run with all robots there: by the accounts that may."""
        machines: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for accounts, places in groupby(self._with_robots.places(request), itemgetter(1)):
            machines[accounts].update(name for name, _ in places)
        return machines

    def _other_robot(self, jobs: Jobs, account: str, places: Sequence[Place]) -> NamedOpening:
        has_access = self.access.has_access(account, jobs.request.folder)
        return self._robot(jobs, Rule.ROLE if has_access else Rule.FOLDER, account, places)

    # --- looked up ------------------------------------------------------------------------------

    def _machine(self, jobs: Jobs, rule: Rule, name: str, accounts: Sequence[str]) -> NamedOpening:
        """Return a machine on which some accounts could run jobs as an opening."""
        return jobs.opening(rule, name, self._place(name, accounts, jobs.wanted), at=name)

    def _robot(self, jobs: Jobs, rule: Rule, account: str, places: Sequence[Place]) -> NamedOpening:
        """Return an account that could run jobs in some of their places as an opening."""
        at = self._machines[places[0].machine] if rule is Rule.MAPPING else ""
        return jobs.opening(rule, account, *places, accounts=(self._accounts[account],), at=at)

    def _places_among(self, jobs: Jobs, machines: Collection[str]) -> tuple[Place, ...]:
        """Return the places of some jobs that are on certain machines."""
        return tuple(one for one in jobs.line.places if self._machines[one.machine] in machines)

    def _without_mappings(self, request: Request) -> Places:
        """Return where a request could run if no mapping kept anybody off; nowhere if none does."""
        return self._unmapped.places(request) if self._has_mappings else ()

    def _lacks(self, name: str, wanted: Wanted) -> tuple[Lack, ...]:
        """Return all that keeps jobs from ever running on a machine."""
        key = name, wanted
        if key not in self._lacking:
            self._lacking[key] = self._hosting.lacks(name, wanted)
        return self._lacking[key]

    @cached_property
    def _lacking(self) -> dict[tuple[str, Wanted], tuple[Lack, ...]]:
        return {}

    def _place(self, machine: str, accounts: Sequence[str], wanted: Wanted) -> Place:
        """Return the pools of a machine, of the one host that is wanted if any, as a place."""
        number, hosts = self._machine_numbers[machine], self.plan.legend.names.hosts
        runtime = self.plan.legend.names.runtimes.index(wanted.runtime)
        own = None if wanted.host is None else f"{machine}/{wanted.host}"
        pools = (pool for pool in self._pools[number] if self.plan.pools[pool].runtime == runtime)
        return Place(
            number,
            tuple(one for one in pools if own in {None, hosts[self.plan.pools[one].host]}),
            tuple(self._accounts[account] for account in accounts),
        )

    def _entry(self, account: str) -> str:
        """Return what an account is called in the file: its own name, or that of all members."""
        return entry_behind(account, self.scenario.accounts) or account

    @cached_property
    def _hosting(self) -> Hosting:
        return hosting_of(self.scenario)

    @cached_property
    def _machines(self) -> tuple[str, ...]:
        return self.plan.legend.names.machines

    @cached_property
    def _machine_numbers(self) -> Mapping[str, int]:
        return numbers_of(self._machines)

    @cached_property
    def _accounts(self) -> Mapping[str, int]:
        return numbers_of(self.access.accounts)

    @cached_property
    def _pools(self) -> Mapping[int, list[int]]:
        """Return the pools of each machine, in order."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, pool in enumerate(self.plan.pools):
            found[self.plan.hosts[pool.host].machine].append(number)
        return found

    @cached_property
    def _likeness(self) -> Mapping[str, int]:
        """Return a number for each machine, the same for those that are, and serve, alike."""
        serves: defaultdict[str, list[Hashable]] = defaultdict(list)
        for folder in self.access.folders:
            for name, allowed in self.access.machines(folder):
                serves[name].append((folder, allowed))
        return numbered({name: (kind, *serves[name]) for name, kind in self._kinds.items()})

    @cached_property
    def _rights(self) -> Mapping[str, int]:
        """Return a number for each account, the same for members of one entry with equal rights."""
        who = self.access.who
        return numbered({one: (self._entry(one), who(one)) for one in self.access.accounts})

    @cached_property
    def _kinds(self) -> Mapping[str, int]:
        return kinds_of(self.scenario)

    @cached_property
    def _with_machines(self) -> WhatIf:
        return a_machine_of_each_kind(self.scenario, self.access, self._kinds)

    @cached_property
    def _with_robots(self) -> WhatIf:
        return every_robot(self.scenario, self.access)

    @cached_property
    def _unmapped(self) -> WhatIf:
        return no_mappings(self.scenario)

    @cached_property
    def _has_mappings(self) -> bool:
        of_tenant = (one.accounts for one in self.scenario.machines.values())
        places = self.access.tree.places.values()
        of_folders = (one.accounts for place in places for one in place.machines.values())
        return any(accounts is not None for accounts in chain(of_tenant, of_folders))
