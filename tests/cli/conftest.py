"""Commands of these tests keep their runs apart: one worker and 120 columns, wherever they run."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("SIMULATOR_WORKERS", "1")
    monkeypatch.setenv("COLUMNS", "120")
