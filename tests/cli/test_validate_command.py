"""`simulator validate`: what it finds, said to people and to programs."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import SOUND, scenario_file

DOUBTFUL = SOUND.replace("two: {slots: 1}}", "two: {slots: 1}, spare: {slots: 1}}")
WRONG = SOUND.replace("duration: 1d", "duration: 1x")


def test_a_sound_file_is_ok_and_told_what_it_holds(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, SOUND)
    found = invoked("validate", file)
    assert found.stdout == (
        f"{file}: ok (2 folders, 2 machines, 2 accounts, 2 processes, 1 trigger, 1 start, "
        "2 variants)\n"
    )
    assert (found.exit_code, found.stderr) == (0, "")


@pytest.mark.parametrize("text", [SOUND, WRONG], ids=["sound", "wrong"])
def test_the_name_of_a_file_does_nothing_to_a_terminal(tmp_path: Path, text: str) -> None:
    found = invoked("validate", scenario_file(tmp_path, text, "a\x1b[31m.yaml"))
    assert "\x1b" not in found.stdout + found.stderr
    assert r"a\x1b[31m.yaml: " in found.stdout + found.stderr


def test_queues_and_what_arrives_in_them_are_counted(tmp_path: Path) -> None:
    queue = "queues: {q: {}}, processes: {p: {duration: 0s, queue: q}}"
    mail = "{queue: q, by: anna, items: {every: 1h}, item_duration: 1m}"
    folder = f"{{assign: {{anna: [Folder Administrator]}}, {queue}, arrivals: {{mail: {mail}}}}}"
    time = "time: {start: 2026-03-02, duration: 1d}"
    text = f"version: 1\n{time}\naccounts: {{anna: {{type: user}}}}\nfolders: {{F: {folder}}}\n"
    found = invoked("validate", scenario_file(tmp_path, text))
    assert "1 process, 1 queue, 1 arrival" in found.stdout


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 2)])
def test_warnings_are_told_and_strictly_taken_for_errors(
    tmp_path: Path, options: list[str], code: int
) -> None:
    found = invoked("validate", scenario_file(tmp_path, DOUBTFUL), *options)
    assert found.exit_code == code
    assert "estate.yaml:4:" in found.stderr
    assert ("ok (" in found.stdout) is not options


def test_every_file_is_checked_and_the_worst_decides(tmp_path: Path) -> None:
    files = [
        scenario_file(tmp_path, WRONG, "wrong.yaml"),
        scenario_file(tmp_path, SOUND, "sound.yaml"),
    ]
    found = invoked("validate", *files)
    assert found.exit_code == 2
    assert f"{files[0]}:2:43: " in found.stderr
    assert f"{files[0]}: not valid (1 error)" in found.stderr
    assert found.stdout.startswith(f"{files[1]}: ok")


def test_variants_are_checked_too(tmp_path: Path) -> None:
    text = SOUND + "  broken: {machines.one.hosts: many}\n"
    found = invoked("validate", scenario_file(tmp_path, text))
    assert found.exit_code == 2
    assert "in variant 'broken'" in found.stderr


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 2)], ids=["", "strict"])
def test_what_a_variant_makes_doubtful_is_a_warning(
    tmp_path: Path, options: list[str], code: int
) -> None:
    text = SOUND + "  idle: {machines.one.hosts: 0}\n"
    found = invoked("validate", scenario_file(tmp_path, text), *options)
    assert found.exit_code == code
    assert "estate.yaml:23:" in found.stderr
    assert "in variant 'idle'" in found.stderr


def test_a_pipe_is_a_file(tmp_path: Path) -> None:
    """As a shell's `<(...)` makes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(SOUND,), daemon=True)
    writer.start()
    found = invoked("validate", pipe)
    writer.join(timeout=5)
    assert (found.exit_code, found.stderr) == (0, "")


def test_json_has_every_issue_with_its_place(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, WRONG)
    found = invoked("validate", file, "--json")
    (checked,) = json.loads(found.stdout)["files"]
    assert (checked["file"], checked["ok"], found.stderr) == (str(file), False, "")
    (issue,) = checked["issues"]
    assert (issue["severity"], issue["line"], issue["column"]) == ("error", 2, 43)


def test_overrides_are_checked_with_the_file(tmp_path: Path) -> None:
    found = invoked("validate", scenario_file(tmp_path, SOUND), "--set", "machines.one.hosts=-1")
    assert found.exit_code == 2
    assert "--set" in found.stderr
