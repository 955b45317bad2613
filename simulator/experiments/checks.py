"""Self-checks over all replications: each at its worst, and where it failed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.measurement import Figures
from simulator.measurement.cells import or_none
from simulator.measurement.checking.checks import BY_NAME, Check, Definition


@dataclass(frozen=True, slots=True)
class StudyCheck:
    """One check of a study. `worst` is that of the replication in which it was farthest off.

    replications: in how many it was made; failed: the numbers of those in which it does not hold.
    """

    worst: Check
    replication: int
    replications: int
    failed: tuple[int, ...]

    @property
    def definition(self) -> Definition:
        """Return what is compared."""
        return BY_NAME[self.worst.name]

    @property
    def holds(self) -> bool:
        """Return whether it holds in every replication."""
        return not self.failed


def checks_of_study(figures: Sequence[Figures]) -> tuple[StudyCheck, ...]:
    """Return every check of some replications, in the order in which they are told."""
    by_check = zip(*(one.checks for one in figures), strict=True)
    numbers = [one.replication for one in figures]
    return tuple(_of_study(numbers, checks) for checks in by_check)


def _of_study(numbers: Sequence[int], checks: Sequence[Check]) -> StudyCheck:
    def how_bad(place: int) -> tuple[bool, float]:
        return not checks[place].holds, checks[place].difference

    place = max(range(len(checks)), key=how_bad)
    failed = [number for number, one in zip(numbers, checks, strict=True) if not one.holds]
    return StudyCheck(checks[place], numbers[place], len(checks), tuple(failed))


def failed_of(checks: Sequence[StudyCheck]) -> tuple[StudyCheck, ...]:
    """Return the checks that do not hold in every replication."""
    return tuple(one for one in checks if not one.holds)


def failure(check: StudyCheck) -> str:
    """Return a sentence that says what failed, by how much and where; names are as they are."""
    worst, definition = check.worst, check.definition
    where = f", {worst.where}" if worst.where else ""
    which = f"{definition.name} in replication {check.replication}{where}"
    more = f" ({len(check.failed)} of {check.replications} replications fail)"
    if math.isnan(worst.found) and math.isnan(worst.expected):  # one account's view
        return f"{which}: {definition.title}: this does not hold{more}"
    unit = f" {definition.unit}" if definition.unit else ""
    return (
        f"{which}: {definition.title}: {worst.found:.10g}{unit} ({definition.found}) against "
        f"{worst.expected:.10g}{unit} ({definition.expected}){more}"
    )


def check_row(check: StudyCheck) -> dict[str, Any]:
    """Return a check as JSON has it; its numbers are null in one account's view."""
    worst, definition = check.worst, check.definition
    return {
        "name": definition.name,
        "title": definition.title,
        "unit": definition.unit,
        "holds": check.holds,
        "replications": check.replications,
        "failed_in": list(check.failed),
        "worst_in": check.replication,
        "where": worst.where,
        "found": or_none(worst.found),
        "expected": or_none(worst.expected),
        "difference": or_none(worst.difference),
        "tolerance": worst.tolerance,
    }
