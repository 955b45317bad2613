"""How long a job holds its slot on a machine on average: at least that long."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.model.distributions import Distribution
from simulator.model.machines import Machine
from simulator.model.scenario import Scenario
from simulator.model.streams import Stream, Trace
from simulator.plan.adders import Adder
from simulator.plan.chain_volume import times_suspended
from simulator.plan.submitters import Submitter
from simulator.sampling.inversion import Columns, mean_s, sampler
from simulator.sampling.laws import Floats
from simulator.schedules.quartz import parse_cron
from simulator.traces.rows import TraceRows, Traces
from simulator.units import DAY_S

_LOST_WHEN_DOWN: Final = frozenset({"fault", "kill"})
_POINTS: Final = (np.arange(200) + 0.5) / 200
"""Where the distributions under a time limit are looked at, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The jobs and items of a scenario, and for how long they hold slots.

    What cannot be said exactly is taken too short, never too long: the load of a scenario is at
    least what comes of it.
    """

    scenario: Scenario
    columns: Columns
    traces: Traces

    def job_s(self, one: Submitter, machine: str) -> float:
        """Return for how long a job holds slots of a machine, all stretches of running together.

        The dispatch latency of each is among it; the items it takes from a queue are not.
        """
        template, latency_s = self.scenario.machines[machine], self.scenario.dispatch.latency
        if one.stop_after < math.inf:  # of all stretches together, so the first has to do
            held_s = latency_s + self._cut_s(one, template.duration_factor)
        else:
            held_s = latency_s + self.stretch_s(one, machine)
            held_s *= 1 + times_suspended(one.process)
        return _until_lost(held_s, _lost_per_s(template, self.columns))

    def stretch_s(self, one: Submitter, machine: str) -> float:
        """Return how long a job runs on a machine at a stretch, if nothing stops it."""
        given_s = self._given_s(one.stream)
        duration_s = mean_s(one.process.duration, self.columns) if given_s is None else given_s
        factor = self.scenario.machines[machine].duration_factor
        return mean_s(one.process.start_up, self.columns) + factor * duration_s

    def item_s(self, one: Adder, machine: str) -> float:
        """Return how long a job works at an item on a machine."""
        given_s = self._given_s(one.item.items)
        duration_s = mean_s(one.item.item_duration, self.columns) if given_s is None else given_s
        template = self.scenario.machines[machine]
        held_s = template.duration_factor * duration_s
        return _until_lost(held_s, _lost_per_s(template, self.columns))

    def trace_of(self, stream: Stream | None) -> TraceRows | None:
        """Return the trace that a stream replays; None where it is none."""
        return self.traces.get(stream.trace) if isinstance(stream, Trace) else None

    def _given_s(self, stream: Stream | None) -> float | None:
        """Return the mean of the durations that a stream's own file has; None where it has none."""
        trace = self.trace_of(stream)
        return trace.mean_duration_s if trace is not None and trace.has_durations else None

    def _cut_s(self, one: Submitter, factor: float) -> float:
        """Return the mean of a stretch of running that is stopped some day.

        Of a file's durations only the mean is known, which says nothing of what is cut.
        """
        start_ups_s = self._spread_s(one.process.start_up)
        if self._given_s(one.stream) is not None:
            return float(np.minimum(start_ups_s, one.stop_after).mean())
        durations_s = factor * self._spread_s(one.process.duration)
        spans_s = np.add.outer(start_ups_s, durations_s)
        return float(np.minimum(spans_s, one.stop_after).mean())

    def _spread_s(self, distribution: Distribution) -> Floats:
        return sampler(distribution, self.columns)(_POINTS)


def _lost_per_s(machine: Machine, columns: Columns) -> float:
    """Return how often a second the jobs of a host are ended by what befalls it."""
    failures, lost = machine.failures, 0.0
    if failures is not None and failures.running_jobs in _LOST_WHEN_DOWN:
        up_s = mean_s(failures.up, columns)
        lost += 1 / up_s if up_s else math.inf
    killing = (one for one in machine.maintenance if one.running_jobs == "kill")
    return lost + sum(parse_cron(one.cron).mean_a_day / DAY_S for one in killing)


def _until_lost(held_s: float, lost_per_s: float) -> float:
    """Return the mean of the shorter of two: what a job would take, and the time to its loss.

    That of two exponential spans, as a stand-in for any others.
    """
    return held_s / (1 + held_s * lost_per_s) if held_s else 0.0
