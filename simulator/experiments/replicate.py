"""One replication: simulated, then measured where it was simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from simulator.engine import simulate
from simulator.measurement import Figures, measure
from simulator.plan.plan import Plan
from simulator.records.columns import Records
from simulator.records.view import View


class Replication(NamedTuple):
    """What came of one replication; `records` is None where nobody asked for them."""

    figures: Figures
    records: Records | None


@dataclass(frozen=True, slots=True)
class Replicate:
    """The work of a replication, ready to be sent to another process.

    `thresholds_s` are the waits for which the jobs above are counted, `subtrees` the folders that
    are measured together with their subfolders. With a `view`, what is simulated is all there is,
    what is measured and handed on is what it shows.
    """

    plan: Plan
    seed: int
    thresholds_s: tuple[float, ...]
    subtrees: tuple[str, ...]
    with_records: bool
    view: View | None = None

    def __call__(self, replication: int) -> Replication:
        """Simulate and measure one replication, counted from 1."""
        records, legend = simulate(self.plan, self.seed, replication), self.plan.legend
        if self.view is not None:
            records, legend = self.view.of(records), self.view.legend
        figures = measure(legend, records, self.thresholds_s, self.subtrees)
        return Replication(figures, records if self.with_records else None)
