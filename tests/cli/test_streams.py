"""Tables without blanks at their ends; the progress bar on a terminal only, never when quiet."""

from __future__ import annotations

import io

import pytest
from rich.console import Group
from rich.table import Table
from rich.text import Text

from simulator.cli.streams import named_progress_bar, progress_bar, tables


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "hidden", "shown"),
    [(Terminal, False, True), (Terminal, True, False), (io.StringIO, False, False)],
    ids=["terminal", "quiet", "pipe"],
)
def test_progress_bar(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], *, hidden: bool, shown: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stderr = stream()
    monkeypatch.setattr("sys.stderr", stderr)
    with progress_bar(hidden=hidden) as progress:
        progress(1, 2)
        progress(2, 2)
    assert ("replications" in stderr.getvalue()) is shown


def test_a_bar_that_begins_anew_has_another_name_which_is_inert(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    with named_progress_bar(hidden=False) as (move, rename):
        move(1, 2)
        rename("fleet 2: machines.[b]M\u202e.slots=3")
        move(1, 2)
    assert "fleet 2: machines.[b]M\\u202e.slots=3" in stderr.getvalue()


def test_tables_are_neither_padded_nor_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rich fills a table's lines up to its width, and would cut what is wider than the terminal."""
    monkeypatch.setenv("COLUMNS", "20")
    table = Table("Folder", "Who", width=20)
    table.add_row("HR", "anna")
    wide = "folders.HR.assign.anna=[Job Starter]"
    tables(Group(table, Text(wide, no_wrap=True, overflow="ignore")))
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.endswith(" ")] == []
    assert lines[-1] == wide
