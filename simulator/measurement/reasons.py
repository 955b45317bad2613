"""What Pending jobs wait for, in the vendor's codes: at their submission, and at every moment."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.counts import inside
from simulator.measurement.figures import ReasonFigures
from simulator.measurement.lacking import Lacking
from simulator.measurement.scopes import total_by
from simulator.measurement.steps import seconds_by_value
from simulator.measurement.waits import Waits, latencies_of, waits_of
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import PendingReason
from simulator.records.columns import Floats, Legend, Records

CODES: Final = len(PendingReason)
_NONE: Final = PendingReason.NONE.value


def pending_reasons(
    eligibility: Eligibility, legend: Legend, records: Records, waits: Waits | None = None
) -> ReasonFigures:
    """Return what the jobs of each folder waited for, of all there is: not of one account's view.

    First waits and those as Resumed are counted apart, a restarted job's among the latter. waits:
    all of them, where somebody has worked them out.
    """
    folders = _Folders(np.array([line.folder for line in eligibility.lines]), legend.names.folders)
    seconds = np.zeros((len(folders.names), 2, CODES))
    waits = waits_of(eligibility, legend, records) if waits is None else waits
    waits = waits.within(legend.window)
    if len(waits.job):
        lacking = Lacking(eligibility, legend, records)
        latencies = latencies_of(eligibility, legend, records).within(legend.window)
        seconds += folders.by_code(waits, lacking) - folders.by_code(latencies, lacking)
        seconds[:, :, _NONE] += folders.totals(latencies, latencies.spans.length_s)
    return ReasonFigures(
        folders=folders.names,
        submitted=_at_submission(legend, records),
        pending_s=seconds[:, 0],
        resumed_s=seconds[:, 1],
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
    rows = np.flatnonzero((jobs.pending_s > 0) & inside(jobs.submitted_s, legend.window))
    cells = legend.routes.folder[jobs.route[rows]].astype(np.int64) * CODES + jobs.reason[rows]
    return total_by(cells, folders * CODES).reshape(folders, CODES)
