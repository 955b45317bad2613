"""Why jobs were Pending: each second of it charged to what held the slots they could have used.

Every second of a job's first wait is split in equal parts over the slots that its line was eligible
for, and each part charged by `BlameCause` to what held the slot, or kept the job off it where it
was free. While a job waits out the dispatch latency it has its slot, and all of the second is
charged to that. `Jobs.pending_s` is what all charges add up to.

How many jobs of a process wait is a function of time; divided by the number of their slots and
added up over time, it tells by two look-ups what any span of any slot is charged. So the work grows
with the spans and with the processes that waited for them, and never with the length of a line.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.blaming.charges import Ledger
from simulator.measurement.blaming.grounds import Ground, Grounds
from simulator.measurement.blaming.waiting import Crowd, Waiting
from simulator.measurement.cumulated import Cumulated
from simulator.measurement.figures import BlameFigures
from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.measurement.scopes import total_by
from simulator.measurement.steps import Steps
from simulator.measurement.waits import Waits, waits_of
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import BlameCause
from simulator.records.columns import (
    Blame,
    Floats,
    Legend,
    Records,
    combinations,
    folders_of_processes,
)


class Charges(NamedTuple):
    """Blame, and the seconds of it for which no cause is known: nothing may have any."""

    blame: Blame
    unexplained_s: float


def charges_of(
    eligibility: Eligibility, legend: Legend, records: Records, waits: Waits | None = None
) -> Charges:
    """Return why jobs were Pending: all that were, or those of whose waits some are given.

    Only first waits count, not those of Resumed or restarted jobs.
    """
    waits = waits_of(eligibility, legend, records) if waits is None else waits
    waits, ledger = waits.of(~waits.is_later), Ledger()
    if len(waits.job):
        grounds = Grounds(eligibility, legend, records)
        for needs, number, crowds in Waiting(eligibility, legend, records, waits).by_needs():
            parts, on = grounds.parts(needs), [*grounds.of(needs, number)]
            for crowd in crowds:
                _charge(crowd, parts, on, ledger)
    return Charges(ledger.blame(), ledger.unexplained_s)


def _charge(crowd: Crowd, parts: Steps, grounds: list[Ground], ledger: Ledger) -> None:
    """Charge all that the jobs of a crowd waited."""
    latencies = crowd.latencies
    ledger.charge(crowd.process, BlameCause.LATENCY, latencies, latencies.spans.length_s)
    number, shares = _shared(crowd.number, parts)
    for ground in grounds:
        seen = number if ground.only is None else number.times(ground.only)
        seconds = seen.over(ground.pieces.spans) * ground.pieces.weight
        ledger.charge(crowd.process, ground.cause, ground.pieces, seconds, shares * ground.parts)
    ledger.settle(crowd.process, crowd.total_s)


def _shared(number: Cumulated, parts: Steps) -> tuple[Cumulated, int]:
    """Return a number of jobs, and by what is still to be divided: nothing if that changes.

    To divide last, where it does not, keeps sums on the time grid exact.
    """
    if len(parts.value) == 1:
        return number, int(parts.value[0])
    return number.divided_by(parts), 1


def blame_of(
    eligibility: Eligibility, legend: Legend, records: Records, waits: Waits | None = None
) -> BlameFigures:
    """Return why jobs were Pending inside the window; see `charges_of`."""
    charges = charges_of(eligibility, legend, records, waits)
    return blame_figures(legend, charges.blame, charges.unexplained_s)


def blame_figures(legend: Legend, blame: Blame, unexplained_s: float) -> BlameFigures:
    """Return what of blame lies in the window, added up for tables and by hour of the week."""
    names, inside = legend.names, blame.hour >= 0
    process, hour, seconds = blame.process[inside], blame.hour[inside], blame.seconds[inside]
    cause, held_by, machine = blame.cause[inside], blame.held_by[inside], blame.machine[inside]
    keys, row = combinations(process, cause, held_by, machine)
    folder = folders_of_processes(legend)[process]
    week, of_week = combinations(folder, cause, held_by)

    def by_hour(things: npt.NDArray[np.integer[Any]], size: int) -> Floats:
        cells = things.astype(np.int64) * HOURS_PER_WEEK + hour
        return total_by(cells, size * HOURS_PER_WEEK, seconds).reshape(size, HOURS_PER_WEEK)

    machines = len(names.machines)
    return BlameFigures(
        keys=np.stack(keys, axis=1),
        window_s=total_by(row, len(keys[0]), seconds),
        week=np.stack(week, axis=1),
        week_s=by_hour(of_week, len(week[0])),
        machines_s=by_hour(np.where(machine < 0, machines, machine), machines + 1),
        processes_s=by_hour(process, len(names.processes)),
        unexplained_s=unexplained_s,
    )
