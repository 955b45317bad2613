"""One replication, from an empty estate to its records."""

from __future__ import annotations

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.columns import records
from simulator.engine.draws import Luck
from simulator.engine.guard import Guard
from simulator.engine.journal import Journal
from simulator.engine.orchestrator import Orchestrator
from simulator.engine.sources import start_source
from simulator.plan.plan import Plan
from simulator.records.columns import Records


def simulate(plan: Plan, seed: int, replication: int) -> Records:
    """Run one replication of a plan; the same three arguments give the same bytes.

    Arrivals happen in [0, plan.until_s). With `drain` the run goes on until nothing is left that
    can change; otherwise it stops at `until_s`, after the jobs that end there.
    """
    clock, journal = Clock(), Journal()
    luck = Luck(plan, seed, replication)
    orchestrator = Orchestrator(clock, plan, journal, luck.one_by_one("dispatch", "choices"))
    for number, source in enumerate(plan.sources):
        guard = Guard(number, source, journal) if source.notes_firings else None
        start_source(number, source, orchestrator, luck, guard)
    _run(clock, plan)
    orchestrator.close()
    return records(plan, journal, replication, max(float(clock.now), plan.until_s))


def _run(clock: Clock, plan: Plan) -> None:
    if plan.drain:
        clock.run()
        return
    stop = Instant(clock, lambda _event: None)
    stop.due_in(plan.until_s, Phase.STOP)
    clock.run(until=stop)
