"""Columns in temporary files, mapped into memory: how a long run's records stay off the heap.

Such a column is an ordinary read-only array. Its pages come in as they are read, and count as
memory of this process until they are released; they cost the system no more than file cache.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from simulator.errors import DataFileError

Column: TypeAlias = npt.NDArray[Any]
"""One value a row."""

_PAGE: Final = mmap.PAGESIZE


@contextmanager
def told_as_data_file_error() -> Iterator[None]:
    """Tell an error of the file system, of a temporary file, as what it means to the user."""
    try:
        yield
    except OSError as error:
        raise DataFileError(
            f"the temporary files of a long run cannot be written or read: {error}; make room "
            "there, or let TMPDIR name another folder"
        ) from error


def temporary_file() -> BinaryIO:
    """Open an empty file that is gone once nobody has it open, however this process ends.

    It is in the folder that TMPDIR names, else in the system's for temporary files.

    Raises:
        DataFileError: it cannot be made.
    """
    with told_as_data_file_error():
        return cast("BinaryIO", TemporaryFile(prefix="simulator-"))


class MappedTable:
    """Columns of at most so many rows, written block by block into one temporary file."""

    def __init__(self, rows: int) -> None:
        """Take how many rows there can be; the file is made once there are any."""
        self._rows = rows
        self._file: BinaryIO | None = None
        self._starts: dict[str, int] = {}
        self._filled: dict[str, int] = {}
        self._types: dict[str, np.dtype[Any]] = {}
        self._end = 0

    def add(self, blocks: Mapping[str, Column]) -> None:
        """Append to each of the columns.

        Raises:
            DataFileError: the file cannot be written.
        """
        for name, block in blocks.items():
            if name not in self._types:
                self._types[name], self._filled[name] = block.dtype, 0
            if len(block):
                self._write(name, np.ascontiguousarray(block))

    def _write(self, name: str, block: Column) -> None:
        if self._file is None:
            self._file = temporary_file()
        if name not in self._starts:
            self._starts[name] = self._end
            self._end += -(-self._rows * block.itemsize // _PAGE) * _PAGE
        with told_as_data_file_error():
            self._file.seek(self._starts[name] + self._filled[name] * block.itemsize)
            self._file.write(block.data)
        self._filled[name] += len(block)

    def columns(self) -> dict[str, Column]:
        """Return the columns, read-only; nothing can be added any more.

        Raises:
            DataFileError: the file cannot be mapped.
        """
        content: mmap.mmap | bytes = b""
        if self._file is not None:
            with told_as_data_file_error(), self._file:
                self._file.flush()
                content = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return {
            name: np.frombuffer(content, dtype, self._filled[name], self._starts.get(name, 0))
            if self._filled[name]
            else _nothing(dtype)
            for name, dtype in self._types.items()
        }


def _nothing(dtype: np.dtype[Any]) -> Column:
    empty = np.empty(0, dtype)
    empty.setflags(write=False)
    return empty


def release(*columns: Column) -> None:
    """Let go of the pages of mapped columns, or of slices of them, that were read.

    What is in memory, or could be written to, stays there. Released columns can be read again.
    """
    for column in columns:
        content = None if column.flags.writeable else _mapping_of(column)
        if content is not None and column.nbytes and hasattr(content, "madvise"):
            start = _address(column) - _address(np.frombuffer(content, np.uint8, 1))
            from_page = start // _PAGE * _PAGE
            content.madvise(mmap.MADV_DONTNEED, from_page, start + column.nbytes - from_page)


def _mapping_of(column: Column) -> mmap.mmap | None:
    """Return the mapped file that an array is a part of, if it is."""
    base: object = column
    while isinstance(base, np.ndarray | memoryview):
        base = base.base if isinstance(base, np.ndarray) else base.obj
    return base if isinstance(base, mmap.mmap) else None


def _address(column: Column) -> int:
    return int(column.__array_interface__["data"][0])
