"""Who was refused what in a run, and what was missing: submissions, and items apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from simulator.access.refusals import Refusal
from simulator.escaping import escaped
from simulator.records.codes import SourceKind
from simulator.report.fitting import listing, name
from simulator.report.page import Column, Section, Table, Text, named
from simulator.report.tables import table
from simulator.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from simulator.audit.refusals import ItemRefusalRow, RefusalRow
    from simulator.experiments.study import Study

_Row = TypeVar("_Row", "RefusalRow", "ItemRefusalRow")

MOST_REFUSALS: Final = 5
"""Rows of each table in a terminal."""

_NOTHING: Final = "No submission was refused."
_OF_SUBMISSIONS: Final = (
    "Submissions that were refused: no job came of them. What is missing is the right or the "
    "assignment that would have let them through, or room where a process limits how many of its "
    "jobs may be Pending."
)
_OF_ITEMS: Final = (
    "Items that somebody was not let add to a queue: no job ever sees them, and they are no "
    "submissions."
)
_HELD_IN: Final = "summary.json"
_AMOUNT: Final = (Column("A replication", numeric=True), Column("In all", numeric=True))
_REASON: Final = (
    Column("Missing"),
    *(Column(title, numeric=True) for title in ("Status", "Code")),
)
_COLUMNS: Final = (
    *(Column("Source"), Column("Folder"), Column("Process"), Column("Who")),
    *_REASON,
    *_AMOUNT,
)
_ITEM_COLUMNS: Final = (
    *(Column("Arrival"), Column("Queue"), Column("Who")),
    *_REASON,
    Column("An hour", numeric=True),
    *_AMOUNT,
)


def refusals(study: Study) -> Section:
    """Return who was refused what, and which right, assignment or room was missing."""
    found = (
        (_OF_SUBMISSIONS, _submissions(study.refusals)),
        (_OF_ITEMS, _items(study.item_refusals)),
    )
    shown = [(lead, listed) for lead, listed in found if listed.rows]
    leads = (*(() if study.refusals else (_NOTHING,)), *(lead for lead, _ in shown))
    return Section(
        "refusals",
        "Refusals",
        tuple((lead,) for lead in leads),
        tables=tuple(listed for _, listed in shown),
    )


def refused_tables(study: Study) -> Iterator[RenderableType | None]:
    """Yield the most frequent refusals of submissions, then of items, for a terminal."""
    yield listing(
        "Refusals",
        ("Refused", "Who", "Missing", "Code", "A replication"),
        [
            (
                name(source_text(row.source, row.source_kind)),
                name(row.principal),
                name(row.missing),
                _code(row),
                number(row.mean),
            )
            for row in _most_first(study.refusals)
        ],
        most=MOST_REFUSALS,
        names=3,
    )
    yield listing(
        "Refused items",
        ("Arrival", "Queue", "Who", "Missing", "Code", "An hour"),
        [
            (
                *map(name, (row.arrival, row.queue, row.principal, row.missing)),
                _code(row),
                number(row.per_hour),
            )
            for row in _most_first(study.item_refusals)
        ],
        most=MOST_REFUSALS,
        names=4,
    )


def source_text(source: str, kind: str) -> str:
    """Return what submits, by its name and the vendor's kind: a `then` is called like a process."""
    return f"then of {source}" if kind == SourceKind.JOB.label else source


def _submissions(rows: tuple[RefusalRow, ...]) -> Table:
    cells: list[tuple[Text, ...]] = [
        (
            named(source_text(row.source, row.source_kind)),
            *map(named, (row.folder, row.process, row.principal)),
            *_reason(row),
            *_amount(row),
        )
        for row in _most_first(rows)
    ]
    return table("Submissions refused, by what was missing", _COLUMNS, cells, held_in=_HELD_IN)


def _items(rows: tuple[ItemRefusalRow, ...]) -> Table:
    cells: list[tuple[Text, ...]] = [
        (
            *map(named, (row.arrival, row.queue, row.principal)),
            *_reason(row),
            number(row.per_hour),
            *_amount(row),
        )
        for row in _most_first(rows)
    ]
    return table("Items refused, by what was missing", _ITEM_COLUMNS, cells, held_in=_HELD_IN)


def _most_first(rows: Sequence[_Row]) -> list[_Row]:
    return sorted(rows, key=lambda row: -row.n)


def _code(row: RefusalRow | ItemRefusalRow) -> str:
    return escaped(Refusal(row.status, row.code, row.missing).code_text)


def _reason(row: RefusalRow | ItemRefusalRow) -> tuple[Text, ...]:
    return named(row.missing), str(row.status), named(row.code)


def _amount(row: RefusalRow | ItemRefusalRow) -> tuple[Text, ...]:
    return number(row.mean), number(row.n)
