"""The sample report in `reports/sample`: built afresh it is the same, and the kept one agrees."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from documentation.pages import ROOT
from sample_report import PICTURE

if TYPE_CHECKING:
    from pathlib import Path

KEPT = ROOT / "reports" / "sample"
FIGURES = ("mean", "low", "high", "half_width", "confidence", "n")
VERSIONS = re.compile(r"<dt>Versions</dt><dd>[^<]*</dd>")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it in a process of its own, whose strings hash otherwise than those of the next."""
    return _built(tmp_path_factory.mktemp("fresh") / "sample", hash_seed=1)


def _built(folder: Path, hash_seed: int) -> Path:
    subprocess.run(  # noqa: S603 - our own script
        [sys.executable, ROOT / "docs" / "sample_report.py", folder],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(hash_seed)},
        check=True,
        capture_output=True,
    )
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    """Return every file of a sample but its picture, which no two browsers draw alike."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != PICTURE)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_two_fresh_builds_are_the_same_bytes(fresh: Path, tmp_path: Path) -> None:
    assert _files(fresh) == _files(_built(tmp_path / "sample", hash_seed=2))


def test_the_kept_one_has_the_same_files(fresh: Path) -> None:
    assert _files(KEPT).keys() == _files(fresh).keys()
    assert (KEPT / PICTURE).read_bytes().startswith(b"\x89PNG")


def test_the_kept_one_says_the_same_figures(fresh: Path) -> None:
    """To nine digits: other versions of Python may add in another order."""
    kept, built = (_figures(folder / "summary.csv") for folder in (KEPT, fresh))
    assert len(kept) == len(built) > 1000
    assert kept == pytest.approx(built, rel=1e-9, nan_ok=True)


def _figures(summary: Path) -> dict[str, float]:
    """Return every figure by scope, name, measure and column; one without a value is NaN."""
    with summary.open(encoding="utf-8") as file:
        return {
            " ".join((row["scope"], row["name"], row["measure"], column)): float(
                row[column] or "nan"
            )
            for row in csv.DictReader(file)
            for column in FIGURES
        }


def test_the_kept_one_reads_as_it_does_today(fresh: Path) -> None:
    """All but the line of versions: `make reports` after a change of the report."""
    kept, built = (
        VERSIONS.sub("", (folder / "report.html").read_text(encoding="utf-8"))
        for folder in (KEPT, fresh)
    )
    assert kept == built
