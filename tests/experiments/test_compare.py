"""Variants on common random numbers."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from builders_files import PARALLEL, scenario_file

from simulator.errors import EndlessRun, RunInterrupted, ScenarioError
from simulator.experiments.comparing.compare import Comparison, compare_scenarios, comparison
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.comparing.rows import TIDY_COLUMNS
from simulator.experiments.comparing.variants import BASELINE, scenarios_to_compare
from simulator.experiments.study import run_study
from simulator.loading import load
from simulator.report.comparing.sentences import sentences


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    return compare_scenarios(scenarios_to_compare(scenario_file(tmp_path)))


def test_variants_come_in_the_file_s_order_after_the_file_itself(compared: Comparison) -> None:
    assert compared.variants == (BASELINE, "faster", "second")
    assert (compared.seed, compared.replications, compared.confidence) == (7, 3, 0.95)


def test_what_no_variant_touches_does_not_differ_at_all(compared: Comparison) -> None:
    """Every measure of the folder, its process, its trigger, and the machine that it has alone."""
    untouched = {"Even", "Even:P", "Even:quarterly", "two", "two/1"}
    rows = [row for row in compared.rows if row.name in untouched]
    assert {row.name for row in rows} == untouched
    assert len(rows) > 80
    for row in rows:
        assert len(set(row.values)) == 1
        for difference in row.differences:
            assert (difference.mean, difference.is_none, difference.clear) == (0, True, False)


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
    """The baseline has no difference to itself; nor has what only one of two has a value of."""
    frame = compared.frame()
    assert tuple(frame.columns) == TIDY_COLUMNS
    assert len(frame) == 3 * len(compared.rows)
    without = frame["difference"].isna()
    is_itself = frame["variant"] == BASELINE
    one_sided = frame["value"].isna() | frame["baseline"].isna()
    assert (without == (is_itself | one_sided)).all()
    assert 0 < one_sided.sum() < is_itself.sum()


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
    assert started.differences == (Difference(-96, -96, -96, p=0, clear=True, n=3),)


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
    assert row.differences[0][:3] == (15.0, 15.0, 15.0)


def test_a_host_more_is_a_day_of_host_hours_more(compared: Comparison) -> None:
    row = compared.find("machine", "one", "hosts.hours")
    assert row is not None
    assert row.values == (24.0, 24.0, 48.0)
    assert row.is_unchanged_in(0)
    assert not row.is_unchanged_in(1)


def test_every_measure_of_every_scope_is_compared(compared: Comparison, tmp_path: Path) -> None:
    """What the summary of the file itself has, the comparison has, and the same values."""
    study = run_study(load(scenario_file(tmp_path)))
    for one in study.summary.rows:
        if math.isnan(one.mean):
            continue
        row = compared.find(one.scope, one.name, one.measure)
        assert row is not None
        assert row.values[0] == one.mean


def thresholds(text: str) -> str:
    target = "{{folder: Drawn, measure: pending.over, threshold: {0}, at_most: 50%}}"
    return PARALLEL.replace("targets:\n", f"targets:\n  - {target.format(text)}\n")


def test_shares_over_thresholds_are_compared_by_threshold(tmp_path: Path) -> None:
    """One file asks for 7 minutes, the other for 3, so that no column is where it is there.

    Both count those over 5 minutes; the work is the same.
    """
    here = scenario_file(tmp_path, thresholds("7m"))
    there = scenario_file(tmp_path, thresholds("3m"), "there.yaml")
    found = compare_scenarios(scenarios_to_compare(here, [there]))
    both, first, second = (
        found.find("folder", "Drawn", f"pending.over({threshold})")
        for threshold in ("5m", "7m", "3m")
    )
    assert both is not None
    assert first is not None
    assert second is not None
    assert both.values[0] == both.values[1] > 0
    assert both.is_unchanged
    assert (first.values[0] > 0, math.isnan(first.values[1])) == (True, True)
    assert (math.isnan(second.values[0]), second.values[1] > 0) == (True, True)
    assert math.isnan(first.differences[0].mean)


SUBTREES = PARALLEL.replace(
    "targets:\n",
    "targets:\n"
    "  - {folder: Drawn, with_subfolders: true, measure: pending.mean, at_most: 1h}\n"
    "  - {folder: Even, with_subfolders: true, measure: pending.mean, at_most: 1h}\n",
)


def test_each_folder_with_its_subfolders_is_compared(tmp_path: Path) -> None:
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, SUBTREES), ["faster"]))
    for name, differs in (("Drawn", True), ("Even", False)):
        alone, with_subfolders = (
            found.find(scope, name, "pending.mean") for scope in ("folder", "folder+")
        )
        assert alone is not None
        assert with_subfolders is not None
        assert with_subfolders.values == alone.values
        assert with_subfolders.is_unchanged is not differs


def test_a_folder_that_a_variant_drops_or_renames_is_there_on_one_side(tmp_path: Path) -> None:
    text = PARALLEL.replace(
        "variants:\n",
        "variants:\n"
        "  dropped: {folders.Even: null, targets: []}\n"
        "  machine-dropped: {folders.Even: null, machines.two: null, targets: []}\n",
    )
    here = scenario_file(tmp_path, text)
    there = scenario_file(tmp_path, PARALLEL.replace("Even", "Level"), "there.yaml")
    for compared in (
        compare_scenarios(scenarios_to_compare(here, ["dropped", "machine-dropped"])),
        compare_scenarios(scenarios_to_compare(here, [there])),
    ):
        row = compared.find("folder", "Even", "jobs.started")
        assert row is not None
        assert row.values[0] == 96
        assert all(map(math.isnan, row.values[1:]))
        drawn = compared.find("folder", "Drawn", "pending.mean")
        assert drawn is not None
        assert drawn.is_unchanged
        assert sentences(compared)


def test_what_is_clear_is_clear_among_all_names_and_variants_of_a_measure(
    compared: Comparison,
) -> None:
    """Holm's method by its words: the smallest p times their number, the next times one less."""
    rows = compared.of("folder", "pending.mean")
    family = sorted(
        ((one.p, one.clear) for row in rows for one in row.differences), key=lambda one: one[0]
    )
    assert len(family) == 4  # two folders in two variants
    rejected = True
    for left, (p, is_clear) in zip((4, 3, 2, 1), family, strict=True):
        rejected = rejected and p * left <= 0.05
        assert is_clear is rejected


def test_how_each_target_fares_in_each_variant_is_told(tmp_path: Path) -> None:
    """Nobody waits in Even, but where its machine has no host: then nothing is to be measured."""
    text = PARALLEL.replace("variants:", "variants:\n  none: {machines.two.hosts: 0}")
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, text), ["none"]))
    assert {name: [one.outcome for one in every] for name, every in found.targets.items()} == {
        BASELINE: ["met"],
        "none": ["undecided"],
    }


def test_a_variant_called_like_the_baseline_is_told_from_it(tmp_path: Path) -> None:
    text = PARALLEL.replace("variants:", "variants:\n  as written: {machines.one.hosts: 3}")
    file = scenario_file(tmp_path, text)
    names = [name for name, _ in scenarios_to_compare(file, [BASELINE, BASELINE])]
    assert names == [str(file), BASELINE]
