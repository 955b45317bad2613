"""Idle while Pending: what stood free while jobs waited that one rule alone kept from it.

An opening is one change of one rule, for the jobs of one folder (with the same runtime type, in the
foreground or not, with the same run-as target), that would let them use something which exists, but
which they cannot use as it is:

- free slots in service of a machine that the folder does not have, on which none of its accounts
  may run, or which does not take jobs of that type; slots of theirs that lack only a licence;
- a free slot in service of theirs, and an account, while no Windows session of the host is left;
  or with a session, while their accounts are busy, one of them only by its one job elsewhere;
- an account under which no job runs, while there is such a slot, with a session, and every account
  that may run them there is busy: one that is not assigned in the folder, or by a group alone,
  which brings no robot, or that a mapping keeps off that machine.

It is measured in slot-hours, or in the hours of that account: the integral over the window of how
many such things there are, or of how many of these jobs wait for a place, whichever is less. Jobs
that have their slot and wait out the dispatch latency do not wait for one. Foreground work needs a
session and an idle account on the other machine too, and finds them there or not. Each change is
looked at alone: two of them may open the same slot, or the same slot to two folders, so hours of
several openings do not add up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.measurement.cumulated import Cumulated, cumulated
from simulator.measurement.figures import IdleFigures
from simulator.measurement.idling.usable import Usable
from simulator.measurement.slices import TimeSlice, slices_of
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Steps, changes, combined
from simulator.plan.eligibility import Eligibility
from simulator.plan.openings import Opening
from simulator.records.columns import Legend, Records


def idle_of(
    openings: Sequence[Opening],
    eligibility: Eligibility,
    legend: Legend,
    records: Records,
) -> IdleFigures:
    """Return what of each opening stood free while its jobs waited, inside the window."""
    idle = Idle(openings)
    for part in slices_of(eligibility, legend, records):
        idle.add(part)
    return idle.figures


class Idle:
    """What of each opening stood free while its jobs waited, slice by slice."""

    def __init__(self, openings: Sequence[Opening]) -> None:
        self._openings = openings
        self.figures = IdleFigures(np.zeros(len(openings)))
        """What was found so far."""

    def add(self, part: TimeSlice) -> None:
        """Take in what stood free in a slice."""
        if not self._openings or not len(part.waits_inside.job):
            return
        crowds, usable = _Crowds(part), Usable(part)
        for number, opening in enumerate(self._openings):
            crowd = crowds.of(opening.lines)
            if crowd.most:
                self.figures.seconds[number] += crowd.beside_s(usable.of(opening))


class _Crowds:
    """How many jobs of some lines wait for a place in a slice, inside the window."""

    def __init__(self, part: TimeSlice) -> None:
        inside, latencies = part.waits_inside, part.latencies_inside
        at_s = np.concatenate((*inside.spans, *latencies.spans))
        line = np.concatenate((inside.line, inside.line, latencies.line, latencies.line))
        sizes = [len(inside.line)] * 2 + [len(latencies.line)] * 2
        by = np.repeat(np.array([1, -1, -1, 1], dtype=np.int32), sizes)
        self._number = changes(at_s, line, by, len(part.eligibility.lines))
        self._found: dict[tuple[int, ...], _Crowd] = {}

    def of(self, lines: tuple[int, ...]) -> _Crowd:
        """Return who waits in some lines together."""
        if lines not in self._found:
            self._found[lines] = _Crowd(self._number.total_of(lines))
        return self._found[lines]


class _Crowd:
    """Jobs with the same needs that wait: how many, at every moment."""

    def __init__(self, number: Steps) -> None:
        self._number = number
        self.most = int(number.value.max())
        """How many wait at once, at most."""

        self._up_to: dict[int, Cumulated] = {}

    def beside_s(self, things: Steps) -> float:
        """Return the integral of how many things there are, or jobs wait, whichever is less."""
        first_s, last_s = self._number.at_s[1], self._number.at_s[-1]
        edges = np.clip(np.append(things.at_s, np.inf), first_s, last_s)
        number = np.minimum(things.value, self.most)
        total_s = 0.0
        for most in np.unique(number[number > 0]).tolist():
            rows = number == most
            spans = Spans(edges[:-1][rows], edges[1:][rows])
            total_s += float(self._at_most(most).over(spans).sum())
        return total_s

    def _at_most(self, most: int) -> Cumulated:
        """Return the integral of how many jobs wait, no more of them than `most`."""
        if most not in self._up_to:
            fewer = combined(lambda number: np.minimum(number, most), self._number)
            self._up_to[most] = cumulated(fewer)
        return self._up_to[most]
