"""What is said, and where: results on standard output, everything else on standard error."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

from simulator.cli.outlets import Output, cannot_write
from simulator.escaping import escaped

if TYPE_CHECKING:
    from rich.console import RenderableType

PIPE_COLUMNS: Final = 120
"""How wide tables are where there is no terminal, unless COLUMNS says otherwise."""

Move: TypeAlias = Callable[[int, int], None]
"""Moves a bar: takes how much is done, and of how much."""


def result(text: str) -> None:
    """Write a result to standard output, as UTF-8 and unchanged.

    Raises:
        DataFileError: standard output is closed, full or broken.
    """
    result_in_parts((text if text.endswith("\n") else f"{text}\n",))


def result_in_parts(parts: Iterable[str]) -> None:
    """Write a long result piece by piece, as UTF-8 and unchanged; once nobody reads it, no more.

    Raises:
        DataFileError: standard output is closed, full or broken.
    """
    if sys.stdout is None:
        cannot_write("it is closed")
    for part in parts:
        sys.stdout.write(part)
        if isinstance(sys.stdout, Output) and not sys.stdout.has_reader:
            return
    sys.stdout.flush()


def tables(renderable: RenderableType) -> None:
    """Write tables to standard output: in colour on a terminal, plain text in a pipe.

    What is too wide to be broken is never cut; blanks at the ends of lines are left out.

    Raises:
        DataFileError: standard output is closed, full or broken.
    """
    from rich.console import Console  # noqa: PLC0415 - slow to import

    console = Console(width=None if sys.stdout and sys.stdout.isatty() else _columns())
    with console.capture() as text:
        console.print(renderable, crop=False)
    result("\n".join(line.rstrip(" ") for line in text.get().split("\n")))


def aside(text: str) -> None:
    """Write a warning, an error or a note to standard error."""
    sys.stderr.write(f"{text}\n")


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Move]:
    """Show a bar on standard error if that is a terminal; give what moves it: done, of how many."""
    with named_progress_bar(hidden=hidden) as (move, _):
        yield move


@contextmanager
def named_progress_bar(*, hidden: bool) -> Iterator[tuple[Move, Callable[[str], None]]]:
    """Show a bar likewise; give what moves it, and what begins it anew under another name."""
    if hidden or not sys.stderr.isatty():
        yield lambda _done, _total: None, lambda _name: None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.markup import escape  # noqa: PLC0415 - slow to import
    from rich.progress import Progress  # noqa: PLC0415 - slow to import

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("replications", total=None)
        yield (
            lambda done, total: progress.update(task, completed=done, total=total),
            lambda name: progress.reset(task, total=None, description=escape(escaped(name))),
        )


def _columns() -> int:
    return shutil.get_terminal_size((PIPE_COLUMNS, 24)).columns
