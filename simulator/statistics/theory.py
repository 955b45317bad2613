"""Closed forms of queueing theory, to check simulations against and to make first guesses.

Jobs arrive at random (Poisson) unless said otherwise, at `arrival_rate` a second; durations are in
seconds; `load` is the mean number of jobs that would run if none had to wait: arrival rate times
mean duration (erlangs). Where a textbook is named: Gross, Shortle, Thompson & Harris,
"Fundamentals of Queueing Theory", 4th ed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

NEGLIGIBLE: Final = 1e-18
"""What adds less than this share to a sum of positive terms ends it."""


def erlang_b(servers: int, load: float) -> float:
    """Return the share of jobs that find all servers busy where none may wait.

    By the recursion over servers, which never leaves 0..1. The law of the durations does not
    matter. Source: Erlang 1917; Gross et al., section 2.5.
    """
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Return the share of jobs that wait, with exponential durations and unlimited waiting.

    Source: Erlang 1917; Gross et al., section 2.4.

    Raises:
        ValueError: the load is not below the number of servers.
    """
    _check_stable(servers, load)
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def _check_stable(servers: int, load: float) -> None:
    if load >= servers:
        raise ValueError(
            f"a load of {load:g} on {servers} servers has no steady state: waits grow without end; "
            "add servers or take work away"
        )


@dataclass(frozen=True, slots=True)
class ExponentialQueue:
    """M/M/c: exponential durations on equal servers, first come first served.

    A job waits with probability C (Erlang C), and then for an exponential time of rate cμ - λ.
    Source: Gross et al., section 2.3.

    Raises:
        ValueError: the load is not below the number of servers.
    """

    arrival_rate: float
    mean_duration_s: float
    servers: int

    def __post_init__(self) -> None:
        _check_stable(self.servers, self.load)

    @property
    def load(self) -> float:
        """Return the mean number of jobs running."""
        return self.arrival_rate * self.mean_duration_s

    @property
    def share_waiting(self) -> float:
        """Return the share of jobs that wait at all."""
        return erlang_c(self.servers, self.load)

    @property
    def mean_wait_if_any_s(self) -> float:
        """Return the mean wait of those that wait, in seconds."""
        return self.mean_duration_s / (self.servers - self.load)

    @property
    def mean_wait_s(self) -> float:
        """Return the mean wait of all jobs, in seconds."""
        return self.share_waiting * self.mean_wait_if_any_s

    @property
    def wait_deviation_s(self) -> float:
        """Return the standard deviation of the wait of all jobs, in seconds."""
        waiting = self.share_waiting
        return self.mean_wait_if_any_s * math.sqrt(waiting * (2 - waiting))

    def share_over(self, threshold_s: float) -> float:
        """Return the share of jobs that wait longer than `threshold_s`."""
        return self.share_waiting * math.exp(-threshold_s / self.mean_wait_if_any_s)

    def wait_quantile_s(self, level: float) -> float:
        """Return the wait that a share `level` of all jobs does not exceed, in seconds."""
        waiting = self.share_waiting
        return self.mean_wait_if_any_s * math.log(max(waiting / (1 - level), 1.0))


@dataclass(frozen=True, slots=True)
class GeneralQueue:
    """G/G/c, approximately: the waits of M/M/c, scaled by how irregular jobs come and last.

    `variation` is the mean of two squared coefficients of variation, of the times between arrivals
    and of the durations: 1 for an exponential queue, and nobody waits at 0. As many jobs wait, and
    those that do for a time that is longer by that factor.
    Source: Allen & Cunneen, in Allen, "Probability, Statistics, and Queueing Theory", 2nd ed. 1990;
    Kingman 1962, "On queues in heavy traffic", Journal of the Royal Statistical Society B 24.

    Raises:
        ValueError: the load is not below the number of servers.
    """

    servers: int
    load: float
    mean_duration_s: float
    variation: float = 1.0

    @property
    def share_waiting(self) -> float:
        """Return the share of jobs that wait at all."""
        return erlang_c(self.servers, self.load) if self.variation else 0.0

    @property
    def mean_wait_s(self) -> float:
        """Return the mean wait of all jobs, in seconds."""
        return self.share_waiting * self._if_any_s

    def share_over(self, threshold_s: float) -> float:
        """Return the share of jobs that wait longer than `threshold_s`."""
        share = self.share_waiting
        return share * math.exp(-threshold_s / self._if_any_s) if share else 0.0

    @property
    def _if_any_s(self) -> float:
        """Return the mean wait of those that wait, in seconds."""
        return self.variation * self.mean_duration_s / (self.servers - self.load)


@dataclass(frozen=True, slots=True)
class ImpatientQueue:
    """What `erlang_a` returns: shares of all jobs, and the mean time Pending of all jobs."""

    share_waiting: float
    share_withdrawn: float
    mean_wait_s: float


def erlang_a(
    arrival_rate: float, mean_duration_s: float, mean_patience_s: float, servers: int
) -> ImpatientQueue:
    """Return what becomes of jobs that are withdrawn after an exponential time Pending (M/M/c+M).

    There is a steady state under any load. The mean wait counts the time of withdrawn jobs too.
    The recursion of `erlang_b` goes on beyond the servers: it cuts the birth-death chain off at one
    more Pending job each time, until that state is too unlikely to matter.
    Source: Palm 1946; Garnett, Mandelbaum & Reiman 2002, "Designing a call center with impatient
    customers", Manufacturing & Service Operations Management 4.
    """
    last = waiting = erlang_b(servers, arrival_rate * mean_duration_s)
    pending, number = 0.0, 0
    while last * (number + 1) > NEGLIGIBLE * (waiting + pending):
        number += 1
        leaving_rate = servers / mean_duration_s + number / mean_patience_s
        last = arrival_rate * last / (leaving_rate + arrival_rate * last)
        waiting += last * (1 - waiting)
        pending += last * (number - pending)
    mean_wait_s = pending / arrival_rate
    return ImpatientQueue(waiting, mean_wait_s / mean_patience_s, mean_wait_s)


def pollaczek_khinchine(arrival_rate: float, mean_duration_s: float, scv: float) -> float:
    """Return the mean wait in seconds on one server, whatever the law of the durations (M/G/1).

    `scv` is their squared coefficient of variation. Source: Pollaczek 1930, Khinchine 1932; Gross
    et al., section 5.1.

    Raises:
        ValueError: the load is not below 1.
    """
    load = arrival_rate * mean_duration_s
    _check_stable(1, load)
    return load * mean_duration_s * (1 + scv) / (2 * (1 - load))


def priority_waits(
    arrival_rates: Sequence[float], mean_duration_s: float, servers: int
) -> tuple[float, ...]:
    """Return the mean wait of each priority class in seconds, the class served first coming first.

    Exponential durations with one mean for all classes, equal servers, nobody interrupted.
    Source: Cobham 1954, "Priority assignment in waiting line problems", Operations Research 2;
    Kella & Yechiali 1985, "Waiting times in the non-preemptive priority M/M/c queue", Stochastic
    Models 1.

    Raises:
        ValueError: the load of all classes is not below the number of servers.
    """
    waiting = erlang_c(servers, sum(arrival_rates) * mean_duration_s)
    share = mean_duration_s / servers
    taken = accumulate((rate * share for rate in arrival_rates), initial=0.0)
    return tuple(waiting * share / ((1 - above) * (1 - upto)) for above, upto in pairwise(taken))


def regular_arrivals_root(load: float) -> float:
    """Return the share of jobs that wait where jobs come at a fixed distance, on one server: D/M/1.

    It is the root r below 1 of r = exp(-(1 - r) / load), found by Lambert's W function. The wait of
    those that wait is exponential with mean m / (1 - r), m being the mean duration; so the mean of
    all is m r / (1 - r).
    Source: Gross et al., section 5.3 (G/M/1); Kleinrock, "Queueing Systems", vol. 1, ch. 6.

    Raises:
        ValueError: the load is not below 1.
    """
    _check_stable(1, load)
    if load <= 0:
        return 0.0
    from scipy.special import lambertw  # noqa: PLC0415 - slow to import, and used here alone

    return -load * float(lambertw(-math.exp(-1 / load) / load).real)
