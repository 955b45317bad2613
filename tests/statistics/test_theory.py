"""Closed forms beside published figures.

The figures are those of the validation cases A01-A35: closed forms worked out apart from this code
and each confirmed by an independent event simulation. Waits are in minutes there, and here.
"""

from __future__ import annotations

import math
import sys

import pytest

from simulator.statistics.theory import (
    ExponentialQueue,
    GeneralQueue,
    erlang_a,
    erlang_b,
    erlang_c,
    pollaczek_khinchine,
    priority_waits,
    regular_arrivals_root,
)

MINUTE_S = 60.0
RATE = 1 / MINUTE_S
"""One arrival a minute, in arrivals a second."""

# arrivals a minute, mean minutes, servers: share waiting, mean wait, deviation, P95, P99
EXPONENTIAL = {
    "A01": ((0.1, 8, 1), (0.8, 32, 39.19183588453086, 110.90354888959124, 175.28106538695525)),
    "A02": (
        (0.1, 20, 3),
        (0.4444444444444445, 80 / 9, 16.629588385661958, 43.69604114675322, 75.88479939543521),
    ),
    "A03": (
        (1.7, 5, 10),
        (
            0.5298613051159033,
            1.7662043503863443,
            2.9419751633755586,
            7.868640928036869,
            13.233433969483869,
        ),
    ),
    "A04b": (
        (1 / 30, 20, 2),
        (1 / 6, 2.5, 8.291561975888499, 18.05959206488902, 42.20116075140052),
    ),
}


@pytest.mark.parametrize(("queue", "figures"), EXPONENTIAL.values(), ids=EXPONENTIAL)
def test_waits_behind_exponential_durations(
    queue: tuple[float, float, int], figures: tuple[float, ...]
) -> None:
    per_minute, minutes, servers = queue
    found = ExponentialQueue(per_minute * RATE, minutes * MINUTE_S, servers)
    assert found.load == pytest.approx(per_minute * minutes)
    assert found.share_waiting == pytest.approx(figures[0])
    assert found.mean_wait_s / MINUTE_S == pytest.approx(figures[1])
    assert found.wait_deviation_s / MINUTE_S == pytest.approx(figures[2])
    assert found.wait_quantile_s(0.95) / MINUTE_S == pytest.approx(figures[3])
    assert found.wait_quantile_s(0.99) / MINUTE_S == pytest.approx(figures[4])


def test_share_over_a_threshold() -> None:
    """A02: 26.957 % wait longer than 10 minutes."""
    queue = ExponentialQueue(0.1 * RATE, 20 * MINUTE_S, 3)
    assert queue.share_over(10 * MINUTE_S) == pytest.approx(0.2695691820945037)
    assert queue.share_over(0) == queue.share_waiting


def test_quantile_is_zero_where_fewer_wait() -> None:
    """A04b: five in six do not wait at all, so the median wait is zero."""
    assert ExponentialQueue(RATE / 30, 20 * MINUTE_S, 2).wait_quantile_s(0.5) == 0


def test_smallest_fleet_for_a_p95_of_five_minutes() -> None:
    """A35: 1.2 jobs a minute of 9 minutes; 14 runtimes are the fewest, with a P95 of 4.777 min."""
    p95 = {
        servers: ExponentialQueue(1.2 * RATE, 9 * MINUTE_S, servers).wait_quantile_s(0.95) / 60
        for servers in range(11, 18)
    }
    assert min(servers for servers, minutes in p95.items() if minutes <= 5) == 14
    assert p95[12] == pytest.approx(19.121341653004507)
    assert p95[14] == pytest.approx(4.777343825487631)


def test_share_refused_where_none_may_wait() -> None:
    """A15: 10 runtimes under 8 erlangs refuse 12.166 %."""
    assert erlang_b(10, 8) == pytest.approx(0.1216610642529515)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.3), (5, 4.9), (60, 55.0)], ids=str)
def test_erlang_formulas_are_the_sums_they_stand_for(servers: int, load: float) -> None:
    """B = a^c/c! over the sum of a^k/k!, k = 0..c; C as in Gross et al., formula 2.40."""
    terms = [load**n / math.factorial(n) for n in range(servers + 1)]
    assert erlang_b(servers, load) == pytest.approx(terms[-1] / sum(terms))
    all_busy = terms[-1] / (1 - load / servers)
    assert erlang_c(servers, load) == pytest.approx(all_busy / (sum(terms[:-1]) + all_busy))


def test_withdrawal_after_an_exponential_patience() -> None:
    """A17, printed by Garnett, Mandelbaum & Reiman 2002: 3.1 % leave, mean wait 3.7 s."""
    found = erlang_a(48 * RATE, MINUTE_S, 2 * MINUTE_S, 50)
    assert found.share_withdrawn == pytest.approx(0.03091224916219337)
    assert found.mean_wait_s / MINUTE_S == pytest.approx(0.06182449832438674)
    assert found.share_waiting == pytest.approx(0.4677740685537912)


def test_endless_patience_is_erlang_c() -> None:
    """Nobody leaves: the share that waits and the mean wait are those of M/M/3 (A02)."""
    found = erlang_a(0.1 * RATE, 20 * MINUTE_S, 1e12, 3)
    assert found.share_waiting == pytest.approx(4 / 9)
    assert found.mean_wait_s / MINUTE_S == pytest.approx(80 / 9)


def test_patience_settles_an_overload() -> None:
    """Twice the capacity, with a long patience: half of all must leave."""
    assert erlang_a(2.0, 1.0, 3600.0, 1).share_withdrawn == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("per_minute", "minutes", "scv", "expected"),
    [
        (0.1, 8, 1, 32),
        (0.1, 8, 0, 16),
        (0.05, 12, 1.5**2, 29.25),
        (0.07, 10, 0.25, 14.583333333333336),
        (0.09, 8, 256 / 64 - 1, 41.14285714285712),
    ],
    ids=["A01 exponential", "A05 fixed", "A07 lognormal", "A08 gamma", "A09 hyperexponential"],
)
def test_one_server_under_any_law(
    per_minute: float, minutes: float, scv: float, expected: float
) -> None:
    found = pollaczek_khinchine(per_minute * RATE, minutes * MINUTE_S, scv)
    assert found / MINUTE_S == pytest.approx(expected)


@pytest.mark.parametrize("scv", [0.0, 0.5, 1.0, 4.0])
def test_a_general_queue_is_exact_on_one_server(scv: float) -> None:
    """Random arrivals and any durations, Pollaczek-Khinchine: the variation is (1 + scv) / 2."""
    queue = GeneralQueue(1, 0.8, 10.0, (1 + scv) / 2)
    assert queue.mean_wait_s == pytest.approx(pollaczek_khinchine(0.08, 10.0, scv))


def test_a_general_queue_of_exponential_laws_is_an_exponential_queue() -> None:
    general, exact = GeneralQueue(14, 10.8, 540.0), ExponentialQueue(1 / 50, 540.0, 14)
    assert general.share_waiting == exact.share_waiting
    assert general.mean_wait_s == pytest.approx(exact.mean_wait_s)
    assert general.share_over(60.0) == pytest.approx(exact.share_over(60.0))


def test_where_nothing_varies_nobody_waits() -> None:
    queue = GeneralQueue(2, 1.9, 10.0, 0.0)
    assert (queue.share_waiting, queue.mean_wait_s, queue.share_over(0.0)) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("per_minute", "minutes", "servers", "expected"),
    [
        ((1 / 300, 0.01, 0.02), 20, 1, (14.285714285714285, 19.48051948051948, 54.545454545454525)),
        (
            (1 / 300, 0.01, 0.02),
            20,
            2,
            (1.7241379310344824, 1.989389920424403, 2.8846153846153837),
        ),
        ((0.2, 0.25), 10, 5, (2.5416440691097852, 25.416440691097858)),
    ],
    ids=["A11", "A12", "A13"],
)
def test_waits_by_priority(
    per_minute: tuple[float, ...], minutes: float, servers: int, expected: tuple[float, ...]
) -> None:
    rates = [rate * RATE for rate in per_minute]
    found = priority_waits(rates, minutes * MINUTE_S, servers)
    assert [wait / MINUTE_S for wait in found] == pytest.approx(expected)


def test_regular_arrivals() -> None:
    """A27: a job each 10 minutes, exponential of mean 8: 62.863 % wait, 13.542 min on average."""
    root = regular_arrivals_root(0.8)
    assert root == pytest.approx(0.6286297964969213)
    assert 8 * root / (1 - root) == pytest.approx(13.541846719255302)


@pytest.mark.parametrize("load", [0.05, 0.5, 0.99], ids=str)
def test_root_solves_its_equation(load: float) -> None:
    root = regular_arrivals_root(load)
    assert root == pytest.approx(math.exp((root - 1) / load), rel=1e-9)
    assert 0 < root < 1


def test_nothing_arrives_nothing_waits() -> None:
    assert regular_arrivals_root(0.0) == 0
    assert erlang_c(3, 0.0) == 0
    assert sys.float_info.min > regular_arrivals_root(0.001) >= 0


def test_overload_has_no_steady_state() -> None:
    for ask in (
        lambda: erlang_c(2, 2.0),
        lambda: ExponentialQueue(0.5, 5.0, 2),
        lambda: pollaczek_khinchine(1.0, 1.0, 1.0),
        lambda: priority_waits((0.5, 0.6), 1.0, 1),
        lambda: regular_arrivals_root(1.0),
    ):
        with pytest.raises(ValueError, match="no steady state"):
            ask()
