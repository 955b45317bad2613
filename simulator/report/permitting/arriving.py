"""Sentences on who may add the items that come, and as whom jobs may start jobs, for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.audit.members import first_of, in_runs
from simulator.escaping import escaped

if TYPE_CHECKING:
    from simulator.audit.arriving import Adding, Following

MOST_SENTENCES: Final = 10
"""Sentences of one kind."""

MOST_NAMES: Final = 6
"""Names in a cell or a sentence; a run of members is one of them."""

MORE: Final = "--as, --folder or --json show them"
"""How to see what is left out."""

_Row = TypeVar("_Row", "Adding", "Following")


def some(names: Sequence[str]) -> str:
    """Return the first names in words, runs of members as one, and how many more there are."""
    return first_of(in_runs(names), MOST_NAMES)


def left_out(count: int, what: str = "") -> tuple[Text, ...]:
    """Return a line on how many more there are of something, and how to see them, if any are."""
    return (Text(f"… and {count:,} more{what}: {MORE}"),) if count else ()


def arriving_tables(
    adding: Sequence[Adding], following: Sequence[Following]
) -> tuple[RenderableType, ...]:
    """Return who adds items and as whom jobs start jobs, where there is any of it."""
    found = (
        _sentences("Who adds items", adding, _adds),
        _sentences("As whom jobs start jobs", following, _follows),
    )
    return tuple(one for one in found if one is not None)


def _sentences(
    title: str, rows: Sequence[_Row], lead: Callable[[_Row], str]
) -> RenderableType | None:
    """Return a sentence for each row, first those in which somebody may not."""
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: not row.barred)
    shown = [_sentence(lead(row), row) for row in ordered[:MOST_SENTENCES]]
    return Group(Text(f"\n{title}", style="bold"), *shown, *left_out(len(ordered) - len(shown)))


def _adds(row: Adding) -> str:
    return f"{row.arrival} adds to {row.queue}"


def _follows(row: Following) -> str:
    return f"{row.process} starts {row.starts} as the account it ran under"


def _sentence(lead: str, row: Adding | Following) -> Text:
    told = Text(escaped(lead), overflow="fold")
    separator = ": "
    if row.may:
        told.append(escaped(f"{separator}{some(row.may)} ")).append("may", "green")
        separator = "; "
    for barred in row.barred:
        told.append(escaped(f"{separator}{some(barred.who)} ")).append("may not", "red")
        told.append(escaped(f" ({barred.refusal.sentence})"))
        separator = "; "
    if not row.may and not row.barred:
        told.append(": nobody can", "yellow")
    return told
