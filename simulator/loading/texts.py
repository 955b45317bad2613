"""Bytes to text: a scenario comes from a file or from standard input, as UTF-8."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulator.errors import DataFileError, Issue, Position, ScenarioError
from simulator.limits import STANDARD_INPUT

LARGEST_BYTES: Final = 5_000_000
"""The size a scenario may have."""

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Text:
    """A scenario's text, the name it has in messages, and the folder its paths are relative to."""

    name: str
    stem: str
    folder: Path
    content: str


def read_text(source: Path | str) -> Text:
    """Return the text of a scenario file; `-` is standard input.

    Raises:
        DataFileError: there is no such file, or it cannot be read.
        ScenarioError: it is too large or no UTF-8.
    """
    if str(source) == STANDARD_INPUT:
        content = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        return Text("<stdin>", "stdin", Path(), decoded(content, "<stdin>"))
    path = Path(source)
    # A pipe, such as /dev/fd/63, has nothing beside it: data files are in the working folder.
    content, folder = _bytes(path), path.parent if path.is_file() else Path()
    return Text(str(source), path.stem, folder, decoded(content, str(source)))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        why = getattr(error, "strerror", None) or str(error)
        raise DataFileError(f"cannot read the scenario {str(path)!r}: {why}") from None


def decoded(content: bytes, name: str) -> str:
    """Return `content` as text; a byte order mark at its start is left out.

    Raises:
        ScenarioError: it is over the size cap, or no UTF-8.
    """
    if len(content) > LARGEST_BYTES:
        raise _refused(
            Position(name, 1, 1),
            f"a scenario file may have {LARGEST_BYTES // 1_000_000} MB, this one has more",
            "too-large",
            "use counts such as 'hosts: 40', and put data into CSV files",
        )
    if content.startswith(_UTF_16):
        raise _refused(
            Position(name, 1, 1), "the file is UTF-16, expected UTF-8", "encoding", _SAVE_AS_UTF_8
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        position = _position(content, error.start, name)
        raise _refused(
            position,
            f"the byte 0x{error.object[error.start]:02x} is no UTF-8 text",
            "encoding",
            _SAVE_AS_UTF_8,
        ) from None


_SAVE_AS_UTF_8: Final = "save the file with the encoding UTF-8"


def _position(content: bytes, start: int, name: str) -> Position:
    before = content[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", errors="replace")
    return Position(name, before.count(b"\n") + 1, len(line) + 1)


def _refused(position: Position, message: str, code: str, hint: str) -> ScenarioError:
    return ScenarioError([Issue((), message, code, hint, position=position)])
