"""A result as a notebook's cell shows it: its report, cut to what is looked at first."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final, TypeVar

from simulator.escaping import escaped
from simulator.report.charts import HeatMap, StackedWeek

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import DataclassInstance

    from simulator.report.page import Figure, Phrase, ReportPage, Section, Table

MOST_ROWS: Final = 12
"""Rows of a table in a cell; the DataFrames have them all."""

_FOR_REFERENCE: Final = frozenset({"measures", "choices", "checks"})
"""Sections that a cell leaves out: they tell what words mean, and what found nothing amiss."""

_LARGE: Final = (HeatMap, StackedWeek)
"""Charts that a cell leaves out, since a notebook keeps each of its outputs: `plot` draws them."""

Result = TypeVar("Result")


class Shown(ABC):
    """What a notebook shows by itself, where it is a cell's last expression."""

    __slots__ = ()

    @abstractmethod
    def report_page(self) -> ReportPage:
        """Return all that the result's report says, as values."""

    def _repr_html_(self) -> str:
        return as_cell(self.report_page())

    def __repr__(self) -> str:
        return as_text(self.report_page())


def shown_as(kind: Callable[..., Result], plain: DataclassInstance, **more: object) -> Result:
    """Return a plain result as one that notebooks show, of the same fields and some `more`."""
    return kind(**{one.name: getattr(plain, one.name) for one in fields(plain)}, **more)


def as_cell(page: ReportPage) -> str:
    """Return a report as a piece of HTML; equal reports give equal text.

    Its ids are made of all that it says: those of results on one page do not clash.
    """
    from simulator.report.rendering.page_html import cell  # noqa: PLC0415 - it needs Jinja, and matplotlib

    key = f"simulator-{hashlib.sha256(repr(page).encode()).hexdigest()[:12]}"
    return cell(_cut(page, key), key)


def as_text(page: ReportPage) -> str:
    """Return what a report is, and its answer, as lines that are safe in a terminal."""
    lines = ((page.kind, ": ", page.title), *page.alarm, *page.answer, page.verdict)
    return "\n".join(escaped(_joined(line)) for line in lines if line)


def _joined(phrase: Phrase) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in phrase)


def _cut(page: ReportPage, key: str) -> ReportPage:
    sections = (_section(one, key) for one in page.sections if one.key not in _FOR_REFERENCE)
    return replace(
        page,
        targets=page.targets and _first_rows(page.targets),
        sections=tuple(one for one in sections if one.figures or one.tables),
    )


def _section(section: Section, key: str) -> Section:
    small = (one for one in section.figures if not isinstance(one.chart, _LARGE))
    return replace(
        section,
        figures=tuple(_figure(one, key) for one in small),
        tables=tuple(map(_first_rows, section.tables)),
    )


def _figure(figure: Figure, key: str) -> Figure:
    chart = replace(figure.chart, key=f"{key}-{figure.chart.key}")
    return replace(figure, chart=chart, table=_first_rows(figure.table))


def _first_rows(table: Table) -> Table:
    more = len(table.rows) - MOST_ROWS
    if more <= 0:
        return table
    note = f"{table.note} … and {more:,} more.".strip()
    return replace(table, rows=table.rows[:MOST_ROWS], note=note)
