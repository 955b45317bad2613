"""`simulator run --as WHO`: what one account sees of a run, and who may be named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import scenario_file
from builders_views import VIEWED, leaks

RUN_FIGURES = [
    "As anna sees it: 1 of 2 folders.",
    "Jobs outside these folders held 50\N{NO-BREAK SPACE}% ",
    "6 targets of the scenario are about more and are left out.",
    "Of it outside your folders, %",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return scenario_file(tmp_path, VIEWED)


def test_it_says_whose_view_it_is_and_what_was_held_outside(file: Path) -> None:
    found = invoked("run", file, "--as", "anna", env={"COLUMNS": "160"})
    assert found.exit_code == 0
    assert [figure for figure in RUN_FIGURES if figure not in found.stdout] == []


@pytest.mark.parametrize(
    "options",
    [(), ("--json",), ("--check",), ("--strict",)],
    ids=["tables", "json", "check", "strict"],
)
def test_nothing_out_of_sight_is_said(file: Path, options: tuple[str, ...]) -> None:
    """Not even as a warning: the scenario has some about zebra."""
    found = invoked("run", file, "--as", "anna", *options)
    assert leaks(found.stdout + found.stderr) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_would_hardly_end_names_no_process_out_of_sight(
    file: Path, workers: int
) -> None:
    """The first job on the box is zebra's, of 30 minutes; it fails each 20."""
    failing = "machines.box.failures={up: 20m, down: 1s}"
    found = invoked("run", file, "--as", "anna", "--workers", workers, "--set", failing)
    assert found.exit_code == 2
    assert found.stderr.startswith("error: a job lost its host more than 1,000 times, ")
    assert leaks(found.stdout + found.stderr) == []


def test_a_run_that_would_hardly_end_names_a_process_in_sight(file: Path) -> None:
    changes = (
        "machines.box.failures={up: 5m, down: 1s}",
        "folders.zebra.processes.quagga={duration: 1s}",
    )
    found = invoked("run", file, "--as", "anna", *(f"--set={change}" for change in changes))
    assert found.exit_code == 2
    assert found.stderr.startswith("error: a job of 'Ours:letters' lost its host ")


def test_strict_judges_the_whole_file_and_so_goes_with_no_view(file: Path) -> None:
    found = invoked("run", file, "--as", "anna", "--strict")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "--strict tells of the whole file: leave it out, or --as" in found.stderr


def test_check_judges_only_targets_in_sight(file: Path) -> None:
    """30 minutes of waiting miss the 20 of the first target; the other in sight is met."""
    found = invoked("run", file, "--as", "anna", "--check", "--quiet")
    assert (found.exit_code, found.stderr) == (
        1,
        (
            "target missed: Mean Pending of Ours, "
            "at most 20\N{NO-BREAK SPACE}min, is 30\N{NO-BREAK SPACE}min\n"
        ),
    )
    kept = invoked("run", file, "--as", "anna", "--check", "-q", "--set", "targets.0.at_most=30m")
    assert (kept.exit_code, kept.stderr) == (0, "")


def test_without_a_target_in_sight_there_is_nothing_to_check(file: Path) -> None:
    found = invoked("run", file, "--as", "anna", "--check", "-q", "--set", "targets=[]")
    assert found.exit_code == 0
    assert "no target is in sight" in found.stderr


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("ana", ("no account is called 'ana'", "did you mean 'anna'?")),
        ("ocelots", ("'ocelots' stands for several accounts", "name one of them: vicuna")),
        ("olga", ("Jobs.View is missing in every folder", "'olga' has access to Ours")),
    ],
)
def test_nobody_but_one_who_sees_jobs_can_be_named(
    file: Path, who: str, said: tuple[str, ...]
) -> None:
    found = invoked("run", file, "--as", who)
    assert (found.exit_code, found.stdout) == (2, "")
    assert [text for text in said if text not in found.stderr] == []
    assert not (file.parent / "out").exists()


def test_a_view_is_kept_beside_the_plain_run(file: Path, tmp_path: Path) -> None:
    for options in ((), ("--as", "anna"), ("--as", "vicuna")):
        assert invoked("run", file, *options, "--quiet").exit_code == 0
    manifests = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "out" / "shared-box").glob("*/manifest.json")
    ]
    assert sorted(str(one.get("seen_by")) for one in manifests) == ["None", "anna", "vicuna"]
