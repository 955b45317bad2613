"""What the engine's own meter said, kept apart from the records, for checks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine's own meter said at an instant, for checks of the records; no part of them.

    waiting, running, held: (F,), by folder, the jobs that waited for a slot or for their latency to
    be over, those that ran or were paused, and the slots held by jobs that were not paused.
    waited_s, held_s: the integrals over time, from the origin on, of how many waited and were held.
    """

    at_s: float
    waiting: npt.NDArray[np.int64]
    running: npt.NDArray[np.int64]
    held: npt.NDArray[np.int64]
    waited_s: float
    held_s: float


@dataclass(frozen=True, slots=True)
class Readings:
    """The meter at both edges of the window, before that instant's events, and after the run."""

    window_from: Reading
    window_to: Reading
    end: Reading


MOMENTS: Final = ("window from", "window to", "end")
"""What the moments of `Readings` are called, in their order."""


def readings_in_order(readings: Readings | None) -> tuple[Reading, ...]:
    """Return the readings of each of `MOMENTS`; nothing where there are none."""
    if readings is None:
        return ()
    return readings.window_from, readings.window_to, readings.end
