"""The page of performance says what was found, and where nothing was, that."""

from __future__ import annotations

from pathlib import Path

import pytest
from performance_page import performance_reference

from benchmarks import results
from benchmarks.figures import SECONDS, TIMES_AS_FAST, at_least
from benchmarks.rows import Row
from benchmarks.samples import Sample, contestant
from benchmarks.timing import Finding

OURS, RIVAL = contestant("ours"), contestant("rival")
MET = Finding(
    Row("M/M/3", "Ciw", OURS, TIMES_AS_FAST, at_least(4), RIVAL, waits_within=0.1),
    Sample(1_000_000, 4.0, 64.7, 40, 300.0),
    Sample(1_000_000, 16.8, 65.1, None, 2_000.0),
    (4.1, 4.2, 4.4),
)
MISSED = Finding(MET.row, MET.ours, MET.rival, (3.9, 3.9, 3.9))
OTHER_WORK = Finding(MET.row, MET.ours, Sample(1_000_000, 16.8, 99.0), (4.2,))
ALONE = Finding(Row("A bank", "", OURS, SECONDS), Sample(5, 14.0, 0.5, 9, 331.4), None, (14.0,))
GROWN = Finding(
    Row("50 folders", "20 folders", OURS, TIMES_AS_FAST, None, RIVAL),
    Sample(200_000, 2.0, 11.0, 33, 120.0),
    Sample(200_000, 1.6, 16.0, 31, 118.0),
    (0.8,),
)


def page(file: Path, quick: bool = False, **found: list[Finding]) -> str:  # noqa: FBT002 - sizes
    groups = {name.replace("_", " "): rows for name, rows in found.items()}
    results.write(groups, groups, quick=quick, file=file)
    return performance_reference(results.read(file))


def test_where_nothing_was_found_the_page_says_so() -> None:
    assert performance_reference({}).count("There are no results.") == 4


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (MET, "| M/M/3 | Ciw | 4.20 | 4.10 to 4.40 | times as fast | at least 4 | yes |"),
        (MISSED, "| M/M/3 | Ciw | 3.90 | 3.90 to 3.90 | times as fast | at least 4 | **no** |"),
        (OTHER_WORK, "| times as fast | at least 4 | **waits differ** |"),
        (MET, "| M/M/3 | Ciw | 4.00 / 16.8 | 250,000 / 59,524 | 300 / 2,000 | 64.7 / 65.1 |"),
        (ALONE, "| A bank |  | 14.0 | 14.0 to 14.0 | seconds |  |  |"),
        (ALONE, "| A bank |  | 14.0 | 0.357 | 331 | 0.500 |"),
    ],
    ids=["met", "missed", "other work", "what each took", "no rival", "what it took"],
)
def test_what_was_found_is_told(found: Finding, told: str, tmp_path: Path) -> None:
    assert told in page(tmp_path / "results.json", mm3=[found])


def test_how_cost_grows_is_told(tmp_path: Path) -> None:
    told = page(tmp_path / "results.json", by_folders=[GROWN])
    assert "| 50 folders | 200,000 | 100,000 | 0.800 | 120 | 11.0 | 33 |" in told


def test_a_tenth_of_the_work_is_no_measurement(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert "**Preliminary:**" in page(file, quick=True, mm3=[MET])
    assert "**Preliminary:**" not in page(file, mm3=[MET])


def test_what_was_made_alike_stands_together(tmp_path: Path) -> None:
    told = page(tmp_path / "results.json", mm3=[MISSED], fleet=[MET])
    (line,) = (line for line in told.splitlines() if line.endswith(": mm3, fleet"))
    assert line.startswith("- sizes full, rounds 3, processors ")
