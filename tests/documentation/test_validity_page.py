"""The validity page says what was found, and where nothing was, that."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
import validity_results
from validity_page import validity_reference
from validity_results import Part, record

CATALOGUE: dict[str, Any] = {
    "case": "A01",
    "title": "M/M/1",
    "figure": "tenant pending.mean",
    "exact": 1920.0,
    "simulated": 1900.5,
    "low": 1890.0,
    "high": 1911.0,
    "seed": 1,
    "verdict": "miss",
    "holds": False,
}
AGAIN = {**CATALOGUE, "simulated": 1925.0, "high": 1960.0, "verdict": "ok", "holds": True}
COVERAGE = {
    "case": "A01",
    "figure": "tenant pending.mean",
    "evidence": "replications",
    "exact": 1920.0,
    "experiments": 300,
    "held": 270,
    "half_width": 0.075,
    "verdict": "FAILED",
}
OPINION = {
    "case": "M/M/3",
    "against": "Ciw",
    "jobs": 100_000,
    "different_start_times": 0,
    "largest_difference_s": 2.5e-7,
}
MISSING = "There are no results."


def recorded(file: Path, **parts: list[dict[str, Any]]) -> str:
    for part, rows in parts.items():
        record(cast("Part", part), rows, file=file)
    return validity_reference(validity_results.read(file))


def test_where_nothing_was_found_the_page_says_so() -> None:
    page = validity_reference({})
    assert page.count(MISSING) == 8


def test_what_was_found_with_this_code_is_told(tmp_path: Path) -> None:
    page = recorded(
        tmp_path / "results.json",
        catalogue=[CATALOGUE, AGAIN],
        coverage=[COVERAGE],
        second_opinion=[OPINION],
    )
    assert "| A01 | M/M/1 | 1 | `tenant pending.mean` | 1920 | 1925 (1890 to 1960) |" in page
    assert "| 1 missed | all hold |" in page
    assert "| 300 | 90.0% | 7.5% | **fails** |" in page
    assert "| M/M/3 | Ciw | 100,000 | 0 | 2.5e-07 s |" in page
    assert page.count(MISSING) == 4  # of the schedules, of stopping, of pairs, of sizes


def test_where_studies_stopped_is_told(tmp_path: Path) -> None:
    row = {
        "case": "A01",
        "figure": "tenant pending.mean",
        "precision": 0.06,
        "studies": 300,
        "reached": 300,
        "fewest": 10,
        "most": 58,
        "mean": 26.4,
        "held": 279,
        "within": 270,
        "verdict": "ok",
    }
    page = recorded(tmp_path / "results.json", stopping=[row])
    assert "| 6% | 300 of 300 | 10 to 58, 26.4 on average | 93.0% | 90.0% | holds |" in page


def test_a_figure_that_missed_twice_is_told(tmp_path: Path) -> None:
    page = recorded(tmp_path / "results.json", catalogue=[CATALOGUE, CATALOGUE])
    assert "| 1 missed | **1 failed** |" in page


def test_results_of_other_code_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "results.json"
    recorded(file, catalogue=[AGAIN], coverage=[COVERAGE])
    assert validity_results.older(validity_results.read(file)) == []
    monkeypatch.setattr(validity_results, "code_digest", lambda: "another")
    recorded(file, coverage=[COVERAGE])
    assert validity_results.older(validity_results.read(file)) == ["catalogue"]


def test_the_digest_changes_with_a_room_and_with_a_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, shown = tmp_path / "simulator" / "engine", tmp_path / "simulator" / "report"
    cases = tmp_path / "tests" / "data" / "validation"
    for folder in (room, shown, cases):
        folder.mkdir(parents=True)
    monkeypatch.setattr(validity_results, "ROOT", tmp_path)
    seen = [validity_results.code_digest()]
    for file in (room / "clock.py", cases / "expected.csv", shown / "page.py"):
        file.write_text("1\n", encoding="utf-8")
        seen.append(validity_results.code_digest())
    assert len(set(seen)) == 3
    assert seen[2] == seen[3]  # what only shows figures makes none


def test_equal_results_are_equal_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    recorded(first, catalogue=[AGAIN], coverage=[COVERAGE])
    recorded(second, coverage=[COVERAGE], catalogue=[AGAIN])
    assert first.read_bytes() == second.read_bytes()
