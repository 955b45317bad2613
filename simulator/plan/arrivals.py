"""When triggers and starts submit: wall-clock text turned into seconds since origin."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from simulator.model.dispatch import Assumptions
from simulator.model.scenario import TimeFrame
from simulator.model.streams import At, ClosedLoop, OpenStream, Stream
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.plan.sources import Firings, OpenArrivals
from simulator.records.columns import Window
from simulator.schedules.quartz import firings, parse_cron
from simulator.schedules.zones import resolve_zone, to_epoch
from simulator.units import to_grid


@dataclass(frozen=True, slots=True)
class Wall:
    """The tenant's wall clock, and where the run stands on it."""

    zone: ZoneInfo
    window: Window
    assumptions: Assumptions

    def seconds(self, local: dt.datetime) -> float:
        """Return a local time as seconds since origin."""
        return float(to_epoch(local, self.zone)[0] - self.window.origin_epoch_s)

    def span_of(self, trigger: Trigger) -> tuple[float, float]:
        """Return from when to when a trigger is in force, in seconds since origin."""
        starts = -math.inf if trigger.starts_on is None else self.seconds(trigger.starts_on)
        ends = math.inf if trigger.until is None else self.seconds(trigger.until)
        return starts, ends

    def cron_firings(self, schedule: TimeSchedule) -> Firings:
        """Return every firing of a cron inside the run."""
        origin = self.window.origin_epoch_s
        zone = self.zone if schedule.zone is None else resolve_zone(schedule.zone)
        end = origin + math.ceil(self.window.to_s)
        due = firings(
            parse_cron(schedule.cron), zone, origin, end, self.assumptions.daylight_saving
        )
        times_s = (due - origin).astype(np.float64)
        return Firings(times_s[times_s < self.window.to_s])

    def stream(self, stream: Stream) -> OpenArrivals | ClosedLoop:
        """Return a stream ready to run; a closed loop as it is."""
        return stream if isinstance(stream, ClosedLoop) else self.open_stream(stream)

    def open_stream(self, stream: OpenStream) -> OpenArrivals:
        """Return a stream as it is, or its named instants where it has them."""
        return self._named(stream.at) if isinstance(stream, At) else stream

    def _named(self, times: Sequence[dt.datetime]) -> Firings:
        instants = np.sort(np.array([self.seconds(time) for time in times], dtype=np.float64))
        return Firings(instants[(instants >= 0) & (instants < self.window.to_s)])


def wall_of(time: TimeFrame, assumptions: Assumptions) -> Wall:
    """Return the wall clock of a run."""
    zone = resolve_zone(time.zone)
    origin = to_epoch(time.start, zone)[0]
    from_s, length_s = to_grid(time.warm_up), to_grid(time.duration)
    window = Window(from_s, from_s + length_s, origin, zone.key)
    return Wall(zone, window, assumptions)
