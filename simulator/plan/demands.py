"""What the jobs of a scenario ask for in the long run: how many slots at once, and where.

Jobs that never wait in ever greater number stand in lines as well, but their load counts for
nothing; so do users of a closed loop, and streams that end. So whatever is said to be too much is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from simulator.model.processes import Then
from simulator.model.registers import full_name
from simulator.plan.adders import Adder
from simulator.plan.arrivals import Wall
from simulator.plan.chance import arrival_drifts, submitter_drifts
from simulator.plan.held_slots import Holding
from simulator.plan.lasting_rates import rates_of
from simulator.plan.long_run_rates import arrivals_per_s
from simulator.plan.reaches import Admitted, Reach
from simulator.plan.submitters import Submitter
from simulator.plan.volume import attempts
from simulator.records.codes import SourceKind


class Submission(NamedTuple):
    """Jobs that are alike to a run's routes: of a source, by its path and kind, and a caller."""

    source: str
    kind: SourceKind
    caller: str
    priority: int


@dataclass
class Demand:
    """Jobs, or items, that may run in the same places at the same priority.

    Where folders take turns they are of one folder. `slots` is how many they keep busy at once,
    `starts_per_s` how often a job starts, by folder; `drifts` where chance adds up in it.
    `submissions` and `queues` say whose they are.
    """

    priority: int
    reaches: tuple[Reach, ...]
    slots: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    starts_per_s: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    submissions: set[Submission] = field(default_factory=set)
    queues: set[str] = field(default_factory=set)
    drifts: bool = False

    @property
    def load(self) -> float:
        """Return how many slots they keep busy at once, all together."""
        return math.fsum(self.slots.values())


class Part(NamedTuple):
    """A part of a demand, all of one source; without a `load` it only stands in line.

    `per_s` of its jobs come a second, or of its items where it has a `queue`.
    """

    source: Submitter | Adder
    priority: int
    reaches: tuple[Reach, ...]
    load: float = 0.0
    per_s: float = 0.0
    drifts: bool = False
    submissions: tuple[Submission, ...] = ()
    queue: str = ""


def demands_of(
    admitted: Sequence[Admitted],
    adding: Iterable[tuple[Adder, float]],
    holding: Holding,
    wall: Wall,
) -> list[Demand]:
    """Return all demands; `adding` has each arrival, and the share of its items that are let in."""
    in_turn = holding.scenario.dispatch.order == "round_robin"
    found: dict[tuple[object, ...], Demand] = {}
    for part in parts_of(admitted, adding, holding, wall):
        key = part.priority, part.reaches, part.source.folder if in_turn else ""
        _add(part, found.setdefault(key, Demand(part.priority, part.reaches)))
    return list(found.values())


def parts_of(
    admitted: Sequence[Admitted],
    adding: Iterable[tuple[Adder, float]],
    holding: Holding,
    wall: Wall,
    *,
    of_all: bool = False,
) -> Iterator[Part]:
    """Yield what each source asks for; arguments are those of `demands_of`.

    With `of_all` the load counts too of what never waits in ever greater number.
    """
    rates = rates_of(admitted, holding.scenario, wall, holding.columns, of_all=of_all)
    yield from _of_jobs(admitted, rates, holding)
    yield from _of_items(admitted, adding, holding, wall, of_all=of_all)


def _add(part: Part, demand: Demand) -> None:
    demand.submissions.update(part.submissions)
    if part.queue:
        demand.queues.add(part.queue)
    if part.load:
        demand.slots[part.source.folder] += part.load
        demand.starts_per_s[part.source.folder] += 0.0 if part.queue else part.per_s
        demand.drifts |= part.drifts


def _of_jobs(
    admitted: Iterable[Admitted], rates: Mapping[str, float], holding: Holding
) -> Iterator[Part]:
    for one in admitted:
        per_s = rates.get(one.source.entity, 0.0)
        callers: dict[Reach, list[str]] = defaultdict(list)
        for caller, reach in one.reaches.items():
            callers[reach._replace(at_most=None)].append(caller)
        if isinstance(one.source.item, Then):  # nobody knows which account runs how many
            yield from _parts(one.source, tuple(callers), tuple(one.reaches), per_s, holding)
            continue
        for reach, some in callers.items():
            share = len(some) / len(one.reaches)
            yield from _parts(one.source, (reach,), some, share * per_s, holding)


def _parts(
    source: Submitter,
    reaches: tuple[Reach, ...],
    callers: Iterable[str],
    per_s: float,
    holding: Holding,
) -> Iterator[Part]:
    """Yield a part for each priority of a source; all its load has the lowest.

    Which rows of a trace have which priority is not looked at.
    """
    held_s = holding.at_least_s(source, _machines(reaches)) if per_s else 0.0
    priorities = _priorities(source, holding)
    for priority in priorities:
        comes = held_s > 0 and priority == min(priorities)
        yield Part(
            source=source,
            priority=priority,
            reaches=reaches,
            load=per_s * held_s if comes else 0.0,
            per_s=per_s if comes else 0.0,
            drifts=submitter_drifts(source),
            submissions=tuple(_submission(source, caller, priority) for caller in callers),
        )


def _submission(source: Submitter, caller: str, priority: int) -> Submission:
    return Submission(source.path, source.kind, caller, priority)


def _submissions(one: Admitted, holding: Holding) -> Iterator[Submission]:
    for caller, priority in product(one.reaches, _priorities(one.source, holding)):
        yield _submission(one.source, caller, priority)


def _priorities(source: Submitter, holding: Holding) -> tuple[int, ...]:
    trace = holding.trace_of(source.stream)
    return (trace and trace.priorities) or (source.priority,)


def _machines(reaches: Iterable[Reach]) -> frozenset[str]:
    return frozenset(spot.machine for reach in reaches for spot in reach.spots)


def _of_items(
    admitted: Iterable[Admitted],
    adding: Iterable[tuple[Adder, float]],
    holding: Holding,
    wall: Wall,
    *,
    of_all: bool,
) -> Iterator[Part]:
    """Yield the items of each queue, wherever some job may take them.

    They have the lowest priority of those jobs, which go on for as long as there are items. Where
    jobs are stopped some day, items are given up, and their load counts for nothing, unless all do.
    """
    working: dict[str, list[Admitted]] = defaultdict(list)
    for one in admitted:
        if one.source.process.queue is not None and one.reaches:
            working[full_name(one.source.folder, one.source.process.queue)].append(one)
    for adder, share in adding:
        jobs = working.get(adder.queue_path, ())
        if not jobs:
            continue
        reaches = tuple(dict.fromkeys(one for job in jobs for one in job.reaches.values()))
        per_s = share * attempts(adder.item, adder.queue) * adder.item.jobs
        per_s *= arrivals_per_s(adder.item.items, wall, holding.columns)
        is_cut = not of_all and any(job.source.stop_after < math.inf for job in jobs)
        item_s = holding.item_at_least_s(adder, _machines(reaches))
        yield Part(
            source=adder,
            priority=min(min(_priorities(job.source, holding)) for job in jobs),
            reaches=reaches,
            load=0.0 if is_cut else per_s * item_s,
            per_s=0.0 if is_cut else per_s,
            drifts=arrival_drifts(adder.item, adder.queue),
            submissions=tuple(one for job in jobs for one in _submissions(job, holding)),
            queue=adder.queue_path,
        )
