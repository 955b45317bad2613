"""Equal runs have equal names, others have others."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from builders_files import PARALLEL, scenario_file

from simulator.experiments.keeping.identity import content_hash, run_id, versions
from simulator.experiments.study import resolved_run
from simulator.loading import load


def identity(folder: Path, text: str = PARALLEL, **run: int) -> str:
    loaded = load(scenario_file(folder, text))
    return run_id(resolved_run(loaded, **{"seed": None, "replications": None, **run}))


def test_a_run_id_is_twelve_digits_and_the_seed(tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}-s7", identity(tmp_path))


@pytest.mark.parametrize(
    "same",
    [
        {"text": PARALLEL + "# a comment\n"},
        {"text": PARALLEL.replace("duration: 1d", "duration: 24h")},
        {"seed": 7},
        {"replications": 3},
    ],
    ids=["comment", "other-spelling", "the-file's-seed", "the-file's-replications"],
)
def test_the_same_run_has_the_same_id(tmp_path: Path, same: dict[str, object]) -> None:
    assert identity(tmp_path, **same) == identity(tmp_path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        {"text": PARALLEL.replace("slots: 1}, two", "slots: 2}, two")},
        {"seed": 8},
        {"replications": 4},
    ],
    ids=["slots", "seed", "replications"],
)
def test_another_run_has_another_id(tmp_path: Path, other: dict[str, object]) -> None:
    assert identity(tmp_path, **other) != identity(tmp_path)  # type: ignore[arg-type]


def test_data_files_count(tmp_path: Path) -> None:
    """The scenario is the same to the letter; the file it reads is not."""
    text = PARALLEL.replace("{exponential: 10m}", "{empirical: {file: seconds.csv, column: s}}")
    hashes = set()
    for seconds in ("60", "61"):
        (tmp_path / "seconds.csv").write_text(f"s\n{seconds}\n", encoding="utf-8")
        hashes.add(content_hash(load(scenario_file(tmp_path, text))))
    assert len(hashes) == 2


def test_the_only_time_zone_rules_named_are_those_in_force() -> None:
    """Zones come from the package, whatever the system has (`schedules.zones`)."""
    found = versions()
    assert found["tzdata"] == version("tzdata")
    assert found["holidays"] == version("holidays")
    assert not [name for name in found if "zone" in name]
