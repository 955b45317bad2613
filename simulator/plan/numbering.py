"""Triggers, starts, arrivals and processes as the run knows them: names become numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.model.folders import joined, walk
from simulator.model.processes import Then
from simulator.model.queues import QueueActivation
from simulator.model.registers import full_name
from simulator.model.scenario import Scenario
from simulator.model.triggers import Trigger
from simulator.plan.adders import Adder
from simulator.plan.arrivals import Wall
from simulator.plan.guards import Counter, counter_of
from simulator.plan.items import ItemSource, ItemWork, ProcessRules
from simulator.plan.sources import Activation, Arrivals, FollowUp, Source, Work
from simulator.plan.submitters import Submitter
from simulator.records.columns import NONE, Names, numbers_of
from simulator.units import to_grid


@dataclass(frozen=True)
class Numbered:
    """The numbers of names, the clock on the wall, and the pending guards' counters."""

    names: Names
    wall: Wall
    counters: Mapping[Counter, int]

    @cached_property
    def processes(self) -> Mapping[str, int]:
        """Return the number of each process, by its path."""
        return numbers_of(self.names.processes)

    @cached_property
    def queues(self) -> Mapping[str, int]:
        """Return the number of each queue, by its path."""
        return numbers_of(self.names.queues)

    @cached_property
    def accounts(self) -> Mapping[str, int]:
        """Return the number of each account."""
        return numbers_of(self.names.accounts)


def source_of(one: Submitter, routes: tuple[int, ...], known: Numbered) -> Source:
    """Return a submitter as the run knows it."""
    item = one.item
    always = (-math.inf, math.inf)
    from_s, until_s = known.wall.span_of(item) if isinstance(item, Trigger) else always
    return Source(
        entity=one.entity,
        kind=one.kind,
        routes=routes,
        process=known.processes[one.process_path],
        jobs=item.jobs,
        arrivals=_arrivals(one, known),
        work=_work(one),
        guard_counter=counter_of(one, known.counters),
        disables_itself=isinstance(item, Trigger) and item.disables_itself,
        is_limited=one.process.pending_limit is not None,
        from_s=from_s,
        until_s=until_s,
    )


def _arrivals(one: Submitter, known: Numbered) -> Arrivals:
    item, wall = one.item, known.wall
    if isinstance(item, Then):
        return FollowUp(item.after, tuple(known.accounts[name] for name in one.callers))
    if isinstance(item, Trigger) and item.queue is not None:
        return _activation(item.queue, known.queues[full_name(one.folder, item.queue.name)])
    if isinstance(item, Trigger) and item.time is not None:
        return wall.cron_firings(item.time)
    assert item.stream is not None  # noqa: S101 - the model lets no trigger have none
    return wall.stream(item.stream)


def _activation(asks: QueueActivation, queue: int) -> Activation:
    return Activation(
        queue=queue,
        minimum=asks.minimum,
        per_job=asks.per_job,
        at_most=asks.at_most,
        recheck_s=math.inf if asks.recheck == "never" else to_grid(asks.recheck),
        on_job_end=asks.on_job_end,
    )


def _work(one: Submitter) -> Work:
    return Work(
        duration=one.process.duration,
        start_up=one.process.start_up,
        faults=one.process.faults,
        stop_after_s=math.inf if one.stop_after == math.inf else to_grid(one.stop_after),
        patience=one.process.pending_expiry,
        suspends=one.process.suspends,
    )


def item_source_of(one: Adder, routes: tuple[int, ...], known: Numbered) -> ItemSource:
    """Return what adds items to a queue as the run knows it."""
    item = one.item
    deadline = item.deadline_in(one.queue)
    return ItemSource(
        entity=f"arrival:{one.path}",
        routes=routes,
        queue=known.queues[one.queue_path],
        items=item.jobs,
        arrivals=known.wall.open_stream(item.items),
        work=ItemWork(item.item_duration, item.faults, item.business_faults),
        priority=item.priority,
        deadline_s=math.inf if deadline is None else to_grid(deadline),
        defer_s=to_grid(item.defer),
        retries=one.queue.retries,
    )


def process_rules(
    scenario: Scenario, everyone: Sequence[Submitter], known: Numbered
) -> tuple[ProcessRules, ...]:
    """Return the rules of every process, by its number."""
    thens = {one.path: number for number, one in enumerate(everyone) if isinstance(one.item, Then)}
    return tuple(
        ProcessRules(
            queue=NONE if process.queue is None else known.queues[full_name(path, process.queue)],
            pending_limit=NONE if process.pending_limit is None else process.pending_limit,
            then=thens.get(full_name(path, name), NONE),
        )
        for path, folder in ((joined(parts), folder) for parts, folder in walk(scenario.folders))
        for name, process in folder.processes.items()
    )
