"""Hosts as the reference knows them: connected, down, in maintenance; what of them is licensed.

Whether a host is down or in maintenance is not kept but worked out, from the time since it was
connected and from the windows of its machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from math import inf, isnan, nan
from typing import TypeAlias

from invariants.reference_jobs import seconds

from simulator.plan.plan import Plan
from simulator.records.codes import SlotState

KNOWN_S = 5 * 86400.0
"""How far ahead windows are looked up; no run of a random estate takes as long."""


@dataclass(eq=False)
class HostState:
    """When a host was connected, or is to be (NaN: not), and its licensed slots by pool."""

    licensed: dict[int, int]
    connected_s: float = nan
    boots_until_s: float = nan

    @property
    def is_connected(self) -> bool:
        return not isnan(self.connected_s)

    @property
    def is_booting(self) -> bool:
        return not isnan(self.boots_until_s)

    @property
    def is_off(self) -> bool:
        return not self.is_connected and not self.is_booting


@dataclass
class ReferenceHosts:
    """All hosts, and the licences that nobody holds."""

    plan: Plan
    seen: list[tuple[float, list[tuple[int, SlotState, int]]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = list(self.plan.licences_left)
        self.hosts = [HostState({}) for _ in self.plan.hosts]
        self.pools_of: list[list[int]] = [[] for _ in self.plan.hosts]
        for number, pool in enumerate(self.plan.pools):
            self.pools_of[pool.host].append(number)
            self.hosts[pool.host].licensed[number] = pool.licensed
        for state, host in zip(self.hosts, self.plan.hosts, strict=True):
            state.connected_s = 0.0 if host.connected else nan
        self.windows = [
            [
                (*span, windows.kills)
                for windows in machine.windows
                for span in takewhile(lambda one: one[0] < KNOWN_S, windows.spans_s())
            ]
            for machine in self.plan.machines
        ]

    # --- looked up --------------------------------------------------------------------------------

    def machine_of(self, host: int) -> int:
        return self.plan.hosts[host].machine

    def in_maintenance(self, machine: int, now: float) -> bool:
        return any(begin_s <= now < end_s for begin_s, end_s, _ in self.windows[machine])

    def is_killing(self, host: int, now: float) -> bool:
        """Whether a window begins now that stops what runs."""
        windows = self.windows[self.machine_of(host)]
        return any(begin_s == now and kills for begin_s, _, kills in windows)

    def is_down(self, host: int, now: float) -> bool:
        failures, state = self.plan.machines[self.machine_of(host)].failures, self.hosts[host]
        if failures is None or not state.is_connected:
            return False
        up_s, down_s = seconds(failures.up), seconds(failures.down)
        return (now - state.connected_s) % (up_s + down_s) >= up_s

    def in_service(self, host: int, now: float) -> bool:
        return (
            self.hosts[host].is_connected
            and not self.is_down(host, now)
            and not self.in_maintenance(self.machine_of(host), now)
        )

    def in_order(self, now: float) -> list[bool]:
        """Which hosts are in service, then which machines are in maintenance."""
        hosts = [self.in_service(host, now) for host in range(len(self.hosts))]
        return hosts + [self.in_maintenance(one, now) for one in range(len(self.windows))]

    def licensed(self, pool: int) -> int:
        return self.hosts[self.plan.pools[pool].host].licensed[pool]

    def next_change(self, now: float) -> float:
        """When a window begins or ends next, or a host fails, is repaired or has booted."""
        found = [
            at_s for windows in self.windows for begin_s, end_s, _ in windows
            for at_s in (begin_s, end_s)
        ]  # fmt: skip
        for host in range(len(self.hosts)):
            found += self._fails_or_returns(host, now)
        return min((one for one in (*found, *self.boots()) if one > now), default=inf)

    def boots(self) -> list[float]:
        return [state.boots_until_s for state in self.hosts if state.is_booting]

    def _fails_or_returns(self, host: int, now: float) -> Iterator[float]:
        failures, state = self.plan.machines[self.machine_of(host)].failures, self.hosts[host]
        if failures is not None and state.is_connected:
            up_s, down_s = seconds(failures.up), seconds(failures.down)
            rounds = (now - state.connected_s) // (up_s + down_s)
            begun_s = state.connected_s + rounds * (up_s + down_s)
            yield from (begun_s + up_s, begun_s + up_s + down_s)

    # --- elastic pools ----------------------------------------------------------------------------

    def boot(self, host: int, now: float) -> None:
        """Begin to boot a host that is off, and reserve what licences there are for it."""
        elastic = self.plan.machines[self.machine_of(host)].elastic
        assert elastic is not None
        state = self.hosts[host]
        state.boots_until_s = now + seconds(elastic.boot)
        for number in self.pools_of[host]:
            pool = self.plan.pools[number]
            taken = int(min(pool.slots, self.left[pool.runtime]))
            self.left[pool.runtime] -= taken
            state.licensed[number] = taken

    def connect(self, now: float) -> bool:
        """Connect the hosts that have booted; tell whether there were any."""
        booted = [state for state in self.hosts if state.boots_until_s == now]
        for state in booted:
            state.connected_s, state.boots_until_s = now, nan
        return bool(booted)

    def stop(self, host: int) -> None:
        """Stop a host, and give its licences back."""
        state = self.hosts[host]
        state.connected_s = nan
        for number in self.pools_of[host]:
            self.left[self.plan.pools[number].runtime] += state.licensed[number]
            state.licensed[number] = 0

    def connected_of(self, machine: int) -> int:
        return sum(self.hosts[host].is_connected for host in self.plan.machines[machine].hosts)

    # --- availability -----------------------------------------------------------------------------

    def look(self, now: float) -> None:
        """Note in what state the slots of each pool are from now on."""
        self.seen.append((now, list(self._states(now))))

    def _states(self, now: float) -> Iterator[tuple[int, SlotState, int]]:
        for number, pool in enumerate(self.plan.pools):
            state, licensed = self.hosts[pool.host], self.licensed(number)
            if state.is_booting:
                yield number, SlotState.BOOTING, licensed
            elif state.is_connected:
                yield number, SlotState.UNLICENSED, pool.slots - licensed
                if self.is_down(pool.host, now):
                    yield number, SlotState.DOWN, licensed
                elif self.in_maintenance(self.machine_of(pool.host), now):
                    yield number, SlotState.MAINTENANCE, licensed
                else:
                    yield number, SlotState.USABLE, licensed

    def availability(self, end_s: float) -> list[Presence]:
        until = [*(at_s for at_s, _ in self.seen[1:]), inf]
        rows = (
            (self.plan.pools[pool].host, self.plan.pools[pool].runtime, state, slots, from_s, to_s)
            for (from_s, states), to_s in zip(self.seen, until, strict=True)
            for pool, state, slots in states
        )
        return merged(rows, end_s)


Presence: TypeAlias = tuple[int, int, int, int, float, float]
"""Host, runtime type, state, slots, from when, to when."""


def merged(rows: Iterable[Presence], end_s: float) -> list[Presence]:
    """Rows of `Availability` up to `end_s`, sorted; those that go on where one ends are one."""
    found: list[Presence] = []
    for host, runtime, state, slots, from_s, to_s in sorted(rows):
        what, until_s = (host, runtime, int(state), slots), min(to_s, end_s)
        if slots and until_s > from_s:
            goes_on = bool(found) and found[-1][:4] == what and found[-1][5] == from_s
            found.append((*what, found.pop()[4] if goes_on else from_s, until_s))
    return found
