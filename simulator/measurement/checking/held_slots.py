"""The spans in which slots were held, with what is known of the jobs that held them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.measurement.scopes import Groups, Mask, Selection
from simulator.measurement.slices import TimeSlice
from simulator.measurement.spans import Spans
from simulator.records.columns import NONE, Ints


@dataclass(frozen=True, slots=True)
class HeldSlots:
    """Spans in which slots were held, (S,) each, in the order in which they begin.

    slot: its number on its host. pool: -1 for a slot that its host does not have. line: that in
    which the job waited first, -1 for a refused one. is_new: it began in this slice of time.
    """

    spans: Spans
    job: Ints
    host: Ints
    slot: Ints
    account: Ints
    pool: Groups
    line: Ints
    is_new: Mask

    def of(self, rows: Selection) -> HeldSlots:
        """Return some of the spans, in their order."""
        return HeldSlots(
            spans=self.spans.of(rows),
            job=self.job[rows],
            host=self.host[rows],
            slot=self.slot[rows],
            account=self.account[rows],
            pool=self.pool[rows],
            line=self.line[rows],
            is_new=self.is_new[rows],
        )


def held_slots(part: TimeSlice) -> HeldSlots:
    """Return the spans of a slice."""
    held, pools = part.records.occupancy, part.eligibility.pools
    hosts = np.array([*(one.host for one in pools), NONE], dtype=np.int32)
    found = HeldSlots(
        spans=Spans(held.from_s, held.to_s),
        job=held.job,
        host=held.host,
        slot=held.slot,
        account=held.account,
        pool=np.where(hosts[part.pool] == held.host, part.pool, np.int32(NONE)),
        line=part.legend.routes.line[part.route],
        is_new=np.arange(len(held.job)) >= part.carried,
    )
    in_order = bool((held.from_s[1:] >= held.from_s[:-1]).all())
    return found if in_order else found.of(np.argsort(held.from_s, kind="stable"))
