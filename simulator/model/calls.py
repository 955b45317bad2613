"""Calls of API triggers: a stream of arrivals, and who calls.

Each kind of stream with `by` beside its own keys: `{poisson: 2 per hour, by: billing-app}`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Tag

from simulator.model.kinds import by_kind
from simulator.model.quantities import Name, Part
from simulator.model.streams import (
    KINDS,
    At,
    ClosedLoop,
    Every,
    Interarrival,
    Poisson,
    Profile,
    Trace,
    checked_stream,
)


class Calling(Part):
    """Who calls."""

    by: Name
    """Who calls: an account, or a counted one or a group, whose members take turns."""


class EveryCalls(Calling, Every):
    """Calls at a fixed distance."""


class PoissonCalls(Calling, Poisson):
    """Calls at random, at a steady rate."""


class InterarrivalCalls(Calling, Interarrival):
    """Calls with a drawn distance from one to the next."""


class AtCalls(Calling, At):
    """Calls at named local times."""


class ProfileCalls(Calling, Profile):
    """Calls at random, at a rate that follows the hours of the week."""


class TraceCalls(Calling, Trace):
    """Calls as a CSV file has them."""


class ClosedLoopCalls(Calling, ClosedLoop):
    """Calls of users each of whom comes back a think time after his own job ended."""


Calls = Annotated[
    Annotated[EveryCalls, Tag("every")]
    | Annotated[PoissonCalls, Tag("poisson")]
    | Annotated[InterarrivalCalls, Tag("interarrival")]
    | Annotated[AtCalls, Tag("at")]
    | Annotated[ProfileCalls, Tag("profile")]
    | Annotated[TraceCalls, Tag("trace")]
    | Annotated[ClosedLoopCalls, Tag("users")],
    by_kind(KINDS),
    BeforeValidator(checked_stream),
]
"""Any stream of arrivals, and who calls."""
