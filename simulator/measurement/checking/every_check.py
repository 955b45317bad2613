"""All checks of one replication together; `measurement.checking.checks` says what each compares."""

from __future__ import annotations

import numpy as np

from simulator.measurement.blaming.blame import Charges
from simulator.measurement.checking.checks import Check, compared, rounding, worst
from simulator.measurement.checking.flow import flow_checks
from simulator.measurement.checking.held_slots import held_slots
from simulator.measurement.checking.meter import meter_checks
from simulator.measurement.checking.rules import rule_checks
from simulator.measurement.checking.slots import slot_checks
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import Jobs, Legend, Records


def checks_of(eligibility: Eligibility, legend: Legend, records: Records) -> tuple[Check, ...]:
    """Return the checks of the records of a whole run; those of blame are `blame_checks`.

    Raises:
        ValueError: the records have no readings of the meter, as where they are one account's view.
    """
    if records.readings is None:
        raise ValueError("there is nothing to check these records against: they are not whole")
    held = held_slots(eligibility.pools, legend, records)
    return (
        *flow_checks(legend, records, records.readings),
        *meter_checks(records, records.readings),
        *slot_checks(eligibility, legend, records, held),
        *rule_checks(eligibility, legend, held),
        _times(records),
    )


def _times(records: Records) -> Check:
    """Return whether the times of each job are those of its start, its spans and its returns."""
    jobs, held, breaks = records.jobs, records.occupancy, records.interruptions
    started = ~np.isnan(jobs.started_s)
    pending_s = np.where(started, jobs.started_s - jobs.submitted_s, jobs.pending_s)
    again_s = np.where(np.isnan(breaks.again_s), records.end_s, breaks.again_s)
    waits_s = np.where(np.isnan(breaks.back_s), 0.0, again_s - breaks.back_s)
    size, tolerance_s = len(jobs.route), rounding(records.end_s)
    running_s = np.bincount(held.job, held.to_s - held.ran_from_s, minlength=size)
    resumed_s = np.bincount(breaks.job, waits_s, minlength=size)
    found = (
        worst("jobs.times", pending_s, jobs.pending_s, "pending_s of job {}".format, tolerance_s),
        worst("jobs.times", running_s, jobs.running_s, "running_s of job {}".format, tolerance_s),
        worst("jobs.times", resumed_s, jobs.resumed_s, "resumed_s of job {}".format, tolerance_s),
    )
    return max(found, key=lambda check: (not check.holds, check.difference))


def blame_checks(jobs: Jobs, charges: Charges) -> tuple[Check, ...]:
    """Return whether every second that some jobs were Pending has a cause, and they add up.

    charges: why just these jobs were Pending.
    """
    pending_s = float(jobs.pending_s.sum())
    tolerance_s = rounding(pending_s)
    return (
        compared("blame.free", charges.unexplained_s, 0.0, tolerance_s),
        compared("blame.sum", float(charges.blame.seconds.sum()), pending_s, tolerance_s),
    )
