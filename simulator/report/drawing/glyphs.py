"""Which characters a picture of pixels can show: those of the one font that comes along."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_MISSING: Final = "\N{WHITE SQUARE}"
_WITHOUT_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})


def drawable(text: str) -> str:
    """Return text with an empty square for each character the font cannot draw.

    What would only change another character, such as the selector of an emoji's colours, goes.
    """
    there = _characters()
    return "".join(
        character if ord(character) in there else _instead_of(character) for character in text
    )


def _instead_of(character: str) -> str:
    return "" if unicodedata.category(character) in _WITHOUT_WIDTH else _MISSING


@cache
def _characters() -> frozenset[int]:
    """Return the code points of matplotlib's own font, which every installation of it has."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - half a second

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
