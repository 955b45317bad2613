"""How waits and turnarounds are spread: sums, quantiles and numbers over a threshold, by scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from simulator.measurement.figures import Spread
from simulator.measurement.scopes import Key, Keys, Scope, Totals, short, total_by
from simulator.model.definitions import QUANTILE_PERCENTS
from simulator.records.columns import Floats
from simulator.statistics import Moments, grouped_moments, grouped_quantiles
from simulator.statistics.ratios import ratio

_LEVELS: Final = (*(percent / 100 for percent in QUANTILE_PERCENTS), 1.0)
"""The catalogue's quantiles, and the largest value as the last of them."""


class Spreads:
    """The spans of some jobs or items, sorted once, and spread over any scope of theirs.

    Sorting by value beforehand leaves each scope one stable sort by group, which numpy does by
    radix for 16-bit groups: linear in the number of spans.
    """

    def __init__(self, spans_s: Floats, keys: Keys, thresholds_s: Sequence[float]) -> None:
        """Take spans_s (J,), the keys of their rows, and the thresholds to count over."""
        order = np.argsort(spans_s)
        self._spans_s = spans_s[order]
        self._keys = keys.of(order)
        self._count = self._keys.totals()
        self._total_s = self._keys.totals(self._spans_s)
        self._moments = {key: self._moments_by(key) for key in self._count}
        self._over = [self._number_over(threshold_s) for threshold_s in thresholds_s]

    def _moments_by(self, key: Key) -> Moments:
        """Return the moments of each number of a key; rows of none come first, and go."""
        groups, size = self._keys.columns[key] + 1, self._keys.sizes[key] + 1
        counts, means, squares = grouped_moments(self._spans_s, groups, size)
        return Moments(counts[1:], means[1:], squares[1:])

    def _number_over(self, threshold_s: float) -> Totals:
        first = int(np.searchsorted(self._spans_s, threshold_s, side="right"))
        return self._keys.of(slice(first, None)).totals()

    def of(self, scope: Scope) -> Spread:
        """Return how the spans of each name of a scope are spread."""
        quantiles_s = self._quantiles_s(scope)
        over = [scope.total(number) for number in self._over]
        return Spread(
            count=scope.total(self._count),
            total_s=scope.total(self._total_s),
            squares_s2=self._squares_of(scope),
            quantiles_s=quantiles_s[:, :-1],
            largest_s=quantiles_s[:, -1],
            over=np.stack(over, axis=1) if over else np.empty((len(scope.names), 0)),
        )

    def _squares_of(self, scope: Scope) -> Floats:
        """Return the squared distances from the mean of each name.

        Those from the mean of each key, and from there to the mean of the name (Chan, Golub &
        LeVeque 1983, "Algorithms for computing the sample variance", The American Statistician 37).
        """
        counts, means_s, squares_s2 = self._moments[scope.key]
        mean_s = ratio(scope.total(self._total_s), scope.total(self._count))
        distances_s = means_s - np.append(mean_s, 0.0)[scope.place]
        between_s2 = np.where(counts > 0, counts * distances_s**2, 0.0)
        return total_by(scope.place, len(scope.names), squares_s2 + between_s2)

    def _quantiles_s(self, scope: Scope) -> Floats:
        groups = scope.groups(self._keys)
        member = groups >= 0
        everybody = bool(member.all())
        return grouped_quantiles(
            self._spans_s if everybody else self._spans_s[member],
            short(groups if everybody else groups[member], len(scope.names)),
            len(scope.names),
            _LEVELS,
        )
