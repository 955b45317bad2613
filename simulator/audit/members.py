"""Many names made few: those that count up, as members do, as one run; of long lists the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

_FEWEST: Final = 3
"""Two names say more than a run of two."""

_DIGITS: Final = 6
"""A longer number is a name, not a count: there are 100,000 accounts at most."""


def in_runs(names: Sequence[str]) -> tuple[str, ...]:
    """Return names with those that count up one by one as a single text: `dev-1 … dev-4`."""
    numbered = ((place, name, *_parts(name)) for place, name in enumerate(names))
    runs = groupby(numbered, key=lambda one: (one[2], one[3] - one[0]))  # equal while they count up
    return tuple(text for _, run in runs for text in _told([name for _, name, *_ in run]))


def first_of(names: Sequence[str], most: int) -> str:
    """Return the first names, at most `most`, and how many more there are: `a, b and 3 more`."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def _told(run: Sequence[str]) -> Iterable[str]:
    return run if len(run) < _FEWEST else (f"{run[0]} … {run[-1]}",)


def _parts(name: str) -> tuple[str, int]:
    """Return a member's counted name and its number; -1 for a name without a number."""
    stem, dash, number = name.rpartition("-")
    counts = dash and number.isascii() and number.isdigit() and not number.startswith("0")
    return (stem, int(number)) if counts and len(number) <= _DIGITS else (name, -1)
