"""Machine templates: hosts, the slots each offers, who may run there, and when it is out of use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.distributions import AT_ONCE, Distribution
from simulator.model.quantities import (
    CronText,
    Duration,
    Name,
    Part,
    PositiveDuration,
    RuntimeType,
)
from simulator.units import DAY_S

MOST_HOSTS: Final = 100_000
"""The most a machine may have, and all machines together."""

HostCount = Annotated[int, Field(ge=0, le=MOST_HOSTS)]
SlotCount = Annotated[int, Field(ge=0, le=10_000)]

RunningJobs = Literal["restart", "fault", "pause", "kill"]
"""What becomes of the jobs on a host that fails."""

LONGEST_WINDOW_S: Final = 366 * DAY_S


def _a_year_at_most(value: float) -> float:
    if value > LONGEST_WINDOW_S:
        raise PydanticCustomError("duration", "a window lasts a year at most, 366d")
    return value


def _by_runtime(value: object) -> object:
    return value if isinstance(value, Mapping) else {"unattended": value}


class Maintenance(Part):
    """Recurring windows in which no job starts on any host of the machine."""

    cron: CronText
    """When a window begins: a Quartz expression, as a time trigger has."""

    duration: Annotated[PositiveDuration, AfterValidator(_a_year_at_most)]
    """How long a window lasts, at most `366d`; where the next begins before it is over, or as it
    ends, the two are one.
    """

    running_jobs: Literal["finish", "kill"] = "finish"
    """Jobs that run as a window begins run to their end (`finish`), or are stopped at once
    (`kill`).
    """

    zone: str | None = None
    """The time zone of the cron; by default the tenant's."""


class Failures(Part):
    """How often each host fails, and for how long; hosts fail independently of each other."""

    up: Distribution
    """How long a host is up, busy or idle, from the start of the run, from its repair, or in a pool
    from when it is connected, to its next failure.
    """

    down: Distribution
    """How long it is down then, and takes no jobs."""

    running_jobs: RunningJobs = "restart"
    """Jobs that run as it fails go back to Pending at their own place and start from zero on any
    host that may run them (`restart`), end Faulted (`fault`) or Stopped (`kill`), or keep slot and
    account and go on after the repair (`pause`).
    """


class ElasticPool(Part):
    """Hosts that come and go: one more is booted while jobs are Pending that it could run."""

    min: HostCount = 0
    """How many are there from the start of the run on, and are never stopped."""

    max: Annotated[int, Field(ge=1, le=MOST_HOSTS)]
    """How many there are at most, called `name/1`, `name/2` and so on."""

    boot: Distribution = AT_ONCE
    """How long a host boots before it is connected. It has its licences from the beginning of the
    boot to its stop.
    """

    idle_stop: Duration = 900.0
    """How long a host is idle before it is stopped, unless jobs are Pending that it could run."""

    @model_validator(mode="after")
    def _min_is_no_more_than_max(self) -> ElasticPool:
        if self.min > self.max:
            raise PydanticCustomError(
                "pool", "min is {min}, more than max, {max}", {"min": self.min, "max": self.max}
            )
        return self


class Machine(Part):
    """A machine template: each of its hosts offers the same slots."""

    hosts: HostCount | None = None
    """How many hosts it has, called `name/1`, `name/2` and so on; by default one."""

    names: Annotated[tuple[Name, ...], Field(json_schema_extra={"uniqueItems": True})] | None = None
    """Its hosts by name, in place of `hosts`."""

    pool: ElasticPool | None = None
    """Hosts that come and go with demand, in place of `hosts`."""

    slots: Annotated[
        dict[RuntimeType, SlotCount],
        BeforeValidator(
            _by_runtime, json_schema_input_type=SlotCount | dict[RuntimeType, SlotCount]
        ),
    ] = {"unattended": 1}
    """The slots of each host by runtime type; a bare number is of `unattended` ones."""

    windows_sessions: Annotated[int, Field(ge=0, le=10_000)] | None = None
    """How many foreground jobs a host takes at once, whatever its slots: 1 is a workstation, 0 a
    host without a desktop. By default any number.
    """

    process_types: Literal["any", "foreground", "background"] = "any"
    """Which jobs its hosts take. That is asked as a job is matched with a host: one that no machine
    takes is not refused, it stays Pending.
    """

    accounts: tuple[Name, ...] | None = None
    """The only accounts that may run here; by default every account."""

    maintenance: tuple[Maintenance, ...] = ()
    """Recurring windows, any number of them, in which its hosts take no new jobs."""

    failures: Failures | None = None
    """How its hosts fail, each on its own; by default they never do."""

    duration_factor: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1.0
    """What the `duration` of jobs and the `item_duration` of queue items are multiplied by on its
    hosts: 1.5 is a slow VM. `start_up` is left alone.
    """

    @model_validator(mode="after")
    def _hosts_or_names(self) -> Machine:
        given = [key for key in ("hosts", "names", "pool") if getattr(self, key) is not None]
        if len(given) > 1:
            one, other = given[:2]
            raise PydanticCustomError("hosts", f"give either {one} or {other}, not both")
        if self.names is not None and len(set(self.names)) != len(self.names):
            raise PydanticCustomError("names", "names lists a host twice")
        return self

    @property
    def host_count(self) -> int:
        """Return how many hosts there are, at most; one by default."""
        if self.names is not None:
            return len(self.names)
        if self.pool is not None:
            return self.pool.max
        return 1 if self.hosts is None else self.hosts

    @property
    def connected_at_start(self) -> int:
        """Return how many hosts are connected from the start on: all, but of a pool."""
        return self.host_count if self.pool is None else self.pool.min

    def takes(self, *, foreground: bool) -> bool:
        """Return whether its hosts take foreground jobs, or background jobs."""
        return self.process_types in {"any", "foreground" if foreground else "background"}

    def host_names(self) -> tuple[str, ...]:
        """Return the hosts' own names: those given, or `1`, `2`, …; one host by default."""
        if self.names is not None:
            return self.names
        return tuple(str(number) for number in range(1, self.host_count + 1))

    def own_host_name(self, machine: str, host: str) -> str | None:
        """Return a host's own name, given that or `machine/name`; None if it has no such host."""
        names = self.host_names()
        if host in names:
            return host
        own = host.removeprefix(f"{machine}/")
        return own if own in names else None
