"""What there is to run jobs on in the long run: hosts, their slots, the time they are in service.

It is what there is at most: all hosts that an elastic pool may have, booted, and no time lost
between two jobs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import takewhile
from typing import Final

from simulator.model.machines import Machine
from simulator.plan.arrivals import Wall
from simulator.plan.maintenance import windows_of
from simulator.plan.outages import united
from simulator.policies.licences import Licences
from simulator.sampling.inversion import Columns, mean_s
from simulator.schedules.quartz import parse_cron
from simulator.units import DAY_S

_LOOK_S: Final = 364 * DAY_S
"""How far maintenance is worked out: whole weeks, and every month."""

_MOST_TIMES_A_DAY: Final = 24 * 60
"""Maintenance that is due more often is told as doubtful anyway, and takes long to work out."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Hosts of one machine that are alike to all jobs: one that some job names, or all others.

    `slots` are those with a licence of all of them together, by runtime type; of `booted` hosts
    those that could have one, if any is left. `sessions` are infinite where there are any number.
    """

    machine: str
    name: str
    count: int
    slots: Mapping[str, float]
    sessions: float
    booted: bool = False


def hosts_of(name: str, machine: Machine, named: Iterable[str], licences: Licences) -> list[Hosts]:
    """Return the hosts of a machine: each that is `named`, then the others, connected or booted."""
    alone = sorted({*named} - {""})
    if not alone:
        return [one for one in _others(name, machine, {}, {}, licences) if one.count]
    place_of = {host: place for place, host in enumerate(machine.host_names())}
    by_themselves = [_one(name, machine, host, place_of[host], licences) for host in alone]
    connected = {one.name: one for one in by_themselves if not one.booted}
    booted = {one.name: one for one in by_themselves if one.booted}
    others = _others(name, machine, connected, booted, licences)
    return [*by_themselves, *(one for one in others if one.count)]


def _one(name: str, machine: Machine, host: str, place: int, licences: Licences) -> Hosts:
    booted = place >= machine.connected_at_start
    slots: dict[str, float] = {
        runtime: number if booted else licences.of_host(name, runtime, place)
        for runtime, number in machine.slots.items()
    }
    return Hosts(name, host, 1, slots, _sessions(machine), booted)


def _others(
    name: str,
    machine: Machine,
    connected: Mapping[str, Hosts],
    booted: Mapping[str, Hosts],
    licences: Licences,
) -> Iterator[Hosts]:
    """Yield the connected hosts that are not named, then those that may be booted."""
    count = machine.connected_at_start - len(connected)
    slots: dict[str, float] = {
        runtime: licences.of_machine(name, runtime)
        - math.fsum(one.slots[runtime] for one in connected.values())
        for runtime in machine.slots
    }
    yield Hosts(name, "", count, slots, count * _sessions(machine))
    later = machine.host_count - machine.connected_at_start - len(booted)
    slots = {runtime: later * number for runtime, number in machine.slots.items()}
    yield Hosts(name, "", later, slots, later * _sessions(machine), booted=True)


def _sessions(machine: Machine) -> float:
    return math.inf if machine.windows_sessions is None else float(machine.windows_sessions)


def share_in_service(machine: Machine, wall: Wall, overrun_s: float, columns: Columns) -> float:
    """Return the share of time in which the hosts of a machine run jobs.

    Where maintenance lets jobs finish, they go on into it, for `overrun_s` on average at most.
    """
    up = 1.0
    if machine.failures is not None:
        up_s, down_s = (
            mean_s(one, columns) for one in (machine.failures.up, machine.failures.down)
        )
        up = up_s / (up_s + down_s) if up_s + down_s else 1.0
    kills = all(one.running_jobs == "kill" for one in machine.maintenance)
    return up * (1 - _maintained(machine, wall, 0.0 if kills else overrun_s))


def _maintained(machine: Machine, wall: Wall, finishing_s: float) -> float:
    """Return the share of time in maintenance, of each window what is left after `finishing_s`."""
    if any(parse_cron(one.cron).times_a_day > _MOST_TIMES_A_DAY for one in machine.maintenance):
        return 0.0
    windows = merge(*(_begun(windows_of(one, wall).spans_s()) for one in machine.maintenance))
    lost_s = (
        max(min(end_s, _LOOK_S) - begin_s - finishing_s, 0.0) for begin_s, end_s in united(windows)
    )
    return math.fsum(lost_s) / _LOOK_S


def _begun(spans_s: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    return takewhile(lambda span: span[0] < _LOOK_S, spans_s)
