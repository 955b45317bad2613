"""What was found, as a file that the page of performance is made from.

A list of rows for each group, and with what each group was made. No path, no name of a machine and
no time of day is in it.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeAlias

from benchmarks.samples import Sample
from benchmarks.timing import Finding
from simulator import __version__
from simulator.json_text import json_text

Results: TypeAlias = Mapping[str, Any]

FILE: Final = Path(__file__).parents[1] / "docs" / "performance-results.json"
MADE: Final = "made_with"
PACKAGES: Final = ("numpy", "pyarrow", "simpy", "ciw")
DIGITS: Final = 5
"""Digits of every number that are kept."""


def read(file: Path = FILE) -> Results:
    """Return what was written; nothing where the file is missing."""
    if not file.exists():
        return {}
    results: Results = json.loads(file.read_text(encoding="utf-8"))
    return results


def write(
    found: Mapping[str, Sequence[Finding]],
    groups: Iterable[str],
    *,
    quick: bool,
    file: Path = FILE,
) -> None:
    """Put what was found of some groups in place of what was there.

    `groups` are all there are, in their order; any other leaves the file.
    """
    before = read(file)
    new = {name: [row_of(one) for one in rows] for name, rows in found.items()}
    made = {**before.get(MADE, {}), **{name: made_with(found[name], quick=quick) for name in new}}
    rows = {**before, **new}
    kept = [name for name in groups if name in rows]
    content = {
        **{name: rows[name] for name in kept},
        MADE: {name: made[name] for name in kept},
    }
    file.write_text(json_text(content), encoding="utf-8")


def made_with(found: Sequence[Finding], *, quick: bool) -> dict[str, object]:
    """Return with what a group was made: sizes, rounds, versions, processors."""
    return {
        "sizes": "quick" if quick else "full",
        "rounds": len(found[0].figures),
        "processors": os.cpu_count(),
        "simulator": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def row_of(found: Finding) -> dict[str, object]:
    """Return a row as plain values."""
    row = found.row
    return {
        "title": row.title,
        "against": row.against,
        "figure": row.figure.name,
        "median": _kept(found.figure),
        "low": _kept(min(found.figures)),
        "high": _kept(max(found.figures)),
        "target": None if row.target is None else str(row.target),
        "met": found.met,
        "same_work": found.same_work,
        "ours": _values(found.ours),
        "rival": None if found.rival is None else _values(found.rival),
    }


def _values(sample: Sample) -> dict[str, object]:
    return {
        "work": _kept(sample.work),
        "seconds": _kept(sample.seconds),
        "per_second": _kept(sample.per_second),
        "peak_mb": _kept(sample.peak_mb),
        "mean_wait_s": None if sample.mean_wait_s is None else _kept(sample.mean_wait_s),
        "most_pending": sample.most_pending,
    }


def _kept(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
