"""An issue as text for a terminal: where, what, the line with a caret, and what to do."""

from __future__ import annotations

import unicodedata
from typing import Final

from simulator.errors import Issue
from simulator.escaping import JOINERS, escaped

_WIDEST: Final = 100
"""Characters of a line that are shown; a longer one is cut around the place."""

_BEFORE: Final = 60
_TAB: Final = "    "
_WIDE: Final = frozenset("WF")


def render(issue: Issue) -> str:
    """Return an issue as lines of text, without a line break at the end.

    `file:line:col: message [code]`, the source line, a caret under the place, the hint; warnings
    say `warning:` and what happens in a variant names it. Control characters are escaped, so
    that no file can steer the terminal.
    """
    place = "" if issue.position is None else f"{issue.position}: "
    warning = "warning: " if issue.severity == "warning" else ""
    variant = f"in variant {issue.variant!r}: " if issue.variant else ""
    lines = [escaped(f"{place}{warning}{variant}{issue.message} [{issue.code}]")]
    if issue.position is not None and issue.excerpt.strip():
        lines += _pointed_at(issue.excerpt, issue.position.column - 1)
    if issue.hint:
        lines.append(f"  {escaped(issue.hint)}")
    return "\n".join(lines)


def _pointed_at(line: str, column: int) -> list[str]:
    start = max(0, column - _BEFORE) if len(line) > _WIDEST else 0
    before, after = line[start:column], line[column : start + _WIDEST]
    lead = "…" if start else ""
    tail = "…" if len(line) > start + _WIDEST else ""
    before = lead + escaped(before.replace("\t", _TAB))
    shown = before + escaped(after.replace("\t", _TAB)) + tail
    return [f"  {shown.rstrip()}", f"  {' ' * _width(before)}^"]


def _width(text: str) -> int:
    """Return how many columns a terminal gives to `text`."""
    return sum(
        0
        if unicodedata.combining(character) or character in JOINERS
        else 1 + (unicodedata.east_asian_width(character) in _WIDE)
        for character in text
    )
