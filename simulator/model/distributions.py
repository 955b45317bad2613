"""How long something takes: distributions as data. `simulator.sampling` draws from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.kinds import by_kind, one_kind
from simulator.model.quantities import (
    DURATION_PATTERN,
    Duration,
    Part,
    PositiveDuration,
    Share,
    shown,
)

Positive = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]
"""A pure number above zero, such as a coefficient of variation."""


class Truncated(Part):
    """Any distribution may be cut: values outside are drawn again, not moved to the edge."""

    at_least: Duration | None = None
    """No draw is shorter."""

    at_most: Duration | None = None
    """No draw is longer."""

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Truncated:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise PydanticCustomError("bounds", "at_least is above at_most")
        return self


class Constant(Truncated):
    """Always the same, `{constant: 6m}`; a bare duration means this."""

    constant: Duration


class Exponential(Truncated):
    """Memoryless, by its mean: `{exponential: 6m}`."""

    exponential: PositiveDuration


class Uniform(Truncated):
    """Anything between two bounds, equally likely: `{uniform: [4m, 8m]}`."""

    uniform: tuple[Duration, Duration]

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.uniform[0] > self.uniform[1]:
            raise PydanticCustomError("bounds", "uniform: the first bound is above the second")
        return self


class Triangular(Truncated):
    """Lowest, most likely, highest: `{triangular: [2m, 5m, 11m]}`."""

    triangular: tuple[Duration, Duration, Duration]

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        low, mode, high = self.triangular
        if not low <= mode <= high:
            raise PydanticCustomError("bounds", "triangular: expected [low, mode, high] in order")
        return self


class MeanCv(Part):
    """By the mean and the coefficient of variation."""

    mean: PositiveDuration
    """The mean."""

    cv: Positive
    """The coefficient of variation: standard deviation over mean."""


class MedianP95(Part):
    """By the median and a high quantile."""

    median: PositiveDuration
    """Half of the draws are shorter."""

    p95: PositiveDuration
    """95 % of the draws are shorter."""

    @model_validator(mode="after")
    def _ordered(self) -> MedianP95:
        if self.median >= self.p95:
            raise PydanticCustomError("bounds", "p95 must be above the median")
        return self


def _lognormal_form(value: object) -> str:
    return "by_median" if isinstance(value, dict) and "median" in value else "by_mean"


class Lognormal(Truncated):
    """Skewed and positive, as durations of attended work often are.

    `{lognormal: {mean: 6m, cv: 0.8}}` or `{lognormal: {median: 5m, p95: 15m}}`.
    """

    lognormal: Annotated[
        Annotated[MeanCv, Tag("by_mean")] | Annotated[MedianP95, Tag("by_median")],
        Discriminator(_lognormal_form),
    ]


class Gamma(Truncated):
    """Skewed and positive, with a lighter tail than lognormal: `{gamma: {mean: 6m, cv: 0.5}}`."""

    gamma: MeanCv


class MeanK(Part):
    """By the mean and the number of stages."""

    mean: PositiveDuration
    """The mean of the sum."""

    k: Annotated[int, Field(ge=1, le=10_000)]
    """The number of exponential stages."""


class Erlang(Truncated):
    """A sum of k equal exponential stages: `{erlang: {mean: 6m, k: 3}}`."""

    erlang: MeanK


class MeanShape(Part):
    """By the mean and the Weibull shape."""

    mean: PositiveDuration
    """The mean."""

    shape: Annotated[float, Field(gt=0.05, le=1000, allow_inf_nan=False)]
    """Below 1 the tail is heavy, above 1 light."""


class Weibull(Truncated):
    """With a tail as heavy as its shape says: `{weibull: {mean: 6m, shape: 1.5}}`."""

    weibull: MeanShape


def _adds_up(shares: tuple[float, ...]) -> None:
    if not math.isclose(sum(shares), 1, abs_tol=1e-9):
        raise PydanticCustomError(
            "shares", "shares must add up to 1, these add up to {total}", {"total": sum(shares)}
        )


class SharesMeans(Part):
    """Exponential parts, by share and mean."""

    shares: Annotated[tuple[Share, ...], Field(min_length=1, max_length=1000)]
    """The share of each part; together 1."""

    means: Annotated[tuple[PositiveDuration, ...], Field(min_length=1, max_length=1000)]
    """The mean of each part, as many as shares."""

    @model_validator(mode="after")
    def _pairs(self) -> SharesMeans:
        if len(self.shares) != len(self.means):
            raise PydanticCustomError("shares", "expected as many shares as means")
        _adds_up(self.shares)
        return self


class Hyperexponential(Truncated):
    """Mostly short, some long: a mixture of exponentials.

    `{hyperexponential: {shares: [90%, 10%], means: [2m, 40m]}}`.
    """

    hyperexponential: SharesMeans


class MixturePart(Part):
    """One part of a mixture."""

    share: Share
    """How many of the draws come from this part; all parts together 1."""

    of: Distribution
    """What they are drawn from."""


class Mixture(Truncated):
    """With each share, a draw from that part.

    `{mixture: [{share: 70%, of: 3m}, {share: 30%, of: {exponential: 20m}}]}`.
    """

    mixture: Annotated[tuple[MixturePart, ...], Field(min_length=1, max_length=1000)]

    @model_validator(mode="after")
    def _shares_add_up(self) -> Mixture:
        _adds_up(tuple(part.share for part in self.mixture))
        return self


class FileColumn(Part):
    """A column of a CSV file."""

    file: str
    """The file, in the scenario's folder or below it."""

    column: str
    """The column, by its heading; numbers are seconds, text has units."""


class Empirical(Truncated):
    """One of the observed values, each equally likely.

    `{empirical: [3m, 4m, 4m, 9m]}` or `{empirical: {file: durations.csv, column: duration}}`.
    """

    empirical: Annotated[tuple[Duration, ...], Field(min_length=1)] | FileColumn


class ByOf(Part):
    """A distance and what is moved by it."""

    by: Duration
    """The fixed span on top."""

    of: Distribution
    """What is drawn."""


class Shifted(Truncated):
    """A draw plus a fixed span: `{shifted: {by: 30s, of: {exponential: 5m}}}`."""

    shifted: ByOf


KINDS: Final = (
    "constant",
    "exponential",
    "uniform",
    "triangular",
    "lognormal",
    "gamma",
    "erlang",
    "weibull",
    "hyperexponential",
    "mixture",
    "empirical",
    "shifted",
)


def _as_mapping(value: object) -> object:
    if isinstance(value, str):
        return {"constant": value}
    if not isinstance(value, Mapping):
        if isinstance(value, Part):
            return value
        raise PydanticCustomError(
            "distribution",
            "expected a duration such as '15m' or a distribution such as {exponential: 15m}, "
            "got {got}",
            {"got": shown(value)},
        )
    one_kind(value, KINDS, "distribution")
    return value


def _or_a_duration(schema: dict[str, Any]) -> None:
    """Let the JSON schema take a bare duration too, as `_as_mapping` does."""
    schema["oneOf"].append({"type": "string", "pattern": DURATION_PATTERN})


Distribution = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Erlang, Tag("erlang")]
    | Annotated[Weibull, Tag("weibull")]
    | Annotated[Hyperexponential, Tag("hyperexponential")]
    | Annotated[Mixture, Tag("mixture")]
    | Annotated[Empirical, Tag("empirical")]
    | Annotated[Shifted, Tag("shifted")],
    by_kind(KINDS),
    BeforeValidator(_as_mapping),
    Field(json_schema_extra=_or_a_duration),
]
"""Any distribution of a time span; a bare duration means constant."""


def is_always_zero(distribution: Distribution) -> bool:
    """Return whether every draw is 0 s, so that a stream of it would never let time pass."""
    zero = distribution.at_most == 0
    match distribution:
        case Constant(constant=value):
            zero = value == 0
        case Uniform(uniform=bounds) | Triangular(triangular=bounds):
            zero |= bounds[-1] == 0
        case Empirical(empirical=tuple() as values):
            zero |= not any(values)
        case Mixture(mixture=parts):
            zero |= all(is_always_zero(part.of) for part in parts if part.share)
        case Shifted(shifted=moved):
            zero |= moved.by == 0 and is_always_zero(moved.of)
    return zero


for _model in (MixturePart, ByOf, Mixture, Shifted):
    _model.model_rebuild()

AT_ONCE: Final = Constant.model_validate({"constant": "0s"})
"""What takes no time."""
