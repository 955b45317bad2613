"""One replication: simulated, then measured where it was simulated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.engine import simulate
from simulator.errors import EndlessRun
from simulator.measurement import Figures, measure
from simulator.measurement.reasons import pending_reasons
from simulator.measurement.watching import Watched
from simulator.plan.eligibility import eligibility_of
from simulator.plan.plan import Plan
from simulator.records.columns import Records
from simulator.records.view import View


class Replication(NamedTuple):
    """What came of one replication; `records` is None where nobody asked for them."""

    figures: Figures
    records: Records | None


@dataclass(frozen=True, slots=True)
class Replicate:
    """The work of a replication, ready to be sent to another process.

    `thresholds_s` are the waits for which the jobs above are counted, `subtrees` the folders that
    are measured together with their subfolders, `watched` the machines whose hosts are told of hour
    by hour. With a `view`, what is simulated is all there is, what is measured and handed on is
    what it shows.
    """

    plan: Plan
    seed: int
    thresholds_s: tuple[float, ...]
    subtrees: tuple[str, ...]
    with_records: bool
    view: View | None = None
    watched: tuple[Watched, ...] = ()

    def __call__(self, replication: int) -> Replication:
        """Simulate and measure one replication, counted from 1."""
        records, legend = self._simulated(replication), self.plan.legend
        reasons = pending_reasons(eligibility_of(self.plan), legend, records)
        if self.view is not None:
            records, legend = self.view.of(records), self.view.legend
        figures = measure(legend, records, self.thresholds_s, self.subtrees, self.watched)
        figures = replace(figures, reasons=reasons.of(legend.names.folders))
        return Replication(figures, records if self.with_records else None)

    def _simulated(self, replication: int) -> Records:
        try:
            return simulate(self.plan, self.seed, replication)
        except EndlessRun as error:
            if self.view is None or error.process in self.view.legend.names.processes:
                raise
            raise error.without_process() from None
