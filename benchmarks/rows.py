"""Which row is what: who runs against whom, what the row is judged by, and its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from benchmarks.estates.shared_fleet import Fleet, day
from benchmarks.figures import (
    BYTES_A_JOB,
    PEAK_MB,
    SECONDS,
    SHARE,
    TIMES_AS_FAST,
    TIMES_AS_LONG,
    Figure,
    Target,
    at_least,
    at_most,
)
from benchmarks.samples import Contestant, contestant
from benchmarks.sizes import Sizes

MANY: Final = 1_000
"""More rounds than anybody asks for."""

FEW_PENDING: Final = 0.99
"""The load at which, on average, a hundred jobs wait for 80 slots."""

OVERLOAD: Final = 1.1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    `against` says what the figure compares ours with; where there is a `rival`, it runs in turn
    with ours. `waits_within` is how much the two mean waits may differ, as a share.
    """

    title: str
    against: str
    ours: Contestant
    figure: Figure
    target: Target | None = None
    rival: Contestant | None = None
    waits_within: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows whose contestants run in turn; a slow one may ask for fewer rounds."""

    name: str
    rows: tuple[Row, ...]
    most_rounds: int = MANY

    @property
    def contestants(self) -> list[Contestant]:
        """Return everybody who runs, each once, in the order of the rows."""
        both = ((row.ours, row.rival) for row in self.rows)
        return list(dict.fromkeys(one for pair in both for one in pair if one is not None))


def groups(sizes: Sizes) -> list[Group]:
    """Return all rows, by groups."""
    return [
        Group("mm3", tuple(_mm3(sizes))),
        Group("fleet", (_fleet(sizes),)),
        Group("estate", (_estate(sizes.fleet_jobs),)),
        Group("lines", tuple(_lines(sizes))),
        Group("bank", (_bank(sizes.bank_days),)),
        Group("checks", tuple(_checks())),
        Group("blame", (_blame(sizes.blame_jobs),)),
        Group("workers", (_workers(sizes.replications),)),
        Group("large", tuple(_large())),
        Group("start-up", (_start_up(),)),
        Group("memory", tuple(_memory(sizes.mm3_jobs))),
        *([Group("stream", (_stream(sizes.stream_jobs),), 1)] if sizes.stream_jobs else []),
    ]


def _mm3(sizes: Sizes) -> Iterator[Row]:
    jobs, within = sizes.mm3_jobs, 0.05 * sizes.chance
    ours = contestant("cases.mm3.simulated", jobs=jobs)
    rivals = (
        ("a SimPy process and request a job", "simpy_process", 2.5),
        ("Ciw with records", "ciw_records", 4.0),
        ("the bare loop of SimPy callbacks", "callbacks", 0.5),
    )
    for against, name, times in rivals:
        rival = contestant(f"rivals.single_line.{name}", jobs=jobs)
        title = f"M/M/3, {jobs:,} jobs"
        yield Row(title, against, ours, TIMES_AS_FAST, at_least(times), rival, within)


def _fleet(sizes: Sizes) -> Row:
    fleet = Fleet(20, 40, 0.85, sizes.fleet_jobs)
    return Row(
        f"Shared fleet, {fleet.folders} folders, {fleet.machines} machines, load {fleet.load:.0%}",
        "SimPy's FilterStore",
        contestant("cases.fleet.simulated", **asdict(fleet)),
        TIMES_AS_FAST,
        at_least(4),
        contestant("rivals.filter_store.filter_store", **asdict(fleet)),
        waits_within=0.15 * sizes.chance,
    )


def _estate(jobs: int) -> Row:
    small, large = Fleet(20, 40, 0.85, jobs), Fleet(200, 1_000, 0.85, jobs)
    return Row(
        f"The same, {large.folders} folders, {large.machines:,} machines",
        f"itself at {small.folders} and {small.machines}",
        contestant("cases.fleet.engine", **asdict(large)),
        TIMES_AS_FAST,
        at_least(0.7),
        contestant("cases.fleet.engine", **asdict(small)),
    )


def _lines(sizes: Sizes) -> Iterator[Row]:
    pending = sizes.line_jobs * (1 - 1 / OVERLOAD)
    yield Row(
        f"Long lines, load {OVERLOAD:.0%} for a day, {pending:,.0f} Pending",
        "itself with some 100 Pending",
        contestant("cases.fleet.engine", **asdict(day(OVERLOAD, sizes.line_jobs))),
        TIMES_AS_FAST,
        at_least(0.7),
        contestant("cases.fleet.engine", **asdict(day(FEW_PENDING, sizes.line_jobs))),
    )
    shorter = day(OVERLOAD, sizes.rival_line_jobs)
    yield Row(
        f"The same, {sizes.rival_line_jobs * (1 - 1 / OVERLOAD):,.0f} Pending",
        "SimPy's FilterStore",
        contestant("cases.fleet.simulated", **asdict(shorter)),
        TIMES_AS_FAST,
        at_least(20),
        contestant("rivals.filter_store.filter_store", **asdict(shorter)),
        waits_within=0.15 * sizes.chance,
    )


def _bank(days: int) -> Row:
    title = f"A bank of 12 folders, 40 processes, 50 crons, {days} days"
    return Row(title, "", contestant("cases.bank.simulated", days=days), SECONDS)


def _checks() -> Iterator[Row]:
    for run_as in ("dynamic", "myself"):
        title = f"Permission checks, 10,000 submissions, {run_as}"
        once, each, run, command = (
            contestant(case, run_as=run_as)
            for case in (
                "cases.checks.once_a_route",
                "cases.checks.each_submission",
                "cases.checks.run",
                "cases.commands.run_access_tree",
            )
        )
        yield Row(title, "the simulated run", once, SHARE, at_most(10), run)
        yield Row(title, "the whole command", once, SHARE, at_most(10), command)
        yield Row(title, "asking at each submission", once, TIMES_AS_FAST, None, each)


def _blame(jobs: int) -> Row:
    return Row(
        f"Blame on {jobs:,} jobs",
        "sorting as many instants",
        contestant("cases.blame.blamed", jobs=jobs),
        TIMES_AS_LONG,
        at_most(80),
        contestant("cases.blame.sort", jobs=jobs),
    )


def _workers(replications: int) -> Row:
    return Row(
        f"Gain of two workers, {replications} replications",
        "the gain of a counting loop",
        contestant("cases.workers.study", replications=replications),
        TIMES_AS_FAST,
        at_least(0.85),
        contestant("cases.workers.loop", replications=replications),
    )


def _large() -> Iterator[Row]:
    title = "1,000 folders, 2,000 hosts, 5,000 processes"
    planning = contestant("cases.large.planning", duration="4w")
    yield Row(f"{title}: load and plan", "", planning, SECONDS, at_most(3))
    run = contestant("cases.commands.run_large", duration="1d")
    yield Row(f"{title}: run of a day, with its report", "", run, SECONDS)


def _start_up() -> Row:
    return Row("--help", "", contestant("cases.commands.help_page"), SECONDS, at_most(0.3))


def _memory(jobs: int) -> Iterator[Row]:
    for told, case in (("simulate", "cases.mm3.engine"), ("run", "cases.commands.run_mm3")):
        yield Row(
            f"Memory of `{told}`, M/M/3, {2 * jobs:,} jobs",
            "half as many",
            contestant(case, jobs=2 * jobs),
            BYTES_A_JOB,
            at_most(150),
            contestant(case, jobs=jobs),
        )


def _stream(jobs: int) -> Row:
    run = contestant("cases.commands.run_mm3", jobs=jobs)
    return Row(f"`run` of M/M/3, {jobs:,} jobs, to disk", "", run, PEAK_MB, at_most(1024))
