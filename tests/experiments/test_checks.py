"""Self-checks over replications: told at their worst, and loudly where one fails."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from builders_checks import break_on_purpose
from builders_files import scenario_file

import simulator
from simulator.engine.slots import Slots
from simulator.experiments.checks import check_row, checks_of_study, failed_of, failure
from simulator.experiments.comparing.tidy import comparison_json
from simulator.experiments.tidy import study_json
from simulator.measurement.checking.checks import DEFINITIONS, compared


def study_of(*found: float) -> Any:
    """Checks of replications 1, 2, …: each found so much where 10 s was to be found."""
    figures = [
        SimpleNamespace(
            replication=number,
            checks=(
                compared("little.time", seconds, 10.0, 1e-6),
                compared("slots.edges", 3, 3),
            ),
        )
        for number, seconds in enumerate(found, start=1)
    ]
    return checks_of_study(cast("Any", figures))


def test_each_check_is_told_at_its_worst() -> None:
    little, slots = study_of(10.0, 12.0, 10.5)
    assert (little.worst.found, little.replication, little.failed) == (12, 2, (2, 3))
    assert (slots.holds, slots.replications) == (True, 3)
    assert failed_of((little, slots)) == (little,)


def test_one_that_fails_by_less_is_worse_than_one_within_a_wider_tolerance() -> None:
    figures = [
        SimpleNamespace(replication=1, checks=(compared("little.time", 5.0, 0.0, tolerance=9.0),)),
        SimpleNamespace(replication=2, checks=(compared("little.time", 1.0, 0.0),)),
    ]
    assert checks_of_study(cast("Any", figures))[0].replication == 2


def test_no_replication_has_no_checks() -> None:
    assert checks_of_study(()) == ()


def test_a_failure_is_told_with_both_values() -> None:
    assert failure(study_of(10.0, 12.0)[0]) == (
        "little.time in replication 2: The time that jobs waited in the window (Little's law): "
        "12 s (waits clipped to the window and added up, by the records) against 10 s (the number "
        "waiting, added up over time by the engine) (1 of 2 replications fail)"
    )


def test_a_failure_is_told_by_its_verdict_alone_to_whoever_does_not_see_all() -> None:
    hidden = compared("flow.end", 1.0, 2.0, where="folder Board").unseen
    figures = [SimpleNamespace(replication=1, checks=(hidden,))]
    (check,) = checks_of_study(cast("Any", figures))
    assert failure(check) == (
        "flow.end in replication 1: Who is left at the end of the run is there: this does not hold "
        "(1 of 1 replications fail)"
    )
    assert check_row(check)["found"] is None


def test_every_check_is_made_in_each_replication_and_holds(tmp_path: Path) -> None:
    study = simulator.run(scenario_file(tmp_path), replications=3)
    assert [one.definition for one in study.checks] == [*DEFINITIONS]
    assert all(one.holds and one.replications == 3 for one in study.checks)
    rows = json.loads(study_json(study))["checks"]
    assert [row["name"] for row in rows] == [one.name for one in DEFINITIONS]
    assert all(row["holds"] and row["difference"] <= row["tolerance"] for row in rows)


def test_a_view_is_told_the_verdicts_alone(tmp_path: Path) -> None:
    study = simulator.run(scenario_file(tmp_path), replications=2, seen_by="clerk")
    assert study.viewer is not None
    assert all(one.holds for one in study.checks)
    assert all(row["found"] is None for row in map(check_row, study.checks))


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    break_on_purpose(monkeypatch, Slots, "begin", "meter.waited_s += now", "pass")


def test_a_notebook_is_warned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch)
    with pytest.warns(RuntimeWarning, match="self-check failed: little.time in replication"):
        study = simulator.run(scenario_file(tmp_path), replications=2)
    assert [one.worst.name for one in failed_of(study.checks)] == ["little.time"]


def test_a_notebook_that_compares_is_warned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    with pytest.warns(RuntimeWarning, match="little.time"):
        found = simulator.compare(scenario_file(tmp_path), "second", replications=2)
    rows = json.loads(comparison_json(found, ()))["checks"]
    failing = [(row["variant"], row["name"]) for row in rows if not row["holds"]]
    assert failing == [("as written", "little.time"), ("second", "little.time")]
