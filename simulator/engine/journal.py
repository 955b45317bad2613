"""The logs the engine writes while it runs: growing typed arrays, a few numbers an event.

`engine.columns` turns them into records when the run is over.
"""

from __future__ import annotations

from array import array
from typing import Final

from simulator.engine.item_journal import ItemJournal
from simulator.engine.logs import floats
from simulator.engine.span_log import OPEN, SpanLog
from simulator.records.codes import FiringOutcome, Interruption, SlotState

MOST_ROWS_IN_MEMORY: Final = 1 << 21
"""Rows of a log beyond which a run is long: two million jobs take up to 300 MB while it goes on."""


class Journal:
    """What happened so far, in the order of events.

    The logs are of submissions (their row is the job id), of spans (a job that held a slot, noted
    when it lets go or is paused), of firings, of jobs withdrawn while Pending, of jobs refused over
    a pending limit, of jobs that left their slot before they were over, of the states of slots, and
    of queue items. What is noted for every job has no method here: a call would cost as much again.
    """

    def __init__(self, most_rows: int = MOST_ROWS_IN_MEMORY) -> None:
        """Take how many rows of a log there may be before it is kept on disk."""
        self._most_rows = most_rows
        self.route = array("i")
        self.submitted_s = array("d")
        self.waits_for = array("b")
        self.spans = SpanLog()
        self.fired_source = array("i")
        self.fired_s = array("d")
        self.fired_created = array("i")
        self.fired_outcome = array("b")
        self.fired_refused = array("i")
        self.withdrawn_job = array("i")
        self.withdrawn_s = array("d")
        self.over_limit = array("i")
        self.left_job = array("i")
        self.left_cause = array("b")
        self.left_s = array("d")
        self.back_s = array("d")
        self.state_pool = array("i")
        self.state_slots = array("i")
        self.state_code = array("b")
        self.state_from_s = array("d")
        self.state_to_s = array("d")
        self.items = ItemJournal()

    def last_s(self) -> float:
        """Return when something happened last, 0 where nothing has."""
        items = self.items
        logs = (self.submitted_s, self.fired_s, self.withdrawn_s, self.back_s)
        times = (floats(log).max() for log in (*logs, items.added_s, items.done_s) if log)
        return float(max((*times, self.spans.last_s())))

    @property
    def is_long(self) -> bool:
        """Return whether its columns had better be on disk."""
        rows = len(self.route), len(self.spans), len(self.fired_s), len(self.items.route)
        return max(rows) > self._most_rows

    def spill(self) -> None:
        """Move to disk what nobody asks for while the run goes on, if it is much.

        Raises:
            DataFileError: a temporary file cannot be written.
        """
        if len(self.spans) > self._most_rows:
            self.spans.spill()

    def clear(self) -> None:
        """Forget everything; nothing is noted any more."""
        for log in vars(self).values():
            if isinstance(log, array):
                del log[:]
        self.items.clear()
        self.spans.clear()

    def withdrawn(self, job: int, now: float) -> None:
        """Note that a Pending job was withdrawn."""
        self.withdrawn_job.append(job)
        self.withdrawn_s.append(now)

    def left(self, job: int, now: float, cause: Interruption) -> int:
        """Note that a job has left its slot before it is over; return the row, for `back`."""
        self.left_job.append(job)
        self.left_cause.append(cause)
        self.left_s.append(now)
        self.back_s.append(OPEN)
        return len(self.back_s) - 1

    def back(self, row: int, now: float) -> None:
        """Note that the job of that row has come back into line."""
        self.back_s[row] = now

    def slots_were(
        self, pool: int, slots: int, state: SlotState, from_s: float, to_s: float
    ) -> None:
        """Note that so many slots of a pool were in a state, for any time at all."""
        if slots and to_s != from_s:
            self.state_pool.append(pool)
            self.state_slots.append(slots)
            self.state_code.append(state)
            self.state_from_s.append(from_s)
            self.state_to_s.append(to_s)

    def fired(
        self, source: int, now: float, created: int, outcome: FiringOutcome, refused: int
    ) -> int:
        """Note a firing of a trigger; return its row.

        `refused` is the route that admission refused, or `NONE`.
        """
        self.fired_source.append(source)
        self.fired_s.append(now)
        self.fired_created.append(created)
        self.fired_outcome.append(outcome)
        self.fired_refused.append(refused)
        return len(self.fired_s) - 1
