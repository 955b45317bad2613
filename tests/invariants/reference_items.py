"""Queue items as the reference knows them: attempts, their turn, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

from simulator.plan.items import ItemSource
from simulator.records.codes import ItemException, ItemStatus


@dataclass(eq=False)
class Item:
    """An attempt at a queue item, and what became of it, by the names of the records' columns."""

    id: int
    route: int
    first: int
    retry: int
    added_s: float
    available_s: float
    deadline_s: float
    source: ItemSource
    status: ItemStatus = ItemStatus.NEW
    exception: ItemException = ItemException.NONE
    taken_s: float = nan
    done_s: float = nan
    job: int = -1

    @property
    def priority(self) -> int:
        return self.source.priority

    @property
    def turn(self) -> tuple[float, ...]:
        """What the order of a queue sorts by: those with a deadline first, the smallest first."""
        if isnan(self.deadline_s):
            return 1, -self.priority, self.id
        return 0, -self.priority, self.deadline_s, self.id

    def ended(self, now: float, *, cut: bool) -> bool:
        """Note how the attempt ended; tell whether there is to be another."""
        work = self.source.work
        if cut:
            self.status = ItemStatus.ABANDONED
            return False
        self.done_s = now
        if work.faults == 1:
            self.exception = ItemException.APPLICATION
            again = self.retry < self.source.retries
            self.status = ItemStatus.RETRIED if again else ItemStatus.FAILED
        elif work.business_faults == 1:
            self.exception, self.status = ItemException.BUSINESS, ItemStatus.FAILED
        else:
            self.status = ItemStatus.SUCCESSFUL
        return self.status is ItemStatus.RETRIED
