"""The slots that a Pending job could use, over the time it waited, drawn with characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from simulator.escaping import escaped
from simulator.explaining.explained import Bar
from simulator.records.codes import BlameCause
from simulator.report.clock_times import run_clock
from simulator.report.explaining.slot_runs import Run, most_held, runs_of
from simulator.report.wording import plural, shortened

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from simulator.explaining.explained import Explanation, Picture, SlotRow

_HOST_CELLS: Final = 16
_SLOT_CELLS: Final = 4
_LEFT: Final = _HOST_CELLS + _SLOT_CELLS + 1
_WIDEST: Final = 120
_NARROWEST: Final = 20
_FREE: Final = "·"
_OWN: Final = "█"
_EDGE: Final = "│"
_HELD: Final = "─"

SIGNS: Final = {
    BlameCause.MAINTENANCE: "░",
    BlameCause.DOWN: "#",
    BlameCause.BOOTING: "~",
    BlameCause.UNLICENSED: "-",
    BlameCause.NO_HOST: " ",
}
"""What a cell shows in which a slot is out of service, or not there."""

_WORDS: Final = {
    BlameCause.MAINTENANCE: "maintenance",
    BlameCause.DOWN: "host down",
    BlameCause.BOOTING: "booting",
    BlameCause.UNLICENSED: "no licence",
    BlameCause.NO_HOST: "blank: host off",
}


class Timeline:
    """A row a slot, those of one host together, with the folder and number of the job on it."""

    def __init__(self, told: Explanation, picture: Picture) -> None:
        self._told, self._picture = told, picture
        self._clock = run_clock(told.window)
        folders = most_held(told, picture)
        self._letters = dict(zip(folders, ascii_lowercase, strict=False))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render it in the width there is."""
        cells = max(min(options.max_width, _WIDEST) - _LEFT, _NARROWEST)
        yield Text("\nIts wait, slot by slot", style="bold")
        for line in self._lines(cells):
            yield Text(line.rstrip(), no_wrap=True, overflow="ignore")

    def _lines(self, cells: int) -> Iterator[str]:
        picture, told = self._picture, self._told
        begin = self._clock.time(picture.from_s, told.submission.at_s)
        end = self._clock.time(picture.to_s, told.submission.at_s)
        yield f"{'':{_LEFT}}{begin}{end:>{cells - len(begin)}}"
        wait = Bar(picture.from_s, told.submission.at_s + told.waited_s, BlameCause.JOB, told.who)
        own = round((wait.to_s - picture.from_s) / (picture.to_s - picture.from_s) * cells)
        name = shortened(f"job {told.who.job}", _LEFT - 1)
        yield f"{name:{_LEFT}}{_held('Pending', own)}"
        last = ""
        for row in picture.rows:
            yield f"{_label(row, last)}{''.join(self._run(run) for run in self._runs(row, cells))}"
            last = row.host
        yield from self._legend(cells)

    def _runs(self, row: SlotRow, cells: int) -> Iterator[Run]:
        return runs_of(row, self._picture, cells)

    def _run(self, run: Run) -> str:
        length, sign = run.last - run.first, self._sign(run)
        who = None if run.bar is None else run.bar.who
        if length == 1 or who is None or who == self._told.who:
            return sign * length
        return _held(str(who.job), length, sign)

    def _sign(self, run: Run) -> str:
        """Return the one character that tells what a cell shows."""
        if run.bar is None:
            return _FREE
        if run.bar.who is None:
            return SIGNS[run.bar.cause]
        is_own = run.bar.who == self._told.who
        return _OWN if is_own else self._letters.get(run.bar.who.folder, _HELD)

    def _legend(self, cells: int) -> Iterator[str]:
        shown = {self._sign(run) for row in self._picture.rows for run in self._runs(row, cells)}
        more = self._picture.slot_count - len(self._picture.rows)
        if more:
            yield f"… and {plural(more, 'slot')} more"
        words = {_OWN: "this job", _FREE: "free"}
        told = [f"{sign} {words[sign]}" for sign in words if sign in shown]
        told += [
            f"{letter} {escaped(folder)}"
            for folder, letter in self._letters.items()
            if letter in shown
        ]
        told += [
            f"{SIGNS[cause]} {word}".strip()
            for cause, word in _WORDS.items()
            if SIGNS[cause] in shown
        ]
        yield from _wrapped(told, cells + _LEFT)


def _label(row: SlotRow, last: str) -> str:
    """Return a row's host, where it is not that of the row above, and its slot."""
    host = "" if row.host == last else shortened(escaped(row.host), _HOST_CELLS)
    return f"{host}{' ' * (_HOST_CELLS - cell_len(host))}{row.slot:>{_SLOT_CELLS}} "


def _held(text: str, cells: int, fill: str = _HELD) -> str:
    """Return a bar of so many cells that begins with an edge and, where there is room, a text."""
    text = text if len(text) < cells else ""
    return f"{_EDGE}{text}{fill * (cells - 1 - len(text))}" if cells > 0 else ""


def _wrapped(entries: Iterable[str], cells: int) -> Iterator[str]:
    """Yield lines of a legend, as many entries to each as there is room for."""
    line = ""
    for entry in entries:
        if line and cell_len(line) + 3 + cell_len(entry) > cells:
            yield line
            line = ""
        line = f"{line}   {entry}" if line else entry
    yield line
