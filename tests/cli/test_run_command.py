"""`simulator run`: what is printed where, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_commands import invoked, started
from builders_files import PARALLEL, SOUND, scenario_file

DOUBTFUL = PARALLEL.replace("two: {slots: 1}}", "two: {slots: 1}, spare: {slots: 1}}")
"""A machine that no folder has: a warning."""


def kept(folder: Path) -> Path:
    (found,) = (folder / "out" / "estate").iterdir()
    return found


def test_results_go_to_stdout_and_warnings_to_stderr(tmp_path: Path) -> None:
    found = invoked("run", scenario_file(tmp_path, DOUBTFUL))
    assert "Even" in found.stdout
    assert "spare" in found.stderr
    assert "warning" not in found.stdout


def test_the_last_line_says_where_the_report_lies(tmp_path: Path) -> None:
    found = invoked("run", scenario_file(tmp_path))
    report = found.stdout.splitlines()[-1].removeprefix("Report: ")
    assert Path(report) == kept(tmp_path) / "report.html"
    assert Path(report).stat().st_size > 0


def test_json_is_all_that_stdout_has(tmp_path: Path) -> None:
    """The same text is kept as summary.json."""
    found = invoked("run", scenario_file(tmp_path, DOUBTFUL), "--json")
    content = json.loads(found.stdout)
    assert content["schema_version"] == 1
    assert set(content["summary"][0]) == {
        "scope",
        "name",
        "measure",
        "unit",
        "mean",
        "low",
        "high",
        "half_width",
        "confidence",
        "n",
    }
    assert found.stdout == (kept(tmp_path) / "summary.json").read_text(encoding="utf-8")


def test_quiet_says_nothing_and_keeps_everything(tmp_path: Path) -> None:
    found = invoked("run", scenario_file(tmp_path, DOUBTFUL), "--quiet")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")
    assert (kept(tmp_path) / "report.html").exists()


def test_a_pipe_gets_plain_text_and_no_progress(tmp_path: Path) -> None:
    """No escape sequence, and nothing on stderr: the scenario has no warning to tell."""
    arguments = ("run", scenario_file(tmp_path, SOUND), "--workers", 1)
    with started(*arguments, folder=tmp_path) as process:
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (0, "")
    assert "\x1b" not in stdout


def test_options_change_what_is_run(tmp_path: Path) -> None:
    options = ["--seed", "9", "--replications", "2", "--variant", "second", "--no-records"]
    invoked("run", scenario_file(tmp_path), "--set", "machines.two.slots=3", *options, "--quiet")
    found = json.loads((kept(tmp_path) / "manifest.json").read_text(encoding="utf-8"))
    scenario = found["scenario"]
    assert (found["seed"], found["replications"]) == (9, 2)
    assert scenario["machines"]["one"]["hosts"] == 2
    assert scenario["machines"]["two"]["slots"] == {"unattended": 3}
    assert not (kept(tmp_path) / "jobs.parquet").exists()


def test_standard_input_is_a_scenario_too(tmp_path: Path) -> None:
    found = invoked("run", "-", "--json", "--quiet", input=PARALLEL)
    assert json.loads(found.stdout)["complete"] is True
    assert (tmp_path / "out" / "stdin").is_dir()


def test_workers_and_out_come_from_the_environment_and_options_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMULATOR_WORKERS", "2")
    invoked("run", scenario_file(tmp_path), "--quiet")
    timing = json.loads((kept(tmp_path) / "timing.json").read_text(encoding="utf-8"))
    assert timing["workers"] == 2
    invoked("run", scenario_file(tmp_path), "--quiet", "--out", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "estate").is_dir()


def test_no_more_workers_than_replications(tmp_path: Path) -> None:
    invoked("run", scenario_file(tmp_path), "--quiet", "--workers", 64)
    timing = json.loads((kept(tmp_path) / "timing.json").read_text(encoding="utf-8"))
    assert timing["workers"] == 3


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["tables", "json"])
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, options: tuple[str, ...]) -> None:
    """As `simulator run … | head -0` does: the pipe is closed before anything is written."""
    arguments = ("run", scenario_file(tmp_path, SOUND), "--workers", 1, *options)
    process = started(*arguments, folder=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    stderr = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), stderr) == (0, "")


@pytest.mark.parametrize("options", [(), ("--quiet",)], ids=["told", "quiet"])
def test_strict_takes_a_warning_for_an_error_and_runs_nothing(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    found = invoked("run", scenario_file(tmp_path, DOUBTFUL), "--strict", *options)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "estate.yaml:4:46: nothing uses the machine 'spare'" in found.stderr
    assert "warning: " not in found.stderr
    assert not (tmp_path / "out").exists()


def test_strict_refuses_a_maker_who_may_not_make_triggers_and_names_the_permission(
    tmp_path: Path,
) -> None:
    """In Even: there the clerk makes the trigger."""
    assign = "{robot: [Automation User], clerk: [Folder Administrator]}"
    before, _, after = SOUND.rpartition(assign)
    text = before + assign.replace("Folder Administrator", "Automation User") + after
    found = invoked("run", scenario_file(tmp_path, text), "--strict")
    assert found.exit_code == 2
    assert "'clerk' may not make triggers: Triggers.Create in Even" in found.stderr


def test_strict_runs_what_is_sound(tmp_path: Path) -> None:
    found = invoked("run", scenario_file(tmp_path, SOUND), "--strict", "--quiet")
    assert (found.exit_code, found.stderr) == (0, "")


@pytest.mark.parametrize("options", [(), ("--quiet",)], ids=["told", "quiet"])
def test_strict_ends_with_1_on_warnings_of_the_figures_once_all_is_written(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    found = invoked(
        "run", scenario_file(tmp_path, SOUND), "--strict", "--replications", 2, *options
    )
    assert found.exit_code == 1
    assert (
        found.stderr == "warning: 2 replications are few, so intervals are rough: run 10 or more\n"
    )
    assert (kept(tmp_path) / "report.html").exists()


TOO_MUCH = SOUND.replace("exponential: 10m", "exponential: 15.6m").replace(
    "duration: 1d}", "duration: 1d, warm_up: 1d}"
)
"""Drawn: four jobs an hour of 15.6 minutes on one slot, of which it needs 1.04."""


def test_load_that_is_too_much_is_told_before_the_run_and_beside_its_table(tmp_path: Path) -> None:
    reason = "Drawn needs 1.04 slots of the 1 it has (one)"
    found = invoked("run", scenario_file(tmp_path, TOO_MUCH))
    assert found.exit_code == 0
    assert f"warning: {reason}: its jobs wait ever longer" in found.stderr
    assert f"\n\N{EN DASH} no long-run value: {reason}.\n" in found.stdout


def test_strict_runs_nothing_of_load_that_is_too_much(tmp_path: Path) -> None:
    found = invoked("run", scenario_file(tmp_path, TOO_MUCH), "--strict")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "[unstable-load]" in found.stderr


def test_a_target_on_a_wait_that_grows_is_missed_with_the_reason(tmp_path: Path) -> None:
    text = TOO_MUCH.replace("{folder: Even, measure", "{folder: Drawn, measure")
    found = invoked("run", scenario_file(tmp_path, text), "--check", "--quiet")
    assert found.exit_code == 1
    assert found.stderr == (
        "target missed: Mean Pending of Drawn, at most 0\N{NO-BREAK SPACE}s: "
        "Drawn needs 1.04 slots of the 1 it has (one)\n"
    )


STUCK = (
    SOUND.replace(
        "triggers: {quarterly: {process: P, event: {every: 15m}, created_by: clerk}}",
        'triggers: {hourly: {process: P, time: {cron: "0 0 * * * ?"}, created_by: clerk}}',
    )
    .replace("duration: 1d", "duration: 2d")
    .replace("two: {slots: 1}", "two: {hosts: 0}")
)
"""One job of the trigger stays Pending for ever, and its guard holds back all others."""


@pytest.mark.parametrize("options", [(), ("--quiet",)], ids=["told", "quiet"])
def test_a_trigger_that_disabled_itself_is_told_of(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    found = invoked("run", scenario_file(tmp_path, STUCK), *options)
    told = "warning: Even:hourly disabled itself in 10 of 10 replications"
    assert found.exit_code == 0
    assert (told in found.stderr) is (not options)
