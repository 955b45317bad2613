"""A report as plain data: what it says, before anybody decides what it looks like.

Everything is text ready to be read, except what a chart is drawn from. Names from a scenario are
untrusted and stand in a `Span` of kind `name`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simulator.report.charts import Chart
from simulator.report.wording import shortened, visible

Kind = Literal["name", "figure", "code", "chosen", "met", "missed", "undecided"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text that is more than plain: a name, a figure, a verdict."""

    text: str
    kind: Kind


Text: TypeAlias = str | Span
"""The text of a table's cell."""

Phrase: TypeAlias = tuple[Text, ...]
"""A sentence, in pieces that read as one when joined."""


def plain(phrase: Phrase) -> str:
    """Return a sentence as plain text."""
    return "".join(part if isinstance(part, str) else part.text for part in phrase)


def named(name: str) -> Span:
    """Return a name of the scenario, its control characters spelt out."""
    return Span(visible(name), "name")


LONGEST_NAME: Final = 48
"""Columns a name may take on the first screen; the tables have all of it."""


def named_short(name: str, columns: int = LONGEST_NAME) -> Span:
    """Return a name of the scenario, cut to what a first screen has room for."""
    return Span(shortened(visible(name), columns), "name")


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; `measure` is the catalogue's name of what it shows, if it shows one."""

    title: str
    numeric: bool = False
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows; `note` says what was left out, if anything.

    `folded` tables of a section show their caption until somebody opens them.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and the table of all its data; `note` says what the chart leaves out."""

    chart: Chart
    table: Table
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under its own heading; `key` is the anchor that leads to it."""

    key: str
    title: str
    lead: tuple[Phrase, ...]
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """One of the few figures of the first screen: what it is, its value, its interval, of what."""

    title: str
    value: str
    interval: str
    about: Phrase = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before trusting the figures: plain information, or a warning."""

    text: Phrase
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All of a report: the first screen, then its sections in the order of reading.

    `view` says whose view it is, where it is one account's; `alarm` why nothing on the page can be
    relied on, where that is so. `kind` is what a reader calls such a page; one that holds no
    targets has an empty `verdict`.
    """

    title: Span
    view: Phrase
    question: str
    answer: tuple[Phrase, ...]
    highlights: tuple[Highlight, ...]
    verdict: Phrase
    targets: Table | None
    trust: tuple[Notice, ...]
    sections: tuple[Section, ...]
    provenance: tuple[tuple[str, str], ...]
    alarm: tuple[Phrase, ...] = ()
    kind: str = "Capacity report"
