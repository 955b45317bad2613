"""What a sizing says in a terminal: the answer in sentences, its proof in short tables.

Names are made harmless as in the tables of a run.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.escaping import escaped
from simulator.report.fitting import listing, name
from simulator.report.page import plain
from simulator.report.running.console import STYLES
from simulator.report.running.headline import verdict_text
from simulator.report.sizing.answer import answer, binding, evidence, unproven
from simulator.report.sizing.rows import fleet_row, nearest, step_rows, target_rows
from simulator.report.sizing.words import has_costs, paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.sizing.sizing import Sizing
    from simulator.experiments.verdicts import Outcome
    from simulator.report.page import Phrase

MOST_FLEETS: Final = 8
"""Fleets tried that are shown: those nearest to the answer."""

MOST_ROWS: Final = 8


def sizing_table(sizing: Sizing) -> RenderableType:
    """Return a sizing: the answer, its targets, single steps from it, what binds, all tried."""
    sentences = " ".join(plain(phrase) for phrase in answer(sizing))
    parts = (
        Text(escaped(sentences)),
        *map(_paragraph, unproven(sizing)),
        _targets(sizing),
        _steps(sizing),
        _paragraph(binding(sizing)),
        _fleets(sizing),
        _paragraph(evidence(sizing)),
    )
    return Group(*(part for part in parts if part is not None))


def _paragraph(phrase: Phrase) -> RenderableType | None:
    return Text(f"\n{escaped(plain(phrase))}") if phrase else None


def _targets(sizing: Sizing) -> RenderableType | None:
    rows = [
        (name(row.target), row.limit, row.measured, _verdict(row.outcome))
        for row in target_rows(sizing)
    ]
    columns = ("Target", "Limit", "Measured", "Verdict")
    return listing("Targets at the answer", columns, rows, most=MOST_ROWS)


def _steps(sizing: Sizing) -> RenderableType | None:
    rows = [
        (
            name(row.step),
            name(row.target),
            row.cost,
            row.difference,
            Text() if row.outcome is None else _verdict(row.outcome),
        )
        for row in step_rows(sizing)
    ]
    columns = ("Step", "Target", "Cost", "Difference", "Then")
    return _listed(sizing, "One step from the answer", columns, rows)


def _fleets(sizing: Sizing) -> RenderableType | None:
    shown = nearest(sizing, MOST_FLEETS)
    rows = [
        (
            name(row.fleet),
            name(row.target),
            row.cost,
            row.replications,
            row.measured,
            _verdict(row.outcome),
        )
        for row in (fleet_row(sizing, one) for one in shown)
    ]
    columns = ("Fleet", "Target", "Cost", "Replications", "Measured", "Verdict")
    title = f"Fleets tried: {escaped(paths(sizing))}"
    return _listed(sizing, title, columns, rows, len(sizing.tried) - len(shown))


def _listed(
    sizing: Sizing,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    more: int = 0,
) -> RenderableType | None:
    """Return a listing without the columns that tell nothing: one target's name, costs of 1."""
    is_told = {"Target": len(sizing.targets) > 1, "Cost": has_costs(sizing)}
    kept = [place for place, column in enumerate(columns) if is_told.get(column, True)]
    found = listing(
        title,
        [columns[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
        most=len(rows),
        names=2 if is_told["Target"] else 1,
    )
    return None if found is None else replace(found, more=more, elsewhere="see the report")


def _verdict(outcome: Outcome) -> Text:
    return Text(verdict_text(outcome), style=STYLES[outcome])
