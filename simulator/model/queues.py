"""Queues, the items added to them, and when a queue trigger starts jobs for them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.distributions import Distribution
from simulator.model.quantities import Duration, Flag, Name, Part, PositiveDuration, Priority, Share
from simulator.model.streams import OpenStream

ItemCount = Annotated[int, Field(ge=1, le=1_000_000)]

Retries = Annotated[int, Field(ge=0, le=50)]
"""The vendor's `MaxNumberOfRetries`."""


_ROUNDING: Final = 1e-9
"""By how much shares that are 1 together may miss it as floats."""


class Queue(Part):
    """A queue of work, from which the jobs of some process take item after item."""

    retries: Retries = 0
    """How often an item that failed of an application exception is tried again, as a new item."""

    sla: PositiveDuration | None = None
    """The time from adding in which an item should be done: the deadline of items without one."""


class Arrival(Part):
    """Items added to a queue by somebody."""

    queue: Name
    """A queue of the same folder."""

    by: Name
    """Who adds them: an account, or a counted one or a group, whose members take turns."""

    items: OpenStream
    """How often."""

    jobs: ItemCount = 1
    """How many items come at once."""

    item_duration: Distribution
    """How long a job works at one item; of a trace with `duration_s`, that column."""

    deadline: PositiveDuration | None = None
    """The time from adding in which each should be done; by default the queue's `sla`."""

    priority: Priority = 45
    """Which of several New items goes first, among those with a deadline and those without."""

    defer: Duration = 0.0
    """How long after it was added an item may be worked at, at the earliest."""

    faults: Share = 0.0
    """The share of attempts that fail of an application exception, which is retried."""

    business_faults: Share = 0.0
    """The share of attempts that fail of a business exception, which is not."""

    @model_validator(mode="after")
    def _shares_fit(self) -> Arrival:
        if self.faults + self.business_faults > 1 + _ROUNDING:
            raise PydanticCustomError(
                "arrival", "faults and business_faults add up to more than 100 %"
            )
        return self

    def deadline_in(self, queue: Queue) -> float | None:
        """Return the time from adding in which an item should be done, in seconds, if there is one.

        `queue` is the queue that it is added to.
        """
        return self.deadline or queue.sla


class QueueActivation(Part):
    """When a queue trigger starts jobs: by how many New items there are.

    As long as fewer than `at_most` of its jobs are Pending or Running, it starts another once
    there are `minimum` New items, and `per_job` more for each of those jobs. Deferred items do not
    count until their time has come. It looks when it comes into force, whenever an item is added
    (once, however many are added in one instant), and every `recheck`; a retry does not set it off.
    """

    name: Name
    """A queue of the same folder."""

    minimum: ItemCount = 1
    """New items for the first job."""

    per_job: ItemCount = 1
    """New items for each further job."""

    at_most: Annotated[int, Field(ge=1, le=10_000)] = 1
    """Jobs of this trigger that may be Pending and Running at a time."""

    recheck: PositiveDuration | Literal["never"] = 1800.0
    """How often it looks again by itself."""

    on_job_end: Flag = False
    """Whether it also looks when one of its jobs has ended."""
