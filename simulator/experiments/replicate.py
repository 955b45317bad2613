"""One replication: simulated, then measured where it was simulated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.engine import simulate
from simulator.errors import EndlessRun
from simulator.measurement import Figures, measure
from simulator.measurement.blame import blame_figures, charges_of
from simulator.measurement.reasons import pending_reasons
from simulator.measurement.waits import waits_of
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
        everything, legend = self._simulated(replication), self.plan.legend
        eligibility = eligibility_of(self.plan)
        waits = waits_of(eligibility, legend, everything)
        reasons = pending_reasons(eligibility, legend, everything)
        records = everything
        if self.view is not None:
            records = self.view.of(everything)
            ended = waits.spans.within(0, records.end_s)
            waits = waits._replace(spans=ended).of(self.view.sees(everything.jobs)[waits.job])
        blame, unexplained_s = charges_of(eligibility, legend, everything, waits)
        if self.view is not None:
            blame, legend = self.view.blame(blame), self.view.legend
        records = replace(records, blame=blame)
        figures = measure(legend, records, self.thresholds_s, self.subtrees, self.watched)
        figures = replace(
            figures,
            reasons=reasons.of(legend.names.folders),
            blame=blame_figures(legend, blame, unexplained_s),
        )
        return Replication(figures, records if self.with_records else None)

    def _simulated(self, replication: int) -> Records:
        try:
            return simulate(self.plan, self.seed, replication)
        except EndlessRun as error:
            if self.view is None or error.process in self.view.legend.names.processes:
                raise
            raise error.without_process() from None
