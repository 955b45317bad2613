"""A sheet to draw on: matplotlib's SVG made fit to stand inside a page.

The same drawing gives the same bytes. Texts are entered after the drawing, as XML text: matplotlib
never sees a name, so none can be read as a formula, lack a glyph or break out of the markup. Of a
picture of pixels matplotlib writes the texts too, as they stand; what its font lacks is a square.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from simulator.report.drawing.frame import MARGIN, framed
from simulator.report.drawing.glyphs import drawable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

FONT_PX: Final = 13.0
"""The size of a chart's text, in the pixels of its view box."""

CHARACTER_PX: Final = 0.56 * FONT_PX
"""How wide a character of it is, on average."""

INK: Final = "#010101"
BAR: Final = "#0072b2"
HEAT: Final = "#0072b3"
GRID: Final = "#cccccc"
ON_HEAT: Final = "#fffffe"
PAPER: Final = "#fefefe"
MARKS: Final = (("o", "#009e73"), ("D", "#d55e00"))
"""The shape and colour of each kind of mark: never the colour alone."""

READY: Final = "#8cc8ec"
STILL: Final = "#9aa3ab"
BANDS: Final = (READY, STILL, MARKS[1][1], MARKS[0][1], BAR, "#cc79a7")
"""The colours of bands that stand on each other; their order tells them apart too.

Slots have them usable, in maintenance, down and booting.
"""

LINE_TONES: Final = ("#aa4f86", "#946600", "#5b6670")
"""More colours of lines: two of the same source made darker, to be seen as lines, and a grey."""

_THEME: Final = {
    INK: "currentColor",
    BAR: f"var(--chart-bar, {BAR})",
    HEAT: f"var(--chart-heat, {HEAT})",
    GRID: f"var(--chart-grid, {GRID})",
    READY: f"var(--chart-ready, {READY})",
    STILL: f"var(--chart-still, {STILL})",
    ON_HEAT: "#ffffff",
    PAPER: f"var(--chart-paper, {PAPER})",
    MARKS[0][1]: f"var(--chart-mark-1, {MARKS[0][1]})",
    MARKS[1][1]: f"var(--chart-mark-2, {MARKS[1][1]})",
    **{colour: f"var(--chart-line-{n}, {colour})" for n, colour in enumerate(LINE_TONES, 4)},
}
"""What each colour of a drawing becomes: a page's own, so that it follows light and dark.

The colours are those of Okabe and Ito, "Color Universal Design" (2008).
"""

_POINTS_PER_INCH: Final = 72
_PNG_DPI: Final = 2 * _POINTS_PER_INCH
_PLACEHOLDER: Final = re.compile(r"@(\d+)@")
_REFERENCE: Final = re.compile(r"(^|\()#([\w.-]+)")
_REFERRING: Final = ("href", "clip-path", "style")
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_FONT_FAMILY: Final = re.compile(r";? ?font-family:[^;]*")
_NO_TURN: Final = re.compile(r"rotate\(-?0 [^)]*\)")

Side = Literal["left", "center", "right"]


@contextmanager
def settled() -> Iterator[None]:
    """Draw with matplotlib's own defaults and ours, whatever its user has set; then undo it."""
    import matplotlib as mpl  # noqa: PLC0415 - half a second, needed here only

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("svg", fonttype="none")
        mpl.rc("text", parse_math=False)
        mpl.rc("font", size=FONT_PX)
        yield


class Sheet:
    """A drawing of `width` by `height` pixels with one pair of axes, and the texts upon it.

    `margins` are the pixels left free around the axes: left, top, right, bottom.
    """

    def __init__(
        self, width: float, height: float, margins: tuple[float, float, float, float]
    ) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415 - half a second, needed here only

        left, top, right, bottom = margins
        self._figure = Figure(figsize=(width / _POINTS_PER_INCH, height / _POINTS_PER_INCH))
        self._figure.patch.set_visible(False)
        self.axes: Axes = self._figure.add_axes(
            (
                left / width,
                bottom / height,
                1 - (left + right) / width,
                1 - (top + bottom) / height,
            )
        )
        self.axes.patch.set_visible(False)
        self.axes.tick_params(length=0, colors=INK)
        for spine in self.axes.spines.values():
            spine.set_visible(False)
        self._texts: list[tuple[str, str]] = []
        self._written: list[Annotation] = []

    def write(  # noqa: PLR0913 - what is left to choose is so by name
        self,
        place: tuple[float, float],
        text: str,
        *,
        full: str = "",
        side: Side = "left",
        size: float = FONT_PX,
        colour: str = INK,
        shift: tuple[float, float] = (0.0, 0.0),
        turn: float = 0.0,
    ) -> None:
        """Write `text` at a place of the axes' data, then `shift` it by pixels, right and up.

        `side` is the side of the text that stands at the place, about which it is turned by `turn`
        degrees, to the left. `full` is shown to a pointer that rests on it.
        """
        written = self.axes.annotate(
            self._placeholder(text, full),
            place,
            xytext=shift,
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=size,
            color=colour,
            rotation=turn,
            rotation_mode="anchor",
            annotation_clip=False,
        )
        self._written.append(written)

    def scale(self, direction: Literal["x", "y"], steps: int, *, whole: bool = False) -> None:
        """Write round numbers along the axes of the data, with a line at each; so many steps.

        `whole` has none but whole numbers.
        """
        from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 - as above

        axis = self.axes.xaxis if direction == "x" else self.axes.yaxis
        round_ones = [1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]
        axis.set_major_locator(MaxNLocator(steps, steps=round_ones, integer=whole))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
        self.axes.grid(axis=direction, color=GRID, linewidth=1)
        self.axes.set_axisbelow(True)

    def mark(
        self,
        place: tuple[float, float],
        look: tuple[str, str],
        *,
        shift: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Draw a mark of a shape and colour at a place of the data, then shifted by pixels."""
        from matplotlib.transforms import ScaledTranslation  # noqa: PLC0415 - as above

        inches = (shift[0] / _POINTS_PER_INCH, shift[1] / _POINTS_PER_INCH)
        moved = self.axes.transData + ScaledTranslation(*inches, self._figure.dpi_scale_trans)
        shape, colour = look
        self.axes.plot(
            [place[0]],
            [place[1]],
            marker=shape,
            color=colour,
            linestyle="none",
            markersize=9,
            markeredgecolor=INK,
            transform=moved,
            clip_on=False,
            zorder=3,
        )

    def _placeholder(self, text: str, full: str) -> str:
        self._texts.append((text, full))
        return f"@{len(self._texts) - 1}@"

    def svg(self, key: str, title: str, description: str) -> str:
        """Return the drawing as an `<svg>` element whose ids begin with `key`."""
        root = ET.fromstring(self._drawn(key))  # noqa: S314 - matplotlib wrote it, and no name is in it
        _strip(root)
        _flatten(root)
        _recolour(root)
        _rename_ids(root, key)
        self._enter_texts(root)
        return _labelled(root, key, title, description)

    def _drawn(self, salt: str) -> str:
        import matplotlib as mpl  # noqa: PLC0415 - half a second, needed here only

        target = io.StringIO()
        mpl.rc("svg", hashsalt=salt)
        self._figure.savefig(target, format="svg", metadata={"Date": None})
        return target.getvalue()

    def png(self, title: str, subtitle: str, note: str) -> bytes:
        """Return the drawing as a PNG file on white, between lines of text; it is used up by that.

        Each pixel of the view box is two by two. Here matplotlib writes the texts.
        """
        for written, (text, _) in zip(self._written, self._texts, strict=True):
            written.set_text(drawable(text))
        self._frame(title, subtitle, note)
        target = io.BytesIO()
        self._figure.savefig(
            target, format="png", dpi=_PNG_DPI, facecolor="white", metadata={"Software": None}
        )
        return target.getvalue()

    def _frame(self, title: str, subtitle: str, note: str) -> None:
        """Make the figure larger around the axes, and write the lines there."""
        width, height = (_POINTS_PER_INCH * self._figure.get_size_inches()).tolist()
        frame = framed((width, height), title, subtitle, note)
        box = self.axes.get_position()
        below = frame.height - frame.top - height
        place = (
            (MARGIN + box.x0 * width) / frame.width,
            (below + box.y0 * height) / frame.height,
            box.width * width / frame.width,
            box.height * height / frame.height,
        )
        self._figure.set_size_inches(
            frame.width / _POINTS_PER_INCH, frame.height / _POINTS_PER_INCH
        )
        self._figure.patch.set_visible(True)
        self.axes.set_position(place)
        for text, y, size in frame.lines:
            x, up = MARGIN / frame.width, 1 - y / frame.height
            self._figure.text(x, up, drawable(text), fontsize=size, color=INK)

    def _enter_texts(self, root: ET.Element) -> None:
        for element in root.iter("text"):
            match = _PLACEHOLDER.fullmatch(element.text or "")
            if match is None:
                continue
            element.text, full = self._texts[int(match[1])]
            if full and full != element.text:
                title = ET.SubElement(element, "title")
                title.text = full


def _strip(root: ET.Element) -> None:
    """Take out what only a file of its own needs: namespaces, metadata, its size in print."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {name.rpartition("}")[2]: text for name, text in element.attrib.items()}
        element.tail = None
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    for unneeded in root.findall("metadata") + root.findall("defs"):
        if unneeded.tag == "metadata" or unneeded.find("style") is not None:
            root.remove(unneeded)
    root.set("stroke-linejoin", "round")


def _flatten(element: ET.Element) -> None:
    """Take out the groups that only name what they hold, and turns by nothing."""
    children: list[ET.Element] = []
    for child in element:
        _flatten(child)
        bare = child.tag == "g" and not child.attrib.keys() - {"id"}
        children.extend(child if bare else [child])
    element[:] = children
    element.text = element.text if element.tag in {"text", "title", "desc"} else None
    if _NO_TURN.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]


def _recolour(root: ET.Element) -> None:
    for element in root.iter():
        style = element.get("style")
        if "fill" in element.attrib:  # of what lies behind a hatch
            style = f"fill: {element.attrib.pop('fill')}"
        if style is not None:
            style = _FONT_FAMILY.sub("", style)
            element.set("style", _COLOUR.sub(lambda found: _THEME.get(found[0], found[0]), style))


def _rename_ids(root: ET.Element, key: str) -> None:
    """Keep the ids that something refers to, under `key`, so that several charts share a page."""
    used = {
        name
        for element in root.iter()
        for attribute in _REFERRING
        for _, name in _REFERENCE.findall(element.get(attribute, ""))
    }
    for element in root.iter():
        identity = element.attrib.pop("id", None)
        if identity in used:
            element.set("id", f"{key}-{identity}")
        for attribute in _REFERRING:
            if attribute in element.attrib:
                text = element.attrib[attribute]
                element.set(attribute, _REFERENCE.sub(rf"\g<1>#{key}-\2", text))


def _labelled(root: ET.Element, key: str, title: str, description: str) -> str:
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-description")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(tag, {"id": f"{key}-{'title' if tag == 'title' else 'description'}"})
        element.text = text
        root.insert(place, element)
    return ET.tostring(root, encoding="unicode")
