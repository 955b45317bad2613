"""Help is there, tells everything, has examples, and comes at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

import pytest
from builders_commands import ROOT, invoked
from cli.help_examples import commands

import simulator
from simulator.cli.described import Command

COMMANDS = tuple(command.name for command in commands())
of_each_command = pytest.mark.parametrize("command", commands(), ids=COMMANDS)


def seconds_of_help() -> float:
    began = time.monotonic()
    command = [sys.executable, "-m", "simulator", "--help"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - ours
    return time.monotonic() - began


def test_help_takes_less_than_0_4_s() -> None:
    """The best of three, since the machine may be busy."""
    assert min(seconds_of_help() for _ in range(3)) < 0.4


def test_the_commands_stand_in_the_order_of_use() -> None:
    order = ("init", "validate", "run", "explain", "compare", "sweep", "size", "roles", "doctor")
    assert [command for command in COMMANDS if command in order] == list(order)
    assert "complete-line" not in COMMANDS


@of_each_command
def test_every_command_has_help_with_an_example_and_starts_nothing(command: Command) -> None:
    found = invoked(command.name, "-h")
    assert found.exit_code == 0
    assert f"  simulator {command.name}" in found.stdout
    assert "\n  Examples:\n" in found.stdout
    assert f" {command.name} [OPTIONS]" in found.stdout.splitlines()[0]


@of_each_command
def test_help_names_no_types_of_python(command: Command) -> None:
    assert not re.search(r"<(str|int|path|list\[)", invoked(command.name, "-h").stdout)


@of_each_command
def test_every_argument_and_option_says_what_it_is(command: Command) -> None:
    for one in command.parameters:
        assert re.match(r"[A-Z].*?\.(  \[|$)|text \(the default\)", one.text), one


@of_each_command
def test_lines_of_help_fit_into_100_columns(command: Command) -> None:
    assert max(map(len, invoked(command.name, "-h").stdout.splitlines())) <= 100


def test_the_list_has_a_whole_line_for_each_command_and_the_exit_codes() -> None:
    text = invoked("--help").stdout
    for command in commands():
        assert re.search(rf"^  {command.name} +{re.escape(command.summary)}$", text, re.MULTILINE)
    assert all(f"\n    {code} " in text for code in (0, 1, 2, 3, 4, 130))


def test_environment_variables_and_what_wins_are_in_the_help() -> None:
    text = invoked("run", "--help").stdout
    assert "SIMULATOR_WORKERS" in text
    assert "SIMULATOR_OUT" in text
    assert "An option wins over its environment variable" in invoked("--help").stdout


def test_an_option_wins_over_its_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_OUT", "from-the-environment")
    found = invoked("doctor", "--out", "from-the-option").stdout
    assert "from-the-option" in found
    assert "from-the-environment, which" not in found
    assert "from-the-environment, which" in invoked("doctor").stdout


def test_without_a_command_help_is_shown_and_the_exit_code_is_2() -> None:
    found = invoked()
    assert found.exit_code == 2
    assert found.output.startswith("Usage: ")
    assert "\n  validate " in found.output


@pytest.mark.parametrize(
    ("given", "meant"), [("rum", "run"), ("comapre", "compare"), ("validates", "validate")]
)
def test_a_command_that_is_nearly_one_is_told(given: str, meant: str) -> None:
    found = invoked(given)
    assert found.exit_code == 2
    assert f"Did you mean '{meant}'" in found.stderr


def test_version() -> None:
    assert invoked("--version").stdout == f"simulator {simulator.__version__}\n"
