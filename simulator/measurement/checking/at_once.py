"""Spans at once: which overlap that may not, and what was taken that was not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, short
from simulator.measurement.spans import Spans
from simulator.records.columns import Floats

Rows = npt.NDArray[np.intp]


class Change(NamedTuple):
    """When so many of each thing come, or go, (K,) each."""

    at_s: Floats
    thing: Groups
    number: npt.NDArray[np.integer[Any]]


class Lack(NamedTuple):
    """How many of one thing were lacking at most, and which it was; none if none was."""

    number: int = 0
    things: Sequence[int] = ()


class Several:
    """Things that are found slice by slice: how many, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[int] = []

    def add(self, found: Groups) -> None:
        """Take in what was found next."""
        self.count += len(found)
        self.first = (self.first + found[:1].tolist())[:1]


def overlaps(spans: Spans, groups: Groups, size: int) -> Rows:
    """Return which spans begin before the one before them in their group has ended.

    The spans are in the order in which they begin. None is found if, and only if, no two spans of a
    group overlap.
    """
    order = np.argsort(short(groups, size), kind="stable")
    before, after = order[:-1], order[1:]
    same = groups[before] == groups[after]
    found: Rows = after[same & (spans.from_s[after] < spans.to_s[before])]
    return found


def lacking(come: Change, go: Change, size: int) -> Lack:
    """Return how many of one thing were lacking at most.

    Of each thing as many come as go in the end. At one instant they come before others go.
    """
    things = short(np.concatenate((come.thing, go.thing)), size)
    order = np.argsort(np.concatenate((come.at_s, go.at_s)), kind="stable")
    order = order[np.argsort(things[order], kind="stable")]
    left = np.cumsum(np.concatenate((come.number, -go.number))[order], dtype=np.int64)
    fewest = int(left.min(initial=0))
    return Lack(-fewest, [int(things[order[left.argmin()]])] if fewest else [])
