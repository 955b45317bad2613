"""How long a job holds its slot on average: at least that long."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from simulator.model.distributions import Distribution
from simulator.model.machines import Machine, Maintenance
from simulator.model.scenario import Scenario
from simulator.model.streams import Stream, Trace
from simulator.plan.adders import Adder
from simulator.plan.chance import varies
from simulator.plan.submitters import Submitter
from simulator.sampling.inversion import Columns, mean_s, sampler
from simulator.sampling.laws import Floats
from simulator.schedules.quartz import parse_cron
from simulator.traces.rows import TraceRows, Traces
from simulator.units import DAY_S

_LOST_WHEN_DOWN: Final = frozenset({"fault", "kill"})
_POINTS: Final = (np.arange(200) + 0.5) / 200
"""Where distributions are looked at of which the mean does not say enough, from 0 to 1."""

_TAIL: Final = 5
_FAR_POINTS: Final = 1 - (1 - _POINTS) ** _TAIL
_WEIGHTS: Final = _TAIL * (1 - _POINTS) ** (_TAIL - 1) / len(_POINTS)
"""Where they are looked at for squares, which may be far out, and what each point stands for."""


class _Pace(NamedTuple):
    """What decides how long a job takes on a machine, and how often a second one is lost there."""

    factor: float
    lost_per_s: float


@dataclass(frozen=True)
class Holding:
    """The jobs and items of a scenario, and for how long they hold slots.

    What cannot be said exactly is taken too short, never too long: the load of a scenario is at
    least what comes of it.
    """

    scenario: Scenario
    columns: Columns
    traces: Traces

    @cached_property
    def _paces(self) -> Mapping[str, _Pace]:
        return {
            name: _Pace(one.duration_factor, _lost_per_s(one, self.columns))
            for name, one in self.scenario.machines.items()
        }

    def at_least_s(self, one: Submitter, machines: Iterable[str]) -> float:
        """Return for how long a job holds slots, whichever of some machines it runs on."""
        return min(self._job_s(one, pace) for pace in self._paces_of(machines))

    def item_at_least_s(self, one: Adder, machines: Iterable[str]) -> float:
        """Return how long a job works at an item, whichever of some machines it runs on."""
        return min(self._item_s(one, pace) for pace in self._paces_of(machines))

    def overrun_s(self, one: Submitter, machines: Iterable[str]) -> float:
        """Return for how long a job that runs at some instant runs on at most, on average.

        By Lorden's inequality (1970, "On excess over the boundary", Annals of Mathematical
        Statistics 41): the mean of the squared spans over the mean of the spans. A job that takes
        items may go on for ever, and of a file's durations only the mean is known.
        """
        if one.process.queue is not None or self._given_s(one.stream) is not None:
            return one.stop_after
        factor = max(pace.factor for pace in self._paces_of(machines))
        mean = mean_s(one.process.start_up, self.columns)
        mean += factor * mean_s(one.process.duration, self.columns)
        over_s = self._square(one, factor) / mean if mean else 0.0
        return min(over_s, one.stop_after)

    def variation(self, one: Submitter | Adder) -> float:
        """Return the squared coefficient of variation of how long jobs, or items, run at a stretch.

        That of machines at normal pace, and of a job before anything stops it; of a file's
        durations only the mean is known, and 1 is taken for it, as if they were exponential.
        """
        if self._given_s(one.item.items if isinstance(one, Adder) else one.stream) is not None:
            return 1.0
        if isinstance(one, Adder):
            mean = mean_s(one.item.item_duration, self.columns)
            square = mean_square_s2(one.item.item_duration, self.columns)
        else:
            mean, square = self._stretch_s(one, 1.0), self._square(one, 1.0)
        return max(square / mean**2 - 1, 0.0) if mean else 0.0

    def _square(self, one: Submitter, factor: float) -> float:
        """Return the mean of the squared spans that jobs run at a stretch, at a pace."""
        columns, start_up, duration = self.columns, one.process.start_up, one.process.duration
        both = 2 * factor * mean_s(start_up, columns) * mean_s(duration, columns)
        squares = factor**2 * mean_square_s2(duration, columns)
        return mean_square_s2(start_up, columns) + squares + both

    def _job_s(self, one: Submitter, pace: _Pace) -> float:
        """Return for how long a job holds slots at a pace, all stretches of running together.

        The dispatch latency of each is among it; the items it takes from a queue are not.
        """
        latency_s, suspends = self.scenario.dispatch.latency, one.process.suspends
        factor, lost_per_s = pace
        if one.stop_after < math.inf:  # of all stretches together, so the first has to do
            stopped_s = np.minimum(self._stretches_s(one, factor), one.stop_after)
            return _until_lost(latency_s + stopped_s, lost_per_s)
        again = 0.0 if suspends is None else suspends.probability
        spans_s = self._stretches_s(one, factor) if lost_per_s else self._stretch_s(one, factor)
        held_s = _until_lost(latency_s + spans_s, lost_per_s)
        return held_s / (1 - again * (1 - lost_per_s * held_s)) if held_s else 0.0

    def _item_s(self, one: Adder, pace: _Pace) -> float:
        duration, given_s = one.item.item_duration, self._given_s(one.item.items)
        if given_s is not None:
            return _until_lost(pace.factor * given_s, pace.lost_per_s)
        spans_s = self._spread_s(duration) if pace.lost_per_s else mean_s(duration, self.columns)
        return _until_lost(pace.factor * spans_s, pace.lost_per_s)

    def trace_of(self, stream: Stream | None) -> TraceRows | None:
        """Return the trace that a stream replays; None where it is none."""
        return self.traces.get(stream.trace) if isinstance(stream, Trace) else None

    def _given_s(self, stream: Stream | None) -> float | None:
        """Return the mean of the durations that a stream's own file has; None where it has none."""
        trace = self.trace_of(stream)
        return trace.mean_duration_s if trace is not None and trace.has_durations else None

    def _paces_of(self, machines: Iterable[str]) -> frozenset[_Pace]:
        return frozenset(self._paces[name] for name in machines)

    def _stretch_s(self, one: Submitter, factor: float) -> float:
        """Return how long a job runs at a stretch on average."""
        given_s = self._given_s(one.stream)
        duration_s = mean_s(one.process.duration, self.columns) if given_s is None else given_s
        return mean_s(one.process.start_up, self.columns) + factor * duration_s

    def _stretches_s(self, one: Submitter, factor: float) -> Floats:
        """Return how long jobs run at a stretch, each span as likely as any other.

        Of a file's durations only the mean is known, so that a job counts as no longer than the
        least they may have: its start-up where something stops it, else that mean.
        """
        start_ups_s, given_s = self._spread_s(one.process.start_up), self._given_s(one.stream)
        if given_s is not None:
            return start_ups_s + (0.0 if one.stop_after < math.inf else factor * given_s)
        spans_s: Floats = np.add.outer(start_ups_s, factor * self._spread_s(one.process.duration))
        return spans_s

    def _spread_s(self, distribution: Distribution) -> Floats:
        """Return spans of a distribution, each as likely as any other; one where all are alike."""
        points = _POINTS if varies(distribution) else _POINTS[:1]
        return sampler(distribution, self.columns)(points)


def mean_square_s2(distribution: Distribution, columns: Columns) -> float:
    """Return the mean of the squared spans of a distribution."""
    return float(_WEIGHTS @ sampler(distribution, columns)(_FAR_POINTS) ** 2)


def _lost_per_s(machine: Machine, columns: Columns) -> float:
    """Return how often in a second of service the jobs of a host are ended by what befalls it."""
    failures, lost = machine.failures, 0.0
    if failures is not None and failures.running_jobs in _LOST_WHEN_DOWN:
        up_s = mean_s(failures.up, columns)
        lost += 1 / up_s if up_s else math.inf
    killing = (one for one in machine.maintenance if one.running_jobs == "kill")
    return lost + sum(map(_killed_per_s, killing))


def _killed_per_s(entry: Maintenance) -> float:
    a_day = parse_cron(entry.cron).mean_a_day
    in_service_s = DAY_S - a_day * entry.duration
    return a_day / in_service_s if in_service_s > 0 else math.inf


def _until_lost(spans_s: float | Floats, lost_per_s: float) -> float:
    """Return the mean of the shorter of two: what jobs would take, and the time to their loss.

    1 / (1 / span + losses a second) is at most that for losses at random, as for losses at regular
    times of jobs alike that run one after the other; of other losses it is a stand-in.
    """
    if math.isinf(lost_per_s):
        return 0.0
    return float(np.mean(spans_s / (1 + lost_per_s * spans_s)))
