"""The commands a page shows run, and print what the page says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from documentation.pages import ROOT, Block, blocks, title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENVIRONMENT = {
    **os.environ,
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "PYTHONPATH": str(ROOT),
    "SIMULATOR_WORKERS": "1",
}


@pytest.mark.parametrize("block", blocks("console", "tested"), ids=title)
def test_commands_run_and_print_what_is_shown(block: Block, tmp_path: Path) -> None:
    """They find the shipped scenarios, and those their page tells in full, each under its name."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    for whole in blocks("yaml", "complete"):
        if whole.page == block.page:
            (tmp_path / _file_name(whole)).write_text(whole.text, encoding="utf-8")
    for command, shown in _commands(block.text):
        done = subprocess.run(  # noqa: S603 - commands of our own pages
            [sys.executable, "-m", *shlex.split(command)],
            cwd=tmp_path,
            env=ENVIRONMENT,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        if shown:
            assert re.fullmatch(_pattern(shown), _trimmed(done.stdout), re.DOTALL), done.stdout


def _file_name(block: Block) -> str:
    name = re.search(r"^name: (.+)$", block.text, re.MULTILINE)
    assert name is not None, "a complete scenario on a page has a name"
    return f"{name[1]}.yaml"


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command with the output shown under it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command.partition(" #")[0].strip(), _trimmed(shown)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def _pattern(shown: str) -> str:
    """Return the expression that output has to match; `...` stands for anything."""
    return ".*".join(re.escape(part) for part in shown.split("..."))
