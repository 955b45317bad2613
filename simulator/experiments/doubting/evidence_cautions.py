"""Too little evidence: a run that has not settled, few replications, a P99 of few jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from simulator.experiments.long_run import LongRun
from simulator.measurement import Figures
from simulator.measurement.figures import ScopeFigures, Spread
from simulator.measurement.halves import WEEK_S
from simulator.model.figure_names import figure_name
from simulator.model.precision import FEWEST_REPLICATIONS
from simulator.model.registers import first_of
from simulator.model.scenario import Scenario
from simulator.model.targets import Target
from simulator.plan.load_doubts import tells_of_its_window_alone
from simulator.statistics import mean_of_replications

SURE: Final = 0.99
"""How sure it has to be that the halves of a window differ, before anything is said of it."""

WORTH_TELLING: Final = 0.05
"""By what share the number of Pending jobs may differ between the halves without a word."""

FEWEST_BEYOND: Final = 200
"""Jobs longer than a quantile that each replication should have: with 5,000 jobs a replication, 50
beyond the P99, intervals of a nominal 95 % covered 83 % of the time; with 20,000 jobs, 92 %.
"""


def evidence_cautions(
    scenario: Scenario, figures: Sequence[Figures], long_run: LongRun
) -> tuple[str, ...]:
    """Return a sentence for each way in which the evidence is thin; none of it for a fixed plan."""
    if not figures or not long_run.varies:
        return ()
    return (
        *_of_replications(len(figures)),
        *_of_settling(scenario, figures, long_run),
        *_of_quantiles(_lasting(scenario.targets, long_run), figures),
    )


def _of_replications(count: int) -> Iterator[str]:
    if count == 1:
        yield (
            "1 replication gives no interval, so figures may be luck: run "
            f"{FEWEST_REPLICATIONS} or more before relying on them"
        )
    elif count < FEWEST_REPLICATIONS:
        yield (
            f"{count} replications are few, so intervals are rough: run {FEWEST_REPLICATIONS} or "
            "more"
        )


def _of_settling(
    scenario: Scenario, figures: Sequence[Figures], long_run: LongRun
) -> Iterator[str]:
    """Yield what tells that the number of Pending jobs still grew, or fell, in the window.

    By a paired t test over replications (Law, "Simulation Modeling and Analysis", 5th ed., section
    10.2.1). Nothing is said where halves need not be alike, nor of load that is known to be too
    much, nor of a day that begins empty and is studied as such.
    """
    fortnight = scenario.time.duration >= 2 * WEEK_S
    is_alike = long_run.steady or (long_run.weekly and fortnight)
    is_a_day = tells_of_its_window_alone(scenario.time) and not fortnight
    if long_run.growing or is_a_day or not is_alike:
        return
    halves = np.array([one.halves_pending for one in figures])
    first, second = halves.mean(axis=0)
    change = mean_of_replications(halves[:, 1:] - halves[:, :1], SURE)
    is_sure = bool(change.low[0] > 0 or change.high[0] < 0)
    if is_sure and abs(second - first) > WORTH_TELLING * max(first, second):
        yield (
            f"{first:,.3g} jobs were Pending on average in the first half of the window and "
            f"{second:,.3g} in the second: it has not settled; observe a longer one, after a "
            "longer warm_up"
        )


def _of_quantiles(targets: Sequence[Target], figures: Sequence[Figures]) -> Iterator[str]:
    """Yield which targets are about a P99 of fewer jobs, or items, than make a good interval."""
    fewest = 100 * FEWEST_BEYOND
    asked = [one for one in targets if one.measure.endswith(".p99")]
    told = {
        f"{figure_name(*one.scope, one.row)}, {count:,.0f}": None
        for one in asked
        if (count := _count(one, figures)) < fewest
    }
    if told:
        yield (
            f"a P99 that a target is about rests on fewer than {fewest:,} jobs or items a "
            f"replication ({'; '.join(first_of(list(told)))}), so its interval is too narrow: "
            "observe a longer window, or ask for P95"
        )


def _lasting(targets: Sequence[Target], long_run: LongRun) -> list[Target]:
    """Return the targets that are about something with a value in the long run."""
    return [one for one in targets if not long_run.reason(*one.scope, one.row)]


def _count(target: Target, figures: Sequence[Figures]) -> float:
    """Return how many jobs or items a replication has of what a target is about, on average."""
    scope, name = target.scope
    spreads = [_spread(target, scope, one) for one in figures]
    counts = [
        spread.count[names.index(name)] if name in names else 0.0 for names, spread in spreads
    ]
    return float(np.mean(counts))


def _spread(target: Target, scope: str, figures: Figures) -> tuple[tuple[str, ...], Spread]:
    if scope == "queue":
        queues = figures.queues
        is_wait = target.measure.startswith("items.wait")
        return queues.names, queues.waits if is_wait else queues.turnarounds
    found: ScopeFigures = next(one for one in figures.scopes if one.scope == scope)
    spreads = {"pending": found.waits, "resumed": found.resumes, "turnaround": found.turnarounds}
    return found.names, spreads[target.measure.partition(".")[0]]
