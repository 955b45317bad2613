"""What submits jobs: triggers, and people pressing Start."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.quantities import (
    Flag,
    LocalTime,
    Name,
    Part,
    PositiveDuration,
    Priority,
    RuntimeType,
)
from simulator.model.streams import Stream

Jobs = Annotated[int, Field(ge=1, le=10_000)]
"""Executions a firing asks for; the vendor's ceiling is 10,000."""


class ExecutionTarget(Part):
    """A named account, machine template, or both; a host only with its machine."""

    account: Name | None = None
    machine: Name | None = None
    host: Name | None = None

    @model_validator(mode="after")
    def _names_something(self) -> ExecutionTarget:
        if self.account is None and self.machine is None:
            raise PydanticCustomError("run-as", "run_as needs an account, a machine, or both")
        if self.host is not None and self.machine is None:
            raise PydanticCustomError("run-as", "a host is named together with its machine")
        return self


RunAs = Literal["dynamic", "myself"] | ExecutionTarget
PendingGuard = Literal["per_trigger", "per_process", "none"]


class TimeSchedule(Part):
    """When a time trigger fires: a Quartz cron in a zone, the tenant's by default."""

    cron: Annotated[str, Field(min_length=1, max_length=500)]
    zone: str | None = None


class Submits(Part):
    """What triggers and starts have in common."""

    process: Name
    jobs: Jobs = 1
    run_as: RunAs = "dynamic"
    priority: Priority | Literal["inherited"] = "inherited"
    runtime: RuntimeType | None = None
    stop_after: PositiveDuration | None = None
    kill_after: PositiveDuration | None = None


class Trigger(Submits):
    """A time trigger (`time`) or an event trigger (`event`), made by `created_by`.

    `pending_guard` and `auto_disable` default to what the vendor has for the kind: `per_trigger`
    and on for time triggers, `none` and off for event triggers.
    """

    time: TimeSchedule | None = None
    event: Stream | None = None
    created_by: Name
    pending_guard: PendingGuard | None = None
    auto_disable: Flag | None = None
    starts_on: LocalTime | None = Field(default=None, alias="from")
    until: LocalTime | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Trigger:
        if (self.time is None) == (self.event is None):
            raise PydanticCustomError("trigger", "a trigger has one of time, event")
        return self

    @property
    def guard(self) -> PendingGuard:
        """Return the pending guard in force."""
        return self.pending_guard or ("per_trigger" if self.time is not None else "none")

    @property
    def disables_itself(self) -> bool:
        """Return whether failing firings disable the trigger."""
        return self.time is not None if self.auto_disable is None else self.auto_disable


class Start(Submits):
    """People (or an application) pressing Start: `by` an account, a counted one, or a group."""

    by: Name
    stream: Stream
