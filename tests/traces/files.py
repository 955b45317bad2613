"""Traces written for tests, and the look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.records.columns import Window
from simulator.traces.checking import Checked, checked
from simulator.traces.csv_file import opened

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN_S = 1767571200
"""2026-01-05T00:00 in UTC."""

DAY = Window(0.0, 86400.0, ORIGIN_S, "UTC")
"""A day from then on, in a zone whose clock never changes."""


def written(folder: Path, content: str | bytes, name: str = "jobs.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def look(folder: Path, content: str | bytes, window: Window = DAY) -> Checked:
    """Write a trace and look at it."""
    with opened(written(folder, content), "jobs.csv") as file:
        return checked(file, window)
