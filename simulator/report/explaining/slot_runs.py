"""A row of slots cut into cells, so that a picture has no more bars than it has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from simulator.report.wording import shortened

if TYPE_CHECKING:
    from simulator.explaining.explained import Bar, Explanation, Picture, SlotRow


class Run(NamedTuple):
    """The cells from `first` to before `last` that show one bar; None where the slot is free."""

    first: int
    last: int
    bar: Bar | None


def runs_of(row: SlotRow, picture: Picture, cells: int) -> Iterator[Run]:
    """Yield what a row shows in so many cells, from left to right.

    Each bar has a cell at least, which of several that fall into it the last one keeps.
    """
    shown: list[Bar | None] = [None] * cells
    for bar in row.bars:
        first = min(_cell(bar.from_s, picture, cells), cells - 1)
        for cell in range(first, max(_cell(bar.to_s, picture, cells), first + 1)):
            shown[cell] = bar
    for _, group in groupby(enumerate(shown), key=lambda one: id(one[1])):
        places = [*group]
        yield Run(places[0][0], places[-1][0] + 1, places[0][1])


def _cell(at_s: float, picture: Picture, cells: int) -> int:
    """Return the cell in which an instant lies."""
    return int((at_s - picture.from_s) / (picture.to_s - picture.from_s) * cells)


def most_held(told: Explanation, picture: Picture) -> tuple[str, ...]:
    """Return the folders whose jobs a picture shows, those that hold slots longest first."""
    held: Counter[str] = Counter({told.who.folder: 0})
    for bar in chain.from_iterable(row.bars for row in picture.rows):
        if bar.who is not None:
            held[bar.who.folder] += round(bar.to_s - bar.from_s)
    return tuple(sorted(held, key=lambda folder: (-held[folder], folder)))


_SHORTEST_FOLDER: Final = 5
"""Characters of a folder's name that still say which it is."""


def name_within(job: int, folder: str, room: int) -> str:
    """Return what there is room for of a job's number and its folder; the number is never cut."""
    number = str(job)
    for_folder = room - len(number) - 1
    if cell_len(folder) <= for_folder or for_folder >= _SHORTEST_FOLDER:
        return f"{number} {shortened(folder, for_folder)}"
    return number if len(number) <= room else ""
