"""Maintenance windows: when no job may start on the hosts of a machine."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.model.machines import Maintenance
from simulator.plan.arrivals import Wall
from simulator.schedules.clock_changes import Rule
from simulator.schedules.quartz import LAST_S, firings, parse_cron
from simulator.schedules.zones import resolve_zone
from simulator.units import DAY_S, to_grid

_FIRST_LOOK_S: Final = 31 * DAY_S
"""How far ahead a cron is worked out at first; twice as far each time it is not due at all."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one cron, without end; `kills` where running jobs are stopped as one begins.

    The cron is due by the clock on the wall in `zone`, an IANA name; `origin_epoch_s` is the start
    of the run.
    """

    cron: str
    zone: str
    rule: Rule
    origin_epoch_s: int
    duration_s: float
    kills: bool

    def spans_s(self) -> Iterator[tuple[float, float]]:
        """Yield each window's begin and end, in seconds since origin, in order.

        One that began before the run and lasts into it begins at 0. Where a window begins before
        the one before it has ended, or as it ends, the two are one; but a month or more of what
        may go on without end comes in parts, each beginning as the last one ends.
        """
        last_s = 0.0
        for due_s in self._due_s():
            breaks = np.diff(due_s) > self.duration_s
            begins_s = due_s[np.append(True, breaks)]
            ends_s = due_s[np.append(breaks, True)] + self.duration_s
            for begin_s, end_s in zip(begins_s.tolist(), ends_s.tolist(), strict=True):
                if end_s > last_s:
                    yield max(begin_s, last_s), end_s
                    last_s = end_s

    def _due_s(self) -> Iterator[npt.NDArray[np.float64]]:
        """Yield when the cron is due up to the last year there is, some at a time, never none."""
        cron, zone, ahead_s = parse_cron(self.cron), resolve_zone(self.zone), _FIRST_LOOK_S
        from_s = self.origin_epoch_s - math.ceil(self.duration_s)
        while from_s < LAST_S:
            to_s = min(from_s + ahead_s, LAST_S)
            due = firings(cron, zone, from_s, to_s, self.rule) - self.origin_epoch_s
            if len(due):
                yield due.astype(np.float64)
            from_s, ahead_s = to_s, ahead_s if len(due) else 2 * ahead_s


def windows_of(maintenance: Maintenance, wall: Wall) -> Windows:
    """Return the windows of an entry of a machine's `maintenance`."""
    own = maintenance.zone
    return Windows(
        cron=maintenance.cron,
        zone=(wall.zone if own is None else resolve_zone(own)).key,
        rule=wall.assumptions.daylight_saving,
        origin_epoch_s=wall.window.origin_epoch_s,
        duration_s=to_grid(maintenance.duration),
        kills=maintenance.running_jobs == "kill",
    )
