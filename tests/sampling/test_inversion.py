"""Draws follow their laws exactly, whole or cut by bounds, at one uniform a draw."""

from __future__ import annotations

import math
import pickle
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from simulator.model.distributions import Distribution
from simulator.sampling.inversion import mean_s, problem, sampler
from simulator.sampling.streams import generator
from simulator.units import GRID_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy.stats.distributions import rv_frozen

    from simulator.sampling.laws import Floats

Written: TypeAlias = dict[str, object]
READ = TypeAdapter(Distribution).validate_python
HALF_GRID = 0.5 / GRID_PER_SECOND
SIGMA = math.sqrt(math.log(1 + 0.8**2))
NARROW = math.sqrt(math.log(1 + 0.2**2))

# The language's kinds beside the same laws of SciPy, in seconds.
SMOOTH = {
    "exponential": ({"exponential": "5m"}, stats.expon(scale=300)),
    "uniform": ({"uniform": ["2m", "5m"]}, stats.uniform(120, 180)),
    "triangular": ({"triangular": ["1m", "2m", "9m"]}, stats.triang(60 / 480, 60, 480)),
    "rising": ({"triangular": ["1m", "9m", "9m"]}, stats.triang(1, 60, 480)),
    "falling": ({"triangular": ["1m", "1m", "9m"]}, stats.triang(0, 60, 480)),
    "lognormal": (
        {"lognormal": {"mean": "6m", "cv": 0.8}},
        stats.lognorm(SIGMA, scale=360 * math.exp(-(SIGMA**2) / 2)),
    ),
    "lognormal by median": (
        {"lognormal": {"median": "4m", "p95": "20m"}},
        stats.lognorm(math.log(5) / stats.norm.ppf(0.95), scale=240),
    ),
    "gamma": ({"gamma": {"mean": "12m", "cv": 0.5}}, stats.gamma(4, scale=180)),
    "spiky gamma": ({"gamma": {"mean": "12m", "cv": 2}}, stats.gamma(0.25, scale=2880)),
    "erlang": ({"erlang": {"mean": "6m", "k": 3}}, stats.gamma(3, scale=120)),
    "weibull": (
        {"weibull": {"mean": "6m", "shape": 0.7}},
        stats.weibull_min(0.7, scale=360 / math.gamma(1 + 1 / 0.7)),
    ),
    "steep weibull": (
        {"weibull": {"mean": "6m", "shape": 4}},
        stats.weibull_min(4, scale=360 / math.gamma(1.25)),
    ),
}
BOUNDS = {
    "middle": ("150s", "290s"),
    "below": (None, "3m"),
    "above": ("4m", None),
    "narrow": ("200s", "201s"),
}
HYPER = {"hyperexponential": {"shares": [0.8, 0.2], "means": ["4m", "24m"]}}
MIXED = {
    "mixture": [
        {"share": 0.5, "of": {"exponential": "4m", "at_most": "6m"}},
        {"share": 0.3, "of": {"shifted": {"by": "3m", "of": {"uniform": ["0s", "4m"]}}}},
        {"share": 0.2, "of": "5m"},
    ]
}
smooth = pytest.mark.parametrize(("written", "law"), SMOOTH.values(), ids=SMOOTH)


def cut(written: Written, low: str | None, high: str | None) -> Distribution:
    bounds = {"at_least": low, "at_most": high}
    return READ(written | {name: bound for name, bound in bounds.items() if bound})


def even_uniforms(count: int = 100_000) -> Floats:
    return (np.arange(count) + 0.5) / count


@smooth
def test_quantiles_are_those_of_the_law(written: Written, law: rv_frozen) -> None:
    levels = np.array([1e-12, 1e-6, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1 - 1e-6, 1 - 1e-12])
    drawn = sampler(READ(written))(levels)
    assert drawn == pytest.approx(law.ppf(levels), rel=1e-9, abs=HALF_GRID)


@smooth
def test_draws_pass_kolmogorov_smirnov(written: Written, law: rv_frozen) -> None:
    drawn = sampler(READ(written))(generator(11, 0, "test", "draws").random(5000))
    assert stats.kstest(drawn, law.cdf).pvalue > 0.001


@smooth
def test_mean_is_that_of_the_law(written: Written, law: rv_frozen) -> None:
    assert mean_s(READ(written)) == pytest.approx(law.mean(), rel=1e-12)


@pytest.mark.parametrize(("low", "high"), BOUNDS.values(), ids=BOUNDS)
@smooth
def test_truncated_draws_follow_the_conditional_law(
    written: Written, law: rv_frozen, low: str | None, high: str | None
) -> None:
    distribution = cut(written, low, high)
    levels = even_uniforms(500)
    from_s = distribution.at_least or 0.0
    to_s = distribution.at_most or math.inf
    expected = law.ppf(law.cdf(from_s) + levels * (law.cdf(to_s) - law.cdf(from_s)))
    drawn = sampler(distribution)(levels)
    assert drawn == pytest.approx(expected, rel=1e-9, abs=HALF_GRID)
    assert drawn.min() >= from_s
    assert drawn.max() <= to_s


@pytest.mark.parametrize(("low", "high"), BOUNDS.values(), ids=BOUNDS)
@smooth
def test_truncated_mean_is_the_integral_of_the_survival_function(
    written: Written, law: rv_frozen, low: str | None, high: str | None
) -> None:
    """E[X | a <= X <= b] is a plus the integral of P(X > x | a <= X <= b) from a to b."""
    distribution = cut(written, low, high)
    from_s = distribution.at_least or 0.0
    to_s = distribution.at_most or law.isf(1e-14)
    at_s = from_s + (to_s - from_s) * even_uniforms()
    mass = law.cdf(to_s) - law.cdf(from_s)
    above = (law.cdf(to_s) - law.cdf(at_s)) / mass
    expected = from_s + (to_s - from_s) * above.mean()
    assert mean_s(distribution) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("written", "survival"),
    [
        ({"exponential": "1m"}, stats.expon(scale=60).sf),
        ({"erlang": {"mean": "6m", "k": 3}}, stats.gamma(3, scale=120).sf),
        (
            {"lognormal": {"mean": "6m", "cv": 0.2}},
            stats.lognorm(NARROW, scale=360 * math.exp(-(NARROW**2) / 2)).sf,
        ),
        (HYPER, lambda x: 0.8 * np.exp(-x / 240) + 0.2 * np.exp(-x / 1440)),
    ],
    ids=["exponential", "erlang", "lognormal", "hyperexponential"],
)
def test_far_tail_keeps_its_digits(written: Written, survival: Callable[[Floats], Floats]) -> None:
    """Beyond 2 h lies less than 1e-16 of most of these, so a plain 1 - F would be zero there."""
    levels = even_uniforms(200)
    drawn = np.sort(sampler(cut(written, "2h", None))(levels))
    distance = np.abs(survival(drawn) / survival(7200.0) - (1 - levels)).max()
    assert distance < (0.01 if written is HYPER else 1e-6)


@pytest.mark.parametrize("bounds", [(0.0, math.inf), (150.0, 400.0), (290.0, 310.0)], ids=str)
def test_mixture_between_bounds_weighs_its_parts_by_what_is_left_of_them(
    bounds: tuple[float, float],
) -> None:
    """The law of MIXED, written out; its empirical form of 100,000 even uniforms is that close."""
    low_s, high_s = bounds

    def below(x: Floats | float) -> Floats:
        exponential = np.expm1(-np.minimum(x, 360) / 240) / np.expm1(-1.5)
        return 0.5 * exponential + 0.3 * np.clip((x - 180) / 240, 0, 1) + 0.2 * (x >= 300)

    high = None if math.isinf(high_s) else f"{high_s:.0f}s"
    drawn = np.sort(sampler(cut(MIXED, f"{low_s:.0f}s", high))(even_uniforms()))
    at_s = np.unique(drawn)
    share = np.searchsorted(drawn, at_s, "right") / drawn.size
    expected = (below(at_s) - below(low_s)) / (below(min(high_s, 1e9)) - below(low_s))
    assert np.abs(share - expected).max() < 1e-4
    assert mean_s(cut(MIXED, f"{low_s:.0f}s", high)) == pytest.approx(drawn.mean(), rel=1e-5)


def test_hyperexponential_has_the_mean_and_deviation_of_its_parts() -> None:
    """Mean 0.8·4 + 0.2·24 = 8 min; E[X²] = 2(0.8·16 + 0.2·576) = 256 min²: deviation 13.856 min."""
    assert mean_s(READ(HYPER)) == pytest.approx(480, rel=1e-12)
    drawn = sampler(READ(HYPER))(even_uniforms()) / 60
    assert drawn.mean() == pytest.approx(8, rel=1e-3)
    assert drawn.std() == pytest.approx(math.sqrt(192), rel=1e-2)


@pytest.mark.parametrize(
    ("written", "low", "high", "expected"),
    [
        ({"constant": "5m"}, None, None, [300]),
        ({"uniform": ["5m", "5m"]}, None, None, [300]),
        ({"triangular": ["5m", "5m", "5m"]}, None, None, [300]),
        ({"gamma": {"mean": "5m", "cv": 1e-300}}, None, None, [300]),
        ({"lognormal": {"mean": "5m", "cv": 1e-300}}, None, None, [300]),
        ({"empirical": ["3s", "1s", "2s", "2s"]}, None, None, [1, 2, 2, 3]),
        ({"empirical": ["3s", "1s", "2s", "2s"]}, "2s", None, [2, 2, 3]),
        ({"empirical": {"file": "past.csv", "column": "seconds"}}, None, "8s", [7, 8]),
        ({"shifted": {"by": "1m", "of": {"empirical": ["1s", "2s", "3s"]}}}, "62s", None, [62, 63]),
        ({"shifted": {"by": "1m", "of": {"empirical": ["1s", "9s"]}}}, "30s", "65s", [61]),
    ],
    ids=lambda part: str(part) if isinstance(part, dict) else "",
)
def test_values_are_drawn_equally_often(
    written: Written, low: str | None, high: str | None, expected: list[float]
) -> None:
    columns = {("past.csv", "seconds"): (9.0, 7.0, 8.0)}
    distribution = cut(written, low, high)
    uniforms = (np.arange(len(expected)) + 0.5) / len(expected)
    assert sampler(distribution, columns)(uniforms).tolist() == expected
    assert mean_s(distribution, columns) == pytest.approx(np.mean(expected))


EVERY_KIND = {name: written for name, (written, _) in SMOOTH.items()} | {
    "constant": {"constant": "5m"},
    "hyperexponential": HYPER,
    "mixture": MIXED,
    "empirical": {"empirical": ["100s", "5m"]},
    "shifted": {"shifted": {"by": "1m", "of": MIXED}, "at_most": "6m"},
    "widest lognormal": {"lognormal": {"median": "1ms", "p95": "5000w"}},
    "widest gamma": {"gamma": {"mean": "5000w", "cv": 1e6}},
    "heaviest weibull": {"weibull": {"mean": "5000w", "shape": 0.0501}},
    "narrowest gamma": {"gamma": {"mean": "6m", "cv": 1e-16}},
    "narrowest weibull": {"weibull": {"mean": "6m", "shape": 1000}},
}
every_kind = pytest.mark.parametrize("written", EVERY_KIND.values(), ids=EVERY_KIND)


@every_kind
def test_each_draw_is_made_of_one_uniform(written: Written) -> None:
    uniforms = generator(3, 0, "test", "draws").random(200)
    draw = sampler(READ(written))
    assert [draw(uniforms[n : n + 1])[0] for n in range(200)] == draw(uniforms).tolist()
    assert draw(np.empty(0)).shape == (0,)


@every_kind
def test_draws_are_finite_and_on_the_grid_to_the_last_uniform(written: Written) -> None:
    edges = np.array([0.0, 5e-324, 2.0**-53, 0.5, 1 - 2.0**-53])
    drawn = sampler(READ(written))(edges)
    assert np.isfinite(drawn).all()
    assert (drawn >= 0).all()
    assert np.array_equal(drawn * GRID_PER_SECOND, np.rint(drawn * GRID_PER_SECOND))


@every_kind
def test_a_sampler_can_be_sent_to_a_worker(written: Written) -> None:
    draw = sampler(READ(written))
    uniforms = even_uniforms(50)
    assert np.array_equal(pickle.loads(pickle.dumps(draw))(uniforms), draw(uniforms))  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"exponential": "5m", "at_least": "1h"}, ""),
        (
            {"uniform": ["1m", "2m"], "at_least": "1h"},
            "nothing of it lies at or above at_least 1h; widen the bounds",
        ),
        (
            {"constant": "5m", "at_most": "1m"},
            "nothing of it lies at or below at_most 1m; widen the bounds",
        ),
        (
            {"empirical": ["1s", "9s"], "at_least": "2s", "at_most": "3s"},
            "nothing of it lies between at_least 2s and at_most 3s; widen the bounds",
        ),
        (
            {"mixture": [{"share": 1, "of": {"constant": "5m", "at_most": "1m"}}]},
            "nothing of it lies at or below at_most 1m; widen the bounds",
        ),
        ({"exponential": "1s", "at_least": "1s", "at_most": "1s"}, "between at_least 1s"),
        ({"empirical": {"file": "past.csv", "column": "none"}}, "'none' of past.csv holds no"),
    ],
    ids=["fine", "above", "below", "between", "in a part", "a point", "no values"],
)
def test_problem_says_why_nothing_can_be_drawn(written: Written, expected: str) -> None:
    columns = {("past.csv", "none"): ()}
    said = problem(READ(written), columns)
    assert expected in said
    assert bool(said) == bool(expected)
    if expected:
        with pytest.raises(ValueError, match=r"nothing|no value"):
            sampler(READ(written), columns)


def test_a_part_without_anything_between_the_outer_bounds_is_never_drawn() -> None:
    parts = [{"share": 0.99, "of": "1m"}, {"share": 0.01, "of": "1h"}]
    drawn = sampler(cut({"mixture": parts}, "2m", None))(even_uniforms(100))
    assert set(drawn.tolist()) == {3600.0}
