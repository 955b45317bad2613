"""How long an estate takes to settle: the series that `warm_up: auto` looked at, and its cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.report.charts import Curve, CurvePoint, Curves, Level
from simulator.report.page import Column, Figure, Section, Table
from simulator.report.wording import number, plural, quantity, scale_of
from simulator.statistics import welch
from simulator.statistics.warm_up import BATCH
from simulator.units import DAY_S

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.experiments.warm_up import WarmUp
    from simulator.records.columns import Floats

_NEIGHBOURS: Final = 20
"""Of so many points one is taken into Welch's moving average to either side."""

_TITLES: Final = {"pending.jobs": "Pending jobs", "slots.busy": "busy slots"}


def settling(study: Study) -> Iterator[Section]:
    """Yield how long it takes to settle, where that was looked for and something was left out."""
    found = study.warm_up
    if found is None or not found.cut_s:
        return
    lead = (
        f"Every run begins empty. {_what(found)}, averaged over "
        f"{plural(found.replications, 'replication')} of the whole span, {_shown(found)}; MSER-5 "
        "leaves out what comes before the line. The moving average is Welch's."
    )
    yield Section("settling", "How long it takes to settle", ((lead,),), (_figure(found),))


def warm_up_lines(study: Study) -> Iterator[str]:
    """Yield for a terminal how long the warm-up was found to be, where it was looked for."""
    if study.warm_up is not None:
        cut = quantity(study.warm_up.cut_s, "s")
        yield f"Warm-up: {cut}, which `warm_up: auto` found by MSER-5 and left out of `duration`."


def _what(found: WarmUp) -> str:
    title = _TITLES[found.of]
    return f"The number of {title}"


def _shown(found: WarmUp) -> str:
    """Return what a point of the series is of."""
    if not found.cycle_s:
        return f"is shown in steps of {quantity(found.cell_s * BATCH, 's')}"
    cycle = "day" if found.cycle_s == DAY_S else "week"
    return f"is shown as the mean over the {cycle} that begins there, and only whole {cycle}s go"


def _figure(found: WarmUp) -> Figure:
    averages = _batches(np.array(found.averages))
    smooth = welch(averages, len(averages) // _NEIGHBOURS)
    step_s = found.cell_s * BATCH
    scale = scale_of("s", step_s * len(averages))
    at = np.arange(len(averages)) * step_s / scale.divisor
    cut = found.cut_s / scale.divisor
    names = "average", "moving average"
    title = f"{_what(found)} from the start on"
    chart = Curves(
        "settling-chart",
        title,
        f"{title}, averaged over replications; {quantity(found.cut_s, 's')} are left out.",
        (f"from the start, {scale.unit}", _TITLES[found.of]),
        tuple(
            Curve(name, tuple(map(CurvePoint, at.tolist(), values.tolist())))
            for name, values in zip(names, (averages, smooth), strict=True)
        ),
        mark=Level(f"measured from {quantity(found.cut_s, 's')} on", cut),
    )
    columns = (
        Column(f"From the start, {scale.unit}"),
        *(Column(name.capitalize(), numeric=True) for name in names),
    )
    padded = np.append(smooth, np.full(len(averages) - len(smooth), np.nan))
    rows = tuple(
        (number(when), number(mean, 3), number(moving, 3))
        for when, mean, moving in zip(at, averages, padded, strict=True)
    )
    return Figure(chart, Table(title, columns, rows, folded=True))


def _batches(series: Floats) -> Floats:
    """Return the means of the batches that MSER-5 looks at; what is left over at the end goes."""
    count = len(series) // BATCH
    return np.asarray(series[: count * BATCH].reshape(count, BATCH).mean(axis=1))
