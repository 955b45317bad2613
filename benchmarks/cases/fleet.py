"""Folders that share machines."""

from __future__ import annotations

from benchmarks.cases.simulating import engine_alone, whole_way
from benchmarks.estates.shared_fleet import Fleet
from benchmarks.samples import Sample


def simulated(**sizes: float) -> Sample:
    """Time the whole way from the file of a `Fleet` of these sizes to its records."""
    return whole_way(Fleet.of(sizes).text())


def engine(**sizes: float) -> Sample:
    """Time the simulation alone: what estates of several sizes are compared by."""
    return engine_alone(Fleet.of(sizes).text())
