"""The commands of a `console` block, and how they are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from documentation.pages import ROOT, Block, blocks

ENVIRONMENT = {
    **os.environ,
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "PYTHONPATH": str(ROOT),
    "SIMULATOR_WORKERS": "1",
}
EXIT_CODE = re.compile(r"exit code (\d+)")


class Command(NamedTuple):
    """One command: its words, what is shown under it, and the exit code its comment tells."""

    words: list[str]
    shown: str
    exit_code: int


def commands(block: Block) -> Iterator[Command]:
    """Yield each command of a block, in order."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        command, _, comment = line.partition(" #")
        told = EXIT_CODE.search(comment)
        yield Command(shlex.split(command), _trimmed(shown), int(told[1]) if told else 0)


def prepare(folder: Path, page: Path) -> None:
    """Put the shipped scenarios into a folder, and those that a page tells in full."""
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    for whole in (*blocks("yaml", "complete"), *blocks("yaml", "mistaken")):
        if whole.page == page:
            (folder / _file_name(whole)).write_text(whole.text, encoding="utf-8")


def run(command: Command, folder: Path) -> None:
    """Run a command of ours in a folder; it has to end, and to print, as the page says.

    Under a command that fails, its messages are shown too.
    """
    done = subprocess.run(  # noqa: S603 - commands of our own pages
        [sys.executable, "-m", *command.words],
        cwd=folder,
        env=ENVIRONMENT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == command.exit_code, done.stderr
    if command.shown:
        printed = _trimmed(done.stdout + (done.stderr if command.exit_code else ""))
        assert not (part := misfit(command.shown, printed)), (
            f"No place for:\n{part}\nin:\n{printed}"
        )


def _file_name(block: Block) -> str:
    name = re.search(r"^name: (.+)$", block.text, re.MULTILINE)
    assert name is not None, "a complete scenario on a page has a name"
    return f"{name[1]}.yaml"


def _trimmed(text: str) -> str:
    """Return a text without what nobody sees: spaces at ends, and whether they are unbreakable."""
    lines = text.replace("\N{NO-BREAK SPACE}", " ").strip("\n").splitlines()
    return "\n".join(line.rstrip() for line in lines)


def misfit(shown: str, printed: str) -> str:
    """Return the first text of a page, or else of the output, that the other has not there.

    `...` on the page stands for anything. Empty where both fit.
    """
    first, *others = shown.split("...")
    if not printed.startswith(first):
        return first
    rest = printed.removeprefix(first)
    if not others:
        return rest
    *middle, last = others
    for part in middle:
        _, found, rest = rest.partition(part) if part else ("", "found", rest)
        if not found:
            return part
    return "" if rest.endswith(last) else last
