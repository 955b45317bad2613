"""The estate as a network: from those who ask, past what each job takes, to the slots there are.

A job takes, in this order: a place among the jobs a queue trigger may have; an account, of which
there is one on each host, or one anywhere under `one_job_at_a_time`; a Windows session; a slot; and
on a host that is yet to be booted one of the licences that are left. Where jobs that meet at one of
these part again, the network lets each go on where any may: it can only be too wide, and what does
not fit through it fits in no estate.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from simulator.errors import Path
from simulator.plan.demands import Demand
from simulator.plan.flow import Network
from simulator.plan.lasting_capacity import Hosts
from simulator.plan.reaches import Reach, Spot

Kind = Literal["jobs", "at_most", "account", "session", "slot", "licence"]


class Node(NamedTuple):
    """Something jobs take, or the jobs themselves.

    `names` are accounts, a machine, a runtime type or a queue trigger, as its kind has it; `more`
    tells apart what has the same names, and `path` where a trigger stands.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    more: object = None
    path: Path = ()


@dataclass(frozen=True, slots=True, eq=False)
class Fleet:
    """What there is in the long run: hosts by machine, and the share of time they are in service.

    `single` are the accounts with one job at a time anywhere; `left` the licences for hosts that
    boot, by runtime type, infinite where there are any number.
    """

    hosts: Mapping[str, Sequence[Hosts]]
    in_service: Mapping[str, float]
    single: frozenset[str]
    left: Mapping[str, float]


@dataclass(slots=True)
class SlotNetwork:
    """A network in the making: nodes with what fits through each, and the links between them.

    `alike` has for each list of accounts those of it that always come together.
    """

    fleet: Fleet
    alike: Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]
    nodes: list[Node] = field(default_factory=list)
    capacities: list[float] = field(default_factory=list)
    _numbers: dict[Node, int] = field(default_factory=dict)
    _links: dict[tuple[int, int], None] = field(default_factory=dict)
    _last: set[int] = field(default_factory=set)

    def network(self) -> Network:
        """Return all of it, for good."""
        return Network(tuple(self.capacities), tuple(self._links), frozenset(self._last))

    def add(self, demand: Demand) -> int:
        """Add jobs and all they may take; return the number of their node."""
        jobs = self._node(Node("jobs", more=len(self.nodes)), math.inf)
        for reach in demand.reaches:
            begin = jobs
            if reach.at_most is not None:
                trigger, path, most = reach.at_most
                begin = self._node(Node("at_most", (trigger,), path=path), most)
                self._link(jobs, begin)
            for spot in reach.spots:
                for hosts in self.fleet.hosts[spot.machine]:
                    if spot.host in {"", hosts.name}:
                        self._enter(begin, reach, spot, hosts)
        return jobs

    def _enter(self, begin: int, reach: Reach, spot: Spot, hosts: Hosts) -> None:
        """Link a node to what its jobs take on some hosts."""
        slot = self._slot(reach, hosts)
        inner = self._session(slot, hosts) if reach.foreground else slot
        if not spot.accounts:
            self._link(begin, inner)
        for accounts in self.alike[spot.accounts] if spot.accounts else ():
            one = self._accounts(accounts, hosts)
            self._link(begin, one)
            self._link(one, inner)

    def _slot(self, reach: Reach, hosts: Hosts) -> int:
        service, place = self.fleet.in_service[hosts.machine], (hosts.name, hosts.booted)
        node = Node("slot", (hosts.machine,), (*place, reach.runtime))
        slot = self._node(node, service * hosts.slots[reach.runtime])
        left = self.fleet.left[reach.runtime]
        if hosts.booted and math.isfinite(left):
            licence = self._node(Node("licence", (reach.runtime,)), left)
            self._link(slot, licence)
            self._last.add(licence)
        else:
            self._last.add(slot)
        return slot

    def _session(self, slot: int, hosts: Hosts) -> int:
        if math.isinf(hosts.sessions):
            return slot
        service = self.fleet.in_service[hosts.machine]
        node = Node("session", (hosts.machine,), (hosts.name, hosts.booted))
        session = self._node(node, service * hosts.sessions)
        self._link(session, slot)
        return session

    def _accounts(self, accounts: tuple[str, ...], hosts: Hosts) -> int:
        if accounts[0] in self.fleet.single:
            return self._node(Node("account", accounts), len(accounts))
        service = self.fleet.in_service[hosts.machine]
        node = Node("account", accounts, (hosts.machine, hosts.name, hosts.booted))
        return self._node(node, len(accounts) * service * hosts.count)

    def _node(self, node: Node, capacity: float) -> int:
        """Return the number of a node, new or known; a known one has this capacity already."""
        if node not in self._numbers:
            self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
            self.capacities.append(capacity)
        return self._numbers[node]

    def _link(self, here: int, there: int) -> None:
        self._links[here, there] = None


def alike(
    lists: Iterable[tuple[str, ...]], single: frozenset[str]
) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Return each list of accounts in parts that are all in the same lists, and single or not."""
    different = [one for one in dict.fromkeys(lists) if one]
    within: dict[str, list[int]] = defaultdict(list)
    for number, accounts in enumerate(different):
        for account in accounts:
            within[account].append(number)
    parts: dict[tuple[bool, tuple[int, ...]], list[str]] = defaultdict(list)
    for account, numbers in within.items():
        parts[account in single, tuple(numbers)].append(account)
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {one: [] for one in different}
    for (_, rows), together in parts.items():
        for row in rows:
            found[different[row]].append(tuple(together))
    return found


def spots_of(demands: Iterable[Demand]) -> Iterator[Spot]:
    """Yield every spot of every demand."""
    return (spot for one in demands for reach in one.reaches for spot in reach.spots)
