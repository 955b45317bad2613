"""The tenant's licences: which slots have one at the start of a run, and how many are left."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulator.model.quantities import RuntimeType


class Stock:
    """What is left of the licences of each runtime type; a type that is not named never runs out.

    By the vendor's page Monitoring unattended sessions a connected host takes as many as it has
    slots, whether jobs run on them or not.
    """

    def __init__(self, licences: Mapping[RuntimeType, int]) -> None:
        self._left: dict[str, float] = {str(runtime): count for runtime, count in licences.items()}

    def take(self, runtime: str, slots: int) -> int:
        """Take licences for so many slots, as far as there are any; return how many those are."""
        taken = int(min(slots, self.left(runtime)))
        self._left[runtime] = self.left(runtime) - taken
        return taken

    def left(self, runtime: str) -> float:
        """Return how many licences of a runtime type are left, infinite where any number is."""
        return self._left.get(runtime, math.inf)
