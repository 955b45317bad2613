"""One replication: simulated, then measured where it was simulated, or from what it left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.engine import simulate
from simulator.errors import EndlessRun
from simulator.measurement import Figures, measure
from simulator.measurement.blaming.blame import Blaming, Charges, blame_figures
from simulator.measurement.checking.checks import Check
from simulator.measurement.checking.every_check import RunChecks, blame_checks
from simulator.measurement.figures import IdleFigures, ReasonFigures
from simulator.measurement.idling.idle import Idle
from simulator.measurement.reasons import Reasons
from simulator.measurement.slices import TimeSlice, slices_of
from simulator.measurement.waits import Waits
from simulator.measurement.watching import Watched
from simulator.plan.eligibility import eligibility_of
from simulator.plan.openings import Opening
from simulator.plan.plan import Plan
from simulator.records.columns import Records
from simulator.records.view import View


class Replication(NamedTuple):
    """What came of one replication; `records` is None where nobody asked for them."""

    figures: Figures
    records: Records | None


class _OverTime(NamedTuple):
    """What comes of a replication slice by slice; of charges what is told of."""

    reasons: ReasonFigures
    idle: IdleFigures
    charges: Charges
    checks: tuple[Check, ...]


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
        legend = self.plan.legend if self.view is None else self.view.legend
        told = everything if self.view is None else self.view.of(everything)
        over_time = self._over_time(everything, told)
        charges = over_time.charges
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
            reasons=over_time.reasons.of(legend.names.folders),
            blame=blame_figures(legend, charges),
            idle=over_time.idle,
            checks=over_time.checks,
        )
        records = replace(told, blame=charges.blame) if self.with_records else None
        return Replication(figures, records)

    def _over_time(self, everything: Records, told: Records) -> _OverTime:
        """Measure what is measured slice by slice of the time, of all that there is."""
        eligibility, legend = eligibility_of(self.plan), self.plan.legend
        reasons, idle = Reasons(eligibility, legend), Idle(self.openings)
        blaming = Blaming(eligibility, everything)
        checking = RunChecks(eligibility, legend, everything)
        for part in slices_of(eligibility, legend, everything):
            reasons.add(part)
            idle.add(part)
            blaming.add(part, self._in_sight(part, told.end_s))
            checking.add(part)
        charges = blaming.charges()
        checks = checking.found() + blame_checks(told.jobs, charges)
        if self.view is not None:
            charges, checks = _seen(charges, self.view), tuple(one.unseen for one in checks)
        return _OverTime(reasons.figures(everything), idle.figures, charges, checks)

    def _in_sight(self, part: TimeSlice, end_s: float) -> Waits:
        """Return the waits in a slice of the jobs that are told of, up to where that ends."""
        if self.view is None:
            return part.waits
        waits = part.waits.between(0, end_s)
        return waits.of(self.view.sees(part.records.jobs, waits.job))

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
