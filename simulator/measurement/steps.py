"""Functions of time that change at instants: how many things there are, what holds a line up.

They are worked out for all things at once, and never instant by instant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, Mask, short
from simulator.measurement.spans import Spans
from simulator.records.columns import Floats, Ints

Values = npt.NDArray[np.integer[Any]]


class Steps(NamedTuple):
    """A function of time: `value[i]` from `at_s[i]` on, until `at_s[i + 1]`.

    at_s: (E,), increasing, and -inf first. value: (E,), integers.
    """

    at_s: Floats
    value: Values

    def over(self, times_s: Floats) -> Values:
        """Return the values at some instants, of the same shape."""
        return self.value[np.searchsorted(self.at_s, times_s, side="right") - 1]

    def during(self, when: Steps) -> Steps:
        """Return the same, and zero whenever `when` is zero; the more often, the quicker."""
        kept = when.over(self.at_s) != 0
        at_s = np.union1d(when.at_s, self.at_s[kept])
        return _fewest(at_s, np.where(when.over(at_s) != 0, self.over(at_s), 0))


def constant(value: int) -> Steps:
    """Return what never changes."""
    return Steps(np.array([-np.inf]), np.array([value]))


def combined(choose: Callable[..., Values], *steps: Steps) -> Steps:
    """Return what `choose` makes of the values of some functions, at every moment."""
    at_s = np.unique(np.concatenate([one.at_s for one in steps]))
    return _fewest(at_s, choose(*(one.over(at_s) for one in steps)))


def _fewest(at_s: Floats, value: Values) -> Steps:
    """Return a function without the instants at which nothing changes."""
    kept = np.append(True, value[1:] != value[:-1])
    return Steps(at_s[kept], value[kept])


@dataclass(frozen=True, slots=True)
class Changes:
    """How the numbers of several things change over time, each zero at first.

    at_s, by: (K,), in order of time: when, and by how much. rows: (K,), the places of these, thing
    by thing; those of thing n are from `first[n]` to `first[n + 1]`.
    """

    at_s: Floats
    by: Values
    rows: Ints
    first: npt.NDArray[np.intp]

    def total_of(self, things: Collection[int]) -> Steps:
        """Return how many there are of some things together."""
        return _fewest(*self._totals(things))

    def any_of(self, things: Collection[int]) -> Steps:
        """Return whether there is any of some things, 1 or 0; it changes less often."""
        at_s, total = self._totals(things)
        return _fewest(at_s, (total > 0).astype(np.int8))

    def _totals(self, things: Collection[int]) -> tuple[Floats, Values]:
        parts = [self.rows[self.first[one] : self.first[one + 1]] for one in things]
        rows = np.sort(np.concatenate([np.empty(0, dtype=np.int32), *parts]))
        at_s, total = self.at_s[rows], np.cumsum(self.by[rows], dtype=np.int64)
        last = np.append(at_s[1:] != at_s[:-1], True)[: len(at_s)]
        return np.append(-np.inf, at_s[last]), np.append(0, total[last])


def changes(at_s: Floats, things: Groups, by: Values, size: int) -> Changes:
    """Return changes, given in any order, of things numbered from 0 to `size`."""
    order = np.argsort(at_s, kind="stable")
    things = short(things[order], size)
    first = np.append(0, np.cumsum(np.bincount(things, minlength=size)))
    rows = np.argsort(things, kind="stable").astype(np.int32)
    return Changes(at_s[order], by[order], rows, first)


def changes_of(spans: Spans, things: Groups, number: Values, size: int) -> Changes:
    """Return how many there are of each thing: each span brings a number while it lasts."""
    at_s, by = np.concatenate(spans), np.concatenate((number, -number))
    return changes(at_s, np.concatenate((things, things)), by, size)


def presences(at_s: Floats, things: Groups, by: Values, size: int) -> Changes:
    """Return when each thing is there: when its number, of which these are the changes, is above 0.

    In the end every number is zero again.
    """
    order = np.lexsort((at_s, short(things, size)))
    is_there = np.cumsum(by[order], dtype=np.int64) > 0
    return turns(at_s[order], things[order], is_there, size)


def turns(at_s: Floats, things: Groups, is_there: Mask, size: int) -> Changes:
    """Return when each thing is there, by whether it is after each event; in the end none is.

    Events are given thing by thing, in order of time. At one instant the last of a thing counts.
    """
    last = np.append((at_s[1:] != at_s[:-1]) | (things[1:] != things[:-1]), True)[: len(at_s)]
    at_s, things, is_there = at_s[last], things[last], is_there[last]
    turned = np.flatnonzero(np.diff(is_there, prepend=False))
    by = np.where(is_there[turned], np.int8(1), np.int8(-1))
    return changes(at_s[turned], things[turned], by, size)


def spans_present(spans: Spans, things: Groups, size: int) -> Changes:
    """Return when at least one span of each thing lasts."""
    count = len(things)
    return presences(
        np.concatenate(spans),
        np.concatenate((things, things)),
        np.repeat(np.array([1, -1], dtype=np.int8), count),
        size,
    )


def seconds_by_value(spans: Spans, steps: Steps) -> Iterator[tuple[int, Floats]]:
    """Yield each value that a function has, and for how long it has it during each span, (J,).

    Spans are finite. The seconds of a span over all values add up to its length, exactly so where
    times lie on the grid.
    """
    if len(steps.value) == 1:
        yield int(steps.value[0]), spans.length_s
        return
    places = [np.searchsorted(steps.at_s[1:], times_s, side="right") for times_s in spans]
    origin_s = steps.at_s[1]
    since_s = np.append(origin_s, steps.at_s[1:])
    lengths_s = np.append(0.0, np.diff(steps.at_s[1:]))
    for value in np.unique(steps.value):
        lasting = steps.value == value
        before_s = np.append(0.0, np.cumsum(np.where(lasting[:-1], lengths_s, 0.0)))
        begun_s, ended_s = (
            before_s[place] + np.where(lasting[place], times_s - since_s[place], 0.0)
            for place, times_s in zip(places, spans, strict=True)
        )
        yield int(value), ended_s - begun_s
