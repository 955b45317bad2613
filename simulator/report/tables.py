"""Tables of a page, which have so many rows at most that the page stays light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.report.page import Column, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS: Final = 300
"""Rows of a table in the page; the rest is in `summary.csv`, so that the page stays light."""


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Text, ...]],
    note: str = "",
    held_in: str = "summary.csv",
) -> Table:
    """Return a table of at most `MOST_ROWS` rows; its note says how many are left out.

    `held_in` names what has them all.
    """
    left_out = len(rows) - MOST_ROWS
    if left_out > 0:
        note = f"{note} … and {left_out:,} more, which {held_in} holds.".strip()
    return Table(caption, tuple(columns), tuple(rows[:MOST_ROWS]), note)
