"""Each example of each command's help works, in a folder that has what it names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders_commands import invoked
from cli.help_examples import ESTATE, RUNS, Example, commands, context, examples

from simulator.cli.described import Command

EXAMPLES = examples()
SLOW = [example for example in EXAMPLES if "pdf" in example.line]
"""What their options do is tested elsewhere."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the scenarios that examples name, and one run of each."""
    folder = tmp_path_factory.mktemp("examples")
    before = Path.cwd()
    os.chdir(folder)
    for name, run in RUNS.items():
        text = ESTATE.replace("name: estate", f"name: {name}")
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        done = invoked("run", f"{name}.yaml", "--out", "reports", "--quiet", "--workers", 1)
        assert done.exit_code == 0, done.stderr
        (kept,) = run.parent.iterdir()
        kept.rename(run)
    yield folder
    os.chdir(before)


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one not in SLOW],
    ids=lambda example: example.line[10:70],
)
@pytest.mark.usefixtures("folder")
def test_an_example_works(example: Example) -> None:
    found = invoked(*example.words)
    assert found.exit_code == 0, found.stderr


@pytest.mark.parametrize("example", SLOW, ids=lambda example: example.line[10:70])
@pytest.mark.usefixtures("folder")
def test_a_slow_example_is_a_command_at_least(example: Example) -> None:
    command = context().command.commands[example.command]
    command.make_context(example.command, example.words[1:], parent=context())


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_has_two_examples_of_its_own_or_takes_nothing(command: Command) -> None:
    lines = [example for example in EXAMPLES if example.command == command.name]
    assert all(example.words[0] == command.name for example in lines)
    assert len(lines) >= (2 if command.arguments or command.name == "doctor" else 1)
