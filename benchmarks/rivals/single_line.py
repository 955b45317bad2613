"""M/M/3 in SimPy, in bare callbacks on SimPy's clock, and in Ciw; each keeps its records.

Times are minutes, as in their tutorials.
"""

from __future__ import annotations

import random
import statistics
import time
from array import array
from collections import deque
from collections.abc import Generator

import ciw
import simpy

from benchmarks.estates.single_line import MEAN_S, PER_HOUR, SERVERS
from benchmarks.samples import Sample

RATE = PER_HOUR / 60
MEAN = MEAN_S / 60


def simpy_process(jobs: int) -> Sample:
    """Run one process and one request a job, as SimPy's own documentation does."""
    draw = random.Random(1)  # noqa: S311 - a simulation, no secret
    records: list[tuple[float, float, float]] = []

    def job(
        env: simpy.Environment, servers: simpy.Resource
    ) -> Generator[simpy.Event, object, None]:
        submitted = env.now
        with servers.request() as request:
            yield request
            started = env.now
            yield env.timeout(draw.expovariate(1 / MEAN))
            records.append((submitted, started, env.now))

    def arrivals(
        env: simpy.Environment, servers: simpy.Resource
    ) -> Generator[simpy.Event, object, None]:
        for _ in range(jobs):
            yield env.timeout(draw.expovariate(RATE))
            env.process(job(env, servers))

    begin = time.perf_counter()
    env = simpy.Environment()
    env.process(arrivals(env, simpy.Resource(env, SERVERS)))
    env.run()
    seconds = time.perf_counter() - begin
    waits = (started - submitted for submitted, started, _ in records)
    return Sample(len(records), seconds, statistics.fmean(waits) * 60)


class CallbackLoop:
    """The least that can be done on SimPy's clock: two events a job, three numbers kept of it.

    No process, no resource, no priority, no folder, one line. What a simulator does on top costs
    what it is slower than this.
    """

    def __init__(self, env: simpy.Environment, jobs: int) -> None:
        self.env, self.jobs, self.free = env, jobs, SERVERS
        self.line = deque[int]()
        self.submitted, self.started, self.ended = array("d"), array("d"), array("d")
        self.draw = random.Random(1).expovariate  # noqa: S311 - a simulation, no secret
        self.expect()

    def expect(self) -> None:
        """Set the next arrival."""
        self.env.timeout(self.draw(RATE)).callbacks.append(self.arrive)

    def arrive(self, _event: simpy.Event) -> None:
        """Begin the job that comes, or put it into the line."""
        job = len(self.submitted)
        self.submitted.append(self.env.now)
        self.started.append(0)
        self.ended.append(0)
        if self.free:
            self.free -= 1
            self.begin(job)
        else:
            self.line.append(job)
        if job + 1 < self.jobs:
            self.expect()

    def begin(self, job: int) -> None:
        """Set the end of a job that starts now."""
        self.started[job] = self.env.now
        self.env.timeout(self.draw(1 / MEAN), job).callbacks.append(self.end)

    def end(self, event: simpy.Event) -> None:
        """End a job, and begin the next in line."""
        self.ended[event.value] = self.env.now  # type: ignore[index]  # the job it was set for
        if self.line:
            self.begin(self.line.popleft())
        else:
            self.free += 1


def callbacks(jobs: int) -> Sample:
    """Run the bare loop of callbacks."""
    begin = time.perf_counter()
    env = simpy.Environment()
    loop = CallbackLoop(env, jobs)
    env.run()
    seconds = time.perf_counter() - begin
    waits = (
        started - submitted for submitted, started in zip(loop.submitted, loop.started, strict=True)
    )
    return Sample(len(loop.ended), seconds, statistics.fmean(waits) * 60)


def ciw_records(jobs: int) -> Sample:
    """Run one node of Ciw until so many customers are done, and take its records."""
    begin = time.perf_counter()
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE)],
        service_distributions=[ciw.dists.Exponential(1 / MEAN)],
        number_of_servers=[SERVERS],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(jobs, method="Finish")
    records = simulation.get_all_records()
    seconds = time.perf_counter() - begin
    return Sample(len(records), seconds, statistics.fmean(one.waiting_time for one in records) * 60)
