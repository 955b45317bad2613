"""All checks of one replication together; `measurement.checking.checks` says what each compares."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import numpy as np

from simulator.measurement.blaming.blame import Charges
from simulator.measurement.checking.checks import Check, compared, rounding, together, worst
from simulator.measurement.checking.flow import flow_checks
from simulator.measurement.checking.held_slots import held_slots
from simulator.measurement.checking.meter import meter_checks
from simulator.measurement.checking.rules import RuleChecks
from simulator.measurement.checking.slots import SlotChecks
from simulator.measurement.chunks import parts_of
from simulator.measurement.slices import TimeSlice, slices_of
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import Floats, Jobs, Legend, Records
from simulator.records.parts import part_of


def checks_of(eligibility: Eligibility, legend: Legend, records: Records) -> tuple[Check, ...]:
    """Return the checks of the records of a whole run; those of blame are `blame_checks`.

    Raises:
        ValueError: the records have no readings of the meter, as where they are one account's view.
    """
    checks = RunChecks(eligibility, legend, records)
    for part in slices_of(eligibility, legend, records):
        checks.add(part)
    return checks.found()


class RunChecks:
    """The checks of a whole run, of which the spans of slots are taken in slice by slice."""

    def __init__(self, eligibility: Eligibility, legend: Legend, records: Records) -> None:
        """Take the records of all that there is.

        Raises:
            ValueError: as `checks_of` does.
        """
        if records.readings is None:
            raise ValueError("there is nothing to check these records against: they are not whole")
        self._legend, self._records, self._readings = legend, records, records.readings
        self._slots, self._rules = SlotChecks(eligibility, legend), RuleChecks(eligibility, legend)
        self._running_s = np.zeros(len(records.jobs.route))

    def add(self, part: TimeSlice) -> None:
        """Take in the spans of a slice."""
        held = part.records.occupancy
        if not len(held.job):
            return
        spans = held_slots(part)
        self._slots.add(part, spans)
        self._rules.add(spans)
        jobs = slice(int(held.job.min()), int(held.job.max()) + 1)
        self._running_s[jobs] += np.bincount(held.job - jobs.start, held.to_s - held.ran_from_s)

    def found(self) -> tuple[Check, ...]:
        """Return all checks."""
        return (
            *flow_checks(self._legend, self._records, self._readings),
            *meter_checks(self._records, self._readings),
            *self._slots.found(self._records),
            *self._rules.found(),
            _times(self._records, self._running_s),
        )


def _times(records: Records, running_s: Floats) -> Check:
    """Return whether the times of each job are those of its start, its spans and its returns."""
    resumed_s, nobody = _resumed_s(records), slice(0, 0)
    parts = [
        _times_of(rows, jobs, running_s[rows], resumed_s[rows], rounding(records.end_s))
        for rows, jobs in chain(((nobody, part_of(records.jobs, nobody)),), parts_of(records.jobs))
    ]
    found = map(together, zip(*parts, strict=True))
    return max(found, key=lambda check: (not check.holds, check.difference))


def _resumed_s(records: Records) -> Floats:
    """Return how long each job was back in line."""
    breaks, size = records.interruptions, len(records.jobs.route)
    if not len(breaks.job):
        return np.broadcast_to(0.0, size)
    again_s = np.where(np.isnan(breaks.again_s), records.end_s, breaks.again_s)
    waits_s = np.where(np.isnan(breaks.back_s), 0.0, again_s - breaks.back_s)
    return np.bincount(breaks.job, waits_s, minlength=size).astype(np.float64, copy=False)


def _times_of(
    rows: slice, jobs: Jobs, running_s: Floats, resumed_s: Floats, tolerance_s: float
) -> tuple[Check, ...]:
    """Return the checks of how long some jobs were Pending, ran, and were back in line."""
    started = ~np.isnan(jobs.started_s)
    pending_s = np.where(started, jobs.started_s - jobs.submitted_s, jobs.pending_s)
    compared_s = {
        "pending_s": (pending_s, jobs.pending_s),
        "running_s": (running_s, jobs.running_s),
        "resumed_s": (resumed_s, jobs.resumed_s),
    }

    def called(column: str) -> Callable[[int], str]:
        return lambda place: f"{column} of job {rows.start + place}"

    return tuple(
        worst("jobs.times", *times_s, called(column), tolerance_s)
        for column, times_s in compared_s.items()
    )


def blame_checks(jobs: Jobs, charges: Charges) -> tuple[Check, ...]:
    """Return whether every second that some jobs were Pending has a cause, and they add up.

    charges: why just these jobs were Pending.
    """
    pending_s = float(sum(some.pending_s.sum() for _, some in parts_of(jobs)))
    tolerance_s = rounding(pending_s)
    return (
        compared("blame.free", charges.unexplained_s, 0.0, tolerance_s),
        compared("blame.sum", float(charges.blame.seconds.sum()), pending_s, tolerance_s),
    )
