"""A table of rights for a terminal: folder by folder, a tick for each action, and by which role.

A folder's line stands over its rows, so that no column is needed for it. Where a terminal has no
room for the ticks, the actions are told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.access.demands import Action
from simulator.report.wording import NOTHING

TITLES: Final[Mapping[Action, str]] = {
    Action.SEE_PROCESSES: "see\nproc.",
    Action.SEE_JOBS: "see\njobs",
    Action.START: "\nstart",
    Action.STOP: "\nstop",
    Action.DEPLOY: "de-\nploy",
    Action.UPGRADE: "up-\ngrade",
    Action.MAKE_TRIGGERS: "make\ntrig.",
    Action.ADD_ITEMS: "add\nitems",
}
"""The head of each action's column, in two lines to keep it narrow."""

NARROWEST: Final = 12
"""Columns of the terminal that names get at least; with less room there are no ticks."""

_TICKS: Final = {True: Text("✓", style="green"), False: Text("·", style="dim")}
_WIDTHS: Final = {
    action: max(len(line) for line in title.split("\n")) for action, title in TITLES.items()
}
_INDENT: Final = 2
_FIXED: Final = sum(_WIDTHS.values()) + len(TITLES) + 1 + _INDENT
"""Columns of the terminal that the ticks take, with the gaps between all columns."""


class Row(NamedTuple):
    """Accounts of a folder with the same rights by the same roles; names are harmless."""

    who: Text
    may: frozenset[Action]
    by: Text


class OfFolder(NamedTuple):
    """A folder's line, the rows below it, and how many more there are that are not shown."""

    title: Text
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TickTable:
    """Folders with their rows, under one head."""

    folders: tuple[OfFolder, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render every folder, columns below each other."""
        room = options.max_width - _FIXED
        if room < 2 * NARROWEST:
            yield from self._told()
            return
        widths = self._widths(room)
        yield _indented(_ticked((), *widths, show_header=True))
        for folder in self.folders:
            yield folder.title
            if folder.rows:
                yield _indented(_ticked(folder.rows, *widths))
            yield from _more(folder)

    def _widths(self, room: int) -> tuple[int, int]:
        """Return the widths of the names before and behind the ticks: what they need if it fits."""
        rows = [row for folder in self.folders for row in folder.rows]
        who = max((row.who.cell_len for row in rows), default=0)
        by = max((row.by.cell_len for row in rows), default=0)
        if who + by > room:
            who = min(who, max(room // 2, room - by))
            by = room - who
        return max(who, len("Who")), max(by, len("By"))

    def _told(self) -> Iterator[RenderableType]:
        for folder in self.folders:
            yield folder.title
            for row in folder.rows:
                actions = ", ".join(action for action in Action if action in row.may) or NOTHING
                yield _indented(Text.assemble(row.who, f": {actions}; by ", row.by))
            yield from _more(folder)


def _more(folder: OfFolder) -> Iterator[RenderableType]:
    if folder.more:
        more = f"… and {folder.more:,} more here: --as or --json shows them"
        yield _indented(Text(more, style="dim"))


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, _INDENT))


def _ticked(rows: Sequence[Row], who: int, by: int, *, show_header: bool = False) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=show_header)
    table.add_column("\nWho", width=who, overflow="fold")
    for action, title in TITLES.items():
        table.add_column(title, width=_WIDTHS[action], justify="center")
    table.add_column("\nBy", width=by, overflow="fold")
    for row in rows:
        table.add_row(row.who, *(_TICKS[action in row.may] for action in Action), row.by)
    return table
