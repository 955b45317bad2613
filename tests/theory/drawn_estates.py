"""Shared estates drawn by seed: 24 folders on 14 overlapping machines, with every rule in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from theory.shared_estate import Assignment, Estate, Folder, Machine, Process

TOPS, SUBFOLDERS, MACHINES = 18, 6, 14
ROBOTS = tuple(f"bot-{number:02}" for number in range(32))

DURATIONS: tuple[Any, ...] = (
    {"exponential": "4m"},
    {"lognormal": {"mean": "6m", "cv": 1.4}},
    {"gamma": {"mean": "9m", "cv": 0.6}},
    {"uniform": ["1m", "5m"]},
    {"weibull": {"mean": "5m", "shape": 0.7}},
)
ROUND_DURATIONS: tuple[Any, ...] = ("5m", "10m", "15m", "30m", {"exponential": "4m"})
"""Whole minutes more often than not: jobs end in the very instants in which others come."""

PRIORITIES = (25, 45, 45, 45, 65, 85)
QUARTERS = (("0/15", 4), ("0/30", 2), ("0,20,40", 3), ("0", 1))
"""Minutes at which a cron fires, and how often in an hour."""

Work = Literal["steady", "peaks", "bursts"]
"""How jobs come: one by one; eight hours a day more than the fleet can do; many at one instant."""


@dataclass
class Drawing:
    """Draws an estate in which each process is submitted `per_hour` times (of its peak hours)."""

    seed: int
    work: Work
    per_hour: float
    outages: bool = False
    draw: Random = field(init=False)
    machines: tuple[Machine, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.draw = Random(self.seed)  # noqa: S311 - an estate, no secret
        self.machines = tuple(self._machine(number) for number in range(MACHINES))

    def estate(self, name: str, days: float, **choices: Any) -> Estate:
        """Return the estate; `choices` are its keys `dispatch` and `assumptions`."""
        tops = [self._folder(f"Top {number:02}", None) for number in range(TOPS)]
        subfolders: dict[str, list[Folder]] = {}
        for number in range(SUBFOLDERS):
            parent = self.draw.choice(tops).name
            subfolders.setdefault(parent, []).append(self._folder(f"Sub {number}", parent))
        folders = tuple(one for top in tops for one in (top, *subfolders.get(top.name, ())))
        alone = frozenset(self.draw.sample(ROBOTS, 6))
        return Estate(name, days, self.machines, ROBOTS, alone, folders, **choices)

    def _machine(self, number: int) -> Machine:
        """The first takes one type of process, the next three are mapped; the rest serve anyone."""
        slots = {"unattended": self.draw.randint(1, 3)}
        if number % 3 == 0:
            slots["non_production"] = 1
        return Machine(
            name=f"vm-{number:02}",
            hosts=self.draw.randint(1, 3),
            slots=slots,
            sessions=self.draw.choice([None, 1, 1, 2]),
            process_types=("foreground", "background")[number] if number < 2 else "any",
            accounts=self._some(ROBOTS, 12, 20) if 2 <= number < 5 else None,
            **self._outages(number),
        )

    def _outages(self, number: int) -> dict[str, Any]:
        """A window every day for one machine in three, failures for another."""
        if not self.outages:
            return {}
        if number % 3 == 1:
            return {"maintenance": (self.draw.randint(0, 22), 1)}
        if number % 3 == 2:
            when_lost = self.draw.choice(["restart", "pause"])
            return {"up_hours": self.draw.randint(6, 30), "when_lost": when_lost}
        return {}

    def _folder(self, name: str, parent: str | None) -> Folder:
        """A folder on two to five machines in an order of its own, one of which serves anyone."""
        numbers = {self.draw.randrange(5, MACHINES)}
        numbers.update(self.draw.sample(range(MACHINES), self.draw.randint(1, 4)))
        order = self.draw.sample(sorted(numbers), len(numbers))
        accounts = self._some(ROBOTS, 2, 4)
        machines = tuple(self._assignment(number, accounts) for number in order)
        processes = tuple(
            self._process(f"process {number}", accounts, machines)
            for number in range(self.draw.randint(2, 4))
        )
        return Folder(name, parent, accounts, machines, processes)

    def _assignment(self, number: int, accounts: tuple[str, ...]) -> Assignment:
        """One in four of those that serve anyone is mapped to some of the folder's accounts."""
        mapped = number >= 5 and self.draw.random() < 0.25
        return Assignment(
            machine=self.machines[number].name,
            propagate=self.draw.random() < 0.5,
            accounts=self._some(accounts, 1, 2) if mapped else None,
        )

    def _process(
        self, name: str, accounts: tuple[str, ...], machines: tuple[Assignment, ...]
    ) -> Process:
        anywhere = [one.machine for one in machines if one.machine >= "vm-05" and not one.accounts]
        other = any("non_production" in self._slots(one) for one in anywhere)
        kind = self.draw.random()
        return Process(
            name=name,
            foreground=self.draw.random() < 0.4,
            runtime="non_production" if other and kind < 0.1 else "unattended",
            priority=self.draw.choice(PRIORITIES),
            duration=self.draw.choice(ROUND_DURATIONS if self.work == "bursts" else DURATIONS),
            trigger=self._trigger(),
            account=self.draw.choice(accounts) if anywhere and 0.1 <= kind < 0.2 else None,
            machine=self.draw.choice(anywhere) if anywhere and 0.2 <= kind < 0.3 else None,
        )

    def _slots(self, name: str) -> Mapping[str, int]:
        return next(one.slots for one in self.machines if one.name == name)

    def _trigger(self) -> Mapping[str, Any]:
        rate = f"{self.per_hour} per hour"
        if self.work == "steady":
            return {"event": {"poisson": rate}}
        if self.work == "peaks":
            return {"event": {"profile": {"daily": {"08:00-16:00": rate}}}}
        minutes, times = self.draw.choice(QUARTERS)
        jobs = max(1, round(self.per_hour / times))
        if self.draw.random() < 0.3:
            return {"event": {"every": f"{60 // times}m", "first": "0s"}, "jobs": jobs}
        cron = {"cron": f"0 {minutes} * * * ?"}
        return {"time": cron, "jobs": jobs, "pending_guard": "none"}

    def _some(self, names: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
        """Some of the names, in any order."""
        return tuple(self.draw.sample(names, min(len(names), self.draw.randint(least, most))))
