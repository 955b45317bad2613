"""A command line that is not finished yet, as words."""

from __future__ import annotations

import shlex
from typing import NamedTuple


class Typed(NamedTuple):
    """The whole words of a line without the program's own, and what of the next one is there."""

    words: tuple[str, ...]
    begun: str


def typed(line: str) -> Typed:
    """Return what is typed in a line up to the cursor; a quote may still be open.

    Source: POSIX shell command language, 2.2 Quoting and 2.3 Token recognition, as Python's `shlex`
    has them.
    """
    ended = (line, line.removesuffix("\\"), f"{line}'", f'{line}"')
    words = next((found for each in ended if (found := _split(each))), ())
    if not words or (line[-1].isspace() and _split(line) == words):
        return Typed(tuple(words[1:]), "")
    return Typed(tuple(words[1:-1]), words[-1] if len(words) > 1 else "")


def _split(line: str) -> tuple[str, ...]:
    """Return the words of a line, none where a quote is open."""
    try:
        return tuple(shlex.split(line))
    except ValueError:
        return ()
