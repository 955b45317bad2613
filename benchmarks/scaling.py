"""How cost grows: the same work at several sizes, one thing changed at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from benchmarks.estates.shared_fleet import Fleet, day
from benchmarks.figures import TIMES_AS_FAST
from benchmarks.rows import Group, Row
from benchmarks.samples import Contestant, contestant
from benchmarks.sizes import Sizes

LOADS_OF_LINES: Final = (0.99, 1.0, 1.01, 1.1)
"""Loads of a day of 1.1 million jobs: on average 100, 2,000, 7,000 and 55,000 are Pending."""


def scaling(sizes: Sizes) -> list[Group]:
    """Return a group for each thing that grows; each row against the smallest of its group."""
    return [
        _growing("jobs", _jobs(sizes.mm3_jobs)),
        _growing("folders", _folders(sizes.fleet_jobs)),
        _growing("hosts", _hosts(sizes.fleet_jobs)),
        _growing("load", _loads(sizes.line_jobs)),
    ]


def _growing(what: str, sizes: Iterator[tuple[str, Contestant]]) -> Group:
    told = [(f"{size} {what}", one) for size, one in sizes]
    first, smallest = told[0]
    rows = (Row(title, first, one, TIMES_AS_FAST, None, smallest) for title, one in told)
    return Group(f"by {what}", tuple(rows))


def _jobs(most: int) -> Iterator[tuple[str, Contestant]]:
    for jobs in (most // 4, most // 2, most, 2 * most):
        yield f"{jobs:,}", contestant("cases.mm3.engine", jobs=jobs)


def _folders(jobs: int) -> Iterator[tuple[str, Contestant]]:
    """Yield estates with two machines a folder."""
    for folders in (20, 50, 100, 200):
        yield f"{folders}", _engine(Fleet(folders, 2 * folders, 0.85, jobs))


def _hosts(jobs: int) -> Iterator[tuple[str, Contestant]]:
    """Yield estates of 20 folders: the more machines, the more each folder has."""
    for hosts in (40, 200, 1_000):
        yield f"{hosts:,}", _engine(Fleet(20, hosts, 0.85, jobs))


def _loads(jobs: int) -> Iterator[tuple[str, Contestant]]:
    """Yield days on which lines grow; the submissions are the same."""
    for load in LOADS_OF_LINES:
        yield f"{load:.0%}", _engine(day(load, jobs))


def _engine(fleet: Fleet) -> Contestant:
    return contestant("cases.fleet.engine", **asdict(fleet))
