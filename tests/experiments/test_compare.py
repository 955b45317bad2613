"""Variants on common random numbers."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from builders_files import PARALLEL, scenario_file

from simulator.errors import EndlessRun, RunInterrupted, ScenarioError
from simulator.experiments.comparing.compare import Comparison, compare_scenarios, comparison
from simulator.experiments.comparing.variants import BASELINE, scenarios_to_compare
from simulator.experiments.study import run_study
from simulator.loading import load


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    return compare_scenarios(scenarios_to_compare(scenario_file(tmp_path)))


def test_variants_come_in_the_file_s_order_after_the_file_itself(compared: Comparison) -> None:
    assert compared.variants == (BASELINE, "faster", "second")
    assert (compared.seed, compared.replications, compared.confidence) == (7, 3, 0.95)


def test_what_no_variant_touches_does_not_differ_at_all(compared: Comparison) -> None:
    rows = [row for row in compared.rows if row.name in {"Even", "two"}]
    assert len(rows) == 7
    for row in rows:
        assert len(set(row.values)) == 1
        assert all(difference == (0, 0, 0) for difference in row.differences)


def test_half_the_work_for_each_job_is_half_the_utilisation(
    compared: Comparison,
) -> None:
    """By inversion, each exponential draw of mean 5 min is half that of mean 10 min.

    Work that reaches past the day's end counts only inside it: the ratio is near 1/2, not at it.
    """
    row = compared.find("machine", "one", "slots.utilisation")
    assert row is not None
    assert row.values[1] / row.values[0] == pytest.approx(0.5, abs=0.01)
    faster = row.differences[0]
    assert faster.mean == pytest.approx(row.values[1] - row.values[0])
    assert faster.low < faster.mean < faster.high < 0


def test_a_difference_is_that_of_the_values_and_lies_in_its_interval(compared: Comparison) -> None:
    row = compared.find("folder", "Drawn", "pending.mean")
    assert row is not None
    for value, difference in zip(row.values[1:], row.differences, strict=True):
        assert difference.mean == pytest.approx(value - row.values[0])
        assert difference.low < difference.mean < difference.high


def test_an_error_of_a_run_says_in_which_variant(tmp_path: Path) -> None:
    """Jobs of 10 minutes on a host that fails after each 5."""
    failing = "failing: {machines.two.failures: {up: 5m, down: 1s}}"
    file = scenario_file(tmp_path, PARALLEL.replace("variants:", f"variants:\n  {failing}"))
    with pytest.raises(EndlessRun, match=r"^in 'failing': a job of 'Even:P' lost its host"):
        compare_scenarios(scenarios_to_compare(file, ["failing"]))


def test_a_machine_only_one_variant_has_is_no_number_in_the_other(tmp_path: Path) -> None:
    text = PARALLEL.replace("variants:", "variants:\n  third: {machines.three: {slots: 1}}")
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, text), ["third"]))
    row = found.find("machine", "three", "slots.utilisation")
    assert row is not None
    assert math.isnan(row.values[0])
    assert row.values[1] == 0


def test_files_are_compared_on_the_first_one_s_seed_and_replications(tmp_path: Path) -> None:
    here = scenario_file(tmp_path)
    there = scenario_file(tmp_path, PARALLEL.replace("seed: 7", "seed: 8"), "there.yaml")
    found = compare_scenarios(scenarios_to_compare(here, [there]))
    assert found.variants == (str(here), str(there))
    assert all(row.values[0] == row.values[1] for row in found.rows)


def test_a_frame_has_a_row_for_each_measure_and_variant(compared: Comparison) -> None:
    frame = compared.frame()
    assert len(frame) == 3 * len(compared.rows)
    assert frame["difference_mean"].isna().sum() == len(compared.rows)


def test_studies_that_cannot_be_paired_are_refused(tmp_path: Path) -> None:
    loaded = load(scenario_file(tmp_path))
    studies = [("a", run_study(loaded)), ("b", run_study(loaded, seed=8))]
    with pytest.raises(ValueError, match="'b' differs from 'a' in seed"):
        comparison(studies)


def test_ctrl_c_ends_a_comparison(tmp_path: Path) -> None:
    def progress(done: int, of: int) -> None:
        if done == of - 1:
            raise KeyboardInterrupt

    with pytest.raises(RunInterrupted, match="'second'"):
        compare_scenarios(scenarios_to_compare(scenario_file(tmp_path)), progress=progress)


def test_without_variants_there_is_nothing_to_compare(tmp_path: Path) -> None:
    text = PARALLEL[: PARALLEL.index("variants:")]
    with pytest.raises(ScenarioError, match="no variants to compare"):
        scenarios_to_compare(scenario_file(tmp_path, text))


def test_an_unknown_variant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="'fatser'"):
        scenarios_to_compare(scenario_file(tmp_path), ["fatser"])


def test_a_variant_in_which_nothing_runs_shows_in_the_jobs_that_started(tmp_path: Path) -> None:
    """96 jobs are submitted in Even either way; without a host none of them starts."""
    text = PARALLEL.replace("variants:", "variants:\n  none: {machines.two.hosts: 0}")
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, text), ["none"]))
    submitted, started = (
        found.find("folder", "Even", f"jobs.{count}") for count in ("submitted", "started")
    )
    assert submitted is not None
    assert started is not None
    assert submitted.values == (96, 96)
    assert started.values == (96, 0)
    assert started.differences == ((-96, -96, -96),)


POOL = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 10h}
run: {replications: 2}
machines: {vm: {pool: {max: 4, idle_stop: 0s}}}
accounts: {bot: {type: robot}, olga: {type: user}}
folders:
  F:
    assign: {bot: [Automation User], olga: [Automation User]}
    machines: [vm]
    processes: {letters: {duration: 30m}}
    starts: {s: {process: letters, by: olga, stream: {every: 1h}}}
variants:
  fixed: {machines.vm.pool: null, machines.vm.hosts: 2}
"""
"""Each hour one host boots at once for half an hour: 5 host-hours; two fixed ones have 20."""


def test_host_hours_are_compared_where_hosts_come_and_go(tmp_path: Path) -> None:
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, POOL)))
    row = found.find("machine", "vm", "hosts.hours")
    assert row is not None
    assert row.values == (5.0, 20.0)
    assert row.differences[0] == (15.0, 15.0, 15.0)


def test_where_none_do_host_hours_tell_nothing_new(compared: Comparison) -> None:
    assert compared.find("machine", "one", "hosts.hours") is None
