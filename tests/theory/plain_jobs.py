"""What the plain model is made of: what it is given and hands back, its hosts and its jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import NamedTuple

import simpy
from theory.shared_estate import Machine, Process


class Submission(NamedTuple):
    """A job to be: of which process (`HR/Payroll:onboard`), when, and for how long it will run."""

    process: str
    submitted_s: float
    duration_s: float


class Outage(NamedTuple):
    """A span in which a host takes no job; in maintenance those it has run on, else it is down."""

    host: str
    from_s: float
    to_s: float
    maintenance: bool


class Outcome(NamedTuple):
    """When a job first started, when it ended, and where and under whom it ran last."""

    started_s: float = nan
    ended_s: float = nan
    host: str | None = None
    account: str | None = None


class Charge(NamedTuple):
    """Whom waiting is blamed on: who waited, for what, whose jobs held it, on which machine."""

    folder: str
    cause: str
    held_by: str | None
    machine: str | None


NOTHING_YET = Outcome()


@dataclass(eq=False)
class Host:
    """One host: its free slots by runtime type, who runs there, and what else they hold.

    `accounts` are those that a job has to itself there, `outages` what keeps it out of service now,
    `repaired` is what paused jobs wait for; `busy_s` is for how long jobs that have left ran there.
    """

    name: str
    machine: Machine
    free: dict[str, int]
    repaired: simpy.Event
    jobs: list[Job] = field(default_factory=list)
    accounts: dict[str, Job] = field(default_factory=dict)
    outages: list[Outage] = field(default_factory=list)
    busy_s: float = 0.0

    def is_down(self) -> bool:
        return any(not one.maintenance for one in self.outages)

    def on_screen(self) -> list[Job]:
        """The jobs that have a Windows session."""
        return [job for job in self.jobs if job.process.foreground]

    def has_session(self) -> bool:
        return self.machine.sessions is None or len(self.on_screen()) < self.machine.sessions


class Place(NamedTuple):
    """Where a job starts, and under which account."""

    host: Host
    account: str


@dataclass(eq=False)
class Job:
    """A job in the fleet; `hosts` are those it may use, each with the accounts, in turn.

    `begun_s` is since when it has been Running, NaN while it is not; `is_expected` while it has its
    slot and waits out the latency.
    """

    number: int
    submission: Submission
    folder: str
    process: Process
    hosts: Sequence[tuple[Host, tuple[str, ...]]]
    granted: simpy.Event
    begun_s: float = nan
    is_expected: bool = False
    outcome: Outcome = NOTHING_YET

    def begins(self, now: float, place: Place) -> None:
        """Be Running from now on; only the first start counts as its start."""
        first_s = now if self.waits_for_the_first_time() else self.outcome.started_s
        self.outcome = Outcome(first_s, host=place.host.name, account=place.account)
        self.begun_s, self.is_expected = now, False

    def waits_for_the_first_time(self) -> bool:
        return isnan(self.outcome.started_s)

    def ran_s(self, now: float) -> float:
        """How long it has been Running."""
        return 0.0 if isnan(self.begun_s) else now - self.begun_s
