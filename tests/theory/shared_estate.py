"""An estate of shared machines as plain tables, and the scenario file that says the same.

The tables are what a second model reads; the product reads the file. Neither sees the other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

START = "2026-01-05T00:00"
"""A Monday, and the tenant's zone is UTC: seconds since then are all that either model knows."""


@dataclass(frozen=True)
class Machine:
    """A machine template; `slots` are of each host, `accounts` those it is mapped to, None all.

    `maintenance` is a window of every day in which jobs run on: the hour it begins at, and for
    how many hours. A host that fails does so after `up_hours` on average, for 20 minutes;
    `when_lost` tells what becomes of its jobs.
    """

    name: str
    hosts: int
    slots: Mapping[str, int]
    sessions: int | None = None
    process_types: str = "any"
    accounts: tuple[str, ...] | None = None
    maintenance: tuple[int, int] | None = None
    up_hours: int | None = None
    when_lost: str = "restart"

    def takes(self, *, foreground: bool) -> bool:
        return self.process_types in {"any", "foreground" if foreground else "background"}

    def host_names(self) -> list[str]:
        return [f"{self.name}/{number}" for number in range(1, self.hosts + 1)]

    def written(self) -> dict[str, Any]:
        """The machine as a file has it."""
        more: dict[str, Any] = {}
        if self.maintenance is not None:
            hour, hours = self.maintenance
            window = {"cron": f"0 0 {hour} * * ?", "duration": f"{hours}h"}
            more["maintenance"] = [{**window, "running_jobs": "finish"}]
        if self.up_hours is not None:
            up, down = {"exponential": f"{self.up_hours}h"}, {"exponential": "20m"}
            more["failures"] = {"up": up, "down": down, "running_jobs": self.when_lost}
        return {
            "hosts": self.hosts,
            "slots": dict(self.slots),
            "process_types": self.process_types,
            **_named("windows_sessions", self.sessions),
            **_named("accounts", None if self.accounts is None else list(self.accounts)),
            **more,
        }


@dataclass(frozen=True)
class Assignment:
    """A machine in a folder, and which accounts that folder maps it to; None is all."""

    machine: str
    propagate: bool = False
    accounts: tuple[str, ...] | None = None

    def written(self) -> dict[str, Any]:
        mapped = None if self.accounts is None else list(self.accounts)
        return {"propagate": self.propagate, **_named("accounts", mapped)}


@dataclass(frozen=True)
class Process:
    """A process and the one trigger that submits it, as the file has that.

    `account` and `machine` are what its trigger's `run_as` names.
    """

    name: str
    foreground: bool
    runtime: str
    priority: int
    duration: Any
    trigger: Mapping[str, Any]
    account: str | None = None
    machine: str | None = None

    @property
    def by_the_clock(self) -> bool:
        """Time triggers submit before streams within one instant."""
        return "time" in self.trigger

    def written(self) -> dict[str, Any]:
        return {
            "type": "foreground" if self.foreground else "background",
            "runtime": self.runtime,
            "priority": self.priority,
            "duration": self.duration,
        }

    def written_trigger(self) -> dict[str, Any]:
        target = {**_named("account", self.account), **_named("machine", self.machine)}
        run_as = target or "dynamic"
        return {"process": self.name, "created_by": "olga", "run_as": run_as, **self.trigger}


@dataclass(frozen=True)
class Folder:
    """A folder; `parent` is the name of the one it is in, which comes before it in the estate."""

    name: str
    parent: str | None
    accounts: tuple[str, ...]
    machines: tuple[Assignment, ...]
    processes: tuple[Process, ...]

    @property
    def path(self) -> str:
        return self.name if self.parent is None else f"{self.parent}/{self.name}"

    def written(self) -> dict[str, Any]:
        robots = {account: ["Automation User"] for account in self.accounts}
        return {
            "assign": {"olga": ["Folder Administrator"], **robots},
            "machines": {one.machine: one.written() for one in self.machines},
            "processes": {one.name: one.written() for one in self.processes},
            "triggers": {one.name: one.written_trigger() for one in self.processes},
            "folders": {},
        }


@dataclass(frozen=True)
class Estate:
    """All there is; folders in the order of the file, `alone` the accounts of one job at a time."""

    name: str
    days: float
    machines: tuple[Machine, ...]
    accounts: tuple[str, ...]
    alone: frozenset[str]
    folders: tuple[Folder, ...]
    dispatch: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, Any] = field(default_factory=dict)
    latency_s: int = 0

    def processes(self) -> Iterator[tuple[Folder, Process]]:
        """Yield every process with its folder, in the order in which they submit at one instant."""
        everyone = [(folder, one) for folder in self.folders for one in folder.processes]
        yield from sorted(everyone, key=lambda pair: not pair[1].by_the_clock)

    def written(self) -> dict[str, Any]:
        """The scenario file."""
        tree: dict[str, Any] = {}
        by_name = {folder.name: folder.written() for folder in self.folders}
        for folder in self.folders:
            within = tree if folder.parent is None else by_name[folder.parent]["folders"]
            within[folder.name] = by_name[folder.name]
        robots = {
            name: {"type": "robot", "one_job_at_a_time": name in self.alone}
            for name in self.accounts
        }
        return {
            "version": 1,
            "name": self.name,
            "time": {"start": START, "duration": f"{self.days}d"},
            "run": {"replications": 1},
            "machines": {one.name: one.written() for one in self.machines},
            "accounts": {"olga": {"type": "user"}, **robots},
            "folders": tree,
            "dispatch": {**self.dispatch, "latency": f"{self.latency_s}s"},
            "assumptions": dict(self.assumptions),
        }


def _named(key: str, value: Any) -> dict[str, Any]:
    """A key that is written only where it says something."""
    return {} if value is None else {key: value}
