"""The progress bar: on a terminal only, and never when it is to be quiet."""

from __future__ import annotations

import io

import pytest

from simulator.cli.streams import progress_bar


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
