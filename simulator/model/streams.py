"""How often something happens: streams of arrivals as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from simulator.model.distributions import Distribution, is_always_zero, one_kind
from simulator.model.quantities import Duration, LocalTime, Part, PositiveDuration, Rate


def _takes_time(distribution: Distribution) -> Distribution:
    if is_always_zero(distribution):
        raise PydanticCustomError(
            "stream", "expected a distance longer than 0s: with none, no time would ever pass"
        )
    return distribution


Distance = Annotated[Distribution, AfterValidator(_takes_time)]
"""From one submission to the next: a distribution that lets time pass."""


class Every(Part):
    """At a fixed distance; `jitter` delays each one by a draw of its own."""

    every: PositiveDuration
    first: Duration = 0.0
    jitter: Distribution | None = None


class Poisson(Part):
    """At random, independent of each other, at a steady rate."""

    poisson: Annotated[Rate, Field(gt=0)]


class Interarrival(Part):
    """With a drawn distance from one to the next; the first comes one draw after the start."""

    interarrival: Distance


class At(Part):
    """At named local times; an instant may be named twice."""

    at: tuple[LocalTime, ...]


class ClosedLoop(Part):
    """Each of `users` comes back a think time after its own job ended."""

    users: Annotated[int, Field(ge=1, le=100_000)]
    think: Distance


KINDS: Final = ("every", "poisson", "interarrival", "at", "users")


def _checked(value: object) -> object:
    if isinstance(value, Part):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError(
            "stream", "expected a stream such as {poisson: 12 per hour} or {every: 15m}"
        )
    one_kind(value, KINDS, "stream")
    return value


def _kind(value: object) -> str | None:
    keys = value if isinstance(value, Mapping) else type(value).model_fields  # type: ignore[attr-defined]  # else a Part
    return next((kind for kind in KINDS if kind in keys), None)


Stream = Annotated[
    Annotated[Every, Tag("every")]
    | Annotated[Poisson, Tag("poisson")]
    | Annotated[Interarrival, Tag("interarrival")]
    | Annotated[At, Tag("at")]
    | Annotated[ClosedLoop, Tag("users")],
    Discriminator(_kind),
    BeforeValidator(_checked),
]
"""Any stream of arrivals."""
