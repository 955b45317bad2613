"""What a row is judged by: a figure of two samples, and the target it should keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from benchmarks.samples import Sample

MB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by what it is called, and how it comes from ours and the rival's sample."""

    name: str
    of: Callable[[Sample, Sample], float]


@dataclass(frozen=True, slots=True)
class Target:
    """A limit, from below or from above."""

    limit: float
    at_least: bool

    def kept(self, value: float) -> bool:
        """Say whether a figure keeps the limit."""
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.limit:g}"


def at_least(limit: float) -> Target:
    """Return the target of a figure that should be large."""
    return Target(limit, at_least=True)


def at_most(limit: float) -> Target:
    """Return the target of a figure that should be small."""
    return Target(limit, at_least=False)


def _times_as_fast(ours: Sample, rival: Sample) -> float:
    return ours.per_second / rival.per_second


def _times_as_long(ours: Sample, rival: Sample) -> float:
    return ours.seconds / rival.seconds


def _share(part: Sample, whole: Sample) -> float:
    """Return the part of a whole in percent."""
    return 100 * part.seconds / whole.seconds


def _bytes_a_job(more: Sample, fewer: Sample) -> float:
    return (more.peak_mb - fewer.peak_mb) * MB / (more.work - fewer.work)


def _seconds(ours: Sample, _rival: Sample) -> float:
    return ours.seconds


def _peak_mb(ours: Sample, _rival: Sample) -> float:
    return ours.peak_mb


TIMES_AS_FAST: Final = Figure("times as fast", _times_as_fast)
TIMES_AS_LONG: Final = Figure("times as long", _times_as_long)
SHARE: Final = Figure("% of it", _share)
BYTES_A_JOB: Final = Figure("bytes a further job", _bytes_a_job)
SECONDS: Final = Figure("seconds", _seconds)
PEAK_MB: Final = Figure("peak MB", _peak_mb)
