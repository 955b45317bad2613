"""What submits jobs: triggers, and people pressing Start."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.calls import Calls
from simulator.model.quantities import (
    CronText,
    Flag,
    LocalTime,
    Name,
    Part,
    PositiveDuration,
    Priority,
    RuntimeType,
)
from simulator.model.queues import QueueActivation
from simulator.model.streams import Stream

Jobs = Annotated[int, Field(ge=1, le=10_000)]
"""Executions a firing asks for; the vendor's ceiling is 10,000."""


ANY_ACCOUNT: Final = "any account"
"""How a target that names only a machine is told."""


class ExecutionTarget(Part):
    """A named account, machine template, or both."""

    account: Name | None = None
    """Whose identity the job has; of a counted account, any member."""

    machine: Name | None = None
    """Where it runs."""

    host: Name | None = None
    """On which of the machine's hosts."""

    @model_validator(mode="after")
    def _names_something(self) -> ExecutionTarget:
        if self.account is None and self.machine is None:
            raise PydanticCustomError("run-as", "run_as needs an account, a machine, or both")
        if self.host is not None and self.machine is None:
            raise PydanticCustomError("run-as", "a host is named together with its machine")
        return self

    @property
    def in_words(self) -> str:
        """Return it as tables have it: `hr-bot`, `hr-bot on vm/1`, `any account on vm`."""
        account = self.account or ANY_ACCOUNT
        if self.machine is None:
            return account
        host = "" if self.host is None else f"/{self.host.removeprefix(f'{self.machine}/')}"
        return f"{account} on {self.machine}{host}"


RunAs = Literal["dynamic", "myself"] | ExecutionTarget
PendingGuard = Literal["per_trigger", "per_process", "none"]


class TimeSchedule(Part):
    """When a time trigger fires."""

    cron: CronText
    """A Quartz expression: second, minute, hour, day of month, month, day of week and perhaps year,
    such as `0 0 6 ? * MON-FRI`.
    """

    zone: str | None = None
    """Its time zone; by default the tenant's."""

    calendar: Name | None = None
    """A calendar on whose days it does not fire."""


class Submits(Part):
    """What triggers and starts have in common."""

    process: Name
    """A process of the same folder."""

    jobs: Jobs = 1
    """How many jobs each firing, each press of Start, or each end of a job asks for."""

    run_as: RunAs = "dynamic"
    """Whichever account is free (`dynamic`); the caller, for a trigger nobody calls its
    `created_by`, for a `then` whom the job ran under (`myself`); or what is named.
    """

    priority: Priority | Literal["inherited"] = "inherited"
    """The process's priority, or another."""

    runtime: RuntimeType | None = None
    """The runtime type in place of the process's."""

    stop_after: PositiveDuration | None = None
    """Stops a job that has been Running that long."""

    kill_after: PositiveDuration | None = None
    """Kills it likewise; of all such limits the shortest holds, and the job ends Stopped."""


class Trigger(Submits):
    """A time trigger (`time`), event trigger (`event`), API trigger (`api`) or queue trigger."""

    time: TimeSchedule | None = None
    event: Stream | None = None
    """The arrivals that set it off."""

    api: Calls | None = None
    """The calls that set it off: a stream with the caller, `by`, beside its keys: an account, or a
    counted one or a group, whose members take turns. The caller's rights are asked at each call, as
    at a start.
    """

    queue: QueueActivation | None = None
    """The queue that sets it off."""

    created_by: Name
    """Who made it; without a caller also whom `run_as: myself` means."""

    pending_guard: PendingGuard | None = None
    """Whether a firing only tops up to `jobs` what is Pending of this trigger, or of the process;
    by default `per_trigger` for a time trigger, `none` for any other; a queue trigger has
    `at_most` instead.
    """

    auto_disable: Flag | None = None
    """Whether it disables itself after 10 failed firings in a row and no right one for 24 hours; by
    default a time trigger does, any other does not.
    """

    starts_on: LocalTime | None = Field(default=None, alias="from")
    """It does not fire before."""

    until: LocalTime | None = None
    """It does not fire from then on."""

    @model_validator(mode="after")
    def _one_kind(self) -> Trigger:
        kinds = (self.time, self.event, self.api, self.queue)
        if sum(kind is not None for kind in kinds) != 1:
            raise PydanticCustomError("trigger", "a trigger has one of time, event, api, queue")
        return self

    @model_validator(mode="after")
    def _as_queue_triggers_are(self) -> Trigger:
        if self.queue is None:
            return self
        if self.jobs != 1:
            raise PydanticCustomError(
                "trigger",
                "a queue trigger starts as many jobs as its queue asks for: leave jobs out",
            )
        if self.pending_guard not in {None, "none"}:
            raise PydanticCustomError(
                "trigger", "a queue trigger has at_most, in queue, in place of a pending_guard"
            )
        return self

    @property
    def stream(self) -> Stream | None:
        """Return the events or calls that set it off; a time or queue trigger has none."""
        return self.event or self.api

    @property
    def guard(self) -> PendingGuard:
        """Return the pending guard in force."""
        return self.pending_guard or ("per_trigger" if self.time is not None else "none")

    @property
    def disables_itself(self) -> bool:
        """Return whether failing firings disable the trigger."""
        return self.time is not None if self.auto_disable is None else self.auto_disable


class Start(Submits):
    """People, or an application, pressing Start."""

    by: Name
    """Who presses: an account, or a counted one or a group, whose members take turns."""

    stream: Stream
    """How often."""
