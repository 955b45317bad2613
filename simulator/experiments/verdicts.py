"""Whether a study keeps its promises."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from simulator.measurement import Summary, SummaryRow
from simulator.model.targets import Target

Outcome = Literal["met", "missed", "undecided"]


class Verdict(NamedTuple):
    """A target, the row it was held against (None where there is none), and how it ended."""

    target: Target
    row: SummaryRow | None
    outcome: Outcome

    @property
    def has_data(self) -> bool:
        """Return whether there was anything to measure, as no wait is where no job started."""
        return self.row is not None and not math.isnan(self.row.mean)


def verdicts(targets: Sequence[Target], summary: Summary) -> tuple[Verdict, ...]:
    """Return how each target fares, in the order of the file."""
    return tuple(_verdict(target, summary.find(*target.scope, target.row)) for target in targets)


def _verdict(target: Target, row: SummaryRow | None) -> Verdict:
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
