"""Differences as forest plots, each with the table of its data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.report.charts import DifferenceGroup, DifferenceRow, Differences
from simulator.report.comparing.words import AS_BEFORE, typical
from simulator.report.page import Column, Figure, Table, named
from simulator.report.wording import (
    NOTHING,
    decimals_of,
    number,
    plural,
    quantity,
    scale_of,
    shortened,
    signed,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.comparing.pairing import Difference
    from simulator.experiments.comparing.rows import ComparisonRow
    from simulator.report.page import Text
    from simulator.report.wording import Scale

MOST_LINES: Final = 40
"""Lines of a plot, the headings among them."""

MOST_NAMES: Final = 12
"""Names of each group of a plot."""

MOST_ROWS: Final = 400
"""Rows of a table; `comparison.csv` has all."""

_NAME_CELLS: Final = 32
_FEWEST_NAMES: Final = 2
_POINTS: Final = {"%": "percentage points"}


class Subject(NamedTuple):
    """What is compared: a measure of a scope, under a title; `key` is unique in the page."""

    key: str
    title: str
    scope: str
    measure: str


def plot(comparison: Comparison, subject: Subject) -> Figure | None:
    """Return the differences of a measure as a figure; None where no variant has any value."""
    rows = comparison.of(subject.scope, subject.measure)
    if not rows:
        return None
    groups = min(len(comparison.variants) - 1, MOST_LINES // (1 + _FEWEST_NAMES))
    names = min(MOST_NAMES, MOST_LINES // groups - 1)
    comparable = [row for row in rows if _largest(row) >= 0] or rows
    chosen = sorted(comparable, key=_largest, reverse=True)[:names]
    scale = scale_of(rows[0].unit, max(map(_largest, chosen)))
    unit = _POINTS.get(scale.unit, scale.unit) or rows[0].unit
    baseline = shortened(visible(comparison.variants[0]), _NAME_CELLS)
    chart = Differences(
        key=subject.key,
        title=subject.title,
        description=_description(comparison, chosen),
        axis=f"{unit} more than {baseline}",
        groups=tuple(
            DifferenceGroup(
                visible(comparison.variants[place + 1]),
                tuple(_row(row, row.differences[place], scale) for row in chosen),
            )
            for place in range(groups)
        ),
    )
    return Figure(
        chart, table(comparison, subject.title, rows), _note(comparison, rows, chosen, groups)
    )


def _largest(row: ComparisonRow) -> float:
    """Return the size of a row's largest difference; -1 where it has none."""
    return max((abs(one.mean) for one in row.differences if math.isfinite(one.mean)), default=-1.0)


def _row(row: ComparisonRow, change: Difference, scale: Scale) -> DifferenceRow:
    label = visible(row.name)
    nothing = math.nan
    if change.is_none or math.isnan(change.mean):
        text = AS_BEFORE if change.is_none else "no value"
        return DifferenceRow(label, nothing, nothing, nothing, text, is_clear=False)
    value, low, high = (end / scale.divisor for end in change[:3])
    sign = "+" if change.mean > 0 else "-"
    text = f"{sign}{quantity(abs(change.mean), row.unit)}"
    return DifferenceRow(label, value, low, high, text, is_clear=change.clear)


def _description(comparison: Comparison, rows: Sequence[ComparisonRow]) -> str:
    """Return what the plot shows, for whoever does not see it."""
    told = [
        f"{visible(row.name)} in {visible(variant)}: {_amount(row, change)}"
        for row in rows
        for variant, change in zip(comparison.variants[1:], row.differences, strict=True)
    ]
    return f"Differences to {visible(comparison.variants[0])}. {'; '.join(told)}."


def _amount(row: ComparisonRow, change: Difference) -> str:
    if change.is_none:
        return AS_BEFORE
    if math.isnan(change.mean):
        return "no value"
    direction = "more" if change.mean > 0 else "less"
    clear = "" if change.clear else ", not clear"
    return f"{quantity(abs(change.mean), row.unit)} {direction}{clear}"


def _note(
    comparison: Comparison,
    rows: Sequence[ComparisonRow],
    chosen: Sequence[ComparisonRow],
    groups: int,
) -> str:
    """Return what a plot leaves out; empty where that is nothing."""
    parts = []
    if len(chosen) < len(rows):
        drawn = f"{len(chosen)} with the largest differences"
        one = "one with the largest difference"
        parts.append(f"The {one if len(chosen) == 1 else drawn}, of {len(rows):,}.")
    left = len(comparison.variants) - 1 - groups
    if left:
        parts.append(f"Without the last {plural(left, 'variant')}.")
    return " ".join(parts)


def table(
    comparison: Comparison, title: str, rows: Sequence[ComparisonRow], *, folded: bool = False
) -> Table:
    """Return all differences of a measure, a row a name and variant."""
    scale = scale_of(rows[0].unit, typical(rows))
    lines = [line for row in rows for line in _lines(row, comparison.variants, scale)]
    columns = (
        Column(rows[0].scope.capitalize()),
        Column("Variant"),
        Column("Value", numeric=True),
        Column("Difference", numeric=True),
        Column("p", numeric=True),
        Column("Clear"),
    )
    more = len(lines) - MOST_ROWS
    note = f"… and {more:,} more rows: comparison.csv has all." if more > 0 else ""
    caption = f"{title}, in {scale.unit}" if scale.unit else title
    return Table(caption, columns, tuple(lines[:MOST_ROWS]), note, folded=folded)


def _lines(row: ComparisonRow, variants: Sequence[str], scale: Scale) -> list[tuple[Text, ...]]:
    told = named(row.name or "all machines")
    decimals = decimals_of(
        max((abs(value) for value in row.values if value), default=0.0) / scale.divisor
    )
    baseline = (
        told,
        named(variants[0]),
        number(row.values[0] / scale.divisor, decimals),
        "",
        "",
        "",
    )
    return [
        baseline,
        *(
            (
                told,
                named(variant),
                number(value / scale.divisor, decimals),
                *_judged(change, scale, decimals),
            )
            for variant, value, change in zip(
                variants[1:], row.values[1:], row.differences, strict=True
            )
        ),
    ]


def _judged(change: Difference, scale: Scale, decimals: int) -> tuple[str, str, str]:
    """Return a difference, its p-value, and whether it is clear."""
    if change.is_none:
        return AS_BEFORE, "", ""
    if math.isnan(change.p):
        return signed(change, scale, decimals), NOTHING, NOTHING
    p = "< 0.001" if change.p < 0.001 else f"{change.p:.3f}"  # noqa: PLR2004 - three decimals are told
    return signed(change, scale, decimals), p, "yes" if change.clear else "no"
