"""A mid-size bank over months."""

from __future__ import annotations

from benchmarks.cases.simulating import whole_way
from benchmarks.estates.bank import bank
from benchmarks.samples import Sample


def simulated(days: int) -> Sample:
    """Time the whole way from the file to the records of so many days."""
    return whole_way(bank(days))
