"""How often something happens: streams of arrivals as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, Tag
from pydantic_core import PydanticCustomError

from simulator.model.distributions import Distribution, is_always_zero
from simulator.model.kinds import by_kind, one_kind
from simulator.model.profiles import WeeklyRates
from simulator.model.quantities import Duration, LocalTime, Name, Part, PositiveDuration, Rate


def _takes_time(distribution: Distribution) -> Distribution:
    if is_always_zero(distribution):
        raise PydanticCustomError(
            "stream", "expected a distance longer than 0s: with none, no time would ever pass"
        )
    return distribution


Distance = Annotated[Distribution, AfterValidator(_takes_time)]
"""From one submission to the next: a distribution that lets time pass."""


class Every(Part):
    """At a fixed distance: `{every: 15m, first: 5m, jitter: {uniform: [0s, 30s]}}`."""

    every: PositiveDuration
    """The distance from one to the next."""

    first: Duration = 0.0
    """From the start of the run to the first."""

    jitter: Distribution | None = None
    """Delays each one by a draw of its own."""


class Poisson(Part):
    """At random, independent of each other, at a steady rate: `{poisson: 12 per hour}`."""

    poisson: Rate


class Interarrival(Part):
    """With a drawn distance from one to the next; the first comes one draw after the start.

    `{interarrival: {gamma: {mean: 5m, cv: 2}}}`.
    """

    interarrival: Distance


class At(Part):
    """At named local times, which may recur: `{at: [2026-03-02T08:00, 2026-03-03T08:30]}`."""

    at: tuple[LocalTime, ...]


class Profile(Part):
    """At random, at a rate that follows the hours of the week in the tenant's zone.

    `{profile: {mon-fri: {"09:00-17:00": 30 per hour}, sat: {"10:00-12:00": 5 per hour}}}`: a
    non-homogeneous Poisson process.
    """

    profile: WeeklyRates
    """The rate in each span of hours of each day; hours that are not named have none."""

    calendar: Name | None = None
    """A calendar on whose days nothing comes."""


class Trace(Part):
    """As a CSV file has it: `{trace: jobs.csv}`."""

    trace: Name
    """The file, with a column `submitted_at`: local times, times with an offset, or seconds from
    the start of the run, in order. A column `duration_s` stands for the duration, a column
    `priority` for the priority.
    """


class ClosedLoop(Part):
    """Each of the users comes back a think time after his own job ended.

    `{users: 6, think: {exponential: 1h}}`.
    """

    users: Annotated[int, Field(ge=1, le=100_000)]
    """The number of users."""

    think: Distance
    """The think time."""


OPEN_KINDS: Final = ("every", "poisson", "interarrival", "at", "profile", "trace")
"""Those that do not wait for what became of what they brought."""

KINDS: Final = (*OPEN_KINDS, "users")


def checked_stream(value: object) -> object:
    """Check that a value is a stream, or a mapping that names exactly one kind.

    Raises:
        PydanticCustomError: it is neither.
    """
    if isinstance(value, Part):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError(
            "stream", "expected a stream such as {poisson: 12 per hour} or {every: 15m}"
        )
    one_kind(value, KINDS, "stream")
    return value


_Open: TypeAlias = (
    Annotated[Every, Tag("every")]
    | Annotated[Poisson, Tag("poisson")]
    | Annotated[Interarrival, Tag("interarrival")]
    | Annotated[At, Tag("at")]
    | Annotated[Profile, Tag("profile")]
    | Annotated[Trace, Tag("trace")]
)

Stream = Annotated[
    _Open | Annotated[ClosedLoop, Tag("users")],
    by_kind(KINDS),
    BeforeValidator(checked_stream),
]
"""Any stream of arrivals."""


def _checked_open_stream(value: object) -> object:
    if isinstance(value, Mapping) and "users" in value:
        raise PydanticCustomError(
            "stream",
            "items come in an open stream: users of a closed loop wait for a job of their own, "
            "which an item has not",
        )
    return checked_stream(value)


OpenStream = Annotated[_Open, by_kind(OPEN_KINDS), BeforeValidator(_checked_open_stream)]
"""Any stream but a closed loop."""
