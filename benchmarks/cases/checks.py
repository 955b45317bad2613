"""What permission checks take, and the run they are a part of."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import cycle, islice
from unittest.mock import patch

from benchmarks.cases.simulating import REPLICATION, loaded
from benchmarks.estates.access_tree import PRESSES, SUBMISSIONS, access_tree
from benchmarks.samples import Sample
from simulator.access.grants import Access, access_of
from simulator.access.refusals import Refusal
from simulator.engine import simulate
from simulator.loading import Loaded
from simulator.loading.catalogue import default_roles
from simulator.measurement import measure
from simulator.model.measures import THRESHOLDS_S
from simulator.model.scenario import Scenario
from simulator.plan import routing
from simulator.plan.making import make_plan
from simulator.plan.submitters import submitters
from simulator.policies.admission import Eligible, Request, admit


def rights(scenario: Loaded) -> Access:
    """Return the rights of a scenario, with nothing worked out yet."""
    return access_of(scenario.scenario, default_roles())


@dataclass
class Stopwatch:
    """Stands in for `admit` and adds up the seconds it takes."""

    seconds: float = 0.0

    def __call__(self, request: Request, scenario: Scenario, access: Access) -> Refusal | Eligible:
        """Ask `admit`."""
        begin = time.perf_counter()
        answer = admit(request, scenario, access)
        self.seconds += time.perf_counter() - begin
        return answer


def once_a_route(run_as: str) -> Sample:
    """Time working the rights out and asking `admit`, as a plan does."""
    scenario = loaded(access_tree(run_as=run_as))
    begin = time.perf_counter()
    access = rights(scenario)
    found = time.perf_counter() - begin
    with patch.object(routing, "admit", Stopwatch()) as stopwatch:
        make_plan(scenario.scenario, access, scenario.columns)
    return Sample(SUBMISSIONS, found + stopwatch.seconds)


def each_submission(run_as: str) -> Sample:
    """Time working the rights out and asking `admit` for each submission."""
    scenario = loaded(access_tree(run_as=run_as))
    requests = [
        one.request(caller)
        for one in submitters(scenario.scenario, rights(scenario))
        for caller in islice(cycle(one.callers), PRESSES)
    ]
    begin = time.perf_counter()
    access = rights(scenario)
    for request in requests:
        admit(request, scenario.scenario, access)
    return Sample(len(requests), time.perf_counter() - begin)


def run(run_as: str) -> Sample:
    """Time planning, simulating and measuring, without the reading of the file."""
    scenario = loaded(access_tree(run_as=run_as))
    begin = time.perf_counter()
    plan = make_plan(scenario.scenario, rights(scenario), scenario.columns)
    records = simulate(plan, 1, REPLICATION)
    measure(plan.legend, records, THRESHOLDS_S)
    return Sample(len(records.jobs.route), time.perf_counter() - begin)
