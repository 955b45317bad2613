"""No long-run mean is told of waits that have none; everything else is."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builders_files import scenario_file

from simulator.access.sight import sight_of
from simulator.experiments.comparing.compare import compare_scenarios
from simulator.experiments.comparing.pairing import NO_DIFFERENCE
from simulator.experiments.comparing.tidy import comparison_json
from simulator.experiments.study import Study, run_study
from simulator.experiments.tidy import study_json
from simulator.loading import load
from simulator.model.measures import MEASURES

if TYPE_CHECKING:
    from simulator.loading import Loaded

CASES = Path(__file__).parents[1] / "data" / "validation" / "scenarios"
SHORT = ("time.duration=20d", "time.warm_up=2d", "run.replications=2")
TOO_MUCH = "folders.F.processes.P.duration.exponential=10.5m"

SHARED = """\
version: 1
name: shared
time: {start: 2026-01-05, duration: 1w, warm_up: 1d}
run: {replications: 3}
machines:
  vm: {hosts: 3, slots: 2}
  desk: {slots: 1}
accounts:
  robot: {type: robot}
  desk-robot: {type: robot}
  anna: {type: user}
  olga: {type: user}
roles:
  Onlooker: {type: folder, permissions: {Jobs: [View]}}
folders:
  HR:
    assign: {robot: [Automation User], anna: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 1h}, priority: 65}}
    triggers: {calls: {process: P, event: {poisson: 5 per hour}, created_by: anna}}
  Finance:
    assign: {robot: [Automation User], anna: [Folder Administrator], olga: [Onlooker]}
    machines: [vm]
    processes: {P: {duration: {exponential: 1h}}}
    triggers: {calls: {process: P, event: {poisson: 3 per hour}, created_by: anna}}
  Legal:
    assign: {desk-robot: [Automation User], anna: [Folder Administrator], olga: [Onlooker]}
    machines: [desk]
    queues: {letters: }
    processes:
      read: {duration: 1m, queue: letters}
      look: {duration: 1m}
    arrivals:
      post: {queue: letters, by: anna, items: {poisson: 2 per hour}, item_duration: 10m}
    triggers:
      some: {process: read, queue: {name: letters, at_most: 1}, created_by: anna}
    starts:
      now: {process: look, by: anna, stream: {poisson: 2 per hour}}
targets:
  - {folder: HR, measure: pending.p95, at_most: 9d}
  - {folder: Finance, measure: pending.p95, at_most: 9d}
  - {folder: Finance, measure: pending.share, at_least: 1%}
  - {measure: jobs.refused_share, at_most: 1%}
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(scenario_file(tmp_path_factory.mktemp("shared"), SHARED))


@pytest.fixture(scope="module")
def study(shared: Loaded) -> Study:
    return run_study(shared)


def without(study: Study, scope: str, name: str = "") -> set[str]:
    """The measures of a scope without a value, though there was something to measure."""
    rows = (row for row in study.summary.rows if (row.scope, row.name) == (scope, name))
    return {row.measure for row in rows if math.isnan(row.mean) and row.n > 0}


def test_the_first_case_at_105_percent_has_a_warning_and_no_figure_of_the_long_run() -> None:
    """M/M/1 with jobs of 10.5 minutes, six an hour, as the acceptance tests ask."""
    study = run_study(load(CASES / "A01.yaml", overrides=[TOO_MUCH, *SHORT]))
    assert [issue.code for issue in study.loaded.warnings] == ["unstable-load"]
    assert study.long_run.reasons == ("no long-run value: F needs 1.05 slots of the 1 it has (M1)",)
    for scope, name in (("tenant", ""), ("folder", "F"), ("process", "F:P"), ("trigger", "F:T")):
        assert {"pending.mean", "pending.p95", "pending.jobs", "turnaround.mean"} <= without(
            study, scope, name
        )
    for scope, name in (("machine", "M1"), ("host", "M1/1"), ("account", "F robot")):
        assert {"pending.mean", "turnaround.mean"} <= without(study, scope, name)
    utilisation = study.summary.find("machine", "M1", "slots.utilisation")
    assert utilisation is not None
    assert utilisation.mean == pytest.approx(1, abs=0.03)


def test_the_first_case_as_it_is_has_its_figures() -> None:
    study = run_study(load(CASES / "A01.yaml", overrides=SHORT))
    assert (study.loaded.warnings, study.long_run.reasons) == ((), ())
    assert without(study, "tenant") == set()


def test_only_waits_are_without_a_value(study: Study) -> None:
    """Numbers of jobs, of Running ones, and all of capacity are there."""
    gone = without(study, "tenant")
    assert gone
    assert {measure.split(".")[0] for measure in gone} == {"pending", "resumed", "turnaround"}
    counts = {one.name for one in MEASURES if one.name.startswith(("jobs.", "running.", "slots."))}
    assert counts.isdisjoint(gone)


FINE = {
    "the folder that goes first": ("folder", "HR"),
    "its process": ("process", "HR:P"),
    "its trigger": ("trigger", "HR:calls"),
    "its priority": ("priority", "65"),
    "a folder elsewhere": ("folder", "Legal"),
    "a start elsewhere": ("start", "Legal:now"),
    "a machine elsewhere": ("machine", "desk"),
    "an account elsewhere": ("account", "desk-robot"),
    "a queue that keeps up": ("queue", "Legal:letters"),
}


@pytest.mark.parametrize(("scope", "name"), FINE.values(), ids=FINE)
def test_who_is_served_has_values(study: Study, scope: str, name: str) -> None:
    assert without(study, scope, name) == set()


GROWING = {
    "the folder that comes last": ("folder", "Finance"),
    "its process": ("process", "Finance:P"),
    "its trigger": ("trigger", "Finance:calls"),
    "its priority": ("priority", "45"),
    "its runtime type": ("runtime", "unattended"),
    "its principal": ("principal", "anna"),
    "where it runs": ("machine", "vm"),
    "on each host": ("host", "vm/2"),
    "who runs it": ("account", "robot"),
    "all together": ("tenant", ""),
}


@pytest.mark.parametrize(("scope", "name"), GROWING.values(), ids=GROWING)
def test_whose_jobs_wait_ever_longer_has_no_wait(study: Study, scope: str, name: str) -> None:
    assert {"pending.mean", "pending.p95", "turnaround.mean"} <= without(study, scope, name)


def test_targets_on_waits_that_grow_are_missed_with_the_reason(study: Study) -> None:
    reason = "HR and Finance together need 8 slots of the 6 they share (vm)"
    assert [(one.outcome, one.why) for one in study.verdicts] == [
        ("met", ""),
        ("missed", reason),
        ("undecided", reason),
        ("met", ""),
    ]


def test_what_does_not_exist_is_empty_in_csv_and_null_in_json(study: Study) -> None:
    (line,) = (
        row
        for row in csv.DictReader(io.StringIO(study.summary.to_csv()))
        if (row["scope"], row["name"], row["measure"]) == ("folder", "Finance", "pending.mean")
    )
    assert [line[key] for key in ("mean", "low", "high", "half_width")] == [""] * 4
    found = json.loads(study_json(study))
    (row,) = (
        row
        for row in found["summary"]
        if (row["scope"], row["name"], row["measure"]) == ("folder", "Finance", "pending.mean")
    )
    assert (row["mean"], row["low"], row["high"]) == (None, None, None)
    assert found["no_long_run_value"] == list(study.long_run.reasons)
    assert [one["why"] for one in found["targets"]][1] == study.verdicts[1].why


def test_a_study_of_its_window_alone_keeps_its_figures_and_is_warned_of(tmp_path: Path) -> None:
    text = SHARED.replace(", warm_up: 1d", "")
    study = run_study(load(scenario_file(tmp_path, text)))
    (message,) = (one.message for one in study.loaded.warnings if one.code == "unstable-load")
    assert message.endswith("all figures are of this window alone")
    assert (study.long_run.reasons, without(study, "tenant")) == ((), set())


def test_without_a_drain_it_is_none(tmp_path: Path) -> None:
    text = SHARED.replace("warm_up: 1d", "drain: false")
    assert run_study(load(scenario_file(tmp_path, text))).long_run.reasons


def test_items_that_wait_ever_longer_have_no_wait_either(tmp_path: Path) -> None:
    """14 items an hour of 10 minutes for the one job there may be."""
    text = SHARED.replace("items: {poisson: 2 per hour}", "items: {poisson: 14 per hour}")
    study = run_study(load(scenario_file(tmp_path, text)))
    gone = without(study, "queue", "Legal:letters")
    assert {"items.wait.mean", "items.turnaround.p95", "items.waiting"} <= gone
    assert {"items.added", "items.done", "items.per_hour"}.isdisjoint(gone)
    assert study.long_run.reason("process", "Legal:read", "turnaround.mean")


def test_one_account_is_told_no_names_out_of_its_sight(shared: Loaded) -> None:
    """olga sees Finance, whose jobs wait behind those of HR."""
    seen = run_study(shared, sight=sight_of(shared.access, "olga"))
    assert "pending.mean" in without(seen, "folder", "Finance")
    assert without(seen, "folder", "Legal") == set()
    assert seen.long_run.reasons
    assert "HR" not in " ".join(seen.long_run.reasons)
    assert "HR" not in study_json(seen)


def test_a_view_without_them_has_all_its_figures(tmp_path: Path) -> None:
    """olga sees Legal alone."""
    text = SHARED.replace(", olga: [Onlooker]}\n    machines: [vm]", "}\n    machines: [vm]")
    loaded = load(scenario_file(tmp_path, text))
    seen = run_study(loaded, sight=sight_of(loaded.access, "olga"))
    assert (seen.long_run.reasons, without(seen, "tenant")) == ((), set())


def test_a_comparison_has_no_difference_to_what_has_no_value(shared: Loaded) -> None:
    """With 5 hosts more all are served; the folder elsewhere is compared as ever."""
    machines = dict(shared.scenario.machines)
    machines["vm"] = machines["vm"].model_copy(update={"hosts": 8})
    scenario = shared.scenario.model_copy(update={"machines": machines})
    roomy = replace(shared, scenario=scenario)
    found = compare_scenarios([("now", shared), ("roomy", roomy)])
    row = found.find("folder", "Finance", "pending.mean")
    assert row is not None
    assert math.isnan(row.values[0])
    assert not math.isnan(row.values[1])
    assert row.differences[0] is NO_DIFFERENCE
    assert row.why[0].startswith("HR and Finance together need")
    other = found.find("folder", "Legal", "pending.mean")
    assert other is not None
    assert not any(map(math.isnan, (*other.values, *other.differences[0])))
    assert found.cautions == ("3 replications are few, so intervals are rough: run 10 or more",)
    rows = json.loads(comparison_json(found, ()))["rows"]
    assert [one["why"] for one in rows if one["why"][0]]
