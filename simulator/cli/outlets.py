"""Standard output and standard error as a command needs them: they may be closed, full, or left.

Python would end with a code of its own (1 or 120) where a stream fails, even at the very end, when
it flushes what is left (Python library, `signal`, note on SIGPIPE; `sys`, on exit codes).
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, Final, NoReturn, TextIO

from simulator.errors import DataFileError

_STREAMS: Final = (0, 1, 2)


class Output(io.TextIOWrapper):
    """Standard output: a reader may leave it (`| head`), but what cannot be written is told.

    `has_reader` says whether anybody still takes what is written. Its methods raise:
        DataFileError: the disk is full, or something else is wrong with what stdout leads to.
    """

    has_reader = True

    def write(self, text: str, /) -> int:
        """Write text; where the reader has left, it goes nowhere."""
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        """Write what is buffered; where the reader has left, it goes nowhere."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self.has_reader = False
        _lead_nowhere(self)
        if not isinstance(error, BrokenPipeError):
            cannot_write(error.strerror or str(error))


class Aside(io.TextIOWrapper):
    """Standard error: what nobody can be told is dropped, and changes no exit code."""

    def write(self, text: str, /) -> int:
        """Write text, or drop it."""
        try:
            return super().write(text)
        except OSError:
            _lead_nowhere(self)
            return len(text)

    def flush(self) -> None:
        """Write what is buffered, or drop it."""
        try:
            super().flush()
        except OSError:
            _lead_nowhere(self)


def _lead_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def cannot_write(why: str) -> NoReturn:
    """Tell that standard output takes nothing.

    Raises:
        DataFileError: always.
    """
    raise DataFileError(f"cannot write to standard output: {why}")


def prepare() -> None:
    """Put `Output` and `Aside` in the places of this process's streams, as UTF-8.

    What was closed (`>&-`) leads nowhere from here on, lest a file that is opened later takes its
    number and gets what was meant for a terminal. `sys.stdout` stays None where it was closed.
    """
    closed = [number for number in _STREAMS if not _is_open(number)]
    for _ in closed:
        os.open(os.devnull, os.O_RDWR)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = Output(**_of(sys.stdout))
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = Aside(**_of(sys.stderr))
    elif sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open to the end


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _of(stream: io.TextIOWrapper) -> dict[str, Any]:
    """Return what a stream is made of, and part it from its buffer."""
    buffered = stream.line_buffering
    return {
        "buffer": stream.detach(),
        "encoding": "utf-8",
        "errors": "backslashreplace",
        "line_buffering": buffered,
    }
