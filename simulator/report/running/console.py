"""What a run says in a terminal: tables that are read in ten seconds.

Names are made harmless: what would move the cursor, change colours or turn the direction of text
is spelt out. Nothing here is read as rich's own markup. How tables fit their width: `fitting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.escaping import escaped
from simulator.model.measures import BY_NAME
from simulator.report.blaming.listing import blame_table
from simulator.report.fitting import MOST_ROWS, listing, name
from simulator.report.page import plain
from simulator.report.promises import limit, promise
from simulator.report.running.answer import answer
from simulator.report.running.availability import BOOTING, CONNECTED, slot_columns
from simulator.report.running.headline import verdict_text
from simulator.report.running.long_run import lines
from simulator.report.running.ranking import (
    machines_with_slots,
    ranked,
    submitting_folders,
    without_a_start,
)
from simulator.report.running.replications import why_so_many
from simulator.report.running.sections.checks import verdict
from simulator.report.running.sections.elastic import elastic_table
from simulator.report.running.sections.idle import idle_lines
from simulator.report.running.sections.licences import licence_tables
from simulator.report.running.sections.pending_reasons import pending_reason_tables
from simulator.report.running.sections.queues import queue_table
from simulator.report.running.sections.refusals import refused_tables
from simulator.report.running.sections.resumed import resumed_table
from simulator.report.running.sections.settling import warm_up_lines
from simulator.report.running.sections.utilisation import slots_of
from simulator.report.running.view import COVERS, PART, held_outside, left_out, whose
from simulator.report.weeks import busiest_hour
from simulator.report.wording import (
    NOTHING,
    NOTHING_TO_MEASURE,
    decimals_of,
    estimate,
    hour_of_week,
    number,
    percent,
    plural,
    plus_minus,
    scale_of,
    with_interval,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.study import Study
    from simulator.measurement import Summary, SummaryRow
    from simulator.report.running.availability import SlotColumn

STYLES: Final = {"met": "green", "missed": "red", "undecided": "yellow"}
"""The colour of a verdict."""


def run_table(study: Study) -> RenderableType:
    """Return what a run found: the answer, targets, waits, blame, queues, fleet, refusals."""
    parts = (
        _heading(study),
        _targets(study),
        _folders(study.summary),
        *lines(study),
        blame_table(study),
        *pending_reason_tables(study.pending_reasons),
        *idle_lines(study),
        resumed_table(study.summary),
        queue_table(study.summary),
        _machines(study),
        elastic_table(study),
        *licence_tables(study),
        _accounts(study.summary),
        _busiest(study),
        *refused_tables(study),
    )
    return Group(*(part for part in parts if part is not None))


def _heading(study: Study) -> RenderableType:
    confidence = percent(study.loaded.scenario.run.confidence)
    evidence = (
        "1 replication, which gives no interval."
        if study.replications == 1
        else f"{plural(study.replications, 'replication')}, ± is the {confidence} interval across "
        "them."
    )
    why = escaped(plain(why_so_many(study)))
    question = escaped(" ".join(study.loaded.scenario.question.split()))
    checked = verdict(study.checks) if study.checks else ""
    told = (*_view(study), f"{evidence}{why}", *warm_up_lines(study), checked)
    about = "\n".join(line for line in told if line)
    return Text("\n\n".join(part for part in (question, _answer(study), about) if part))


def _answer(study: Study) -> str:
    """Return the sentences of the report's first screen, as one paragraph."""
    return escaped(" ".join(plain(phrase) for phrase in answer(study)))


def _view(study: Study) -> tuple[str, ...]:
    """Return whose view it is, and how much was held outside it."""
    if study.viewer is None:
        return ()
    row = held_outside(study)
    held = f"held {with_interval(row)} of the slot time of those machines"
    outside = "" if row is None else f"Jobs outside these folders {held}."
    return f"{escaped(whose(study.viewer))} {COVERS}", outside, left_out(study)


_FOLDER_COLUMNS: Final = ("Folder", "Submitted", "Refused", "Started")
_WAIT_COLUMNS: Final = ("Mean", "P50", "P95", "Waited")


def _folders(summary: Summary) -> RenderableType | None:
    means = ranked(summary, "folder", "pending.mean")
    scale = scale_of("s", means[0].mean if means else 0.0)
    decimals = max(decimals_of(means[0].mean / scale.divisor), 1) if means else 0
    folders = submitting_folders(summary)
    left = without_a_start(summary, folders)

    def cells(place: int, folder: str) -> Iterable[str | Text]:
        def row(measure: str) -> SummaryRow | None:
            return summary.find("folder", folder, measure)

        yield name(folder)
        yield from (estimate(row(f"jobs.{count}")) for count in ("submitted", "refused", "started"))
        yield from (number(numbers[place]) for numbers in left.values())
        for wait in ("mean", "p50", "p95"):
            yield plus_minus(row(f"pending.{wait}"), scale, decimals)
        yield estimate(row("pending.share"))

    return listing(
        f"Pending by folder, in {scale.unit}",
        (*_FOLDER_COLUMNS, *left, *_WAIT_COLUMNS),
        [tuple(cells(place, folder)) for place, folder in enumerate(folders)],
        most=MOST_ROWS,
        optional=("P50", "Refused"),
        gap=0,
    )


def _machines(study: Study) -> RenderableType | None:
    of_slots = slot_columns(study)

    def cells(machine: str) -> Iterable[str | Text]:
        yield from (name(machine), number(slots_of(study, machine)))
        yield _in_percent(study.summary.find("machine", machine, "slots.utilisation"))
        yield from (_in_percent(held_outside(study, machine)) for _ in outside)
        for column in of_slots:
            yield _bare(study.summary.find("machine", machine, column.measure))

    outside = () if study.viewer is None else (f"{PART}, %",)
    rows = [tuple(cells(machine)) for machine in machines_with_slots(study.summary)]
    columns = ("Machine", "Slots", "Utilisation, %", *outside, *map(_titled, of_slots))
    optional = [_titled(column) for column in (BOOTING, CONNECTED) if column in of_slots]
    gap = 0 if of_slots else 1
    return listing("Machines", columns, rows, most=MOST_ROWS, optional=optional, gap=gap)


def _titled(column: SlotColumn) -> str:
    return f"{column.title}, %" if BY_NAME[column.measure].unit == "ratio" else column.title


def _bare(row: SummaryRow | None) -> str:
    """Return a mean without its unit, which the title has; shares to one decimal."""
    if row is None:
        return NOTHING
    decimals = 1 if row.unit == "ratio" else None
    return number(row.mean / scale_of(row.unit, 1.0).divisor, decimals)


def _accounts(summary: Summary) -> RenderableType | None:
    rows = [
        (
            name(row.name),
            estimate(summary.find("account", row.name, "jobs.started")),
            _in_percent(row),
        )
        for row in ranked(summary, "account", "account.utilisation")
    ]
    return listing("Accounts", ("Account", "Started", "Utilisation, %"), rows, most=MOST_ROWS)


def _in_percent(row: SummaryRow | None) -> str:
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
    rows = [
        (
            name(promise(one.target)),
            limit(one.target),
            with_interval(one.row) if one.has_data else one.why or NOTHING_TO_MEASURE,
            Text(verdict_text(one.outcome), style=STYLES[one.outcome]),
        )
        for one in study.verdicts
    ]
    columns = ("Target", "Limit", "Measured", "Verdict")
    return listing("Targets", columns, rows, most=MOST_ROWS)
