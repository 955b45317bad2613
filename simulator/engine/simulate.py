"""One replication, from an empty estate to its records."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import simpy
from simpy.core import StopSimulation

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.columns import records
from simulator.engine.draws import Luck
from simulator.engine.elastic import ElasticPools
from simulator.engine.follow_ups import FollowUps
from simulator.engine.hosts import Hosts
from simulator.engine.item_sources import ItemStream
from simulator.engine.journal import MOST_ROWS_IN_MEMORY, Journal
from simulator.engine.orchestrator import Orchestrator
from simulator.engine.queue_triggers import QueueTrigger
from simulator.engine.queues import Queue
from simulator.engine.readings import MeterReader
from simulator.engine.sources import OpenSubmissions, start_stream
from simulator.engine.timetable import open_streams, timetable
from simulator.engine.upkeep import Upkeep
from simulator.plan.plan import Plan
from simulator.plan.sources import Activation, FollowUp, Source
from simulator.records.columns import Records

LOOKS: Final = 32
"""How often, over a run, it is looked whether its logs are long."""


def simulate(
    plan: Plan, seed: int, replication: int, most_rows: int = MOST_ROWS_IN_MEMORY
) -> Records:
    """Run one replication of a plan; the same three arguments give the same bytes.

    Arrivals happen in [0, plan.until_s). With `drain` the run goes on until nothing is left that
    can change; otherwise it stops at `until_s`, after the jobs that end there. Where a log passes
    `most_rows`, the run is kept in temporary files, and its records are mapped from them.

    Raises:
        TooManySubmissions: there is no end to them.
        EndlessRun: it hardly comes to an end.
        DataFileError: a long run's temporary files cannot be written or read.
    """
    clock, journal = Clock(), Journal(most_rows)
    luck = Luck(plan, seed, replication)
    queues = [Queue(journal.items, luck) for _ in plan.legend.names.queues]
    draw = luck.one_by_one("dispatch", "choices")
    orchestrator = Orchestrator(clock, plan, journal, queues, draw)
    reader = MeterReader(clock, plan, orchestrator.dispatcher, orchestrator.slots)
    hosts = Hosts(clock, plan, journal, orchestrator.dispatcher)
    upkeep = Upkeep(clock, plan, hosts, orchestrator, luck)
    if any(machine.elastic is not None for machine in plan.machines):
        ElasticPools(clock, plan, hosts, upkeep, orchestrator, luck)
    for number, items in enumerate(plan.arrivals):
        phase = Phase.SUBMIT + number
        if items.routes:
            ItemStream(phase, items, queues[items.queue], clock, journal.items, luck)
    streams = open_streams(luck)
    OpenSubmissions(timetable([*streams.values()], luck), orchestrator)
    for number, source in enumerate(plan.sources):
        if source.routes and number not in streams:
            _start(number, source, orchestrator, luck, queues)
    _spill_now_and_then(clock, plan, journal)
    _run(clock, plan, journal)
    end_s = max(journal.last_s(), plan.until_s)
    readings = reader.all_of(end_s)
    orchestrator.close()
    hosts.close(end_s)
    return replace(records(plan, journal, replication, end_s), readings=readings)


def _start(
    number: int, source: Source, orchestrator: Orchestrator, luck: Luck, queues: list[Queue]
) -> None:
    """Set a source going.

    One without a route never does anything: a start that nobody can press, an API trigger that
    nobody can call, such as one of a group of applications.
    """
    match source.arrivals:
        case FollowUp() as follows:
            then = FollowUps(number, source, follows, orchestrator, luck)
            orchestrator.follow(number, then.ended)
        case Activation() as asks:
            QueueTrigger(number, source, asks, queues[asks.queue], orchestrator, luck)
        case arrivals:
            start_stream(number, source, arrivals, orchestrator, luck)


def _spill_now_and_then(clock: Clock, plan: Plan, journal: Journal) -> None:
    """Have what is long moved to disk, each time before anything else happens in that instant."""
    step_s = plan.until_s / LOOKS

    def spill(_event: simpy.Event) -> None:
        journal.spill()
        if clock.now + step_s < plan.until_s:
            look.due_in(step_s, Phase.READ)

    look = Instant(clock, spill)
    look.due_in(step_s, Phase.READ)


def _run(clock: Clock, plan: Plan, journal: Journal) -> None:
    """Let everything happen; a run that is broken off leaves no temporary file open."""
    if not plan.drain:
        Instant(clock, StopSimulation.callback).due_in(plan.until_s, Phase.STOP)
    try:
        clock.run_on()
    except BaseException:
        journal.clear()
        raise
