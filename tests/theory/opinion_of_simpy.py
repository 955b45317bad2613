"""Folders that share machines, through the plain SimPy model, on what the product recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from theory.drawn_estates import Drawing, Work
from theory.opinions import (
    Opinion,
    count_apart,
    count_different,
    largest_s,
    most_waiting,
)
from theory.plain_blame import BlamedFleet
from theory.plain_jobs import Charge, Outage, Outcome, Submission
from theory.product_run import ProductRun, run_product
from theory.shared_estate import Estate

DAY_S, HOUR_S = 86400, 3600


@dataclass(frozen=True)
class Shared:
    """A case: an estate drawn by a seed, and for how many days, shortly and in full."""

    name: str
    seed: int
    work: Work
    per_hour: float
    short: float
    full: float
    choices: Mapping[str, Any] = field(default_factory=dict)
    outages: bool = False

    def estate(self, days: float) -> Estate:
        drawing = Drawing(self.seed, self.work, self.per_hour, self.outages)
        return drawing.estate(self.name, days, **self.choices)


ORDERED = {"order": "oldest", "hosts": "least_used", "accounts": "least_used"}
TAKING_ACCOUNTS = {"background_needs_account": True}

CASES = (
    Shared("jobs one by one", 1, "steady", 7, 0.4, 5),
    Shared("thousands wait by the evening", 1, "peaks", 15, 0.41, 4),
    Shared("many at one instant", 6, "bursts", 3, 0.4, 9),
    Shared("a match after each", 9, "bursts", 3, 0.4, 5, {"dispatch": {"match": "submission"}}),
    Shared("round_robin", 9, "bursts", 3, 0.4, 5, {"dispatch": {"order": "round_robin"}}),
    Shared("blocked: block", 2, "steady", 7.6, 0.4, 5, {"dispatch": {"blocked": "block"}}),
    Shared("oldest, least used", 4, "steady", 7, 0.4, 5, {"dispatch": ORDERED}),
    Shared(
        *("sticky, background takes accounts", 5, "steady", 6, 0.4, 5),
        {"dispatch": {"hosts": "sticky"}, "assumptions": TAKING_ACCOUNTS},
    ),
    Shared("maintenance and failures", 8, "steady", 5, 0.4, 6, outages=True),
    Shared(
        *("failures and a latency of 90 s", 12, "steady", 5, 0.4, 6),
        {"dispatch": {"hosts": "sticky"}, "latency_s": 90},
        outages=True,
    ),
)


def opinion_of_simpy(case: Shared, days: float) -> Opinion:
    """Run a case for some days, replay it in the plain model, and compare job by job."""
    estate = case.estate(days)
    ours = run_product(estate.written())
    return compared(case.name, ours, replayed(estate, ours))


class Replayed(NamedTuple):
    """What became of each job in the plain model, and the seconds of each charge."""

    outcomes: list[Outcome]
    blame: Mapping[Charge, float]


def replayed(estate: Estate, ours: ProductRun) -> Replayed:
    """Run the plain model on the recorded submissions, durations and failures."""
    until_s = float(ours.seconds("ended_s").max())
    fleet = BlamedFleet(estate)
    outages = [*failures(ours), *windows(estate, until_s)]
    return Replayed(fleet.serve(submissions(estate, ours), outages), fleet.blame)


def compared(name: str, ours: ProductRun, theirs: Replayed) -> Opinion:
    """Hold what became of each job, and who is to blame, against what the product says."""
    submitted_s, started_s = ours.seconds("submitted_s"), ours.seconds("started_s")
    starts_s = [one.started_s for one in theirs.outcomes]
    places = [(one.host, one.account) for one in theirs.outcomes]
    told = zip(ours.names("host"), ours.names("account"), strict=True)
    blame = ours.blame_s()
    return Opinion(
        case=name,
        against="plain SimPy model",
        jobs=len(submitted_s),
        waited=int((started_s > submitted_s).sum()),
        most_waiting=most_waiting(submitted_s, started_s),
        different_start_times=count_different(started_s, starts_s),
        largest_difference_s=largest_s(started_s, starts_s),
        different_end_times=count_different(
            ours.seconds("ended_s"), [one.ended_s for one in theirs.outcomes]
        ),
        different_places=sum(one != other for one, other in zip(told, places, strict=True)),
        blame_totals=len(blame),
        different_blame_totals=count_apart(blame, theirs.blame),
    )


def submissions(estate: Estate, ours: ProductRun) -> list[Submission]:
    """The recorded jobs by their instants; those of one instant in the order of the file."""
    turns = {f"{one.path}:{process.name}": n for n, (one, process) in enumerate(estate.processes())}
    instants_s, durations_s = ours.seconds("submitted_s").tolist(), ours.durations_s().tolist()
    rows = zip(ours.names("process"), instants_s, durations_s, strict=True)
    jobs = [Submission(*row) for row in rows]
    return sorted(jobs, key=lambda one: (one.submitted_s, turns[one.process]))


def failures(ours: ProductRun) -> Iterator[Outage]:
    """The recorded failures of hosts; a random input, as submissions are."""
    for host, from_s, to_s in ours.down():
        yield Outage(host, from_s, to_s, maintenance=False)


def windows(estate: Estate, until_s: float) -> Iterator[Outage]:
    """The maintenance windows of every day, from the tables."""
    for machine in estate.machines:
        for hour, hours in () if machine.maintenance is None else (machine.maintenance,):
            for midnight_s in range(0, int(until_s) + DAY_S, DAY_S):
                from_s = float(midnight_s + hour * HOUR_S)
                for host in machine.host_names():
                    yield Outage(host, from_s, from_s + hours * HOUR_S, maintenance=True)
