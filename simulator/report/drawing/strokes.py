"""How lines of one chart are told apart: by colour, marks and dashes; and their samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.report.drawing.sheet import BAR, LINE_TONES, MARKS

if TYPE_CHECKING:
    from simulator.report.drawing.sheet import Sheet

SAMPLE_PX: Final = 34.0
"""The length of a line's sample in a legend."""


class Stroke(NamedTuple):
    """The look of a line: its colour, its marks, and the lengths of its dashes and gaps."""

    colour: str
    mark: str
    dashes: tuple[float, ...] = ()

    @property
    def style(self) -> str | tuple[float, tuple[float, ...]]:
        """Return the dashes as matplotlib takes them."""
        return (0, self.dashes) if self.dashes else "solid"


STROKES: Final = (
    Stroke(BAR, "o"),
    Stroke(MARKS[1][1], "D", (6, 2.5)),
    Stroke(MARKS[0][1], "s", (1.5, 1.5)),
    Stroke(LINE_TONES[0], "^", (8, 2, 1.5, 2)),
    Stroke(LINE_TONES[1], "v", (3.5, 1.5)),
    Stroke(LINE_TONES[2], "P", (8, 2, 1.5, 2, 1.5, 2)),
)
"""The looks of the lines of a chart, in their order: it has no more lines than these."""


def sample(sheet: Sheet, stroke: Stroke, ends: tuple[float, float], height: float) -> None:
    """Draw the short line of a legend; its ends and height are in parts of the plot's sides."""
    left, right = ends
    sheet.axes.plot(
        [left, (left + right) / 2, right],
        [height] * 3,
        marker=stroke.mark,
        markevery=[1],
        markersize=7,
        color=stroke.colour,
        linestyle=stroke.style,
        linewidth=2,
        transform=sheet.axes.transAxes,
        clip_on=False,
    )
