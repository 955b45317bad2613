"""The table, a line a row, printed as rows are found."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.samples import Sample
from benchmarks.timing import Finding

WIDTHS = (57, 34, 9, 17, 21, 14, 8, 10, 8, 8, 8, 8, 9, 9)
WHOLE = 100
"""From here on three digits are no fraction."""

_LEFT = (0, 1, 4)
"""Columns of words; those of numbers stand to the right."""


def head() -> str:
    """Return the head, and what stands under it in pairs: ours and theirs."""
    names = ("", "against", "median", "rounds", "", "target", "met", "ours/s", "s", "s", "MB", "MB")
    return line((*names, "wait s", "wait s"))


def line_of(found: Finding) -> str:
    """Return the line of a row."""
    low, high = min(found.figures), max(found.figures)
    ours, rival = found.ours, found.rival
    return line(
        (
            found.row.title,
            found.row.against,
            number(found.figure),
            f"{number(low)}-{number(high)}",
            f" {found.row.figure.name}",
            "" if found.row.target is None else str(found.row.target),
            verdict(found),
            f"{ours.per_second:,.0f}",
            *_pair(ours, rival, "seconds"),
            *_pair(ours, rival, "peak_mb"),
            *_pair(ours, rival, "mean_wait_s"),
        )
    )


def verdict(found: Finding) -> str:
    """Return whether the target is met, and before that whether both did the same."""
    if not found.same_work:
        return "DIFFER"
    return {None: "", True: "yes", False: "NO"}[found.met]


def number(value: float) -> str:
    """Return a number in three digits, and its whole part in all of them."""
    return f"{value:,.0f}" if abs(value) >= WHOLE else f"{value:#.3g}"


def line(cells: Iterable[str]) -> str:
    """Return a line of the table, each cell as wide as its column."""
    told = enumerate(zip(cells, WIDTHS, strict=True))
    return "".join(
        f"{cell:<{width}}" if column in _LEFT else f"{cell:>{width}}"
        for column, (cell, width) in told
    ).rstrip()


def _pair(ours: Sample, rival: Sample | None, name: str) -> tuple[str, str]:
    """Return a figure of ours and of the rival, empty where there is none."""
    values = (getattr(one, name) if one is not None else None for one in (ours, rival))
    first, second = ("" if value is None else number(value) for value in values)
    return first, second
