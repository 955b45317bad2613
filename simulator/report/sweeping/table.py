"""What a sweep says in a terminal: where the targets are met, and a row for each point."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.escaping import escaped
from simulator.experiments.sweeping.sweep import TENANT, USE, WAITS
from simulator.report.fitting import listing
from simulator.report.fitting import name as as_name
from simulator.report.sweeping.naming import conclusion, evidence, short_paths, whose
from simulator.report.wording import decimals_of, plus_minus, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.experiments.sweeping.points import Key, SweptPoint
    from simulator.experiments.sweeping.sweep import Sweep
    from simulator.report.wording import Scale

MOST_ROWS: Final = 20
"""Points of the table; a line below says where the others are."""

MOST_PLACES: Final = 3
"""Folders with columns of their own."""


def sweep_table(sweep: Sweep) -> RenderableType:
    """Return the points with their waits, utilisation and targets; the best are marked."""
    lines = (sweep.written.scenario.question, evidence(sweep), conclusion(sweep))
    told = Text("\n".join(escaped(" ".join(line.split())) for line in lines if line))
    table = _table(sweep)
    return told if table is None else Group(told, table)


def _table(sweep: Sweep) -> RenderableType | None:
    waits = [(*at, wait) for at in sweep.looked.places[:MOST_PLACES] for wait in WAITS]
    scale, decimals = _of_waits(sweep, waits)
    columns = {key: (_title(key), scale, decimals) for key in waits}
    columns[(*TENANT, USE)] = ("Used, %", scale_of("ratio", 1.0), 1)
    best = {point.number for point in sweep.best()}
    rows = [
        tuple(_cells(point, columns, has_targets=sweep.has_targets, is_best=point.number in best))
        for point in sweep.points
    ]
    paths = tuple(map(escaped, short_paths(sweep.design.paths)))
    met = ("Targets met",) if sweep.has_targets else ()
    found = listing(
        f"Points, Pending in {scale.unit}",
        (*paths, *(title for title, *_ in columns.values()), *met, "Best"),
        rows,
        most=MOST_ROWS,
        names=len(paths),
        optional=[_title(key) for key in waits if key[2] == WAITS[0]],  # P95 tells more
        gap=0,
    )
    where = "all of it is in the report, and in sweep.csv" if sweep.folder else ""
    return found and replace(found, elsewhere=where)


def _of_waits(sweep: Sweep, keys: Sequence[Key]) -> tuple[Scale, int]:
    """Return how the waits of all points are written, so that they can be told apart."""
    rows = [point.find(*key) for point in sweep.points for key in keys]
    values = [row.mean for row in rows if row is not None and row.mean > 0]
    telling = [value for value in values if value >= max(values) / 100]
    typical = median(telling) if telling else 0.0  # one long wait should not turn minutes into 0 h
    scale = scale_of("s", typical)
    return scale, decimals_of(typical / scale.divisor)


def _title(key: Key) -> str:
    scope, name, measure = key
    told = "mean" if measure == WAITS[0] else "P95"
    if (scope, name) == TENANT:
        return told.capitalize()
    return f"{escaped(whose(scope.removesuffix('+'), name))} {told}"  # the report says it in full


def _cells(
    point: SweptPoint,
    columns: Mapping[Key, tuple[str, Scale, int]],
    *,
    has_targets: bool,
    is_best: bool,
) -> Iterator[Text]:
    style = "bold green" if is_best else ""
    yield from map(as_name, point.values)
    for key, (_, scale, decimals) in columns.items():
        row = point.find(*key)
        shown = None if row is None or math.isnan(row.mean) else row
        yield Text(plus_minus(shown, scale, decimals))
    if has_targets:
        yield Text(f"{point.met} of {len(point.targets)}", style=style)
    yield Text("◄ best" if is_best else "", style=style)
