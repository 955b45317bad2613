"""What is known of a trace before a run, and what a run is given of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.records.columns import Window


@dataclass(frozen=True, slots=True)
class TraceRows:
    """A trace as it was when it was checked: a run that finds another file stops.

    `name` is what the scenario calls it, `window` the run it was checked for, in which `rows` of
    its rows lie, with durations of `total_s` seconds together. `priorities` are those of all its
    rows, the higher first; empty where it has no such column.
    """

    name: str
    path: str
    window: Window
    sha256: str
    rows: int
    has_durations: bool
    priorities: tuple[int, ...]
    total_s: float = 0.0

    @property
    def mean_duration_s(self) -> float:
        """Return the mean duration of its rows in the run; 0 where there are none."""
        return self.total_s / self.rows if self.rows else 0.0


Traces: TypeAlias = Mapping[str, TraceRows]
"""The traces of a scenario, by the name of their file."""

NO_TRACES: Final[Traces] = MappingProxyType({})


class Block(NamedTuple):
    """Some thousand rows one after the other, shape (n,) each.

    `at_s` are seconds since origin, in order; `durations_s` and `priorities` are None where the
    file has no such column.
    """

    at_s: npt.NDArray[np.float64]
    durations_s: npt.NDArray[np.float64] | None
    priorities: npt.NDArray[np.int32] | None

    def between(self, from_s: float, until_s: float) -> Block:
        """Return the rows in [from_s, until_s)."""
        first, last = np.searchsorted(self.at_s, (from_s, until_s)).tolist()
        return Block(
            self.at_s[first:last],
            None if self.durations_s is None else self.durations_s[first:last],
            None if self.priorities is None else self.priorities[first:last],
        )
