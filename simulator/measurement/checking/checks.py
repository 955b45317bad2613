"""Self-checks: what must come out alike by two ways, and whether it did in one replication.

A check is no measure. It compares what the records say with what the engine counted apart from
them, or with what the scenario allows; where both are not the same, no figure can be relied on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]] | npt.NDArray[np.float64]

ROUNDING: Final = 1e-10
"""The share of a time that sums of times may be off by, once they are too long to be exact.

Times lie on a grid, so that sums below 2³³ s are exact, and are held to a microsecond.
"""


class Definition(NamedTuple):
    """What a check compares.

    found, expected: what its two values are. unit: of both, empty for a number of things.
    """

    name: str
    title: str
    found: str
    expected: str
    unit: Literal["", "s"] = ""


DEFINITIONS: Final = (
    Definition(
        "flow.submitted",
        "Every submission is refused, starts, is withdrawn, or is still Pending",
        "refused, started, withdrawn and still Pending at the end, by the records",
        "submissions of the whole run",
    ),
    Definition(
        "flow.started",
        "Every job that started has ended, is Suspended, is back in line, or runs",
        "ended, Suspended, back in line and Running at the end, by the records",
        "jobs that started in the whole run",
    ),
    Definition(
        "flow.end",
        "Who is left at the end of the run is there",
        "came Pending, less those withdrawn, ended or Suspended, by the records",
        "jobs in the engine's lines and on its slots at the end",
    ),
    Definition(
        "flow.waiting",
        "Who waited at the window's start, and came, left or waited at its end",
        "waiting at its start by the engine, and who came less who left, by the records",
        "waiting at its end, by the engine",
    ),
    Definition(
        "flow.running",
        "Who ran at the window's start, and began, left or ran at its end",
        "running at its start by the engine, and who began less who left, by the records",
        "running at its end, by the engine",
    ),
    Definition(
        "little.time",
        "The time that jobs waited in the window (Little's law)",
        "waits clipped to the window and added up, by the records",
        "the number waiting, added up over time by the engine",
        "s",
    ),
    Definition(
        "little.edges",
        "How many jobs waited at the edges of the window",
        "by the records",
        "by the engine",
    ),
    Definition(
        "slots.time",
        "The time that slots were held in the window (utilisation)",
        "spans clipped to the window and added up, by the records",
        "the number of slots held, added up over time by the engine",
        "s",
    ),
    Definition(
        "slots.edges",
        "How many slots were held at the edges of the window",
        "by the records",
        "by the engine",
    ),
    Definition(
        "slots.exist",
        "No more slots are held at once than exist",
        "held without a slot that exists, at the worst moment",
        "none",
    ),
    Definition(
        "slots.states",
        "Slots of hosts that never go are in some state all the time",
        "slot-time in all states, by the records",
        "slots of the scenario times the length of the run",
        "s",
    ),
    Definition(
        "once.slot",
        "No slot is held twice at once",
        "spans that begin before the one before them on the same slot has ended",
        "none",
    ),
    Definition(
        "once.job",
        "No job holds two slots at once",
        "spans that begin before the one before them of the same job has ended",
        "none",
    ),
    Definition(
        "once.account",
        "No account works twice where it may once",
        "spans that begin before the account was free: on the host, or, under one_job_at_a_time, "
        "anywhere",
        "none",
    ),
    Definition(
        "rules.sessions",
        "No more Windows sessions are taken than a host has",
        "taken beyond what there are, at the worst moment",
        "none",
    ),
    Definition(
        "rules.mapping",
        "Every job ran where, and under whom, its folder allows",
        "kinds of spans, by line, pool and account, that no place of the line allows",
        "none",
    ),
    Definition(
        "jobs.times",
        "The times of a job are those of its spans",
        "Pending until the start, running while it held slots, waiting when it was back in line",
        "pending_s, running_s and resumed_s of the job",
        "s",
    ),
    Definition(
        "blame.free",
        "Nobody is Pending beside a free and fitting slot unless a rule keeps the job off it",
        "time Pending for which no cause is known",
        "none",
        "s",
    ),
    Definition(
        "blame.sum",
        "Blame adds up to the time that jobs were Pending",
        "all charges of the run",
        "pending_s of all jobs",
        "s",
    ),
)
"""Every check, in the order in which they are told."""

BY_NAME: Final = {one.name: one for one in DEFINITIONS}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one replication.

    name: one of `DEFINITIONS`, which says what `found` and `expected` are; `difference` is how far
    they are apart, and no more than `tolerance` where the check holds. where: the folder, host,
    account or job at which it fails; where it holds everywhere, it is empty, the two values are of
    all together, and the difference is the largest of any. To whoever does not see all of a run
    only the verdict is told, and the numbers are NaN.
    """

    name: str
    found: float
    expected: float
    difference: float
    tolerance: float
    holds: bool
    where: str = ""

    @property
    def unseen(self) -> Check:
        """Return what may be told of it to whoever does not see all of the run."""
        return replace(self, found=math.nan, expected=math.nan, difference=math.nan, where="")


def compared(
    name: str, found: float, expected: float, tolerance: float = 0.0, where: str = ""
) -> Check:
    """Return the check of two values; one that is no number never holds."""
    off = float(abs(found - expected))
    return Check(name, float(found), float(expected), off, tolerance, off <= tolerance, where)


def worst(
    name: str,
    found: Numbers,
    expected: Numbers,
    called: Callable[[int], str],
    tolerance: float = 0.0,
) -> Check:
    """Return the check of values side by side, (N,) each: of the two that are farthest apart.

    called: the name of each place.
    """
    off = np.abs(found - expected)
    farthest = float(off.max(initial=0.0))
    if farthest <= tolerance:
        totals = float(found.sum()), float(expected.sum())
        return Check(name, *totals, farthest, tolerance, holds=True)
    place = int(np.argmax(off))  # NaN, which is no number, counts as the largest
    return compared(name, found[place], expected[place], tolerance, called(place))


def together(parts: Sequence[Check]) -> Check:
    """Return the check of all values, made of those of some of them each; one or more."""
    failed = [one for one in parts if not one.holds]
    if failed:
        return max(failed, key=lambda one: (math.isnan(one.difference), one.difference))
    return replace(
        parts[0],
        found=sum(one.found for one in parts),
        expected=sum(one.expected for one in parts),
        difference=max(one.difference for one in parts),
    )


def none_of(name: str, count: float, where: str = "") -> Check:
    """Return the check that something has not happened at all."""
    return compared(name, count, 0.0, where=where if count else "")


def rounding(total_s: float) -> float:
    """Return by how much a sum of times may be off, in seconds, that has come to so many."""
    return max(1e-6, ROUNDING * abs(total_s))


def named(names: Sequence[str], kind: str) -> Callable[[int], str]:
    """Return what calls a place by its name, and what it is: `folder HR`."""
    return lambda place: f"{kind} {names[place]}"


def first_of(names: Sequence[str], kind: str, places: Iterable[int]) -> str:
    """Return the first of some places by its name, empty where there is none."""
    return next((f"{kind} {names[place]}" for place in places), "")
