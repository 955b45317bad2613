"""M/M/3, about 200,000 jobs on one core, all records kept: the simulator beside SimPy and Ciw.

Each contestant runs in a fresh process, timed without its imports, five times in turn (A B C A B
C …), so that a machine that slows down slows all of them; medians are compared. The simulator is
timed over its whole way: reading the file, checking it, planning, simulating. SimPy is written as
its own documentation does it, one process and one Resource request a job; Ciw keeps its records.
The mean wait stands beside each time, to see that all three did the same work: Erlang's C formula
gives 1.0787 minutes.

    python benchmarks/mm3.py

Exits 1 when the simulator is less than 1.2 times as fast as SimPy or 2 times as fast as Ciw.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ARRIVALS_PER_MINUTE = 2.4
SERVERS = 3
JOBS = 200_000
ROUNDS = 5
AT_LEAST = {"simpy": 1.2, "ciw": 2.0}
"""How many times as fast as each of the others the simulator has to be."""

SCENARIO = f"""
version: 1
name: mm3
time: {{start: 2026-01-05, duration: {round(JOBS / ARRIVALS_PER_MINUTE)}m}}
run: {{replications: 1}}
machines: {{M: {{hosts: 1, slots: {SERVERS}}}}}
accounts: {{robot: {{type: robot}}, owner: {{type: user}}}}
folders:
  F:
    assign: {{robot: [Automation User], owner: [Folder Administrator]}}
    machines: [M]
    processes: {{P: {{duration: {{exponential: 1m}}}}}}
    triggers:
      T:
        process: P
        event: {{poisson: {ARRIVALS_PER_MINUTE * 60:g} per hour}}
        created_by: owner
"""


class Timing(NamedTuple):
    """One run: jobs done, seconds taken, mean wait in minutes, the process's peak memory in MB."""

    jobs: int
    seconds: float
    mean_wait: float
    peak_mb: float

    @property
    def jobs_per_second(self) -> float:
        """Jobs done for each second taken."""
        return self.jobs / self.seconds


def run_simulator() -> tuple[int, float, float]:
    """Load, plan and simulate; return jobs, seconds and the mean wait in minutes."""
    from simulator.engine import simulate  # noqa: PLC0415 - imports are not timed
    from simulator.loading import load  # noqa: PLC0415 - imports are not timed
    from simulator.plan.making import make_plan  # noqa: PLC0415 - imports are not timed

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mm3.yaml")
        path.write_text(SCENARIO, encoding="utf-8")
        begin = time.perf_counter()
        loaded = load(path)
        plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
        jobs = simulate(plan, 1, 0).jobs
        seconds = time.perf_counter() - begin
    return len(jobs.submitted_s), seconds, float((jobs.started_s - jobs.submitted_s).mean()) / 60


def run_simpy() -> tuple[int, float, float]:
    """One process and one request a job; return jobs, seconds and the mean wait in minutes."""
    import simpy  # noqa: PLC0415 - imports are not timed

    draw = random.Random(1)  # noqa: S311 - a simulation, no secret
    records: list[tuple[float, float, float]] = []

    def job(env: simpy.Environment, servers: simpy.Resource) -> Iterator[simpy.Event]:
        submitted = env.now
        with servers.request() as request:
            yield request
            started = env.now
            yield env.timeout(draw.expovariate(1.0))
            records.append((submitted, started, env.now))

    def arrivals(env: simpy.Environment, servers: simpy.Resource) -> Iterator[simpy.Event]:
        for _ in range(JOBS):
            yield env.timeout(draw.expovariate(ARRIVALS_PER_MINUTE))
            env.process(job(env, servers))

    begin = time.perf_counter()
    env = simpy.Environment()
    env.process(arrivals(env, simpy.Resource(env, SERVERS)))
    env.run()
    seconds = time.perf_counter() - begin
    waits = (started - submitted for submitted, started, _ in records)
    return len(records), seconds, statistics.fmean(waits)


def run_ciw() -> tuple[int, float, float]:
    """One node with records; return jobs, seconds and the mean wait in minutes."""
    import ciw  # noqa: PLC0415 - imports are not timed

    begin = time.perf_counter()
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(ARRIVALS_PER_MINUTE)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[SERVERS],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(JOBS, method="Finish")
    records = simulation.get_all_records()
    seconds = time.perf_counter() - begin
    return len(records), seconds, statistics.fmean(record.waiting_time for record in records)


CONTESTANTS = {"simulator": run_simulator, "simpy": run_simpy, "ciw": run_ciw}


def time_here(contestant: str) -> None:
    """Run one contestant in this process and print its timing as JSON."""
    jobs, seconds, mean_wait = CONTESTANTS[contestant]()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(Timing(jobs, seconds, mean_wait, peak_mb)))


def time_apart(contestant: str) -> Timing:
    """Run one contestant in a fresh process and return its timing."""
    command = [sys.executable, __file__, contestant]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    return Timing(*json.loads(done.stdout))


def medians(timings: list[Timing]) -> Timing:
    """Return the median of each figure."""
    jobs, *figures = (statistics.median(column) for column in zip(*timings, strict=True))
    return Timing(round(jobs), *figures)


def print_table(results: dict[str, Timing]) -> None:
    """Print a line for each contestant, with how many times as fast the simulator was."""
    ours = results["simulator"].jobs_per_second
    print(f"{'':<10}{'jobs':>9}{'s':>8}{'jobs/s':>10}{'ratio':>7}{'wait':>8}{'peak MB':>9}")
    for name, timing in results.items():
        print(
            f"{name:<10}{timing.jobs:>9,}{timing.seconds:>8.2f}{timing.jobs_per_second:>10,.0f}"
            f"{ours / timing.jobs_per_second:>7.2f}{timing.mean_wait:>8.3f}{timing.peak_mb:>9.0f}"
        )


def main() -> int:
    """Time all contestants in turn, print the table, return the exit code."""
    timings: dict[str, list[Timing]] = {name: [] for name in CONTESTANTS}
    for _ in range(ROUNDS):
        for name in CONTESTANTS:
            timings[name].append(time_apart(name))
    results = {name: medians(runs) for name, runs in timings.items()}
    print_table(results)
    ours = results["simulator"].jobs_per_second
    slow = [
        f"less than {ratio:g} times as fast as {name}"
        for name, ratio in AT_LEAST.items()
        if ours < ratio * results[name].jobs_per_second
    ]
    print("too slow: " + ", ".join(slow) if slow else "fast enough")
    return 1 if slow else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        time_here(sys.argv[1])
    else:
        sys.exit(main())
