"""A large tenant, as far as the plan."""

from __future__ import annotations

import time

from benchmarks.cases.simulating import import_all, planned
from benchmarks.estates.large import FOLDERS, large
from benchmarks.samples import Sample


def planning(duration: str) -> Sample:
    """Time reading the file, checking it and planning; the work is its folders."""
    text = large(duration)
    import_all()
    begin = time.perf_counter()
    planned(text)
    return Sample(FOLDERS, time.perf_counter() - begin)
