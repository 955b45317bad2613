"""One queue of several servers and priorities through Ciw, on recorded arrivals and durations.

Ciw: G. I. Palmer, V. A. Knight, P. R. Harper, A. L. Hawa, "Ciw: An open-source discrete event
simulation library", Journal of Simulation 13 (2019).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import ciw
import numpy as np
from theory.opinions import Opinion, count_different, largest_s, most_waiting
from theory.product_run import run_product

from simulator.records.columns import Floats, Ints


@dataclass(frozen=True)
class Queue:
    """A queue: how many servers; for each priority its jobs per hour and how long they run."""

    name: str
    servers: int
    classes: Mapping[int, tuple[float, Any]]

    def scenario(self, jobs: int) -> dict[str, Any]:
        """The queue as a folder on a machine, for as long as about so many jobs take to come."""
        hours = jobs / sum(per_hour for per_hour, _ in self.classes.values())
        named = {f"priority {priority}": one for priority, one in self.classes.items()}
        processes = {name: {"duration": duration} for name, (_, duration) in named.items()}
        triggers = {
            name: {
                "process": name,
                "priority": priority,
                "event": {"poisson": f"{per_hour} per hour"},
                "created_by": "olga",
            }
            for (name, (per_hour, _)), priority in zip(named.items(), self.classes, strict=True)
        }
        return {
            "version": 1,
            "time": {"start": "2026-01-05", "duration": f"{round(hours)}h"},
            "run": {"replications": 1},
            "machines": {"M": {"hosts": 1, "slots": self.servers}},
            "accounts": {"robot": {"type": "robot"}, "olga": {"type": "user"}},
            "folders": {
                "F": {
                    "assign": {"robot": ["Automation User"], "olga": ["Folder Administrator"]},
                    "machines": ["M"],
                    "processes": processes,
                    "triggers": triggers,
                }
            },
        }


LONG_AND_SHORT = {"hyperexponential": {"shares": [0.9, 0.1], "means": ["1m", "11m"]}}

QUEUES = (
    Queue("M/M/3, 90 % load", 3, {45: (162, {"exponential": "1m"})}),
    Queue("M/M/20, 98 % load", 20, {45: (1176, {"exponential": "1m"})}),
    Queue("M/H2/5, 95 % load", 5, {45: (142.5, LONG_AND_SHORT)}),
    Queue(
        "M/G/4, four priorities, 96 % load",
        4,
        {
            85: (20, {"exponential": "3m"}),
            65: (30, {"uniform": ["1m", "3m"]}),
            45: (20, {"lognormal": {"mean": "3m", "cv": 1.5}}),
            25: (25, {"gamma": {"mean": "2m", "cv": 0.7}}),
        },
    ),
    Queue(
        "M/M/2, three priorities, overloaded",
        2,
        {95: (24, {"exponential": "1m"}), 45: (60, {"exponential": "1m"}), 5: (48, "1m")},
    ),
)


def opinion_of_ciw(queue: Queue, jobs: int) -> Opinion:
    """Run a queue with about so many jobs, replay it in Ciw, and compare when each job starts."""
    ours = run_product(queue.scenario(jobs))
    submitted_s, started_s = ours.seconds("submitted_s"), ours.seconds("started_s")
    priorities = ours.jobs["priority"].to_numpy()
    theirs = starts_in_ciw(submitted_s, ours.durations_s(), priorities, queue.servers)
    return Opinion(
        case=queue.name,
        against="Ciw",
        jobs=len(submitted_s),
        waited=int((started_s > submitted_s).sum()),
        most_waiting=most_waiting(submitted_s, started_s),
        different_start_times=count_different(started_s, theirs),
        largest_difference_s=largest_s(started_s, theirs),
    )


class Service(ciw.dists.Distribution):
    """Whoever arrived at an instant is served for as long as is recorded of that instant."""

    def __init__(self, submitted_s: Floats, durations_s: Floats) -> None:
        pairs = zip(submitted_s.tolist(), durations_s.tolist(), strict=True)
        self.duration_s = dict(pairs)

    def sample(self, t: float | None = None, ind: Any = None) -> float:  # noqa: ARG002 - Ciw's own
        duration_s: float = self.duration_s[ind.arrival_date]
        return duration_s


def starts_in_ciw(
    submitted_s: Floats, durations_s: Floats, priorities: Ints, servers: int
) -> list[float]:
    """Return when each job starts, (J,): the higher priority first, then as they came.

    No two may come at one instant. Each priority is a class of customers.
    """
    falling = np.unique(priorities)[::-1].tolist()
    network = ciw.create_network(
        arrival_distributions={
            str(one): [ciw.dists.Sequential(_gaps_s(submitted_s[priorities == one]))]
            for one in falling
        },
        service_distributions={str(one): [Service(submitted_s, durations_s)] for one in falling},
        priority_classes={str(one): place for place, one in enumerate(falling)},
        number_of_servers=[servers],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(submitted_s[-1] + durations_s.sum())
    records = simulation.get_all_records()
    starts = {record.arrival_date: record.service_start_date for record in records}
    return [starts[instant] for instant in submitted_s.tolist()]


def _gaps_s(submitted_s: Floats) -> list[float]:
    """From each submission to the next; exact, as instants lie on the grid. At last, nothing."""
    return [*np.diff(submitted_s, prepend=0.0).tolist(), inf]
