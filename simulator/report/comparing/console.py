"""What a comparison says in a terminal: what each variant changes, in a sentence and in tables.

Names are made harmless as in `console`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.escaping import escaped
from simulator.report.comparing.permitted import admitted_table, let_in_table, starters_tables
from simulator.report.comparing.sentences import evidence, sentences
from simulator.report.comparing.targets import targets_table
from simulator.report.comparing.words import difference_text, typical
from simulator.report.fitting import MOST_ROWS, listing, name
from simulator.report.wording import decimals_of, number, plural, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.comparing.rows import ComparisonRow
    from simulator.report.wording import Scale


def comparison_table(comparison: Comparison) -> RenderableType:
    """Return variants side by side: waits and numbers of jobs by folder, utilisation by machine.

    The first variant is the baseline; each of the others shows its difference to it. Before them
    stands who may start now and what is admitted, where a variant changes that.
    """
    heading = Text(
        f"{plural(comparison.replications, 'replication')} of each; differences are to "
        f"{escaped(comparison.variants[0])}{evidence(comparison)}."
    )
    paragraphs = (Text(f"\n{escaped(told)}") for told in sentences(comparison))
    parts = (
        *starters_tables(comparison),
        admitted_table(comparison),
        let_in_table(comparison),
        targets_table(comparison),
        *(_compared(comparison, title, scope, measure) for title, scope, measure in COMPARED),
    )
    return Group(heading, *paragraphs, *(part for part in parts if part is not None))


COMPARED: Final = (
    ("Mean Pending by folder", "folder", "pending.mean"),
    ("P95 Pending by folder", "folder", "pending.p95"),
    ("Mean wait to run again by folder", "folder", "resumed.mean"),
    ("P95 wait to run again by folder", "folder", "resumed.p95"),
    ("Jobs submitted by folder", "folder", "jobs.submitted"),
    ("Jobs started by folder", "folder", "jobs.started"),
    ("Refused share by folder", "folder", "jobs.refused_share"),
    ("Utilisation by machine", "machine", "slots.utilisation"),
    ("Host-hours by machine", "machine", "hosts.hours"),
    ("Host-hours altogether", "tenant", "hosts.hours"),
    ("Items done by queue", "queue", "items.done"),
    ("Mean wait of items by queue", "queue", "items.wait.mean"),
    ("P95 wait of items by queue", "queue", "items.wait.p95"),
    ("Late share of items by queue", "queue", "items.late_share"),
)
"""What tables show, title by title: a scope and a measure each."""
_ONLY_WHERE_CHANGED: Final = {"hosts.hours"}
"""Measures of which nobody asks as long as no variant changes them."""


def shown(comparison: Comparison, scope: str, measure: str) -> tuple[ComparisonRow, ...]:
    """Return the rows that a table shows; nothing where there is nothing to tell."""
    found = comparison.of(scope, measure)
    if measure in _ONLY_WHERE_CHANGED and all(row.is_unchanged for row in found):
        return ()
    return found


def _compared(
    comparison: Comparison, title: str, scope: str, measure: str
) -> RenderableType | None:
    """Return the table of a measure; None where no variant has a value of it."""
    found = shown(comparison, scope, measure)
    if not found:
        return None
    middle = typical(found)
    scale = scale_of(found[0].unit, middle)
    decimals = decimals_of(middle / scale.divisor)
    return listing(
        f"{title}, in {scale.unit}" if scale.unit else f"{title}, a replication",
        (scope.capitalize(), "Variant", "Value", "Difference"),
        [
            cells
            for row in found
            for cells in _variant_rows(row, comparison.variants, scale, decimals)
        ],
        most=MOST_ROWS * len(comparison.variants),
        names=2,
    )


def _variant_rows(
    row: ComparisonRow, variants: Sequence[str], scale: Scale, decimals: int
) -> Iterable[tuple[str | Text, ...]]:
    """Yield a line for each variant; only the first one names the row."""
    told = name(row.name or "all machines")
    yield told, name(variants[0]), number(row.values[0] / scale.divisor, decimals), ""
    for variant, value, difference in zip(
        variants[1:], row.values[1:], row.differences, strict=True
    ):
        shown = number(value / scale.divisor, decimals)
        yield "", name(variant), shown, difference_text(difference, scale, decimals)
