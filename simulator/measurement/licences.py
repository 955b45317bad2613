"""Whether a licence is left for one more slot, at every moment."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from simulator.measurement.places import licences_taken
from simulator.measurement.steps import Changes, Steps, Values, combined, constant
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import Availability


class LicencesLeft:
    """The licences of a tenant that no host has taken, runtime type by runtime type."""

    def __init__(self, eligibility: Eligibility, rows: Availability) -> None:
        self._licences, self._rows = eligibility.licences, rows

    def of(self, runtime: int) -> Steps:
        """Return whether a licence is left for a host that is off, 1 or 0."""
        licences = self._licences[runtime]
        if math.isinf(licences):
            return constant(1)
        return combined(_fewer, self._taken.total_of((runtime,)), constant(int(licences)))

    @cached_property
    def _taken(self) -> Changes:
        """Return how many licences of each runtime type hosts have taken, used or not."""
        return licences_taken(self._rows, len(self._licences))


def _fewer(some: Values, others: Values) -> Values:
    return (some < others).astype(np.int8)
