"""One replication: simulated, then measured where it was simulated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.engine import simulate
from simulator.errors import EndlessRun
from simulator.measurement import Figures, measure
from simulator.measurement.blaming.blame import Charges, blame_figures, charges_of
from simulator.measurement.checking.checks import Check
from simulator.measurement.checking.every_check import blame_checks, checks_of
from simulator.measurement.idling.idle import idle_of
from simulator.measurement.reasons import pending_reasons
from simulator.measurement.waits import waits_of
from simulator.measurement.watching import Watched
from simulator.plan.eligibility import Eligibility, eligibility_of
from simulator.plan.openings import Opening
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
    by hour, `openings` what may stand free while jobs wait. With a `view`, what is simulated is all
    there is, what is measured and handed on is what it shows.
    """

    plan: Plan
    seed: int
    thresholds_s: tuple[float, ...]
    subtrees: tuple[str, ...]
    with_records: bool
    view: View | None = None
    watched: tuple[Watched, ...] = ()
    openings: tuple[Opening, ...] = ()

    def __call__(self, replication: int) -> Replication:
        """Simulate and measure one replication, counted from 1."""
        everything, legend = self._simulated(replication), self.plan.legend
        eligibility = eligibility_of(self.plan)
        waits = waits_of(eligibility, legend, everything)
        reasons = pending_reasons(eligibility, legend, everything)
        idle = idle_of(self.openings, eligibility, legend, everything, waits)
        records = everything
        if self.view is not None:
            records = self.view.of(everything)
            ended = waits.spans.within(0, records.end_s)
            waits = waits._replace(spans=ended).of(self.view.sees(everything.jobs)[waits.job])
        charges = charges_of(eligibility, legend, everything, waits)
        checks = self._checked(eligibility, everything, records, charges)
        blame, unexplained_s = charges
        if self.view is not None:
            blame, legend = self.view.blame(blame), self.view.legend
        records = replace(records, blame=blame)
        figures = measure(legend, records, self.thresholds_s, self.subtrees, self.watched)
        figures = replace(
            figures,
            reasons=reasons.of(legend.names.folders),
            blame=blame_figures(legend, blame, unexplained_s),
            idle=idle,
            checks=checks,
        )
        return Replication(figures, records if self.with_records else None)

    def _checked(
        self, eligibility: Eligibility, everything: Records, told: Records, charges: Charges
    ) -> tuple[Check, ...]:
        """Return the checks of all there is; of the charges, those of the jobs that are told of."""
        checks = checks_of(eligibility, self.plan.legend, everything)
        checks += blame_checks(told.jobs, charges)
        return checks if self.view is None else tuple(one.unseen for one in checks)

    def _simulated(self, replication: int) -> Records:
        try:
            return simulate(self.plan, self.seed, replication)
        except EndlessRun as error:
            if self.view is None or error.process in self.view.legend.names.processes:
                raise
            raise error.without_process() from None
