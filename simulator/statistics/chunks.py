"""Long columns a part at a time, so that what is worked out of them takes little memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MOST_ROWS: Final = 2**17
"""Rows of a part: the few columns that work goes on with stay in a processor's cache."""


def chunks(size: int) -> Iterator[slice]:
    """Yield the rows of a column part by part."""
    for first in range(0, size, MOST_ROWS):
        yield slice(first, min(first + MOST_ROWS, size))
