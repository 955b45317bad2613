"""Which points a sweep runs: all combinations of values, or a sample that fills their ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final, Literal

from simulator.errors import Issue, ScenarioError
from simulator.experiments.varying.quantities import Quantity, Varied
from simulator.experiments.varying.ranges import MOST_VALUES, Range

Kind = Literal["grid", "latin", "sobol"]

MOST_POINTS: Final = MOST_VALUES


@dataclass(frozen=True, slots=True)
class Design:
    """Points, each a value for every path, in the order of the paths; `kind` tells how chosen."""

    kind: Kind
    paths: tuple[str, ...]
    points: tuple[tuple[str, ...], ...]

    def overrides(self, values: Sequence[str]) -> list[str]:
        """Return what sets the values of a point, each as `--set` takes it."""
        return [f"{path}={value}" for path, value in zip(self.paths, values, strict=True)]

    def told(self, values: Sequence[str]) -> str:
        """Return the values of a point with their paths, in one line."""
        return " ".join(self.overrides(values))


def grid(quantities: Sequence[Quantity]) -> Design:
    """Return all combinations of the values of some quantities, the last varying fastest.

    Raises:
        ScenarioError: there is no quantity, or there are more than `MOST_POINTS`.
    """
    _some(quantities)
    count = prod(len(one.values) for one in quantities)
    if count > MOST_POINTS:
        raise _refused(
            f"{count:,} points are more than a sweep can have, {MOST_POINTS:,}",
            "vary less, or let `--design latin --points 200` choose some that fill the ranges",
        )
    points = tuple(product(*(one.values for one in quantities)))
    return Design("grid", tuple(one.path for one in quantities), points)


def sampled(varied: Sequence[Varied], kind: Kind, points: int, seed: int) -> Design:
    """Return at most so many points that fill the ranges of some quantities evenly.

    `latin` is a Latin hypercube (McKay, Beckman & Conover 1979), improved to a low discrepancy by
    random exchanges; `sobol` a scrambled Sobol' sequence (Sobol' 1967; Owen 1998), whose balance
    asks for a power of two. A range without a step gives amounts to five digits, any other and a
    list each value as often. Points that come out alike stand once. The same for the same seed.

    Raises:
        ScenarioError: there is no quantity, or there cannot be so many points.
    """
    _some(varied)
    if points > MOST_POINTS:
        raise _refused(f"{points:,} points are more than a sweep can have, {MOST_POINTS:,}")
    if points < 1:
        raise _refused(f"{points:,} points are none to run", "a design has one at least")
    if kind not in {"latin", "sobol"}:
        raise _refused(f"no design is called {kind!r}", "there is grid, latin and sobol")
    if kind == "sobol" and points & (points - 1):
        above = 1 << points.bit_length()
        raise _refused(
            f"a Sobol' design has a power of two points, not {points:,}",
            f"take {above // 2:,} or {above:,}, or --design latin, which takes any number",
        )
    shares = _shares(kind, len(varied), points, seed)
    chosen = (
        tuple(_value(one.over, share) for one, share in zip(varied, row, strict=True))
        for row in shares
    )
    return Design(kind, tuple(one.path for one in varied), tuple(dict.fromkeys(chosen)))


def _shares(kind: Kind, quantities: int, points: int, seed: int) -> list[list[float]]:
    """Return where in the unit cube the points lie, (points, quantities)."""
    from scipy.stats import qmc  # noqa: PLC0415 - slow to import

    if kind == "sobol":
        sobol = qmc.Sobol(quantities, scramble=True, rng=seed)
        chosen = sobol.random_base2(points.bit_length() - 1)
    elif min(points, quantities) > 1:
        hypercube = qmc.LatinHypercube(quantities, optimization="random-cd", rng=seed)
        chosen = hypercube.random(points)
    else:  # there is nothing to exchange
        chosen = qmc.LatinHypercube(quantities, rng=seed).random(points)
    return [list(map(float, row)) for row in chosen]


def _value(over: Range | tuple[str, ...], share: float) -> str:
    """Return the value that stands at a share of the way through them."""
    if not isinstance(over, Range):
        return over[int(share * len(over))]
    return over.along(share) if over.count is None else over.value(int(share * over.count))


def _some(varied: Sequence[object]) -> None:
    if not varied:
        raise _refused(
            "nothing is varied", "say what, such as --vary machines.shared-vm.hosts=1..8"
        )


def _refused(message: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Issue((), message, "vary", hint)])
