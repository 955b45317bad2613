"""One replication: simulated, then measured where it was simulated, or from what it left."""

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
from simulator.measurement.waits import Waits, waits_of
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
    by hour, `openings` what may stand free while jobs wait; `in_detail`, the worst hours are
    looked for. With a `view`, what is simulated is all there is, what is measured and handed on is
    what it shows.
    """

    plan: Plan
    seed: int
    thresholds_s: tuple[float, ...]
    subtrees: tuple[str, ...]
    with_records: bool = False
    view: View | None = None
    watched: tuple[Watched, ...] = ()
    openings: tuple[Opening, ...] = ()
    in_detail: bool = True

    def __call__(self, replication: int) -> Replication:
        """Simulate and measure one replication, counted from 1."""
        return self.measured(self._simulated(replication))

    def measured(self, everything: Records) -> Replication:
        """Measure a replication by all that it left behind; its blame is worked out anew."""
        eligibility, legend = eligibility_of(self.plan), self.plan.legend
        waits = waits_of(eligibility, legend, everything)
        reasons = pending_reasons(eligibility, legend, everything, waits)
        idle = idle_of(self.openings, eligibility, legend, everything, waits)
        told, waits = self._in_sight(everything, waits)
        charges = charges_of(eligibility, legend, everything, waits)
        checks = self._checked(eligibility, everything, told, charges)
        if self.view is not None:
            charges, legend = _seen(charges, self.view), self.view.legend
        figures = measure(
            legend,
            told,
            self.thresholds_s,
            self.subtrees,
            self.watched,
            in_detail=self.in_detail,
        )
        figures = replace(
            figures,
            reasons=reasons.of(legend.names.folders),
            blame=blame_figures(legend, charges),
            idle=idle,
            checks=checks,
        )
        records = replace(told, blame=charges.blame) if self.with_records else None
        return Replication(figures, records)

    def _in_sight(self, everything: Records, waits: Waits) -> tuple[Records, Waits]:
        """Return what of the records and the waits is told, the waits as they were numbered."""
        if self.view is None:
            return everything, waits
        told = self.view.of(everything)
        ended = waits._replace(spans=waits.spans.within(0, told.end_s))
        return told, ended.of(self.view.sees(everything.jobs)[waits.job])

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


def _seen(charges: Charges, view: View) -> Charges:
    """Return charges as somebody sees them who does not see all."""
    return charges._replace(
        blame=view.blame(charges.blame),
        week=view.blame(charges.week),
        machines=view.blame(charges.machines),
    )
