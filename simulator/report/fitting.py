"""Tables for a terminal of any width: names are wrapped, and no figure is ever cut.

Where a table has no room, the columns that can be done without go, and a line says which; where
that is not enough either, its rows stand one below the other, a line for each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from simulator.escaping import escaped

Row: TypeAlias = tuple[Text, ...]

NARROWEST_NAME: Final = 12
"""Columns a name gets at least, if it needs them, before it is wrapped."""

MOST_ROWS: Final = 15
"""Rows of a table, as a rule; a line below says how many more there are."""


def name(text: str) -> Text:
    """Return a name from a scenario as a cell, made harmless."""
    return Text(escaped(text))


@dataclass(frozen=True, slots=True)
class Listing:
    """A titled table. The first `names` columns hold names, the others figures.

    `optional` are titles of columns to leave out, first to last, where there is no room; `gap`
    blanks more than one part the columns; `more` rows are not shown. `elsewhere` says where all of
    it is, if not in a report.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    names: int = 1
    optional: tuple[str, ...] = ()
    gap: int = 1
    more: int = 0
    elsewhere: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render what there is room for."""
        yield Text(f"\n{self.title}", style="bold")
        yield from self._body(options.max_width)
        if self.more:
            where = f"; {self.elsewhere}" if self.elsewhere else ""
            yield Text(f"… and {self.more:,} more{where}")

    def _body(self, width: int) -> Iterator[RenderableType]:
        for count in range(len(self.optional) + 1):
            left_out = self.optional[:count]
            fitting = self._without(left_out)
            if fitting._needed() <= width:  # noqa: SLF001 - of the same class
                yield fitting._table()  # noqa: SLF001 - of the same class
                if left_out:
                    where = self.elsewhere or "see the report"
                    yield Text(f"No room here for {' and '.join(left_out)}: {where}.")
                return
        yield from map(self._block, self.rows)

    def _without(self, titles: Sequence[str]) -> Listing:
        kept = [place for place, title in enumerate(self.columns) if title not in titles]
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        columns = tuple(self.columns[place] for place in kept)
        names = sum(place < self.names for place in kept)
        return replace(self, columns=columns, rows=rows, names=names)

    def _narrowest(self, place: int) -> int:
        """Return the columns of the terminal that a column of the table cannot do without."""
        widest = max(row[place].cell_len for row in self.rows)
        if place < self.names:
            widest = min(widest, NARROWEST_NAME)
        return max(widest, len(self.columns[place]))

    def _needed(self) -> int:
        between = (len(self.columns) - 1) * (1 + self.gap)
        return sum(map(self._narrowest, range(len(self.columns)))) + between

    def _table(self) -> Table:
        table = Table(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, self.gap, 0, 0),
            collapse_padding=True,
        )
        for place, title in enumerate(self.columns):
            is_name = place < self.names
            table.add_column(
                title,
                justify="left" if is_name else "right",
                no_wrap=not is_name,
                overflow="fold",
                min_width=self._narrowest(place),
            )
        for row in self.rows:
            table.add_row(*row)
        return table

    def _block(self, row: Row) -> Text:
        """Return a row as lines: its first name, then each further cell behind its title."""
        rest = zip(self.columns[1:], row[1:], strict=True)
        lines = [row[0], *(Text.assemble(f"  {title}: ", cell) for title, cell in rest if cell)]
        return Text("\n", overflow="fold").join(line for line in lines if line)


def listing(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Iterable[str | Text]],
    *,
    most: int,
    names: int = 1,
    optional: Sequence[str] = (),
    gap: int = 1,
) -> Listing | None:
    """Return a listing of the first rows, at most `most`; None without any."""
    if not rows:
        return None
    cells = tuple(
        tuple(cell if isinstance(cell, Text) else Text(cell) for cell in row) for row in rows[:most]
    )
    more = max(len(rows) - most, 0)
    return Listing(title, tuple(columns), cells, names, tuple(optional), gap, more)
