"""Figures of the catalogue that no measure has: read from the records, replication by replication.

A reader takes one replication and returns what it adds to a sum, and to what that is divided by.
The figure is the sum over replications divided by the other, with the interval of every ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from theory.figures import Figure

from simulator.engine import simulate
from simulator.plan.plan import Plan
from simulator.records.codes import SlotState
from simulator.records.columns import Floats, Legend, Records, Window
from simulator.statistics.intervals import Intervals, pooled_deviation, ratio_of_sums

Reader: TypeAlias = Callable[[Records, Legend], tuple[float, float]]

DAY_S: Final = 86400


@dataclass(frozen=True)
class Reading:
    """The work of a replication, ready to be sent to another process."""

    plan: Plan
    seed: int
    readers: tuple[Reader, ...]

    def __call__(self, replication: int) -> list[tuple[float, float]]:
        records = simulate(self.plan, self.seed, replication)
        return [reader(records, self.plan.legend) for reader in self.readers]


def pending_time(records: Records, legend: Legend) -> tuple[float, float]:
    """Of all jobs submitted in the window, the withdrawn ones too."""
    pending_s = records.jobs.pending_s[_counted(records, legend)]
    return float(pending_s.sum()), pending_s.size


def waiting_jobs(records: Records, legend: Legend) -> tuple[float, float]:
    """Those of all jobs submitted in the window that were Pending at all."""
    pending_s = records.jobs.pending_s[_counted(records, legend)]
    return float((pending_s > 0).sum()), pending_s.size


def all_waits(records: Records, legend: Legend) -> tuple[float, float]:
    """Pending at first, Resumed each time after that; of all jobs submitted in the window."""
    jobs = records.jobs
    waits_s = (jobs.pending_s + jobs.resumed_s)[_counted(records, legend)]
    return float(waits_s.sum()), waits_s.size


def gaps_of_starts(records: Records, legend: Legend) -> tuple[float, float]:
    """From one start to the next, in the window."""
    started_s, window = records.jobs.started_s, legend.window
    starts = started_s[(started_s >= window.from_s) & (started_s < window.to_s)]
    return float(starts[-1] - starts[0]), len(starts) - 1


def suspended(records: Records, legend: Legend) -> tuple[float, float]:
    waits = records.interruptions
    return _inside(waits.left_s, waits.back_s, legend.window), legend.window.length_s


def waiting(records: Records, legend: Legend) -> tuple[float, float]:
    """Pending for the first time, or Resumed."""
    jobs, waits, window = records.jobs, records.interruptions, legend.window
    first_s = _inside(jobs.submitted_s, jobs.started_s, window)
    return first_s + _inside(waits.back_s, waits.again_s, window), window.length_s


def in_system(records: Records, legend: Legend) -> tuple[float, float]:
    jobs, window = records.jobs, legend.window
    return _inside(jobs.submitted_s, jobs.ended_s, window), window.length_s


def up(records: Records, legend: Legend) -> tuple[float, float]:
    """Of the one slot there is."""
    rows, window = records.availability, legend.window
    usable = rows.state == SlotState.USABLE.value
    return _inside(rows.from_s[usable], rows.to_s[usable], window), window.length_s


def ends(records: Records, legend: Legend) -> tuple[float, float]:
    """An hour of the window."""
    ended_s, window = records.jobs.ended_s, legend.window
    return float(((ended_s >= window.from_s) & (ended_s < window.to_s)).sum()), window.hours


def end_to_end(records: Records, legend: Legend) -> tuple[float, float]:
    """Creation to end of the jobs of one process, plus that of the jobs that follow them."""
    jobs, counted = records.jobs, _counted(records, legend)
    process = legend.routes.process[jobs.route[counted]]
    taken_s = (jobs.ended_s - jobs.submitted_s)[counted]
    return sum(float(taken_s[process == one].mean()) for one in np.unique(process)), 1


def longest_wait(records: Records, legend: Legend) -> tuple[float, float]:
    return float(records.jobs.pending_s[_counted(records, legend)].max()), 1


def makespans(records: Records, legend: Legend) -> tuple[float, float]:
    """From each firing to the end of its last job."""
    jobs, counted = records.jobs, _counted(records, legend)
    fired_s, batch = np.unique(jobs.submitted_s[counted], return_inverse=True)
    last_s = np.full(fired_s.size, -np.inf)
    np.maximum.at(last_s, batch, jobs.ended_s[counted])
    return float((last_s - fired_s).sum()), fired_s.size


def starts_at_once(records: Records, legend: Legend) -> tuple[float, float]:
    """Jobs of a firing that do not wait."""
    jobs, counted = records.jobs, _counted(records, legend)
    return float((jobs.pending_s[counted] == 0).sum()), np.unique(jobs.submitted_s[counted]).size


def mean_wait(records: Records, legend: Legend) -> tuple[float, float]:
    """Of the jobs that started, submitted in the window."""
    jobs = records.jobs
    pending_s = jobs.pending_s[_counted(records, legend) & ~np.isnan(jobs.started_s)]
    return float(pending_s.sum()), pending_s.size


@dataclass(frozen=True)
class RunningAt:
    """The mean number of jobs that run at a minute of each day of the window."""

    minute: int

    def __call__(self, records: Records, legend: Legend) -> tuple[float, float]:
        running = self._running(records, legend.window)
        return float(running.sum()), running.size

    def _running(self, records: Records, window: Window) -> Floats:
        days = np.arange(window.length_s // DAY_S)
        at_s = window.from_s + days * DAY_S + self.minute % (24 * 60) * 60
        begun, ended = (
            np.searchsorted(np.sort(times), at_s, side="right")
            for times in (records.jobs.started_s, records.jobs.ended_s)
        )
        return (begun - ended).astype(np.float64)


@dataclass(frozen=True)
class MoreRunningAt(RunningAt):
    """The share of days on which more jobs than that run at the minute."""

    than: int

    def __call__(self, records: Records, legend: Legend) -> tuple[float, float]:
        running = self._running(records, legend.window)
        return float((running > self.than).sum()), running.size


READERS: Final[Mapping[str, Reader]] = {
    "mean_pending_time_all_jobs": pending_time,
    "p_wait_gt_0": waiting_jobs,
    "max_pending_wait": longest_wait,
    "makespan_of_a_batch": makespans,
    "jobs_with_zero_wait": starts_at_once,
    "mean_pending_wait": longest_wait,  # of a batch's last job
    "sd_pending_wait": longest_wait,
    "mean_makespan": makespans,
    "mean_total_pending_per_job": all_waits,
    "mean_suspended_jobs": suspended,
    "mean_pending_jobs": waiting,
    "mean_jobs_in_system": in_system,
    "availability": up,
    "mean_time_between_job_starts": gaps_of_starts,
    "jobs_per_hour": ends,
    "mean_end_to_end": end_to_end,
    "ratio_dedicated_to_pooled": mean_wait,
}
"""By the catalogue's name; what is told of a minute of the day is in `reader_of`."""


def reader_of(figure: Figure) -> Reader:
    """Return how a figure is read from one replication.

    Raises:
        KeyError: nobody knows how.
    """
    if figure.name.startswith("t="):
        minute = int(figure.name.removeprefix("t=").split()[0])
        many = figure.measure.startswith("p_running_gt_15")
        return MoreRunningAt(minute, than=15) if many else RunningAt(minute)
    return READERS[figure.measure]


def estimate(figure: Figure, sums: Floats, confidence: float) -> Intervals:
    """Return a figure with its interval; `sums` has a row of two for each replication."""
    numerators, denominators = sums[:, :1], sums[:, 1:]
    if figure.measure == "sd_pending_wait":  # over replications, as each has one such job
        return pooled_deviation(denominators, numerators, 0 * numerators, confidence)
    return ratio_of_sums(numerators, denominators, confidence)


def ratio_of_ratios(above: Floats, below: Floats, confidence: float) -> Intervals:
    """Return one mean over another, each from `sums` of its own, replications paired.

    The jackknife: around the ratio of all replications, by those that leave one out.
    """
    whole = _ratio(above.sum(axis=0)) / _ratio(below.sum(axis=0))
    without = _ratio(above.sum(axis=0) - above) / _ratio(below.sum(axis=0) - below)
    pseudo = len(above) * whole - (len(above) - 1) * without
    return ratio_of_sums(pseudo[:, None], np.ones((len(above), 1)), confidence)


def sums_of(readings: Sequence[Sequence[tuple[float, float]]]) -> Sequence[Floats]:
    """Return for each reader its sums: of shape (replications, 2)."""
    return [np.array(one, dtype=np.float64) for one in zip(*readings, strict=True)]


def _ratio(sums: Floats) -> Floats:
    return sums[..., 0] / sums[..., 1]


def _counted(records: Records, legend: Legend) -> np.ndarray:
    """Mark the jobs submitted in the window."""
    submitted_s, window = records.jobs.submitted_s, legend.window
    return (submitted_s >= window.from_s) & (submitted_s < window.to_s)


def _inside(from_s: Floats, to_s: Floats, window: Window) -> float:
    """Return how much of some spans lies in the window; one without an end goes on."""
    until_s = np.fmin(to_s, window.to_s)
    return float(np.clip(until_s - np.maximum(from_s, window.from_s), 0, None).sum())
