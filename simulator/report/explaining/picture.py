"""The slots that a Pending job could use, over the time it waited, as an SVG file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from simulator.explaining.explained import Bar, SlotRow
from simulator.records.codes import BlameCause
from simulator.report.clock_times import run_clock
from simulator.report.drawing.files import as_file
from simulator.report.drawing.sheet import (
    BANDS,
    FONT_PX,
    GRID,
    INK,
    ON_HEAT,
    Sheet,
    Side,
    settled,
)
from simulator.report.explaining.slot_runs import Run, most_held, name_within, runs_of
from simulator.report.explaining.words import heading
from simulator.report.wording import DAYS, plural, quantity, shortened, visible

if TYPE_CHECKING:
    from simulator.explaining.explained import Explanation, JobName, Picture

_WIDTH: Final = 912.0
_LABEL_WIDTH: Final = 150.0
_LABEL_CELLS: Final = 20
_ROW_HEIGHT: Final = 24.0
_LEGEND_HEIGHT: Final = 24.0
_FOOT: Final = 34.0
_RIGHT: Final = 12.0
_CELLS: Final = int(_WIDTH - _LABEL_WIDTH - _RIGHT)
"""Bars are told apart to the pixel."""

_SMALL_PX: Final = 10.0
_CHARACTER_WIDTH: Final = 0.6
"""Of the size of a text; the mean over letters and digits."""

_FEWEST_CELLS: Final = 3
"""Characters that are worth writing on a bar."""

_TITLE_CELLS: Final = 84
"""Columns of the title's large letters, all of them on the picture."""

_TICKS: Final = 6

Look: TypeAlias = tuple[str, str]
"""The colour of a bar, and of a text upon it."""

FOLDERS: Final[tuple[Look, ...]] = (
    ("#0072b2", ON_HEAT),
    ("#e69f00", INK),
    ("#cc79a7", INK),
    ("#56b4e9", INK),
    ("#f0e442", INK),
)
"""The looks of the folders that hold most.

Source: Okabe and Ito, "Color Universal Design" (2008).
"""

_OTHERS: Final[Look] = ("#5b5ea6", ON_HEAT)
_CAUSES: Final = {
    BlameCause.MAINTENANCE: BANDS[1],
    BlameCause.DOWN: BANDS[2],
    BlameCause.BOOTING: BANDS[3],
    BlameCause.UNLICENSED: GRID,
    BlameCause.NO_HOST: GRID,
}
"""What a slot is drawn in while it is out of service, as in the pictures of a week."""

_NOTE: Final = (
    "Each row is a slot the job could use; empty where it was free. Framed: the job itself."
)


def explanation_picture(told: Explanation, picture: Picture) -> str:
    """Return the wait of a job as an SVG file; an equal one gives equal text."""
    with settled():
        drawn = _Drawing(told, picture).drawn()
    clock = run_clock(told.window)
    begin, end = (clock.day(at_s) for at_s in (picture.from_s, picture.to_s))
    more = picture.slot_count - len(picture.rows)
    note = f"{_NOTE} {plural(more, 'slot')} more not shown." if more else _NOTE
    title = shortened(visible(heading(told)), _TITLE_CELLS)
    return as_file(drawn, title, f"{begin} to {end}, {told.window.zone}", note)


class _Drawing:
    """One picture while it is drawn: its sheet, and the looks of its folders."""

    def __init__(self, told: Explanation, picture: Picture) -> None:
        self._told, self._picture = told, picture
        self._looks = _looks(told, picture)
        self._legend = _in_lines([*self._entries()])
        self._rows = len(picture.rows) + 1
        top = _LEGEND_HEIGHT * len(self._legend)
        height = top + _ROW_HEIGHT * self._rows + _FOOT
        self._sheet = Sheet(_WIDTH, height, (_LABEL_WIDTH, top, _RIGHT, _FOOT))

    def drawn(self) -> str:
        """Return all of it as an `<svg>` element."""
        axes = self._sheet.axes
        axes.set_xlim(0, _CELLS)
        axes.set_ylim(self._rows - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        self._draw_times()
        self._draw_wait()
        for place, row in enumerate(self._picture.rows, start=1):
            self._draw_row(place, row)
        self._draw_legend()
        description = visible(f"{heading(self._told)}. {_NOTE}")
        return self._sheet.svg("explanation", "Slots while the job was Pending", description)

    def _draw_times(self) -> None:
        """Draw lines at even distances, and the local time below each."""
        picture, clock = self._picture, run_clock(self._told.window)
        ends = [clock.local(at_s).date() for at_s in (picture.from_s, picture.to_s)]
        for number in range(_TICKS + 1):
            x = _CELLS * number / _TICKS
            local = clock.local(picture.from_s + (picture.to_s - picture.from_s) * number / _TICKS)
            text = f"{local:%H:%M:%S}"
            if ends[0] != ends[1]:
                text = f"{DAYS[local.weekday()]} {local:%H:%M}"
            self._sheet.axes.axvline(x, color=GRID, linewidth=1, zorder=0)
            place = (x, self._rows - 0.5)
            self._sheet.write(place, text, side=_sides(number), size=_SMALL_PX, shift=(0, -14))

    def _draw_wait(self) -> None:
        """Draw in the first row how long the job itself was Pending."""
        told = self._told
        until_s = told.submission.at_s + told.waited_s
        wait = SlotRow("", 0, (Bar(self._picture.from_s, until_s, BlameCause.JOB),))
        self._label(0, f"job {told.who.job}")
        for run in runs_of(wait, self._picture, _CELLS):
            if run.bar is not None:
                self._box(0, run, "none", framed=True)
                self._write(0, run, f"Pending {quantity(told.waited_s, 's')}")

    def _draw_row(self, place: int, row: SlotRow) -> None:
        self._label(place, f"{row.host}, slot {row.slot}")
        for run in runs_of(row, self._picture, _CELLS):
            if run.bar is None:
                continue
            who = run.bar.who
            if who is None:
                self._box(place, run, _CAUSES[run.bar.cause])
                self._write(place, run, run.bar.cause.label)
            else:
                fill, ink = self._looks[who.folder]
                self._box(place, run, fill, framed=who == self._told.who)
                self._name(place, run, who, ink)

    def _box(self, place: int, run: Run, fill: str, *, framed: bool = False) -> None:
        from matplotlib.patches import Rectangle  # noqa: PLC0415 - as in svg

        cells = run.last - run.first
        gap = 1 if cells > 1 and not framed else 0  # neighbours of one folder stand apart
        box = Rectangle(
            (run.first, place - 0.4),
            cells - gap,
            0.8,
            facecolor=fill,
            edgecolor=INK if framed else "none",
            linewidth=2.0 if framed else 0.0,
            zorder=3 if framed else 1,
        )
        self._sheet.axes.add_patch(box)

    def _name(self, place: int, run: Run, who: JobName, ink: str) -> None:
        """Name the job on a bar, as far as there is room."""
        shown = name_within(who.job, visible(who.folder), _room(run))
        if shown:
            full = visible(f"job {who.job} of {who.process}")
            at = (run.first + 4, place)
            self._sheet.write(at, shown, full=full, size=_SMALL_PX, colour=ink)

    def _write(self, place: int, run: Run, text: str) -> None:
        """Write on a bar what of a text there is room for."""
        if _room(run) >= _FEWEST_CELLS:
            at = (run.first + 4, place)
            self._sheet.write(at, shortened(text, _room(run)), full=text, size=_SMALL_PX)

    def _label(self, place: int, text: str) -> None:
        text = visible(text)
        shown = shortened(text, _LABEL_CELLS)
        self._sheet.write((0, place), shown, full=text, side="right", shift=(-10, 0))

    def _entries(self) -> Iterator[tuple[str, str]]:
        """Yield what each colour stands for."""
        for folder, look in self._looks.items():
            if look is not _OTHERS:
                yield look[0], shortened(visible(folder), _LABEL_CELLS)
        if _OTHERS in self._looks.values():
            yield _OTHERS[0], "other folders"
        shown = {bar.cause for row in self._picture.rows for bar in row.bars}
        yield from ((look, cause.label) for cause, look in _CAUSES.items() if cause in shown)

    def _draw_legend(self) -> None:
        for number, entries in enumerate(reversed(self._legend)):
            left, up = 0.0, 12 + _LEGEND_HEIGHT * number
            for colour, text in entries:
                self._sheet.mark((0, -0.5), ("s", colour), shift=(left + 6, up))
                self._sheet.write((0, -0.5), text, shift=(left + 18, up))
                left += _legend_width(text)


def _room(run: Run) -> int:
    """Return how many characters there is room for on a bar."""
    return int((run.last - run.first - 8) / (_CHARACTER_WIDTH * _SMALL_PX))


def _looks(told: Explanation, picture: Picture) -> dict[str, Look]:
    """Return the look of each folder: those that hold slots longest have one of their own."""
    folders = most_held(told, picture)
    return dict(zip(folders, [*FOLDERS, *[_OTHERS] * len(folders)], strict=False))


def _sides(tick: int) -> Side:
    """Return by which side the text of a tick stands there, so that none leaves the picture."""
    if tick == _TICKS:
        return "right"
    return "center" if tick else "left"


def _in_lines(entries: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the entries of a legend, as many to a line as there is room for."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for colour, text in entries:
        used += _legend_width(text)
        if used > _CELLS and lines[-1]:
            lines.append([])
            used = _legend_width(text)
        lines[-1].append((colour, text))
    return lines


def _legend_width(text: str) -> float:
    return 36 + _CHARACTER_WIDTH * FONT_PX * len(text)
