"""Text made inert in Markdown: whatever a name holds, it reads as it is and leads nowhere.

The dialect is GitHub's, which also links bare addresses and writes tables.

Source: GitHub Flavored Markdown Spec 0.29, sections 4.10, 6.1, 6.2 and 6.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.report.page import Span

if TYPE_CHECKING:
    from simulator.report.page import Phrase, Text

_LINE_END: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MARKUP: Final = re.compile(r"[\\`*_\[\]#~$^]|(?<=[Ww]{3})\.|:(?=//)")
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "@": "@<!-- -->",  # an address is linked however its letters are written, unless parted
}
_OPENING: Final = re.compile(r"[-+=:]|\d+(?=[.)])")
"""What makes a list, a heading or a block of a line that begins with it."""

_SIMPLE: Final = re.compile(r"[^`|\\&<>@]+")


def escaped(text: str) -> str:
    """Return text as one line that reads the same once rendered, in a table's cell too."""
    one_line = _LINE_END.sub(" ", text)
    entities = str.maketrans(_ENTITIES)
    return _MARKUP.sub(r"\\\g<0>", one_line).translate(entities)


def marked_up(text: Text) -> str:
    """Return a piece of text, a figure or a verdict bold."""
    if not isinstance(text, Span):
        return escaped(text)
    if text.kind == "name" or not text.text.strip():
        return escaped(text.text)
    if text.kind == "code":
        simple = _SIMPLE.fullmatch(text.text)
        return f"`{text.text}`" if simple else f"<code>{escaped(text.text)}</code>"
    return f"**{escaped(text.text).strip()}**"


def line(phrase: Phrase) -> str:
    """Return a sentence as a line of its own, which nothing at its beginning turns into a block."""
    text = "".join(map(marked_up, phrase)).strip()
    opening = _OPENING.match(text)
    if opening is None:
        return text
    ends = opening.end()
    return f"{text[:ends]}\\{text[ends:]}" if text[0].isdigit() else f"\\{text}"
