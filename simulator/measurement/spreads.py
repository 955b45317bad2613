"""How waits and turnarounds are spread: sums, quantiles and numbers over a threshold, by scope."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from simulator.measurement.figures import Spread
from simulator.measurement.kinds import Kinds
from simulator.measurement.scopes import Groups, Key, Keys, Scope, Totals, short, total_by
from simulator.model.definitions import QUANTILE_PERCENTS
from simulator.records.columns import Floats, Ints
from simulator.statistics import Moments, grouped_moments, grouped_quantiles
from simulator.statistics.chunks import chunks
from simulator.statistics.ratios import ratio

_LEVELS: Final = (*(percent / 100 for percent in QUANTILE_PERCENTS), 1.0)
"""The catalogue's quantiles, and the largest value as the last of them."""


def spreads_of(spans_s: Floats, keys: Keys, thresholds_s: Sequence[float]) -> Spreads:
    """Return how some spans (J,), of rows with these keys, are spread."""
    kinds = Kinds(keys, len(spans_s))
    return Spreads(spans_s, kinds, kinds.of(keys), thresholds_s)


class Spreads:
    """The spans of some jobs or items, sorted once, and spread over any scope of theirs.

    Beside each only its kind is kept, so that many take little memory. Scopes that part them alike,
    such as machines with one host each and their hosts, are worked out once.
    """

    def __init__(
        self, spans_s: Floats, kinds: Kinds, kind: Groups, thresholds_s: Sequence[float]
    ) -> None:
        """Take spans_s (J,), which are sorted in place, their kinds, and thresholds to count."""
        self._kind = kind[np.argsort(spans_s)]
        spans_s.sort()
        self._spans_s, self._keys = spans_s, kinds.keys
        self._moments_found: dict[bytes, Moments] = {}
        self._quantiles_found: dict[bytes, Floats] = {}
        self._moments = {key: self._moments_by(key) for key in self._keys.columns}
        self._over = self._numbers_over(thresholds_s)

    def of(self, scope: Scope) -> Spread:
        """Return how the spans of each name of a scope are spread."""
        moments, quantiles_s = self._moments[scope.key], self._quantiles_s(scope)
        over = [scope.total(number) for number in self._over]
        count, total_s = (scope.total({scope.key: one}) for one in (moments.counts, moments.sums))
        return Spread(
            count=count,
            total_s=total_s,
            squares_s2=_squares_of(scope, moments, ratio(total_s, count)),
            quantiles_s=quantiles_s[:, :-1],
            largest_s=quantiles_s[:, -1],
            over=np.stack(over, axis=1) if over else np.empty((len(scope.names), 0)),
        )

    def _moments_by(self, key: Key) -> Moments:
        """Return the moments of each number of a key; rows of none come first, and go."""
        groups, size = self._keys.columns[key] + 1, self._keys.sizes[key] + 1
        name = _name(groups, size)
        if name not in self._moments_found:
            found = grouped_moments(self._spans_s, self._grouped(groups, size), size)
            self._moments_found[name] = Moments(*(column[1:] for column in found))
        return self._moments_found[name]

    def _numbers_over(self, thresholds_s: Sequence[float]) -> list[Totals]:
        """Return how many spans are longer than each threshold, by every key."""
        first = np.searchsorted(self._spans_s, thresholds_s, side="right")
        ends = np.unique((*first, len(self._spans_s)))
        longer, found = np.zeros(len(next(iter(self._keys.columns.values())))), {}
        for begin, end in reversed([*pairwise(ends)]):
            for rows in chunks(end - begin):
                longer += np.bincount(self._kind[begin:end][rows], minlength=len(longer))
            found[begin] = self._keys.totals(longer)
        nothing = self._keys.totals(np.zeros(len(longer)))
        return [found.get(place, nothing) for place in first]

    def _quantiles_s(self, scope: Scope) -> Floats:
        groups, size = scope.groups(self._keys) + 1, len(scope.names) + 1
        name = _name(groups, size)
        if name not in self._quantiles_found:
            of_spans = self._grouped(groups, size)
            found = grouped_quantiles(self._spans_s, of_spans, size, _LEVELS)[1:]
            self._quantiles_found[name] = found
        return self._quantiles_found[name]

    def _grouped(self, of_kinds: Ints, size: int) -> Groups:
        """Return the group of each span, by that of its kind."""
        return short(of_kinds, size)[self._kind]


def _name(groups: Ints, size: int) -> bytes:
    """Return what tells apart in which groups kinds are, and how many groups there are."""
    return size.to_bytes(8) + groups.tobytes()


def _squares_of(scope: Scope, moments: Moments, mean_s: Floats) -> Floats:
    """Return the squared distances from the mean of each name.

    Those from the mean of each key, and from there to the mean of the name (Chan, Golub &
    LeVeque 1983, "Algorithms for computing the sample variance", The American Statistician 37).
    """
    distances_s = moments.means - np.append(mean_s, 0.0)[scope.place]
    between_s2 = np.where(moments.counts > 0, moments.counts * distances_s**2, 0.0)
    return total_by(scope.place, len(scope.names), moments.squares + between_s2)
