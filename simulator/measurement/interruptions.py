"""Jobs that left their slot before they were over: how long they were Suspended, and waited again.

A job that was Suspended comes back Resumed, one that lost its host is back in line at once; from
then on both wait for a slot as they did before their first start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.measurement.counts import inside
from simulator.measurement.figures import Spread
from simulator.measurement.scopes import Keys, Scope
from simulator.measurement.spans import Spans
from simulator.measurement.spreads import spreads_of
from simulator.records.columns import Floats, Records, Window


class Absences:
    """The time of interrupted jobs away from a slot, added up once, for any scope of theirs."""

    def __init__(
        self, records: Records, keys: Keys, window: Window, thresholds_s: Sequence[float]
    ) -> None:
        """Take the records, the keys of their jobs, and the thresholds to count waits over."""
        breaks = records.interruptions
        of_breaks = keys.of(breaks.job)
        over_s = _over_s(records)
        back_s = np.where(np.isnan(breaks.back_s), over_s, breaks.back_s)
        again_s = np.where(np.isnan(breaks.again_s), over_s, breaks.again_s)
        self._suspended_s, self._resumed_s = (
            of_breaks.totals(spans.within(window.from_s, window.to_s).length_s)
            for spans in (Spans(breaks.left_s, back_s), Spans(back_s, again_s))
        )
        submitted_s = records.jobs.submitted_s[breaks.job]
        ended = inside(submitted_s, window) & ~np.isnan(breaks.again_s)
        waits_s = breaks.again_s[ended] - breaks.back_s[ended]
        self._waits = spreads_of(waits_s, of_breaks.of(ended), thresholds_s)

    def suspended_s(self, scope: Scope) -> Floats:
        """Return how long the jobs of each name of a scope were Suspended inside the window."""
        return scope.total(self._suspended_s)

    def resumed_s(self, scope: Scope) -> Floats:
        """Return how long they waited for a slot again."""
        return scope.total(self._resumed_s)

    def waits(self, scope: Scope) -> Spread:
        """Return how the waits that ended are spread, of jobs submitted inside the window."""
        return self._waits.of(scope)


def _over_s(records: Records) -> Floats:
    """Return by when, if never before, each interruption was over: its job's end, or the run's."""
    ended_s = records.jobs.ended_s[records.interruptions.job]
    return np.where(np.isnan(ended_s), records.end_s, ended_s)
