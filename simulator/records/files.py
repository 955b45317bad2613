"""The tables' files, and the folder of a run: nothing half-written under a final name."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from simulator.errors import DataFileError
from simulator.records.parts import length_of, let_go
from simulator.records.tables import TABLES, arrow_table, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    import pandas as pd

    from simulator.records.columns import Legend, Records

LONGEST_SAFE_NAME: Final = 100
"""Bytes of a folder's name; file systems take 255, and a temporary name is a little longer."""

MOST_ROWS: Final = 2**19
"""Rows of a row group at most; with all their columns they take some sixty megabytes."""

_SHORT: Final = frozenset({"blame", "readings"})
"""Tables that are no longer the more jobs there are."""

_UNSAFE: Final = re.compile(r"[^\w.-]+")


class RecordWriter:
    """Streams the records of one replication after the other into a folder's Parquet files.

    Each replication is one row group of each file, `jobs.parquet` and so on: one for each of
    `TABLES`. A longer one than `MOST_ROWS` is several, as all of a row group is in memory at once.
    Equal records give equal bytes, on one version of pyarrow. To be used in a `with` block, which
    completes the files, whatever happens in it.
    """

    def __init__(self, folder: Path, legend: Legend) -> None:
        """Take the folder, which exists, and what the records' integers mean."""
        self._folder = folder
        self._legend = legend
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._open_files = ExitStack()
        self._last = -1

    def write(self, records: Records) -> None:
        """Append the records of the next replication.

        Raises:
            ValueError: a replication that is not later than the one before.
            DataFileError: the files cannot be written.
        """
        if records.replication <= self._last:
            raise ValueError(
                f"replication {records.replication} comes after {self._last}; write the records "
                "in the order of the replications"
            )
        self._last = records.replication
        with _told_as_data_file_error(self._folder, "written"):
            for name in TABLES:
                for part in _parts(name, self._legend, records):
                    self._append(name, part)

    def _append(self, name: str, part: pa.Table) -> None:
        self._writer(name, part.schema).write_table(part, max(part.num_rows, 1))

    def _writer(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        if name not in self._writers:
            writer = _parquet_writer(_table_path(self._folder, name), schema)
            self._writers[name] = self._open_files.enter_context(writer)
        return self._writers[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with _told_as_data_file_error(self._folder, "written"):
            self._open_files.close()


def _parts(name: str, legend: Legend, records: Records) -> Iterator[pa.Table]:
    """Yield a table of one replication part by part, each of them a row group."""
    table: Any = getattr(records, name)
    if name in _SHORT or length_of(table) <= MOST_ROWS:
        yield arrow_table(name, legend, records)
        return
    for first in range(0, length_of(table), MOST_ROWS):
        yield arrow_table(name, legend, records, slice(first, first + MOST_ROWS))
        let_go(table)


def _parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a Parquet file: seconds split by byte, which compresses best, the rest as dictionaries.

    Source: the Parquet format, "Encodings", BYTE_STREAM_SPLIT.
    """
    seconds = [field.name for field in schema if pa.types.is_floating(field.type)]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=[name for name in schema.names if name not in seconds],
        column_encoding=dict.fromkeys(seconds, "BYTE_STREAM_SPLIT"),
    )


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Return one of a run's tables, all replications, names as categories.

    Raises:
        ValueError: there is no table of that name.
        DataFileError: its file is missing or no Parquet file.
    """
    if name not in TABLES:
        raise ValueError(f"no table is called {name!r}; there is {', '.join(TABLES)}")
    path = _table_path(folder, name)
    with _told_as_data_file_error(path, "read"):
        return to_frame(pq.ParquetFile(path).read())


def read_replication(folder: Path, name: str, replication: int, columns: Sequence[str]) -> pa.Table:
    """Return some columns of one of a run's tables, the rows of one replication alone.

    Raises:
        DataFileError: its file is missing, is no Parquet file, or lacks one of the columns.
    """
    path = _table_path(folder, name)
    with _told_as_data_file_error(path, "read"):
        return pq.read_table(
            path,
            columns=list(columns),
            filters=[("replication", "=", replication)],
            partitioning=None,
        )


def write_text_atomically(path: Path, text: str) -> None:
    """Write a UTF-8 text file such that `path` holds either what it held before, or all of it.

    Raises:
        DataFileError: it cannot be written.
    """
    write_bytes_atomically(path, text.encode())


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Write a file such that `path` holds either what it held before, or all of it.

    Raises:
        DataFileError: it cannot be written.
    """
    beside = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    with _told_as_data_file_error(path, "written"):
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def safe_name(text: str) -> str:
    """Return a name for a file or folder, made of any text: it cannot lead out of its folder.

    Letters (of any script), digits, `-`, `.` and `_` stay, all else becomes `-`. It never starts
    with a dot or a dash, is never empty, and has at most `LONGEST_SAFE_NAME` bytes. Different
    texts may give the same name.
    """
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", text))
    cut = plain.encode()[:LONGEST_SAFE_NAME].decode(errors="ignore")
    return cut.strip("-.") or "unnamed"


class RunFolder:
    """The folder of a run: filled under a temporary name, and renamed once it is complete.

    `path` is where to write until then. In a `with` block, what was not committed is discarded.
    """

    def __init__(self, base: Path, name: str) -> None:
        """Make the temporary folder in `base`; what a dead process of the same id left there goes.

        `name` is the final name, made safe by `safe_name`.

        Raises:
            ValueError: the name is not a safe one.
            DataFileError: the folder cannot be made.
        """
        if name != safe_name(name):
            raise ValueError(f"{name!r} is no safe folder name; pass it through safe_name first")
        self._base = base
        self._name = name
        self.path = base / f".{name}.tmp-{os.getpid()}"
        with _told_as_data_file_error(base, "written"):
            shutil.rmtree(self.path, ignore_errors=True)
            self.path.mkdir(parents=True)

    def commit(self, *, partial: bool = False) -> Path:
        """Give the folder its final name, or `<name>-partial`, and return where it is now.

        A folder that has the name already, of an equal run, is replaced.

        Raises:
            DataFileError: it cannot be renamed.
        """
        final = self._base / (f"{self._name}-partial" if partial else self._name)
        with _told_as_data_file_error(final, "written"):
            self._take_place_of(final)
        return final

    def _take_place_of(self, final: Path) -> None:
        aside = self.path.with_name(f"{self.path.name}.old")
        _remove(aside)
        with suppress(FileNotFoundError):
            final.rename(aside)
        try:
            self.path.rename(final)
        except OSError:
            if not final.exists():
                with suppress(FileNotFoundError):
                    aside.rename(final)
                raise
            self.discard()  # an equal run ended in this very moment: its folder is as good
        _remove(aside)

    def discard(self) -> None:
        """Remove the temporary folder and all in it; nothing to do once it is committed."""
        shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.discard()


def _remove(path: Path) -> None:
    """Remove a folder and all in it, or what else stands there, if anything does."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _table_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


@contextmanager
def _told_as_data_file_error(path: Path, done: str) -> Iterator[None]:
    """Tell an error of the file system, or of a file's content, as what it means to the user."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise DataFileError(f"{path} cannot be {done}: {error}") from error
