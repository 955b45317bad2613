"""What stood free while jobs waited, and the one change of a rule that would let them use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text as TerminalText

from simulator.audit.overrides import override_text
from simulator.escaping import escaped
from simulator.plan.openings import Rule
from simulator.report.charts import Bar, BarChart
from simulator.report.page import Column, Figure, Section, Span, named
from simulator.report.running.pictures import MOST_BARS
from simulator.report.tables import table
from simulator.report.wording import interval, number, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from simulator.experiments.idle import Idle, IdleRow
    from simulator.experiments.study import Study
    from simulator.report.page import Phrase, Table, Text

TITLE: Final = "Idle while Pending"
MOST_LINES: Final = 3
"""Lines in a terminal."""

_LEAD: Final = (
    "Slots and accounts that were free while jobs waited, and that one rule alone kept from them: "
    "the hours a replication, never more at once than jobs waited. All else that the jobs needed "
    "was there too, a Windows session and an idle account for foreground jobs. Each change is "
    "looked at alone; two may open the same slot, so their hours do not add up. How much waiting a "
    "change would save, simulator compare tells: a job that runs elsewhere makes room where it was."
)
_NOTHING: Final = (
    "Nothing that one change of a rule would have let waiting jobs use stood free while they did."
)


def idle_lines(study: Study) -> Iterator[RenderableType]:
    """Yield, for a terminal, what stood free for longest; nothing in one account's view."""
    rows = study.idle.rows[:MOST_LINES]
    if rows:
        yield f"\n{TITLE}"
    for row in rows:
        yield TerminalText(escaped(in_words(row)), overflow="fold")


def in_words(row: IdleRow) -> str:
    """Return a row as a sentence; the names are as the scenario has them."""
    return f"{_stood_free(row)} while {row.folder}'s jobs waited: {row.change}"


def _stood_free(row: IdleRow) -> str:
    hours = number(row.hours.mean)
    unit = "hour" if hours == "1" else "hours"
    if row.is_of_robot:
        return f"{hours} {unit} of {row.what} stood idle"
    if row.rule is Rule.LIMIT:
        return f"{hours} slot-{unit} that {row.what} could use stood free"
    if row.rule is Rule.LICENCE:
        return f"{hours} slot-{unit} of {row.what} had no licence"
    return f"{hours} slot-{unit} of {row.what} stood free"


def idle(study: Study) -> tuple[Section, ...]:
    """Return the section of what stood free while jobs waited; none in one account's view."""
    if study.viewer is not None:
        return ()
    found = study.idle
    if not found.rows:
        leads: tuple[Phrase, ...] = ((_NOTHING,), *_left_out(found))
        return (Section("idle", TITLE, leads),)
    leads = ((named(f"{in_words(found.rows[0])}."),), (_LEAD,), *_left_out(found))
    more = len(found.rows) - MOST_BARS
    note = f"{plural(more, 'further change')}, with less, in the table below." if more > 0 else ""
    return (Section("idle", TITLE, leads, (Figure(_chart(found.rows), _table(found), note),)),)


def _left_out(found: Idle) -> Iterator[Phrase]:
    if found.left_out:
        changes = plural(found.left_out, "further possible change")
        yield (f"An estate this large has {changes}, which nobody looked at.",)


def _chart(rows: Sequence[IdleRow]) -> BarChart:
    bars = tuple(
        Bar(
            visible(f"{place}. {row.what} for {row.folder}"),
            row.hours.mean,
            row.hours.low,
            row.hours.high,
            number(row.hours.mean),
        )
        for place, row in enumerate(rows[:MOST_BARS], start=1)
    )
    told = f"Hours that stood free, most first. {visible(in_words(rows[0]))}."
    return BarChart("idle-chart", "What stood free, for whose jobs", told, "Hours", bars)


def _table(found: Idle) -> Table:
    columns = (
        Column("Change"),
        Column("Rule"),
        Column("What stood free"),
        Column("Hours", numeric=True),
        Column("Interval", numeric=True),
        Column("Jobs that waited"),
        Column("As --set"),
    )
    rows = [
        (named(f"{place}. {row.change}{_alike(row)}"), *_cells(row))
        for place, row in enumerate(found.rows, start=1)
    ]
    return table("What one change would open", columns, rows, held_in="summary.json")


def _alike(row: IdleRow) -> str:
    """Return how many more would do as well, as far as the scenario tells."""
    return f" ({row.alike:,} more like it)" if row.alike else ""


def _cells(row: IdleRow) -> Iterator[Text]:
    yield from (str(row.rule), named(row.what))
    yield from (number(row.hours.mean), interval(row.hours))
    yield named(f"{row.folder}: {row.jobs}")
    yield Span(visible(" ".join(map(override_text, row.changes))), "code")
