"""Reserving: some slots of a machine for short jobs alone, which may use the others too.

Short are the processes whose jobs run shorter, on average, than the load-weighted median: at least
half of the machine's load is of jobs that run as long or longer. Long jobs are pinned to the slots
that are left, by `run_as`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from simulator.experiments.advising.alternatives import Alternative, Idea, NotTried, counted
from simulator.experiments.advising.cutting import (
    by_hosts,
    by_single_slots,
    by_slots,
    cut,
    has_a_session_a_slot,
)
from simulator.experiments.advising.entries import (
    own_entries,
    pinned,
    providers,
    replaced,
    written,
)
from simulator.experiments.advising.work import Estate, Work
from simulator.model.machines import Machine
from simulator.model.triggers import ExecutionTarget
from simulator.plan.submitters import Submitter
from simulator.policies.changes import Change, free_name

MOST_RESERVED: Final = 3
"""Slots reserved at most."""

LARGEST_SHARE: Final = 4
"""At most one slot of so many is reserved, where the machine can be cut so."""


_FEWEST_SLOTS: Final = 2


class _Cut(NamedTuple):
    """How many slots are reserved; what is left of the template, and the reserved piece."""

    slots: int
    left: Machine
    reserved: Machine


def reserving(estate: Estate) -> Iterator[Idea]:
    """Yield the slots that could be reserved on each machine that short and long jobs share."""
    for name in estate.scenario.machines:
        works = estate.on_machine(name)
        short = short_of(estate, name, works)
        if not short or _slots(estate.scenario.machines[name]) < _FEWEST_SLOTS:
            continue
        long = [work for work in works if work not in short]
        reason = _obstacle(estate, name, long)
        cuts = [] if reason else list(_cuts(estate.scenario.machines[name]))
        if not cuts:
            reason = reason or "its slots cannot be parted"
            yield NotTried("reserve", f"Reserving slots of {name} for short jobs", reason)
        load = math.fsum(estate.load_on(work, name) for work in works)
        for one in cuts:
            yield _reserved(estate, name, long, one, load)


def short_of(estate: Estate, machine: str, works: Sequence[Work]) -> list[Work]:
    """Return the work on a machine whose jobs run shorter than the load-weighted median."""
    in_order = sorted(works, key=lambda work: work.mean_s)
    half = math.fsum(estate.load_on(work, machine) for work in works) / 2
    passed, median_s = 0.0, 0.0
    for work in in_order:
        median_s = work.mean_s
        passed += estate.load_on(work, machine)
        if passed >= half:
            break
    return [work for work in works if work.mean_s < median_s]


def _obstacle(estate: Estate, name: str, long: Sequence[Work]) -> str:
    """Return what keeps long jobs from being pinned to a part of a machine; empty if nothing."""
    machine = estate.scenario.machines[name]
    if machine.pool is not None:
        return "its hosts come and go with demand"
    if sum(number > 0 for number in machine.slots.values()) > 1:
        return "it offers slots of several runtime types"
    for work in long:
        if work.machines != {name}:
            return f"long jobs of {work.folder} run on other machines too"
    for one in _sources(long):
        target = one.item.run_as
        if target == "myself":
            return f"{one.path} starts long jobs as myself, which cannot be pinned"
        if isinstance(target, ExecutionTarget) and target.host is not None:
            return f"{one.path} names its host {target.host}"
    return ""


def _sources(works: Sequence[Work]) -> list[Submitter]:
    return [one.source for work in works for one in work.sources]


def _cuts(machine: Machine) -> Iterator[_Cut]:
    """Yield cuts of one slot to a quarter of them; where there is none, the smallest up to half."""
    slots = _slots(machine)
    upto = min(MOST_RESERVED, slots // LARGEST_SHARE)
    found = [one for count in range(1, upto + 1) if (one := _cut(machine, count)) is not None]
    if not found:
        more = (_cut(machine, count) for count in range(upto + 1, slots // 2 + 1))
        found = [one for one in more if one is not None][:1]
    yield from found


def _slots(machine: Machine) -> int:
    return machine.host_count * sum(machine.slots.values())


def _cut(machine: Machine, count: int) -> _Cut | None:
    """Return a cut of whole hosts, of as many slots of each, or of single slots; None without."""
    ((runtime, each),) = [(key, number) for key, number in machine.slots.items() if number]
    hosts, sessions = machine.host_count, machine.windows_sessions
    if count % each == 0 and count // each < hosts:
        taken = count // each
        return _Cut(count, *by_hosts(machine, (hosts - taken, taken)))
    if count % hosts == 0 and count // hosts < each:
        taken = count // hosts
        kept = None if sessions is None else min(sessions, each - taken)
        rest = None if sessions is None or kept is None else sessions - kept
        slots = ({runtime: each - taken}, {runtime: taken})
        return _Cut(count, *by_slots(machine, slots, (kept, rest)))
    if has_a_session_a_slot(machine):
        return _Cut(count, *by_single_slots(machine, runtime, (hosts * each - count, count)))
    return None


def _reserved(
    estate: Estate, name: str, long: Sequence[Work], part: _Cut, load: float
) -> Alternative:
    reserved = free_name(f"{name}, short jobs", estate.scenario.machines.__contains__)
    return Alternative(
        kind="reserve",
        words=f"Reserving {counted(part.slots, 'slot')} of {name} for short jobs",
        changes=(
            *cut(estate, name, {name: part.left, reserved: part.reserved}),
            *_entries(estate, name, reserved),
            *(pinned(one, name) for one in _sources(long) if not _is_pinned(one)),
        ),
        load=load,
    )


def _is_pinned(one: Submitter) -> bool:
    """Return whether jobs name a machine already; those of a single machine can name no other."""
    target = one.item.run_as
    return isinstance(target, ExecutionTarget) and target.machine is not None


def _entries(estate: Estate, name: str, reserved: str) -> Iterator[Change]:
    """Yield what lets folders use the reserved slots too, and lets short jobs try them first."""
    for folder in providers(estate, name):
        entries = replaced(own_entries(estate, folder), name, (reserved, name))
        yield written(estate, folder, entries)
