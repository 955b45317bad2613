"""What a second model says of each job beside what the product says, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np
from theory.plain_jobs import Charge

from simulator.records.columns import Floats

TOLERANCE_S = 1e-6
"""About one step of the product's grid; what lies closer counts as equal."""


@dataclass(frozen=True)
class Opinion:
    """One case through another model, `against`, counted over its jobs.

    largest_difference_s: among the jobs that started in both. most_waiting: how many were Pending
    at once. different_places: jobs that ran last on another host or under another account.
    blame_totals: how many combinations of a folder that waited, a cause, the folder that held it
    and a machine were compared. None where the other model knows no such thing.
    """

    case: str
    against: str
    jobs: int
    waited: int
    most_waiting: int
    different_start_times: int
    largest_difference_s: float
    different_end_times: int | None = None
    different_places: int | None = None
    blame_totals: int | None = None
    different_blame_totals: int | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing differs that was compared."""
        others = (self.different_end_times, self.different_places, self.different_blame_totals)
        return not any((self.different_start_times, *others))


def differences_s(ours: Floats, theirs: Sequence[float]) -> Floats:
    """How far apart instants are, (J,): 0 where neither happened, infinite where one did."""
    apart = np.abs(ours - np.array(theirs))
    unknown = np.where(np.isnan(ours) & np.isnan(theirs), 0.0, np.inf)
    return np.where(np.isnan(apart), unknown, apart)


def count_different(ours: Floats, theirs: Sequence[float]) -> int:
    """How many instants differ by more than the tolerance."""
    return int((differences_s(ours, theirs) > TOLERANCE_S).sum())


def largest_s(ours: Floats, theirs: Sequence[float]) -> float:
    """The largest difference among what happened in both models."""
    apart = differences_s(ours, theirs)
    return float(np.max(apart, initial=0.0, where=np.isfinite(apart)))


def most_waiting(submitted_s: Floats, started_s: Floats) -> int:
    """How many jobs wait at most, once all that happens at an instant has happened."""
    instants, place = np.unique(np.concatenate([submitted_s, started_s]), return_inverse=True)
    steps = np.repeat([1, -1], len(submitted_s))
    change = np.bincount(place, weights=steps, minlength=len(instants))
    return int(change.cumsum().max())


def count_apart(ours: Mapping[Charge, float], theirs: Mapping[Charge, float]) -> int:
    """How many totals are apart by more than a millionth of them, or stand on one side alone."""
    keys = {*ours, *theirs}
    return sum(
        not isclose(ours.get(key, 0.0), theirs.get(key, 0.0), rel_tol=TOLERANCE_S) for key in keys
    )
