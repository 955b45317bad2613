"""The spans in which slots were held, with what is known of the jobs that held them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.measurement.places import pools_held
from simulator.measurement.scopes import Groups, Selection
from simulator.measurement.spans import Spans
from simulator.plan.places import Pool
from simulator.records.columns import NONE, Ints, Legend, Records


@dataclass(frozen=True, slots=True)
class HeldSlots:
    """Spans in which slots were held, (S,) each, in the order in which they begin.

    slot: its number on its host. pool: -1 for a slot that its host does not have. line: that in
    which the job waited first, -1 for a refused one.
    """

    spans: Spans
    job: Ints
    host: Ints
    slot: Ints
    account: Ints
    pool: Groups
    line: Ints

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
        )


def held_slots(pools: Sequence[Pool], legend: Legend, records: Records) -> HeldSlots:
    """Return all spans of some records, which have every job."""
    held = records.occupancy
    line = legend.routes.line[records.jobs.route[held.job]]
    spans, pool = Spans(held.from_s, held.to_s), pools_held(pools, held)
    hosts = np.array([*(one.host for one in pools), NONE], dtype=np.int32)
    pool = np.where(hosts[pool] == held.host, pool, np.int32(NONE))
    found = HeldSlots(spans, held.job, held.host, held.slot, held.account, pool, line)
    in_order = bool((held.from_s[1:] >= held.from_s[:-1]).all())
    return found if in_order else found.of(np.argsort(held.from_s, kind="stable"))
