"""M/M/3: one folder, one process, one machine of three slots."""

from __future__ import annotations

from benchmarks.cases.simulating import engine_alone, whole_way
from benchmarks.estates.single_line import mm3
from benchmarks.samples import Sample


def simulated(jobs: int) -> Sample:
    """Time the whole way from the file to the records of so many jobs."""
    return whole_way(mm3(jobs))


def engine(jobs: int) -> Sample:
    """Time the simulation alone."""
    return engine_alone(mm3(jobs))
