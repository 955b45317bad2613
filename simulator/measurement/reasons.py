"""What Pending jobs wait for, in the vendor's codes: at their submission, and at every moment."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import parts_of
from simulator.measurement.counts import inside
from simulator.measurement.figures import ReasonFigures
from simulator.measurement.lacking import Lacking
from simulator.measurement.scopes import total_by
from simulator.measurement.slices import TimeSlice, slices_of
from simulator.measurement.steps import seconds_by_value
from simulator.measurement.waits import Waits
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import PendingReason
from simulator.records.columns import Floats, Legend, Records

CODES: Final = len(PendingReason)
_NONE: Final = PendingReason.NONE.value


def pending_reasons(eligibility: Eligibility, legend: Legend, records: Records) -> ReasonFigures:
    """Return what the jobs of each folder waited for, of all there is: not of one account's view.

    First waits and those as Resumed are counted apart, a restarted job's among the latter.
    """
    reasons = Reasons(eligibility, legend)
    for part in slices_of(eligibility, legend, records):
        reasons.add(part)
    return reasons.figures(records)


class Reasons:
    """What the jobs of each folder waited for, slice by slice."""

    def __init__(self, eligibility: Eligibility, legend: Legend) -> None:
        self._legend = legend
        of_lines = np.array([line.folder for line in eligibility.lines])
        self._folders = _Folders(of_lines, legend.names.folders)
        self._seconds = np.zeros((len(legend.names.folders), 2, CODES))

    def add(self, part: TimeSlice) -> None:
        """Take in what jobs waited for in a slice."""
        waits, latencies, folders = part.waits_inside, part.latencies_inside, self._folders
        if len(waits.job):
            lacking = Lacking(part)
            self._seconds += folders.by_code(waits, lacking) - folders.by_code(latencies, lacking)
            self._seconds[:, :, _NONE] += folders.totals(latencies, latencies.spans.length_s)

    def figures(self, records: Records) -> ReasonFigures:
        """Return all together, and what the jobs waited for at their submission."""
        return ReasonFigures(
            folders=self._folders.names,
            submitted=_at_submission(self._legend, records),
            pending_s=self._seconds[:, 0],
            resumed_s=self._seconds[:, 1],
        )


class _Folders(NamedTuple):
    """The folder of each line, and the names of all."""

    of_line: npt.NDArray[np.intp]
    names: tuple[str, ...]

    def by_code(self, waits: Waits, lacking: Lacking) -> Floats:
        """Return the seconds of some waits by folder, first or later, and code, (F, 2, C)."""
        seconds = np.zeros((len(self.names), 2, CODES))
        for codes, alike in lacking.parted(waits):
            for code, lasting_s in seconds_by_value(alike.spans, codes):
                seconds[:, :, code] += self.totals(alike, lasting_s)
        return seconds

    def totals(self, waits: Waits, seconds: Floats) -> Floats:
        """Return the sum of seconds, one a wait, by folder, and first or later, (F, 2)."""
        cells = self.of_line[waits.line] * 2 + waits.is_later
        return total_by(cells, len(self.names) * 2, seconds).reshape(-1, 2)


def _at_submission(legend: Legend, records: Records) -> Floats:
    """Return how many jobs of the window had to wait, by folder and code at submission."""
    jobs, folders = records.jobs, len(legend.names.folders)
    found = np.zeros(folders * CODES)
    for _, some in parts_of(jobs):
        waited = (some.pending_s > 0) & inside(some.submitted_s, legend.window)
        folder = legend.routes.folder[some.route[waited]].astype(np.int64)
        found += total_by(folder * CODES + some.reason[waited], len(found))
    return found.reshape(folders, CODES)
