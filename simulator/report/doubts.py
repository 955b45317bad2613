"""What to know before relying on figures: the first warnings at the top, all of them further down.

A first screen that warns of everything is read by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.report.page import Column, Notice, Section, Table, named, plain
from simulator.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.errors import Issue
    from simulator.report.page import Phrase

MOST_TOLD: Final = 3
"""Warnings of a first screen; where there is one more, it is told too."""

_TITLE: Final = "All warnings"


def doubts(cautions: Iterable[str], warnings: Iterable[Issue]) -> Iterator[Notice]:
    """Yield every reason to doubt figures, then what looks doubtful in the scenario."""
    for caution in cautions:
        yield Notice((named(f"{caution}."),), is_warning=True)
    for issue in warnings:
        yield Notice(issue_told(issue), is_warning=True)


def issue_told(issue: Issue) -> Phrase:
    """Return a warning of the scenario: the line and the thing it is about, what, what to do."""
    line = f"line {issue.position.line}" if issue.position else ""
    thing = ".".join(map(str, issue.path))
    place = ", ".join(part for part in (line, thing) if part)
    hint = f" ({issue.hint})" if issue.hint else ""
    return (named(f"{place}: {issue.message}{hint}" if place else f"{issue.message}{hint}"),)


def first_of_all(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return what a first screen tells: what is no warning, the first warnings, how many more."""
    every = tuple(notices)
    warnings = _warnings(every)
    if len(warnings) <= MOST_TOLD + 1:
        return every
    others = (one for one in every if not one.is_warning)
    more = f"{number(len(warnings) - MOST_TOLD)} more warnings stand below, under "
    last = Notice((more, f"\N{LEFT DOUBLE QUOTATION MARK}{_TITLE}\N{RIGHT DOUBLE QUOTATION MARK}."))
    return (*others, *warnings[:MOST_TOLD], last)


def all_warnings(notices: Iterable[Notice]) -> tuple[Section, ...]:
    """Return the section of all warnings; nothing where the first screen has them all."""
    warnings = _warnings(tuple(notices))
    if len(warnings) <= MOST_TOLD + 1:
        return ()
    columns = (Column("Number"), Column("Warning"))
    rows = tuple(
        (number(place), named(plain(one.text))) for place, one in enumerate(warnings, start=1)
    )
    lead = "What may make figures doubtful comes first, then what looks odd in the scenario."
    table = Table("Every warning", columns, rows)
    return (Section("warnings", _TITLE, ((lead,),), tables=(table,)),)


def _warnings(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    return tuple(one for one in notices if one.is_warning)
