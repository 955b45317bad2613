"""What stands around a chart that is a file of its own: a title above it, what it says below."""

from __future__ import annotations

from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells

MARGIN: Final = 24.0
_TITLE_PX: Final = 18.0
_TEXT_PX: Final = 13.0
_TITLE_STEP: Final = 24.0
_TEXT_STEP: Final = 19.0
_BEFORE_CHART: Final = 15.0
_BEFORE_NOTE: Final = 22.0
_END: Final = 20.0
_CHARACTER_WIDTH: Final = 0.58
"""Of the size of a text; a little more than the mean, so that no line leaves the picture."""


class Line(NamedTuple):
    """A line of text at the left margin: its baseline, from the top, and its size, in pixels."""

    text: str
    y: float
    size: float


class Frame(NamedTuple):
    """The size of a file, where the chart in it begins, from its top, and the lines around it."""

    width: float
    height: float
    top: float
    lines: tuple[Line, ...]


def framed(size: tuple[float, float], title: str, subtitle: str, note: str) -> Frame:
    """Return the frame of a chart of this width and height, its texts in as many lines as needed.

    Title and subtitle stand above the chart, the note below it; an empty one takes no room.
    """
    width, height = size
    above = _block(title, width, _TITLE_PX, 28.0)
    last = above[-1].y if above else 0.0
    above += _block(subtitle, width, _TEXT_PX, last + 21.0)
    top = (above[-1].y if above else 0.0) + _BEFORE_CHART
    below = _block(note, width, _TEXT_PX, top + height + _BEFORE_NOTE)
    end = (below[-1].y if below else top + height) + _END
    return Frame(width + 2 * MARGIN, end, top, (*above, *below))


def _block(text: str, width: float, size: float, begins: float) -> list[Line]:
    step = _TITLE_STEP if size == _TITLE_PX else _TEXT_STEP
    lines = wrapped(text, int(width / (_CHARACTER_WIDTH * size)))
    return [Line(line, begins + step * place, size) for place, line in enumerate(lines)]


def wrapped(text: str, cells: int) -> list[str]:
    """Return text as lines of at most `cells` columns, broken between words where that is possible.

    Wide characters count as two columns.
    """
    lines: list[str] = []
    for word in text.split(" "):
        for piece in chop_cells(word, cells):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and cell_len(longer) <= cells:
                lines[-1] = longer
            elif piece:
                lines.append(piece)
    return lines
