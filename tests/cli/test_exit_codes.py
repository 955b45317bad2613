"""The table of exit codes, row by row, and where each thing is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import PARALLEL, scenario_file
from typer.testing import Result

from simulator.cli.exits import exit_codes

NEVER_MET = PARALLEL.replace("at_most: 0s", "at_least: 1s")
NO_COLUMN = PARALLEL.replace("{exponential: 10m}", "{empirical: {file: seconds.csv, column: s}}")


def run(folder: Path, *options: str, text: str = PARALLEL) -> Result:
    return invoked("run", scenario_file(folder, text), *options)


def test_0_done(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 0


def test_0_when_every_target_is_met(tmp_path: Path) -> None:
    assert run(tmp_path, "--check").exit_code == 0


def test_1_when_a_target_is_missed(tmp_path: Path) -> None:
    found = run(tmp_path, "--check", text=NEVER_MET)
    assert found.exit_code == 1
    assert (
        "target missed: Mean Pending of Even, "
        "at least 1\N{NO-BREAK SPACE}s, is 0\N{NO-BREAK SPACE}s" in found.stderr
    )


def test_0_when_a_target_is_missed_and_nobody_checks(tmp_path: Path) -> None:
    assert run(tmp_path, text=NEVER_MET).exit_code == 0


def test_check_without_targets_says_so(tmp_path: Path) -> None:
    found = run(tmp_path, "--check", "--set", "targets=null")
    assert found.exit_code == 0
    assert "nothing to check" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "Missing argument"),
        (["run", "nowhere.yaml"], "'nowhere.yaml' is not there"),
        (["run", "."], "'.' is a folder"),
        (["rum", "nowhere.yaml"], "No such command"),
        (["run", "nowhere.yaml", "--seed", "x"], "--seed"),
        (["run", "nowhere.yaml", "--replications", "0"], "--replications"),
        (["run", "nowhere.yaml", "--fast"], "No such option"),
    ],
    ids=[
        "no-file",
        "file-not-there",
        "folder",
        "command",
        "seed",
        "replications",
        "option",
    ],
)
def test_2_usage(arguments: list[str], told: str) -> None:
    found = invoked(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr


@pytest.mark.parametrize("command", ["run", "validate", "compare"])
def test_2_invalid_scenario_with_its_place(tmp_path: Path, command: str) -> None:
    """The typing error stands in line 2; both errors are told at once."""
    text = PARALLEL.replace("duration: 1d", "duration: 1x").replace("slots: 1", "slts: 1")
    file = scenario_file(tmp_path, text)
    found = invoked(command, file)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"{file}:2:43: " in found.stderr
    assert "slots" in found.stderr
    assert "Traceback" not in found.stderr


def test_2_unknown_variant(tmp_path: Path) -> None:
    found = run(tmp_path, "--variant", "fastr")
    assert found.exit_code == 2
    assert "did you mean 'faster'?" in found.stderr


def test_2_a_column_that_the_data_file_lacks(tmp_path: Path) -> None:
    (tmp_path / "seconds.csv").write_text("t\n60\n", encoding="utf-8")
    assert run(tmp_path, text=NO_COLUMN).exit_code == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_2_a_run_that_would_hardly_end(tmp_path: Path, workers: int) -> None:
    """Jobs of 10 minutes on a host that fails after each 5; its process turns what is written."""
    text = PARALLEL.replace("P: {duration: 10m}", r'"\u202eP": {duration: 10m}').replace(
        "{process: P, event", r'{process: "\u202eP", event'
    )
    failing = "machines.two.failures={up: 5m, down: 1s}"
    found = run(tmp_path, "--quiet", "--set", failing, "--workers", str(workers), text=text)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(r"error: a job of 'Even:\u202eP' lost its host more than 1,000")
    assert found.stderr.count("\n") == 1
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_3_data_file_missing(tmp_path: Path) -> None:
    found = run(tmp_path, text=NO_COLUMN)
    assert found.exit_code == 3
    assert f"{tmp_path / 'estate.yaml'}:10:" in found.stderr
    assert "seconds.csv" in found.stderr


def test_3_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = run(tmp_path, "--out", str(tmp_path / "file" / "below"))
    assert found.exit_code == 3
    assert "cannot be written" in found.stderr


@pytest.mark.parametrize("debug", [False, True])
def test_4_internal_error_in_one_line_unless_debugged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, debug: bool
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("a slot\nof nothing")

    monkeypatch.setattr("simulator.experiments.keeping.publishing.run_study", broken)
    found = run(tmp_path, "--quiet", *(["--debug"] if debug else []))
    assert found.exit_code == 4
    assert "internal error: ZeroDivisionError: a slot of nothing" in found.stderr
    assert ("Traceback" in found.stderr) is debug
    assert debug or found.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), RuntimeError("while loading: KeyboardInterrupt: ")],
    ids=["ctrl-c", "ctrl-c-wrapped-by-a-library"],
)
def test_130_interrupted(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Exception) as caught, exit_codes(debug=False):  # noqa: PT011 - Typer's Exit has no public match
        raise error
    assert caught.value.exit_code == 130  # type: ignore[attr-defined]
    assert capsys.readouterr().err == "interrupted\n"
