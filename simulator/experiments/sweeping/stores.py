"""Where the points of a sweep are while it goes on: in memory, or in files that outlive it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from simulator.errors import DataFileError
from simulator.experiments.sweeping.points import SweptPoint, point_text, read_point
from simulator.records.files import write_text_atomically


class Store(Protocol):
    """Keeps points until a sweep is done."""

    def find(self, number: int, run_id: str) -> SweptPoint | None:
        """Return a point that is kept, and is of that run; None where there is none."""

    def keep(self, point: SweptPoint) -> None:
        """Keep a point."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """Points for as long as the process runs."""

    points: dict[int, SweptPoint] = field(default_factory=dict)

    def find(self, number: int, run_id: str) -> SweptPoint | None:
        """Return a point that is kept, and is of that run."""
        point = self.points.get(number)
        return point if point is not None and point.run_id == run_id else None

    def keep(self, point: SweptPoint) -> None:
        """Keep a point."""
        self.points[point.number] = point


@dataclass(frozen=True, slots=True)
class PartialFolder:
    """Points as files of a folder, one each: `points/<number>.json`.

    A file that is torn, or of another run, counts as none. Several processes may fill the same
    folder: whichever writes a point last, the bytes are the same.
    """

    path: Path

    def find(self, number: int, run_id: str) -> SweptPoint | None:
        """Return a point that is kept, and is of that run.

        Raises:
            DataFileError: its file cannot be read.
        """
        file = self._file(number)
        try:
            text = file.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataFileError(f"{file} cannot be read: {error}") from error
        point = read_point(text)
        is_it = point is not None and (point.number, point.run_id) == (number, run_id)
        return point if is_it else None

    def keep(self, point: SweptPoint) -> None:
        """Write a point, all of it or nothing.

        Raises:
            DataFileError: it cannot be written.
        """
        file = self._file(point.number)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFileError(f"{file.parent} cannot be written: {error}") from error
        write_text_atomically(file, point_text(point))

    def discard(self) -> None:
        """Remove the folder: what it was for is done."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _file(self, number: int) -> Path:
        return self.path / "points" / f"{number}.json"
