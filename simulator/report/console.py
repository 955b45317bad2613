"""What a run or a comparison says in a terminal: tables that are read in ten seconds.

Names are made harmless: what would move the cursor, change colours or turn the direction of text
is spelt out. Nothing here is read as rich's own markup. Tables fit 80 columns; long names give way.
"""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from simulator.report.headline import SIGNS, limit, subject
from simulator.report.ranking import busiest_hour, ranked, submitting_folders
from simulator.report.sections import slots_of
from simulator.report.wording import (
    NOTHING,
    decimals_of,
    estimate,
    hour_of_week,
    number,
    percent,
    plain,
    plural,
    plus_minus,
    scale_of,
    shortened,
    with_interval,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.compare import Comparison, ComparisonRow, Difference
    from simulator.experiments.study import Study
    from simulator.measurement import Summary, SummaryRow
    from simulator.report.wording import Scale

MOST_ROWS: Final = 15
"""Rows of a table; a line below says how many more there are."""

MOST_REFUSALS: Final = 5
_NARROWEST_NAME: Final = 10
_STYLES: Final = {"met": "green", "missed": "red", "undecided": "yellow"}


class Name:
    """A name from a scenario, shortened in its middle where there is no room for all of it."""

    def __init__(self, name: str) -> None:
        self.text = plain(name)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = cell_len(self.text)
        return Measurement(min(width, _NARROWEST_NAME), width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(shortened(self.text, options.max_width), no_wrap=True)


def run_table(study: Study) -> RenderableType:
    """Return what a run found: folders, machines, accounts, busiest hours, targets, refusals."""
    parts = (
        _heading(study),
        _folders(study.summary),
        _machines(study),
        _accounts(study.summary),
        _busiest(study),
        _targets(study),
        _refusals(study),
    )
    return Group(*(part for part in parts if part is not None))


def _heading(study: Study) -> RenderableType:
    run = study.loaded.scenario.run
    evidence = (
        f"{plural(study.replications, 'replication')}, "
        f"± is the {percent(run.confidence)} interval across them."
    )
    question = plain(" ".join(study.loaded.scenario.question.split()))
    return Text("\n".join(line for line in (question, evidence) if line))


def _table(*columns: str, names: int = 1, gap: int = 1) -> Table:
    """Return a table whose first `names` columns hold names, the others figures."""
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap, 0, 0),
        collapse_padding=True,
    )
    for place, column in enumerate(columns):
        is_name = place < names
        table.add_column(
            column,
            justify="left" if is_name else "right",
            no_wrap=not is_name,
            min_width=_NARROWEST_NAME if is_name else None,
        )
    return table


def _filled(
    title: str, table: Table, rows: Sequence[Iterable[RenderableType]], most: int = MOST_ROWS
) -> RenderableType | None:
    """Return a titled table with its first rows and a line for the others; None without a row."""
    if not rows:
        return None
    for row in rows[:most]:
        table.add_row(*row)
    left_out = len(rows) - most
    more = [Text(f"… and {left_out:,} more")] if left_out > 0 else []
    return Group(Text(f"\n{title}", style="bold"), table, *more)


def _folders(summary: Summary) -> RenderableType | None:
    means = ranked(summary, "folder", "pending.mean")
    scale = scale_of("s", means[0].mean if means else 0.0)
    decimals = max(decimals_of(means[0].mean / scale.divisor), 1) if means else 0
    columns = ("Folder", "Submitted", "Refused", "Started", "Mean", "P50", "P95", "Waited")

    def cells(folder: str) -> Iterable[RenderableType]:
        def row(measure: str) -> SummaryRow | None:
            return summary.find("folder", folder, measure)

        yield Name(folder)
        yield from (estimate(row(f"jobs.{count}")) for count in ("submitted", "refused", "started"))
        for wait in ("mean", "p50", "p95"):
            yield plus_minus(row(f"pending.{wait}"), scale, decimals)
        yield estimate(row("pending.share"))

    rows = [tuple(cells(folder)) for folder in submitting_folders(summary)]
    return _filled(f"Pending by folder, in {scale.unit}", _table(*columns, gap=0), rows)


def _machines(study: Study) -> RenderableType | None:
    rows = [
        (Name(row.name), number(slots_of(study, row.name)), _share(row))
        for row in ranked(study.summary, "machine", "slots.utilisation")
    ]
    return _filled("Machines", _table("Machine", "Slots", "Utilisation, %"), rows)


def _accounts(summary: Summary) -> RenderableType | None:
    rows = [
        (Name(row.name), estimate(summary.find("account", row.name, "jobs.started")), _share(row))
        for row in ranked(summary, "account", "account.utilisation")
    ]
    return _filled("Accounts", _table("Account", "Started", "Utilisation, %"), rows)


def _share(row: SummaryRow) -> str:
    return plus_minus(row, scale_of("ratio", 1.0), 1)


def _busiest(study: Study) -> RenderableType | None:
    found = (
        ("jobs Pending", busiest_hour(study.hours.pending.tolist())),
        ("busy slots", busiest_hour(study.hours.busy.tolist())),
    )
    parts = [
        f"most {what} from {hour_of_week(peak[0])} on ({number(peak[1])} on average)"
        for what, peak in found
        if peak is not None
    ]
    return Text(f"\nBusiest hour: {'; '.join(parts)}.") if parts else None


def _targets(study: Study) -> RenderableType | None:
    table = _table("Target", "Limit", "Measured", "Verdict")
    rows = [
        (
            Name(subject(one.target)),
            limit(one.target),
            with_interval(one.row),
            Text(f"{SIGNS[one.outcome]} {one.outcome}", style=_STYLES[one.outcome]),
        )
        for one in study.verdicts
    ]
    return _filled("Targets", table, rows)


def _refusals(study: Study) -> RenderableType | None:
    columns = ("Refused", "Who", "Missing", "Code", "A replication")
    rows = [
        (
            Name(row.source),
            Name(row.principal),
            Name(row.missing),
            f"{row.status}/{plain(row.code)}",
            number(row.mean),
        )
        for row in sorted(study.refusals, key=lambda row: -row.n)
    ]
    return _filled("Refusals", _table(*columns, names=3), rows, MOST_REFUSALS)


def comparison_table(comparison: Comparison) -> RenderableType:
    """Return variants side by side: mean and P95 Pending by folder, utilisation by machine.

    The first variant is the baseline; each of the others shows its difference to it.
    """
    heading = Text(
        f"{plural(comparison.replications, 'replication')} of each; differences are to "
        f"{plain(comparison.variants[0])}, with {percent(comparison.confidence)} intervals."
    )
    parts = [_compared(comparison, title, scope, measure) for title, scope, measure in _COMPARED]
    return Group(heading, *(part for part in parts if part is not None))


_COMPARED: Final = (
    ("Mean Pending by folder", "folder", "pending.mean"),
    ("P95 Pending by folder", "folder", "pending.p95"),
    ("Refused share by folder", "folder", "jobs.refused_share"),
    ("Utilisation by machine", "machine", "slots.utilisation"),
)


def _compared(
    comparison: Comparison, title: str, scope: str, measure: str
) -> RenderableType | None:
    found = [row for row in comparison.rows if (row.scope, row.measure) == (scope, measure)]
    values = [value for row in found for value in row.values if value > 0]
    if not values:
        return None
    typical = median(values)  # one folder that waits for hours should not turn minutes into 0.1 h
    scale = scale_of(found[0].unit, typical)
    decimals = decimals_of(typical / scale.divisor)
    table = _table(scope.capitalize(), "Variant", "Value", "Difference", names=2)
    rows = [
        cells for row in found for cells in _variant_rows(row, comparison.variants, scale, decimals)
    ]
    most = MOST_ROWS * len(comparison.variants)
    return _filled(f"{title}, in {scale.unit}", table, rows, most)


def _variant_rows(
    row: ComparisonRow, variants: Sequence[str], scale: Scale, decimals: int
) -> Iterable[tuple[RenderableType, ...]]:
    """Yield a line for each variant; only the first one names the row."""
    yield Name(row.name), Name(variants[0]), number(row.values[0] / scale.divisor, decimals), ""
    for variant, value, difference in zip(
        variants[1:], row.values[1:], row.differences, strict=True
    ):
        shown = number(value / scale.divisor, decimals)
        yield "", Name(variant), shown, _change(difference, scale, decimals)


def _change(difference: Difference, scale: Scale, decimals: int) -> str:
    mean, low, high = (
        f"{end / scale.divisor:+z,.{decimals}f}" if math.isfinite(end) else NOTHING
        for end in difference
    )
    return mean if low == NOTHING else f"{mean} ({low} to {high})"
