"""Contestants in turn, each in a fresh process, and the medians of several rounds.

A machine that slows down for a while slows all contestants of a round alike, so figures are worked
out round by round, and their median is told.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.apart import sample_of
from benchmarks.rows import Group, Row
from benchmarks.samples import Contestant, Sample

Samples = Mapping[Contestant, Sequence[Sample]]
"""Of each contestant, one sample a round."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a row: samples of medians, and its figure round by round."""

    row: Row
    ours: Sample
    rival: Sample | None
    figures: tuple[float, ...]

    @property
    def figure(self) -> float:
        """Return the median of the rounds."""
        return statistics.median(self.figures)

    @property
    def met(self) -> bool | None:
        """Say whether the target is met; None where there is none."""
        return None if self.row.target is None else self.row.target.kept(self.figure)

    @property
    def same_work(self) -> bool:
        """Say whether jobs waited as long on both sides, as near as the row asks for."""
        within = self.row.waits_within
        if within is None or self.rival is None:
            return True
        ours_s, theirs_s = self.ours.mean_wait_s or 0.0, self.rival.mean_wait_s or 0.0
        return abs(ours_s - theirs_s) <= within * theirs_s


def findings_of(group: Group, rounds: int, tell: Callable[[str], None]) -> list[Finding]:
    """Run a group's contestants, A B C A B C …, and return what was found of each of its rows."""
    samples: dict[Contestant, list[Sample]] = {one: [] for one in group.contestants}
    rounds = min(rounds, group.most_rounds)
    for number in range(1, rounds + 1):
        for one, taken in samples.items():
            tell(f"{group.name}: round {number} of {rounds}, {one.case}")
            taken.append(sample_of(one))
    return [finding(row, samples) for row in group.rows]


def finding(row: Row, samples: Samples) -> Finding:
    """Return what the samples of all rounds say of a row."""
    ours = samples[row.ours]
    rivals = ours if row.rival is None else samples[row.rival]
    figures = tuple(row.figure.of(*pair) for pair in zip(ours, rivals, strict=True))
    return Finding(row, medians(ours), None if row.rival is None else medians(rivals), figures)


def medians(samples: Sequence[Sample]) -> Sample:
    """Return the sample of medians; what was done is the same in every round."""
    first = samples[0]
    return Sample(
        work=statistics.median(one.work for one in samples),
        seconds=statistics.median(one.seconds for one in samples),
        mean_wait_s=first.mean_wait_s,
        most_pending=first.most_pending,
        peak_mb=statistics.median(one.peak_mb for one in samples),
    )
