"""A sheet to draw on: matplotlib's SVG made fit to stand inside a page.

The same drawing gives the same bytes. Texts are entered after the drawing, as XML text: matplotlib
never sees a name, so none can be read as a formula, lack a glyph or break out of the markup.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

FONT_PX: Final = 13.0
"""The size of a chart's text, in the pixels of its view box."""

CHARACTER_PX: Final = 0.56 * FONT_PX
"""How wide a character of it is, on average."""

INK: Final = "#010101"
BAR: Final = "#0072b2"
HEAT: Final = "#0072b3"
GRID: Final = "#cccccc"
ON_HEAT: Final = "#fffffe"
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
    MARKS[0][1]: f"var(--chart-mark-1, {MARKS[0][1]})",
    MARKS[1][1]: f"var(--chart-mark-2, {MARKS[1][1]})",
    **{colour: f"var(--chart-line-{n}, {colour})" for n, colour in enumerate(LINE_TONES, 4)},
}
"""What each colour of a drawing becomes: a page's own, so that it follows light and dark.

The colours are those of Okabe and Ito, "Color Universal Design" (2008).
"""

_POINTS_PER_INCH: Final = 72
_PLACEHOLDER: Final = re.compile(r"@(\d+)@")
_REFERENCE: Final = re.compile(r"#([\w.-]+)")
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
        self.axes.annotate(
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
        if style is not None:
            style = _FONT_FAMILY.sub("", style)
            element.set("style", _COLOUR.sub(lambda found: _THEME.get(found[0], found[0]), style))


def _rename_ids(root: ET.Element, key: str) -> None:
    """Keep the ids that something refers to, under `key`, so that several charts share a page."""
    used = {
        name
        for element in root.iter()
        for attribute in ("href", "clip-path")
        for name in _REFERENCE.findall(element.get(attribute, ""))
    }
    for element in root.iter():
        identity = element.attrib.pop("id", None)
        if identity in used:
            element.set("id", f"{key}-{identity}")
        for attribute in ("href", "clip-path"):
            if attribute in element.attrib:
                element.set(attribute, _REFERENCE.sub(rf"#{key}-\1", element.attrib[attribute]))


def _labelled(root: ET.Element, key: str, title: str, description: str) -> str:
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-description")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(tag, {"id": f"{key}-{'title' if tag == 'title' else 'description'}"})
        element.text = text
        root.insert(place, element)
    return ET.tostring(root, encoding="unicode")


_MARGIN: Final = 24.0
_HEAD: Final = 64.0
_FOOT: Final = 42.0
_ON_WHITE: Final = "#1b1f24"
_VARIABLE: Final = re.compile(r"var\([^,]+, (#[0-9a-f]{6})\)")


def as_file(drawing: str, title: str, subtitle: str, note: str) -> str:
    """Return a page's `<svg>` element as a file of its own, on white, with lines above and below.

    Colours are written out, since most programs besides browsers know no CSS variables.
    """
    inner = ET.fromstring(_VARIABLE.sub(r"\1", drawing))  # noqa: S314 - drawn by `Sheet`
    width, height = (float(size) for size in inner.get("viewBox", "").split()[2:])
    inner.attrib |= _numbers(x=_MARGIN, y=_HEAD, width=width, height=height)
    size = _numbers(width=width + 2 * _MARGIN, height=_HEAD + height + _FOOT)
    file = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size['width']} {size['height']}",
            **size,
            "font-family": "system-ui, sans-serif",
            "color": _ON_WHITE,
        },
    )
    ET.SubElement(file, "rect", {**size, "fill": "#ffffff"})
    lines = ((title, 28.0, 18.0), (subtitle, 49.0, FONT_PX), (note, _HEAD + height + 22, FONT_PX))
    for text, y, font_px in lines:
        place = {**_numbers(x=_MARGIN, y=y), "font-size": f"{font_px:g}", "fill": "currentColor"}
        ET.SubElement(file, "text", place).text = text
    file.append(inner)
    return ET.tostring(file, encoding="unicode") + "\n"


def _numbers(**attributes: float) -> dict[str, str]:
    return {name: f"{value:g}" for name, value in attributes.items()}
