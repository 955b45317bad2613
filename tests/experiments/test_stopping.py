"""When a study has replications enough: by its figures, by its targets, and by looking seldom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from builders import folder, scenario

from simulator.experiments.comparing.compare import compare_scenarios
from simulator.experiments.long_run import Growing, LongRun
from simulator.experiments.stopping import Standing, goals_of, is_look, standings
from simulator.experiments.study import Study, run_study
from simulator.loading import Loaded, load
from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import LARGEST

NAN = math.nan
STEADY = LongRun(steady=True)
GROWING = LongRun(growing=(Growing({"folder": frozenset({"F"})}, "too much"),))
P95 = {"folder": "F", "measure": "pending.p95", "at_most": "10m"}
LONGEST = {"folder": "F", "measure": "pending.max", "at_most": "10m"}

WAITING = """\
version: 1
time: {start: 2026-01-05, duration: 5d}
machines: {M1: {}}
accounts: {robot: {type: robot}, owner: {type: user}}
folders:
  F:
    assign: {robot: [Automation User], owner: [Folder Administrator]}
    machines: [M1]
    processes: {P: {duration: {exponential: 6m}}}
    triggers: {T: {process: P, created_by: owner, event: {poisson: 6 per hour}}}
"""
"""An M/M/1 queue at 60 %: 720 jobs a replication, which wait 9 minutes in the long run."""


def loaded(folder: Path, *overrides: str) -> Loaded:
    file = folder / "waiting.yaml"
    file.write_text(WAITING, encoding="utf-8")
    return load(file, overrides=overrides)


def asked(precision: str, **more: str) -> str:
    keys = {"precision": precision, **more}
    return f"run.replications={{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"


def row(mean: float, half_width: float, measure: str = "pending.p95") -> SummaryRow:
    ends = mean - half_width, mean + half_width
    return SummaryRow("folder", "F", measure, "s", mean, *ends, half_width, 0.95, 10)


GOALS: dict[str, tuple[dict[str, Any], list[Any], LongRun, list[tuple[str, str, str]]]] = {
    "nothing named": ({}, [], STEADY, [("tenant", "", "pending.mean")]),
    "a measure": ({"of": "pending.p95"}, [], STEADY, [("tenant", "", "pending.p95")]),
    "a measure before targets": (
        {"of": "slots.busy"},
        [P95],
        STEADY,
        [("tenant", "", "slots.busy")],
    ),
    "targets": (
        {},
        [P95, LONGEST],
        STEADY,
        [("folder", "F", "pending.p95"), ("folder", "F", "pending.max")],
    ),
    "targets that grow are not waited for": ({}, [P95], GROWING, []),
}


@pytest.mark.parametrize(("keys", "targets", "long_run", "expected"), GOALS.values(), ids=GOALS)
def test_what_a_study_goes_on_for(
    keys: dict[str, Any],
    targets: list[Any],
    long_run: LongRun,
    expected: list[tuple[str, str, str]],
) -> None:
    run = {"replications": {"precision": "5%", **keys}}
    estate = scenario(folders={"F": folder()}, run=run, targets=targets)
    assert [one.key for one in goals_of(estate, long_run)] == expected


def test_a_number_of_replications_has_no_goal() -> None:
    assert goals_of(scenario(targets=[P95]), STEADY) == ()


STANDINGS: dict[str, tuple[Any, SummaryRow | None, Standing]] = {
    "narrow enough": (P95, row(600, 30), "precise"),
    "wider, about the limit": (P95, row(600, 30.1), "open"),
    "wide, below the limit": (P95, row(300, 299), "decided"),
    "wide, above the limit": (P95, row(900, 299), "decided"),
    "zero without doubt": ({**P95, "at_most": "0s"}, row(0, 0), "decided"),
    "no row": (P95, None, "nothing"),
    "no value": (P95, row(NAN, NAN), "nothing"),
    "one value, no interval": (LONGEST, row(500, NAN, "pending.max"), "decided"),
}


@pytest.mark.parametrize(("target", "found", "expected"), STANDINGS.values(), ids=STANDINGS)
def test_how_a_target_stands(target: Any, found: SummaryRow | None, expected: Standing) -> None:
    run = {"replications": {"precision": "5%"}}
    estate = scenario(folders={"F": folder()}, run=run, targets=[target])
    summary = Summary(() if found is None else (found,))
    assert [how for _, how in standings(estate, STEADY, summary)] == [expected]


MEASURES: dict[str, tuple[float, float, Standing]] = {
    "narrow": (600, 30, "precise"),
    "wide": (600, 31, "open"),
    "zero": (0, 0, "precise"),
    "zero, uncertain": (0, 1, "open"),
    "below zero": (-600, 30, "precise"),
    "no interval yet": (600, NAN, "open"),
}


@pytest.mark.parametrize(("mean", "half", "expected"), MEASURES.values(), ids=MEASURES)
def test_how_a_measure_stands(mean: float, half: float, expected: Standing) -> None:
    estate = scenario(run={"replications": {"precision": "5%", "of": "pending.p95"}})
    found = row(mean, half)._replace(scope="tenant", name="")
    assert [how for _, how in standings(estate, STEADY, Summary((found,)))] == [expected]


def test_looks_are_seldom() -> None:
    """Each is a fifth after the last, rounded up, and the first is after ten."""
    looks = [count for count in range(101) if is_look(count)]
    assert looks == [10, 12, 15, 18, 22, 27, 33, 40, 48, 58, 70, 84]


def half_width(study: Study, measure: str = "pending.mean") -> float:
    found = study.summary.find("tenant", "", measure)
    assert found is not None
    return found.half_width / found.mean


def test_a_study_ends_with_the_first_look_that_is_precise(tmp_path: Path) -> None:
    """Run for as many as the look before, its interval is still too wide."""
    study = run_study(loaded(tmp_path, asked("8%")))
    assert is_look(study.replications)
    assert study.replications > 10
    assert half_width(study) <= 0.08
    before = max(count for count in range(study.replications) if is_look(count))
    assert half_width(run_study(loaded(tmp_path), replications=before)) > 0.08
    assert study.complete
    assert study.cautions == ()


def test_ten_at_least_and_at_most_as_many_as_there_may_be(tmp_path: Path) -> None:
    quick = run_study(loaded(tmp_path, asked("90%")))
    long = run_study(loaded(tmp_path, asked("0.1%", at_most="11")))
    assert (quick.replications, long.replications) == (10, 11)
    (caution,) = long.cautions
    assert caution.startswith("11 replications, the most there may be")
    assert "precise as 0.1 % (Mean Pending of all jobs: " in caution


def test_a_decided_target_is_enough(tmp_path: Path) -> None:
    targets = "targets=[{measure: pending.mean, at_most: 1h}, {measure: pending.p95, at_least: 1m}]"
    assert run_study(loaded(tmp_path, asked("0.1%"), targets)).replications == 10


def test_what_cannot_be_measured_is_not_waited_for(tmp_path: Path) -> None:
    nobody = "folders.F.triggers.T.event={poisson: 1e-9 per hour}"
    assert run_study(loaded(tmp_path, asked("5%"), nobody)).replications == 10


def test_overload_is_not_waited_for(tmp_path: Path) -> None:
    too_much = "folders.F.triggers.T.event={poisson: 60 per hour}"
    study = run_study(loaded(tmp_path, asked("0.1%"), too_much, "time.warm_up=1h"))
    assert study.replications == 10
    assert study.long_run.reasons


def test_the_measures_without_an_interval_are_the_largest_values(tmp_path: Path) -> None:
    """Of all the tenant's that have a value here, and need no threshold."""
    rows = run_study(loaded(tmp_path), replications=2).summary.rows
    tenants = [one for one in rows if one.scope == "tenant" and not math.isnan(one.mean)]
    without = {one.measure for one in tenants if math.isnan(one.half_width)}
    assert without == {one.measure for one in tenants} & {*LARGEST}
    assert "pending.max" in without


def test_a_number_given_wins_and_so_does_another_rule(tmp_path: Path) -> None:
    scenario_of = loaded(tmp_path, asked("0.1%"))
    assert run_study(scenario_of, replications=3).replications == 3

    def two(figures: Sequence[Any], _legend: Any) -> bool:
        return len(figures) == 2

    assert run_study(scenario_of, enough=two).replications == 2


def test_a_comparison_has_as_many_as_its_first_needs(tmp_path: Path) -> None:
    first = loaded(tmp_path, asked("8%"))
    other = loaded(tmp_path, asked("0.1%"), "machines.M1.hosts=2")
    found = compare_scenarios([("first", first), ("other", other)])
    assert found.replications == run_study(first).replications
