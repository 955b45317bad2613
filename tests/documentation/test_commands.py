"""The commands a page shows run, and print what the page says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from documentation.commands import Command, commands, misfit, prepare, run
from documentation.pages import ROOT, Block, blocks, pages_with, title

TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


@pytest.mark.parametrize("block", blocks("console", "tested"), ids=title)
def test_commands_run_and_print_what_is_shown(block: Block, tmp_path: Path) -> None:
    prepare(tmp_path, block.page)
    for command in commands(block):
        run(command, tmp_path)


@pytest.mark.parametrize("page", pages_with("console", "step"), ids=lambda page: page.stem)
def test_the_steps_of_a_page_follow_one_another(page: Path, tmp_path: Path) -> None:
    """In one folder, from the first block to the last, as a reader would."""
    prepare(tmp_path, page)
    for block in blocks("console", "step"):
        if block.page == page:
            for command in commands(block):
                run(command, tmp_path)


@pytest.mark.parametrize(
    "block", blocks("console", "make") + blocks("console", "jupyter"), ids=title
)
def test_the_targets_of_make_are_there(block: Block) -> None:
    """They are run by CI, or take too long for it; what they set up is in `.venv/bin`."""
    targets = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    told = [command.words for command in commands(block)]
    ours = [words for words in told if not words[0].startswith(".venv/bin/")]
    assert ours
    assert [words for words in ours if words[0] != "make" or words[1] not in targets] == []


@pytest.mark.parametrize(
    "command",
    [command for block in blocks("console", "cluster") for command in commands(block)],
    ids=lambda command: " ".join(command.words[:2]),
)
def test_the_options_of_commands_that_need_a_cluster_are_there(command: Command) -> None:
    """What they do is tested in `tests/experiments`, with a scheduler and workers of its own."""
    program = {"dask": "dask", "simulator": "simulator"}[command.words[0]]
    asked = [sys.executable, "-m", program, command.words[1], "--help"]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603 - a fixed command
    options = [word for word in command.words if word.startswith("--")]
    assert [option for option in options if option not in done.stdout] == []


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("one\ntwo", "one\ntwo", ""),
        ("one\ntwo", "one\ntwo\nthree", "\nthree"),
        ("one", "two", "one"),
        ("...\ntwo\n...", "one\ntwo\nthree", ""),
        ("one...three", "one, two, three", ""),
        ("one...two...one", "one two", "one"),
        ("...two...one...", "one two", "one"),
        ("one......", "one", ""),
    ],
)
def test_what_does_not_fit_is_found(shown: str, printed: str, expected: str) -> None:
    assert misfit(shown, printed) == expected
