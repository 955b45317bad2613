"""Which override of a variant broke what stands elsewhere in the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TypeVar

from simulator.errors import Issue, Path

Written = TypeVar("Written")


def culprit(issue: Issue, overlays: Sequence[tuple[Path, Written]]) -> Written | None:
    """Return what most likely caused an issue that the file without `overlays` does not have.

    `overlays` are things with the paths they replaced. One alone must have been it. Of several,
    one is blamed only if it is related: the issue names what it is about, or stands beside it.
    """
    if len(overlays) == 1:
        return overlays[0][1]
    related = [(_relation(path, issue), written) for path, written in overlays]
    best = max((relation for relation, _ in related), default=(0, 0, 0))
    return next((written for relation, written in related if any(best) and relation == best), None)


def _relation(path: Path, issue: Issue) -> tuple[int, int, int]:
    """Return how near a path is to an issue: named at its end, named parts, shared parts.

    A section alone, such as `folders`, is nothing to share.
    """
    named = [isinstance(part, str) and repr(part) in issue.message for part in path]
    shared = len(list(takewhile(_is_same, zip(path, issue.path, strict=False))))
    return int(named[-1]), sum(named), shared if shared > 1 else 0


def _is_same(parts: tuple[object, object]) -> bool:
    return parts[0] == parts[1]
