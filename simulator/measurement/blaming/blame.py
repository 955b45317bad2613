"""Why jobs were Pending: each second of it charged to what held the slots they could have used.

Every second of a job's first wait is split in equal parts over the slots that its line was eligible
for, and each part charged by `BlameCause` to what held the slot, or kept the job off it where it
was free. While a job waits out the dispatch latency it has its slot, and all of the second is
charged to that. `Jobs.pending_s` is what all charges add up to.

How many jobs of a process wait is a function of time; divided by the number of their slots and
added up over time, it tells by two look-ups what any span of any slot is charged. So the work grows
with the spans and with the processes that waited for them, and never with the length of a line. It
is done slice by slice of the time of a run, so that a long one takes no more memory.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.measurement.blaming.charges import Ledger
from simulator.measurement.blaming.existing_slots import ExistingSlots
from simulator.measurement.blaming.grounds import Ground, Grounds
from simulator.measurement.blaming.waiting import Crowd, KindsOfNeeds, Waiting
from simulator.measurement.cumulated import Cumulated
from simulator.measurement.figures import BlameFigures
from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.measurement.scopes import Groups, total_by
from simulator.measurement.slices import TimeSlice, slices_of
from simulator.measurement.steps import Steps
from simulator.measurement.waits import Waits
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import BlameCause
from simulator.records.columns import (
    Blame,
    BlameOfMachines,
    BlameOfWeek,
    Floats,
    Ints,
    Legend,
    Records,
    folders_of_processes,
)
from simulator.records.combinations import combinations


class Charges(NamedTuple):
    """Blame, and what of it lies in the window by hour of the week.

    unexplained_s: the seconds for which no cause is known; nothing may have any.
    """

    blame: Blame
    week: BlameOfWeek
    machines: BlameOfMachines
    unexplained_s: float


def charges_of(
    eligibility: Eligibility, legend: Legend, records: Records, waits: Waits | None = None
) -> Charges:
    """Return why jobs were Pending: all that were, or those of whose waits some are given.

    Only first waits count, not those of Resumed or restarted jobs.
    """
    blaming = Blaming(eligibility, records)
    for part in slices_of(eligibility, legend, records):
        blaming.add(part, part.waits if waits is None else waits.between(part.from_s, part.to_s))
    return blaming.charges()


class Blaming:
    """Charges what jobs waited for, slice by slice."""

    def __init__(self, eligibility: Eligibility, records: Records) -> None:
        self._existing = ExistingSlots(eligibility, records)
        self._kinds = KindsOfNeeds(eligibility)
        self._ledger = Ledger()

    def add(self, part: TimeSlice, waits: Waits) -> None:
        """Take in some of the waits in a slice; of those, first waits count alone."""
        waits = waits.of(~waits.is_later)
        if not len(waits.job):
            return
        grounds = Grounds(part, self._existing)
        for needs, number, crowds in Waiting(part, waits, self._kinds).by_needs():
            parts, on = self._existing.parts(needs.places), [*grounds.of(needs, number)]
            for crowd in crowds:
                self._charge(crowd, parts, on)
        self._ledger.close_slice()

    def charges(self) -> Charges:
        """Return what all slices come to."""
        ledger = self._ledger
        blame = ledger.blame()
        return Charges(blame, ledger.week(), ledger.machines(), ledger.unexplained_s)

    def _charge(self, crowd: Crowd, parts: Steps, grounds: list[Ground]) -> None:
        """Charge all that the jobs of a crowd waited."""
        page = self._ledger.page(crowd.kind, crowd.process)
        page.total_s += crowd.total_s
        page.charge(Ground(BlameCause.LATENCY, crowd.latencies), crowd.latencies.spans.length_s)
        number, shares = _shared(crowd.number, parts)
        for ground in grounds:
            seen = number if ground.only is None else number.times(ground.only)
            seconds = seen.over(ground.pieces.spans) * ground.pieces.weight
            page.charge(ground, seconds, shares)


def _shared(number: Cumulated, parts: Steps) -> tuple[Cumulated, int]:
    """Return a number of jobs, and by what is still to be divided: nothing if that changes.

    To divide last, where it does not, keeps sums on the time grid exact.
    """
    if len(parts.value) == 1:
        return number, int(parts.value[0])
    return number.divided_by(parts), 1


def blame_figures(legend: Legend, charges: Charges) -> BlameFigures:
    """Return what of blame lies in the window, added up for tables and by hour of the week."""
    blame, week, (machine, hour) = charges.blame, charges.week, _machines(legend, charges)
    rows = np.flatnonzero(blame.window_s)
    columns = (blame.process, blame.cause, blame.held_by, blame.machine)
    folder = folders_of_processes(legend)[week.process]
    keys, row = combinations(folder, week.cause, week.held_by)
    return BlameFigures(
        keys=np.stack([column[rows] for column in columns], axis=1).astype(np.int32),
        window_s=blame.window_s[rows],
        week=np.stack(keys, axis=1),
        week_s=_by_hour(row, week.hour, week.seconds, len(keys[0])),
        machines_s=_by_hour(
            machine, hour, charges.machines.seconds, len(legend.names.machines) + 1
        ),
        processes_s=_by_hour(week.process, week.hour, week.seconds, len(legend.names.processes)),
        unexplained_s=charges.unexplained_s,
    )


def _machines(legend: Legend, charges: Charges) -> tuple[Ints, Ints]:
    """Return machines and hours of the week, the place after the last machine's for none."""
    machine, none = charges.machines.machine, np.int32(len(legend.names.machines))
    return np.where(machine < 0, none, machine), charges.machines.hour


def _by_hour(things: Groups, hours: Ints, seconds: Floats, size: int) -> Floats:
    """Return seconds by thing and hour of the week, (size, 168)."""
    cells = things.astype(np.int64) * HOURS_PER_WEEK + hours
    return total_by(cells, size * HOURS_PER_WEEK, seconds).reshape(size, HOURS_PER_WEEK)
