"""Issues in the order of the file, and no more of them than anybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from simulator.errors import Issue

MOST_ISSUES: Final = 200
"""Errors told at once; one more line says how many there are besides."""


def order(issue: Issue) -> tuple[object, ...]:
    """Order issues as they stand in the file; those without a place come first."""
    position = issue.position
    return ("", 0, 0) if position is None else (position.file, position.line, position.column)


def capped(issues: Iterable[Issue]) -> list[Issue]:
    """Return the issues in the file's order, each once; past the cap, one that counts the rest."""
    ordered = sorted(dict.fromkeys(issues), key=order)
    if len(ordered) <= MOST_ISSUES:
        return ordered
    more = len(ordered) - MOST_ISSUES
    last = replace(
        ordered[MOST_ISSUES],
        path=(),
        excerpt="",
        hint="",
        code="more",
        message=f"and at least {more} more from here on",
    )
    return [*ordered[:MOST_ISSUES], last]
