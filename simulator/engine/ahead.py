"""The n-th of an endless row of things, whatever order they are asked for in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Ahead(Generic[Thing]):
    """Takes the n-th of an iterator, each once; what was passed over is kept until then."""

    def __init__(self, things: Iterator[Thing]) -> None:
        self._things = things
        self._next = 0
        self._kept: dict[int, Thing] = {}

    def take(self, nth: int) -> Thing:
        """Return the n-th, counted from 0; it must not have been taken before."""
        while self._next <= nth:
            self._kept[self._next] = next(self._things)
            self._next += 1
        return self._kept.pop(nth)
