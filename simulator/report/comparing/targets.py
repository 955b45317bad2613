"""How each target fares in each variant: a table for a terminal, and one for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simulator.report.fitting import MOST_ROWS, listing, name
from simulator.report.page import Column, Span, Table, named
from simulator.report.promises import limit, promise
from simulator.report.running.headline import verdict_text
from simulator.report.wording import NOTHING, NOTHING_TO_MEASURE, estimate

if TYPE_CHECKING:
    from rich.console import RenderableType

    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.verdicts import Verdict
    from simulator.report.page import Text

Fares: TypeAlias = dict[tuple[str, str], tuple["Verdict | None", ...]]
"""Of each target, by what it is about and its limit, its verdict in each variant that has it."""


def targets_table(comparison: Comparison) -> RenderableType | None:
    """Return targets and their verdicts, a line for each variant; None where there are none."""
    rows = []
    for (about, bound), verdicts in _fares(comparison).items():
        for place, (variant, one) in enumerate(zip(comparison.variants, verdicts, strict=True)):
            told = name("" if place else f"{about}, {bound}")
            rows.append((told, name(variant), _outcome(one), _measured(one)))
    columns = ("Target", "Variant", "Verdict", "Measured")
    return listing("Targets", columns, rows, most=MOST_ROWS * len(comparison.variants), names=3)


def targets_on_page(comparison: Comparison) -> Table | None:
    """Return targets, with a column for each variant; None where there are none."""
    fares = _fares(comparison)
    if not fares:
        return None
    return Table(
        "Targets, and whether each variant keeps them",
        (Column("Target"), Column("Limit", numeric=True), *map(Column, comparison.variants)),
        tuple(
            (named(about), bound, *map(_badge, verdicts))
            for (about, bound), verdicts in fares.items()
        ),
    )


def _fares(comparison: Comparison) -> Fares:
    """Return the targets that any variant has, those of the first one first."""
    by_variant = [
        {(promise(one.target), limit(one.target)): one for one in comparison.targets.get(name, ())}
        for name in comparison.variants
    ]
    every = dict.fromkeys(key for found in by_variant for key in found)
    return {key: tuple(found.get(key) for found in by_variant) for key in every}


def _outcome(verdict: Verdict | None) -> str:
    return NOTHING if verdict is None else verdict_text(verdict.outcome)


def _measured(verdict: Verdict | None) -> str:
    if verdict is None:
        return NOTHING
    if not verdict.has_data:
        return "no long-run value" if verdict.why else NOTHING_TO_MEASURE
    return estimate(verdict.row)


def _badge(verdict: Verdict | None) -> Text:
    if verdict is None:
        return NOTHING
    return Span(f"{_outcome(verdict)}, {_measured(verdict)}", verdict.outcome)
