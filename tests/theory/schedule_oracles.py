"""What is known to the second: hand-made schedules, crons, clock changes, row by row."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from schedules import oracles
from theory.figures import SCENARIOS

from simulator.engine import simulate
from simulator.loading import load
from simulator.plan.making import make_plan
from simulator.records.codes import JobState
from simulator.records.columns import Jobs, Legend

SCHEDULES: Final = ("D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10")
"""Whatever is worked out by hand."""

CLOCK_CHANGES: Final = ("Z1", "Z2", "Z3", "Z4", "Z5", "Z6")
"""Daily triggers over days on which their zone changes its clock."""

REPEATED_HOUR: Final = 24
"""Firings of an hourly trigger on a day that shows an hour twice: Quartz fires in it once."""


class Fate(NamedTuple):
    """What became of a job: when, where, how it ended, and how long it was Pending."""

    submitted: str
    started: str
    ended: str
    machine: str
    state: str
    pending_s: float


NOTHING: Final = Fate("", "", "", "", "", 0.0)


class Day(NamedTuple):
    """A local day, how often its hourly trigger fires, and how often the catalogue says it does."""

    file: str
    fired: int
    expected: int
    normative: bool


@dataclass(frozen=True)
class Agreement:
    """One oracle: how many rows it has, and how many come out exactly; `but` is told beside it."""

    oracle: str
    source: str
    rows: int
    exact: int
    but: str = ""

    @property
    def holds(self) -> bool:
        return self.rows > 0 and self.rows == self.exact

    def row(self) -> dict[str, Any]:
        return asdict(self)


def agreements() -> Iterator[Agreement]:
    """Yield the agreement with each oracle."""
    for case in SCHEDULES:
        yield _told(case, "schedules.csv, by hand", [a == b for a, b in fates(case)])
    for case in CLOCK_CHANGES:
        yield _told(case, "schedules.csv, IANA time zones", [a == b for a, b in fates(case)])
    for name in oracles.ANSWERS:
        rows = map(oracles.agrees, oracles.answers(name))
        yield _told(name, "Quartz 2.3.2 for Java", rows)
    mornings = map(oracles.keeps_its_time, oracles.mornings())
    yield _told("dst.csv", "IANA time zones", mornings)
    lengths = map(oracles.lasts_as_long, oracles.day_lengths())
    yield _told("dst_day_length.csv", "IANA time zones", lengths)
    yield _of_days(list(days()))


def fates(case: str) -> list[tuple[Fate, Fate]]:
    """Return for each row of a schedule what is expected, and what became of the job.

    Rows meet jobs by folder, process and order of submission. A row of a job that is not created,
    and a job too many or too few, is paired with a fate of nothing.
    """
    expected = sorted(_schedule(case), key=lambda row: row["state"] == "not_created")
    plan_legend, jobs = _run(case)
    found = _by_process(plan_legend, jobs)
    pairs = list[tuple[Fate, Fate]]()
    for key in sorted({(row["folder"], row["process"]) for row in expected} | found.keys()):
        told = [_expected(row) for row in expected if (row["folder"], row["process"]) == key]
        pairs += _paired(told, found.get(key, []))
    return pairs


def days() -> Iterator[Day]:
    """Yield how often an hourly trigger fires on days of clock changes; rows of other-figures."""
    with (SCENARIOS / "other-figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith("Zday")]
    for row in rows:
        legend, jobs = _run(row["file"].removesuffix(".yaml"))
        day, zone = dt.date.fromisoformat(row["name"]), ZoneInfo(legend.window.zone)
        submitted = legend.window.origin_epoch_s + jobs.submitted_s
        dates = [dt.datetime.fromtimestamp(one, zone).date() for one in submitted]
        normative = "NOT normative" not in row["how"]
        yield Day(row["file"], dates.count(day), int(row["expected"]), normative)


def _told(oracle: str, source: str, exact: Iterable[bool]) -> Agreement:
    marks = list(exact)
    return Agreement(oracle, source, len(marks), sum(marks))


def _of_days(counted: list[Day]) -> Agreement:
    """Return the agreement on days of clock changes; what is not normative is told, not counted."""
    normative = [one for one in counted if one.normative]
    others = [one for one in counted if not one.normative]
    but = f"{len(others)} further, where an hour comes twice, are not normative: Unix cron fires 25"
    but += f" times, Quartz and ours {'/'.join(sorted({str(one.fired) for one in others}))}"
    exact = sum(one.fired == one.expected for one in normative)
    return Agreement("Zday", "hours of the local day", len(normative), exact, but)


@cache
def _run(case: str) -> tuple[Legend, Jobs]:
    loaded = load(SCENARIOS / f"{case}.yaml")
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    return plan.legend, simulate(plan, 1, 0).jobs


def _by_process(legend: Legend, jobs: Jobs) -> dict[tuple[str, str], list[Fate]]:
    found: dict[tuple[str, str], list[Fate]] = {}
    for job, process in enumerate(legend.routes.process[jobs.route]):
        folder, _, name = legend.names.processes[process].rpartition(":")
        found.setdefault((folder, name), []).append(_found(legend, jobs, job))
    return found


def _found(legend: Legend, jobs: Jobs, job: int) -> Fate:
    origin, host = legend.window.origin_epoch_s, jobs.host[job]
    state = JobState(jobs.state[job])
    if state == JobState.REFUSED:  # as right as Pending for ever, says the catalogue: it tells why
        return Fate(_utc(origin + jobs.submitted_s[job]), "", "", "", "pending_for_ever", 0.0)
    return Fate(
        _utc(origin + jobs.submitted_s[job]),
        _utc(origin + jobs.started_s[job]),
        _utc(origin + jobs.ended_s[job]),
        "" if host < 0 else legend.names.hosts[host].split("/")[0],
        state.label.lower(),
        float(jobs.pending_s[job]),
    )


def _expected(row: dict[str, str]) -> Fate:
    if row["state"] == "not_created":
        return NOTHING
    return Fate(
        row["submitted_at"],
        row["started_at"],
        row["ended_at"],
        row["machine"],
        row["state"],
        float(row["pending_s"] or 0),
    )


def _paired(expected: list[Fate], found: list[Fate]) -> list[tuple[Fate, Fate]]:
    longer = max(len(expected), len(found))
    padded = [one + [NOTHING] * (longer - len(one)) for one in (expected, found)]
    return list(zip(*padded, strict=True))


def _schedule(case: str) -> list[dict[str, str]]:
    with (SCENARIOS / "schedules.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["case"] == case]


def _utc(epoch_s: float) -> str:
    """Return a time as the schedules have it, empty for what did not happen."""
    if math.isnan(epoch_s):
        return ""
    return dt.datetime.fromtimestamp(epoch_s, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
