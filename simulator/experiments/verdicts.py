"""Whether a study keeps its promises."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from simulator.experiments.long_run import NOTHING_KNOWN, LongRun
from simulator.measurement import Summary, SummaryRow
from simulator.model.targets import Target

Outcome = Literal["met", "missed", "undecided"]


class Verdict(NamedTuple):
    """A target, the row it was held against (None where there is none), and how it ended.

    `why` tells why the row has no value in the long run, where it has none.
    """

    target: Target
    row: SummaryRow | None
    outcome: Outcome
    why: str = ""

    @property
    def has_data(self) -> bool:
        """Return whether there was anything to measure, as no wait is where no job started."""
        return self.row is not None and not math.isnan(self.row.mean)


def verdicts(
    targets: Sequence[Target], summary: Summary, long_run: LongRun = NOTHING_KNOWN
) -> tuple[Verdict, ...]:
    """Return how each target fares, in the order of the file.

    A limit that waits will be over some day, since they grow, is missed.
    """
    return tuple(_verdict(target, summary, long_run) for target in targets)


def _verdict(target: Target, summary: Summary, long_run: LongRun) -> Verdict:
    row = summary.find(*target.scope, target.row)
    why = long_run.reason(*target.scope, target.row)
    if why:
        return Verdict(target, row, "missed" if long_run.is_missed(target) else "undecided", why)
    return Verdict(target, row, "undecided" if row is None else outcome(target, row))


def outcome(target: Target, row: SummaryRow) -> Outcome:
    """Return whether a limit is met, missed, or undecided.

    Met when the whole interval keeps the limit, missed when none of it does, undecided between.
    A row without an interval is decided by its value alone; without a value, it is undecided.
    """
    if math.isnan(row.mean):
        return "undecided"
    ends = (row.mean, row.mean) if math.isnan(row.low) else (row.low, row.high)
    kept = [_keeps(target, end) for end in ends]
    if all(kept):
        return "met"
    return "undecided" if any(kept) else "missed"


def _keeps(target: Target, value: float) -> bool:
    return value <= target.limit if target.at_most is not None else value >= target.limit
