"""What blame costs: a million jobs of 20 folders that share 5 machines at 90 % load.

The jobs are simulated once; then who kept whom Pending is worked out of their records, five times.
As a machine may be a slow one or a busy one, beside each time stands how long numpy takes, then and
there, to sort the instants at which those jobs came, started and ended. Printed are the medians,
and the least of the times, since other work only ever adds to one.

    python benchmarks/blame.py

Exits 1 when the least time is 5 seconds or more and that is 80 sorts or more.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from simulator.engine import simulate
from simulator.loading import load
from simulator.measurement.blaming.blame import blame_figures, charges_of
from simulator.plan.eligibility import Eligibility, eligibility_of
from simulator.plan.making import make_plan
from simulator.records.columns import Legend, Records

FOLDERS, MACHINES, SLOTS = 20, 5, 4
"""Each folder has all of the machines, in an order of its own."""

LOAD, MEAN_MINUTES = 0.9, 10
JOBS: Final = 1_000_000
PER_HOUR = LOAD * MACHINES * SLOTS * 60 / MEAN_MINUTES / FOLDERS
HOURS = JOBS / (PER_HOUR * FOLDERS)

ROUNDS = 5
AT_MOST_S = 5.0
AT_MOST_SORTS = 80.0
ROUNDING = 1e-9
"""What the sum of all blame may differ by, as a part of it."""


class Round(NamedTuple):
    """The seconds of one round."""

    blame: float
    sort: float


def estate() -> str:
    """Return the text of the scenario."""
    machines = "".join(f"  vm {number}: {{slots: {SLOTS}}}\n" for number in range(MACHINES))
    return (
        "version: 1\nname: blame\n"
        f"time: {{start: 2026-01-05, duration: {round(HOURS)}h}}\n"
        "run: {replications: 1}\n"
        "accounts: {robot: {type: robot}, owner: {type: user}}\n"
        f"machines:\n{machines}folders:\n{''.join(map(_folder, range(FOLDERS)))}"
    )


def _folder(number: int) -> str:
    served_by = [f"vm {(number + more) % MACHINES}" for more in range(MACHINES)]
    return (
        f"  folder {number}:\n"
        "    assign: {robot: [Automation User], owner: [Folder Administrator]}\n"
        f"    machines: [{', '.join(served_by)}]\n"
        f"    processes: {{process: {{duration: {{exponential: {MEAN_MINUTES}m}}}}}}\n"
        "    starts: {start: {process: process, by: owner, "
        f"stream: {{poisson: {PER_HOUR:g} per hour}}}}}}\n"
    )


def run() -> tuple[Eligibility, Legend, Records]:
    """Simulate the jobs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "blame.yaml")
        path.write_text(estate(), encoding="utf-8")
        loaded = load(path)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    return eligibility_of(plan), plan.legend, simulate(plan, 1, 0)


def one_round(eligibility: Eligibility, legend: Legend, records: Records) -> Round:
    """Blame the jobs, then sort their instants."""
    jobs = records.jobs
    instants_s = np.concatenate([jobs.submitted_s, jobs.started_s, jobs.ended_s])
    np.random.default_rng(1).shuffle(instants_s)
    begin = time.perf_counter()
    figures = blame_figures(legend, charges_of(eligibility, legend, records))
    between = time.perf_counter()
    np.sort(instants_s)
    end = time.perf_counter()
    inside_s = np.clip(jobs.submitted_s + jobs.pending_s, 0, legend.window.to_s) - jobs.submitted_s
    assert abs(figures.window_s.sum() / inside_s.sum() - 1) < ROUNDING
    return Round(between - begin, end - between)


def main() -> int:
    """Time some rounds, print the table, return the exit code."""
    begin = time.perf_counter()
    eligibility, legend, records = run()
    simulated = time.perf_counter() - begin
    count = len(records.jobs.route)
    waited = int((records.jobs.pending_s > 0).sum())
    print(f"{count:,} jobs, {waited:,} of them waited; simulated in {simulated:.1f} s")
    rounds = [one_round(eligibility, legend, records) for _ in range(ROUNDS)]
    blame_s, sort_s = (statistics.median(column) for column in zip(*rounds, strict=True))
    least = min(rounds)
    print(f"{'':<8}{'s':>8}{'ns/job':>9}{'sorts':>8}")
    print(f"{'median':<8}{blame_s:>8.2f}{blame_s / count * 1e9:>9,.0f}{blame_s / sort_s:>8.1f}")
    in_sorts = least.blame / least.sort
    print(f"{'least':<8}{least.blame:>8.2f}{least.blame / count * 1e9:>9,.0f}{in_sorts:>8.1f}")
    is_slow = least.blame >= AT_MOST_S and in_sorts >= AT_MOST_SORTS
    print("too slow" if is_slow else "fast enough")
    return int(is_slow)


if __name__ == "__main__":
    sys.exit(main())
