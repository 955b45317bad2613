"""Processes: packages bound to a folder, and what a job of one needs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from simulator.model.distributions import AT_ONCE, Distribution
from simulator.model.quantities import (
    Flag,
    Name,
    Part,
    PositiveDuration,
    Priority,
    RuntimeType,
    Share,
)
from simulator.model.triggers import Submits


class Then(Submits):
    """What the Successful end of a job submits, as its executor, who needs `Jobs.Create`."""

    process: Name = Field(alias="start")
    """A process of the same folder."""

    after: Distribution = AT_ONCE
    """How long after the end."""


MOST_SUSPENDED: Final = 0.99


def _ends_some_day(value: float) -> float:
    if value > MOST_SUSPENDED:
        raise PydanticCustomError(
            "share",
            "expected at most 99%: a job that is Suspended time and again would never end",
        )
    return value


class Suspends(Part):
    """How a long-running job waits for something outside, holding neither slot nor account."""

    probability: Annotated[Share, AfterValidator(_ends_some_day)]
    """The share of stretches of running that end Suspended, at most `99%`; the others end the job.
    So a job is Suspended p / (1 - p) times on average.
    """

    for_: Annotated[Distribution, Field(alias="for")]
    """How long it stays Suspended before it is Resumed and waits for a slot again."""

    same_place: Flag = False
    """Whether it goes on only on the host, and under the account, where it ran before."""


class Process(Part):
    """A process in a folder."""

    duration: Distribution
    """The work itself."""

    type: Literal["background", "foreground"] = "background"
    """A foreground job needs a Windows session on its host and an account that runs no other
    foreground job there; a background job needs neither.
    """

    priority: Priority = 45
    """Which of several Pending jobs goes first; 45 is `Medium`."""

    runtime: RuntimeType = "unattended"
    """The runtime type of the slot it asks for."""

    start_up: Distribution = AT_ONCE
    """What comes before the work and holds the slot too."""

    faults: Share = 0.0
    """The share of jobs that end Faulted."""

    stop_after: PositiveDuration | None = None
    """Stops a job that has been Running that long, all its stretches together; by default none is
    stopped.
    """

    suspends: Suspends | None = None
    """How its jobs are Suspended and Resumed. Each stretch of running draws its own `start_up` and
    `duration`; a job takes queue items in its last one alone. By default no job is Suspended.
    """

    queue: Name | None = None
    """A queue of the same folder: after `duration`, a job takes the queue's items one by one, until
    none is left. Each lasts the `item_duration` of its arrival.
    """

    pending_limit: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    """A job that cannot start at once is refused while so many of the process are Pending; with 0
    none may wait. By default there is no limit.
    """

    pending_expiry: Distribution | None = None
    """How long a job stays Pending before it is withdrawn; by default none is."""

    then: Then | None = None
    """What the Successful end of a job submits."""
