"""The same seed, the same bytes; and a variant meets the same items and the same children."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
import pytest
from builders_busy import busy_scenario
from builders_files import scenario_file

from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.study import run_study
from simulator.loading import load
from simulator.records.codes import ItemStatus, JobState, SourceKind
from simulator.records.columns import Legend, Records

TABLES = ("jobs", "occupancy", "queue_items", "trigger_log")

WORKED_AT = {ItemStatus.SUCCESSFUL, ItemStatus.FAILED, ItemStatus.RETRIED}


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return busy_scenario(tmp_path_factory.mktemp("busy"))


def test_one_worker_and_two_give_the_same_bytes(scenario: Path) -> None:
    one = run_study(load(scenario), in_memory=True)
    with workforce_of(2) as workforce:
        two = run_study(load(scenario), workforce=workforce, in_memory=True)
    for name in TABLES:
        assert one.table(name).to_csv() == two.table(name).to_csv()
        assert len(one.table(name)) > 0
    assert set(one.table("jobs")["source_kind"].unique()) == {
        *("Schedule", "Queue", "IntegrationTrigger", "HttpTrigger", "Manual", "Job")
    }


Run: TypeAlias = tuple[Legend, Records]
Pair: TypeAlias = tuple[Run, Run]


def with_few_hosts_and_many(scenario: Path) -> Pair:
    """The first replication of each."""

    def run(*settings: str) -> Run:
        study = run_study(load(scenario, overrides=settings), replications=1, in_memory=True)
        return study.legend, study.records[0]

    return run(), run("machines.shared.hosts=5")


@pytest.fixture(scope="module")
def pair(scenario: Path) -> Pair:
    return with_few_hosts_and_many(scenario)


def test_the_fleets_of_the_pair_differ_in_what_happens(pair: Pair) -> None:
    (_, few), (_, many) = pair
    assert np.nansum(few.jobs.pending_s) > 2 * np.nansum(many.jobs.pending_s)


def items(run: Run) -> pd.DataFrame:
    """How long each attempt took and how it ended, by arrival, number of its item, and retry."""
    legend, records = run
    rows = records.queue_items
    arrival = legend.item_routes.arrival[rows.route]
    table = pd.DataFrame(
        {
            "arrival": arrival,
            "first": rows.first,
            "retry": rows.retry,
            "added_s": rows.added_s[rows.first],
            "seconds": rows.done_s - rows.taken_s,
            "status": rows.status,
        }
    )
    first = table[table["retry"] == 0]
    nth = first.groupby("arrival").cumcount()
    table["nth"] = nth.reindex(table["first"]).to_numpy()
    return table.set_index(["arrival", "nth", "retry"]).drop(columns="first")


def test_the_nth_item_takes_as_long_and_fails_as_often_whoever_works_at_it(pair: Pair) -> None:
    few, many = (items(run) for run in pair)
    both = few.merge(many, left_index=True, right_index=True, suffixes=("_few", "_many"))
    np.testing.assert_array_equal(both["added_s_few"], both["added_s_many"])
    known = {status.value for status in WORKED_AT}
    both = both[both["status_few"].isin(known) & both["status_many"].isin(known)]
    np.testing.assert_array_equal(both["seconds_few"], both["seconds_many"])
    np.testing.assert_array_equal(both["status_few"], both["status_many"])
    assert len(both) > 200
    assert both.index.get_level_values("retry").max() > 0


CHAINS = """\
version: 1
time: {start: 2026-03-02T00:00, duration: 2d}
run: {seed: 5}
machines: {shared: {hosts: 1, slots: 2}}
accounts: {bot: {type: robot}, clerk: {type: user}}
folders:
  F:
    assign: {bot: [Folder Administrator], clerk: [Folder Administrator]}
    machines: [shared]
    processes:
      A: {duration: {exponential: 20m}, faults: 10%, then: {start: B, after: 7m, jobs: 2}}
      B: {duration: {exponential: 10m}, then: {start: C, after: 3m}}
      C: {duration: {lognormal: {mean: 5m, cv: 2}}, start_up: {exponential: 20s}}
      D: {duration: {exponential: 6m}, then: {start: D, after: 1h}}
    starts:
      first: {process: A, by: clerk, stream: {poisson: 90 per day}}
      second: {process: B, by: clerk, stream: {poisson: 12 per day}}
      round: {process: D, by: clerk, stream: {poisson: 8 per day}}
"""
AFTER_S = {"F:A": 420.0, "F:B": 180.0, "F:D": 3600.0}


def families(run: Run) -> dict[tuple[object, ...], tuple[float, JobState]]:
    """How long each job ran and how it ended, by its descent: start, number, children's numbers.

    A child is its parent's whose end lies as long before as `then` says: no two ends are equal.
    """
    legend, records = run
    jobs, routes, names = records.jobs, legend.routes, legend.names
    parents: dict[tuple[str, float], tuple[object, ...]] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    found = {}
    for row, route in enumerate(jobs.route.tolist()):
        source = names.sources[routes.source[route]]
        of: tuple[object, ...] = (source,)
        if routes.source_kind[route] == SourceKind.JOB:
            of = parents[source, jobs.submitted_s[row] - AFTER_S[source]]
        descent = (*of, counts[of])
        counts[of] += 1
        found[descent] = (float(jobs.running_s[row]), JobState(jobs.state[row]))
        parents[names.processes[routes.process[route]], jobs.ended_s[row]] = descent
    return found


def test_the_nth_child_of_the_nth_submission_takes_as_long_whenever_it_comes(
    tmp_path: Path,
) -> None:
    """Whole families, down to grandchildren and what comes back to where it was, are the same."""
    few, many = (families(run) for run in with_few_hosts_and_many(scenario_file(tmp_path, CHAINS)))
    both = few.keys() & many.keys()
    assert {descent: few[descent] for descent in both} == {
        descent: many[descent] for descent in both
    }
    assert {descent[0] for descent in few.keys() ^ many.keys()} <= {
        "F:round"
    }  # fewer rounds fit into the window
    assert max(map(len, both)) > 8
    assert len(both) > 500


def test_children_have_draws_of_their_own(tmp_path: Path) -> None:
    """No two jobs of all families last as long, and two children of one parent differ too."""
    run, _ = with_few_hosts_and_many(scenario_file(tmp_path, CHAINS))
    lengths = [seconds for seconds, _ in families(run).values()]
    assert len(set(lengths)) == len(lengths)


@pytest.mark.parametrize(
    ("difference", "is_none"),
    [
        (Difference(0.0, 0.0, 0.0, n=5), True),
        (Difference(0.0, -1.0, 1.0, n=5), False),
        (Difference(0.0, math.nan, math.nan, n=1), True),
        (Difference(0.0, math.nan, math.nan, n=5), False),
        (Difference(math.nan, math.nan, math.nan), False),
    ],
    ids=["the same", "on average", "a single one", "no interval", "nothing"],
)
def test_what_differs_in_no_replication(difference: Difference, is_none: bool) -> None:
    assert difference.is_none is is_none
