"""What goes between this process and its workers: work and results as files of a folder.

Only their names go through the workers' pipe. A worker that dies while a long message of its own is
under way leaves the reader waiting for the rest for ever; a short message is written in one piece
or not at all (POSIX, `write`, PIPE_BUF).
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any, BinaryIO, Final, cast

from simulator.errors import DataFileError
from simulator.experiments.executing.results import read_result, write_result
from simulator.experiments.executing.workforce import Work

_WORK: Final = "work"


def pickled(work: Work[Any]) -> bytes:
    """Return work as it is sent to other processes.

    Raises:
        TypeError: it cannot be sent.
    """
    try:
        return pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(
            f"{work!r} cannot be sent to worker processes: {error}; define it at the top of a "
            "module, of nothing but data, or use one worker"
        ) from error


@contextmanager
def spool() -> Iterator[Path]:
    """Give a folder for what goes between processes; it is removed afterwards.

    Raises:
        DataFileError: it cannot be made.
    """
    with _told_as_data_file_error():
        folder = Path(mkdtemp(prefix="simulator-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def spooled(work: Work[Any], base: Path) -> Iterator[Path]:
    """Give a folder in `base` that holds the work; once left, it is gone, and nobody works for it.

    Raises:
        TypeError: the work cannot be sent to other processes.
        DataFileError: the folder cannot be written.
    """
    content = pickled(work)
    with _told_as_data_file_error():
        folder = Path(mkdtemp(dir=base))
    try:
        with _told_as_data_file_error():
            (folder / _WORK).write_bytes(content)
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder into which a worker may be writing: what it opens from now on is not there.

    Where an open file keeps its folder from being renamed (Windows), the spool's end removes it.
    """
    gone = folder.with_name(f"{folder.name}-gone")
    with suppress(OSError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def fetched(path: str) -> Any:  # noqa: ANN401 - whatever the work returned
    """Return the result that `done` wrote, and remove its file.

    Raises:
        DataFileError: it cannot be read.
    """
    with _told_as_data_file_error(), Path(path).open("rb") as file:
        result = read_result(file)
    with suppress(PermissionError):  # what is mapped stays, on Windows, until the spool's end
        Path(path).unlink(missing_ok=True)
    return result


_AT_HAND: Final[dict[str, Work[Any]]] = {}
"""The work that this process, a worker, did last, by its folder."""


def done(folder: str, replication: int) -> str:
    """Do a replication of a folder's work; return the name of the file that holds the result.

    It is empty where the folder is gone: nobody waits for the result any more.

    Raises:
        DataFileError: the result cannot be written.
        Exception: whatever the work raises.
    """
    if not Path(folder).is_dir():
        return ""
    result = _work_in(folder)(replication)
    with _told_as_data_file_error(), NamedTemporaryFile(dir=folder, delete=False) as file:
        write_result(cast("BinaryIO", file), result)
    return file.name


def _work_in(folder: str) -> Work[Any]:
    if folder not in _AT_HAND:
        _AT_HAND.clear()
        with _told_as_data_file_error(), (Path(folder) / _WORK).open("rb") as file:
            _AT_HAND[folder] = pickle.load(file)  # noqa: S301 - the main process wrote it
    return _AT_HAND[folder]


@contextmanager
def _told_as_data_file_error() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataFileError(
            f"the workers' temporary files cannot be written or read: {error}; make room there, "
            "let TMPDIR name another folder, or use one worker"
        ) from error
