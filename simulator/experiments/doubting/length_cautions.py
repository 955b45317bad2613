"""Studies too short for what they were asked: too few replications, or no time to settle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from simulator.experiments.long_run import LongRun
from simulator.experiments.stopping import standings
from simulator.experiments.warm_up import WarmUp
from simulator.measurement import Summary, SummaryRow
from simulator.model.figure_names import figure_name
from simulator.model.precision import Precision
from simulator.model.registers import first_of
from simulator.model.scenario import Scenario
from simulator.units import exact_duration

FEWEST_CYCLES: Final = 4
"""Days or weeks, as the load comes round, in which `warm_up: auto` can tell noise from growth."""


def length_cautions(
    scenario: Scenario,
    summary: Summary,
    long_run: LongRun,
    replications: int,
    warm_up: WarmUp | None,
) -> tuple[str, ...]:
    """Return a sentence for each way in which a study ended before it had what it was to find."""
    return (
        *_of_precision(scenario, summary, long_run, replications),
        *_of_warm_up(warm_up, long_run, scenario.time.duration),
    )


def _of_precision(
    scenario: Scenario, summary: Summary, long_run: LongRun, replications: int
) -> Iterator[str]:
    """Yield which figures are not as precise as asked after the most replications there may be."""
    asked = scenario.run.replications
    if not isinstance(asked, Precision) or replications < asked.at_most:
        return
    found = standings(scenario, long_run, summary)
    rows = [summary.find(*goal.key) for goal, standing in found if standing == "open"]
    wide = [
        f"{figure_name(row.scope, row.name, row.measure)}: {_within(row)}"
        for row in rows
        if row is not None
    ]
    if wide:
        yield (
            f"{replications} replications, the most there may be, do not make every figure as "
            f"precise as {_percent(asked.precision)} ({'; '.join(first_of(wide))}); raise at_most, "
            "or observe a longer window"
        )


def _within(row: SummaryRow) -> str:
    """Return by what share of its value a row is uncertain."""
    if math.isnan(row.half_width) or row.mean == 0:
        return "no interval" if math.isnan(row.half_width) else "a mean of 0"
    return _percent(row.half_width / abs(row.mean))


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"


def _of_warm_up(warm_up: WarmUp | None, long_run: LongRun, window_s: float) -> Iterator[str]:
    """Yield that `warm_up: auto` cannot tell; nothing of load that is known to be too much.

    It takes no cut from beyond the middle of the span, so that a span of twice the length, or of
    four cycles at least, lets it see more.
    """
    if warm_up is None or warm_up.is_settled or long_run.growing:
        return
    if not warm_up.cut_s:
        unit = f"two times {exact_duration(warm_up.cycle_s)}" if warm_up.cycle_s else "longer"
        yield (
            "`warm_up: auto` left out nothing, as the run is too short for it: the empty start is "
            f"measured too; observe {unit} at least"
        )
        return
    enough_s = max(2 * (warm_up.cut_s + window_s), FEWEST_CYCLES * warm_up.cycle_s)
    yield (
        f"the run may not have settled after its warm-up of {exact_duration(warm_up.cut_s)}, which "
        "`warm_up: auto` found in the first half of `duration`: observe a longer one, such as "
        f"{exact_duration(enough_s)}, or say yourself how long warm_up is"
    )
