"""A run-as target as tables print it: read back, or told with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.audit.run_as import run_as_of
from simulator.errors import ScenarioError
from simulator.loading import Loaded, load
from simulator.model.triggers import ExecutionTarget, RunAs

TEXT = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines:
  vm: {hosts: 2}
  vm/2: {names: [east]}
  late on night: {names: [a/b, vm/1]}
accounts:
  bot: {type: robot, count: 2}
  anna: {type: user, groups: [clerks]}
  desk on duty: {type: robot}
  anna on vm: {type: user}
"""


def on(machine: str, host: str | None = None, account: str | None = None) -> ExecutionTarget:
    return ExecutionTarget(account=account, machine=machine, host=host)


FOUND: dict[str, RunAs] = {
    "dynamic": "dynamic",
    "myself": "myself",
    "bot": ExecutionTarget(account="bot"),
    "bot-1": ExecutionTarget(account="bot-1"),
    "bot on vm": on("vm", account="bot"),
    "bot-2 on vm/1": on("vm", "1", "bot-2"),
    "any account on vm": on("vm"),
    "any account on vm/1": on("vm", "1"),
    "anna on vm": ExecutionTarget(account="anna on vm"),  # a name that there is goes first
    "anna on vm on vm": on("vm", account="anna on vm"),
    "desk on duty": ExecutionTarget(account="desk on duty"),
    "desk on duty on late on night": on("late on night", account="desk on duty"),
    "anna on late on night/a/b": on("late on night", "a/b", "anna"),
    "any account on vm/2": on("vm/2"),  # so does a machine before a host of another
    "any account on vm/2/east": on("vm/2", "east"),
}


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    file = tmp_path / "estate.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return load(file)


@pytest.mark.parametrize(("target", "expected"), FOUND.items(), ids=FOUND)
def test_found(loaded: Loaded, target: str, expected: RunAs) -> None:
    assert run_as_of(loaded, target) == expected


@pytest.mark.parametrize("target", FOUND)
def test_what_is_read_is_printed_alike(loaded: Loaded, target: str) -> None:
    found = run_as_of(loaded, target)
    assert (found if isinstance(found, str) else found.in_words) == target


NIGHT = "did you mean 'late on night'?"
UNKNOWN = {
    "mysel": ("no account to run as is called 'mysel'", "did you mean 'myself'?"),
    "clerks": (
        "no account to run as is called 'clerks'",
        "there is dynamic, myself, bot, anna, desk on duty, …",
    ),
    "ana on vm/1": ("no account to run as is called 'ana'", "did you mean 'anna'?"),
    "bot on late on nite": ("no machine is called 'late on nite'", NIGHT),
    "bot on late on nite/a": ("no machine is called 'late on nite'", NIGHT),
    "any account on vm/3": ("no host of 'vm' is called '3'", "there is 1, 2"),
    "desk on duty on vmm": ("no machine is called 'vmm'", "did you mean 'vm'?"),
    "nobody on nowhere": (
        "no account to run as is called 'nobody on nowhere'",
        "there is dynamic, myself, bot, anna, desk on duty, …",
    ),
}


@pytest.mark.parametrize(("target", "told"), UNKNOWN.items(), ids=UNKNOWN)
def test_unknown(loaded: Loaded, target: str, told: tuple[str, str]) -> None:
    with pytest.raises(ScenarioError) as raised:
        run_as_of(loaded, target)
    (issue,) = raised.value.issues
    assert (issue.message, issue.hint) == told
