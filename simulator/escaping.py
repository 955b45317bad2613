"""Text of unknown origin made harmless for a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

JOINERS: Final = frozenset("\u200c\u200d")
"""Format characters without a width that scripts need inside words, and emoji between parts."""

_ESCAPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_AT_WORK: Final = re.compile(
    r"(?<=[^\x00-\x7f\u200b-\u200f])[\u200c\u200d](?=[^\x00-\x7f\u200b-\u200f])"
)


def escaped(text: str) -> str:
    r"""Return `text` for a terminal, whatever acts on it or cannot be seen spelt out: `\x1b`.

    That is control characters, line ends, lone surrogates, marks of direction, characters without
    a width, and code points nobody has assigned. A joiner stays where it joins: between two
    characters beyond ASCII, as in Persian words and emoji.
    """
    at_work = {match.start() for match in _AT_WORK.finditer(text)}
    return "".join(
        spelt(character)
        if place not in at_work and unicodedata.category(character) in _ESCAPED
        else character
        for place, character in enumerate(text)
    )


def spelt(character: str) -> str:
    r"""Return a character by its number, in ASCII: `\u202e`."""
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
