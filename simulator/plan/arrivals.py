"""When triggers and starts submit: wall-clock text turned into seconds since origin."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulator.model.calendars import Calendar
from simulator.model.dispatch import Assumptions
from simulator.model.profiles import weekly_spans
from simulator.model.scenario import TimeFrame
from simulator.model.streams import At, ClosedLoop, OpenStream, Profile, Stream, Trace
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.plan.sources import Firings, OpenArrivals, Rates
from simulator.records.columns import Window
from simulator.schedules.calendars import non_working_days, on_days, years_between
from simulator.schedules.profiles import steps_between
from simulator.schedules.quartz import firings, parse_cron
from simulator.schedules.zones import resolve_zone, to_epoch
from simulator.traces.rows import NO_TRACES, Traces
from simulator.units import to_grid

_NO_DAYS: Final = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Wall:
    """The tenant's wall clock, and where the run stands on it.

    `non_working` are the days of each calendar in the years of the run, as days since 1970-01-01.
    """

    zone: ZoneInfo
    window: Window
    assumptions: Assumptions
    non_working: Mapping[str, npt.NDArray[np.int64]]
    traces: Traces = field(default_factory=dict)

    def days_off(self, calendar: str | None) -> npt.NDArray[np.int64]:
        """Return a calendar's days as days since 1970-01-01, sorted; none where none is named."""
        return _NO_DAYS if calendar is None else self.non_working[calendar]

    def seconds(self, local: dt.datetime) -> float:
        """Return a local time as seconds since origin."""
        return float(to_epoch(local, self.zone)[0] - self.window.origin_epoch_s)

    def span_of(self, trigger: Trigger) -> tuple[float, float]:
        """Return from when to when a trigger is in force, in seconds since origin."""
        starts = -math.inf if trigger.starts_on is None else self.seconds(trigger.starts_on)
        ends = math.inf if trigger.until is None else self.seconds(trigger.until)
        return starts, ends

    def zone_of(self, schedule: TimeSchedule) -> ZoneInfo:
        """Return the zone a time trigger goes by: its own, or the tenant's."""
        return self.zone if schedule.zone is None else resolve_zone(schedule.zone)

    def cron_firings(self, schedule: TimeSchedule) -> Firings:
        """Return when a cron is due inside the run: where it fires, and where its calendar forbids.

        A firing is forbidden by its date in the trigger's own zone.
        """
        origin = self.window.origin_epoch_s
        zone = self.zone_of(schedule)
        end = origin + math.ceil(self.window.to_s)
        due = firings(
            parse_cron(schedule.cron), zone, origin, end, self.assumptions.daylight_saving
        )
        times_s = (due - origin).astype(np.float64)
        within = times_s < self.window.to_s
        if schedule.calendar is None:
            return Firings(times_s[within])
        forbidden = on_days(due, zone, self.days_off(schedule.calendar))
        return Firings(times_s[within & ~forbidden], times_s[within & forbidden])

    def stream(self, stream: Stream) -> OpenArrivals | ClosedLoop:
        """Return a stream ready to run; a closed loop as it is."""
        return stream if isinstance(stream, ClosedLoop) else self.open_stream(stream)

    def open_stream(self, stream: OpenStream) -> OpenArrivals:
        """Return a stream as it is, its named instants, its rates over the run, or its trace."""
        if isinstance(stream, Trace):
            return self.traces[stream.trace]
        if isinstance(stream, Profile):
            return self.rates_of(stream)
        return self._named(stream.at) if isinstance(stream, At) else stream

    def _named(self, times: Sequence[dt.datetime]) -> Firings:
        instants = np.sort(np.array([self.seconds(time) for time in times], dtype=np.float64))
        return Firings(instants[(instants >= 0) & (instants < self.window.to_s)])

    def rates_of(self, stream: Profile) -> Rates:
        """Return the rates of a profile from the start of the run to its very end."""
        begin_s = self.window.origin_epoch_s
        end_s = begin_s + max(1, math.ceil(self.window.to_s))  # a run may be shorter than a second
        week, days_off = weekly_spans(stream.profile), self.days_off(stream.calendar)
        steps = steps_between(week, self.zone, days_off, begin_s, end_s)
        edges_s = (steps.edges_s - begin_s).astype(np.float64)
        edges_s[-1] = self.window.to_s
        return Rates(edges_s, steps.per_s)


def wall_of(
    time: TimeFrame,
    assumptions: Assumptions,
    calendars: Mapping[str, Calendar],
    traces: Traces = NO_TRACES,
) -> Wall:
    """Return the wall clock of a run.

    Raises:
        ValueError: there is no such zone, or a calendar's country is none.
    """
    return replace(wall_over(window_of(time), assumptions, calendars), traces=traces)


def window_of(time: TimeFrame) -> Window:
    """Return the window of a run.

    Raises:
        ValueError: there is no such zone.
    """
    zone = resolve_zone(time.zone)
    from_s, length_s = to_grid(time.warm_up_s), to_grid(time.duration)
    return Window(from_s, from_s + length_s, to_epoch(time.start, zone)[0], zone.key)


def wall_over(window: Window, assumptions: Assumptions, calendars: Mapping[str, Calendar]) -> Wall:
    """Return the wall clock over any window, which need not be a run's.

    Raises:
        ValueError: a calendar's country is none.
    """
    origin = window.origin_epoch_s
    years = years_between(origin, origin + window.to_s)
    days = {name: non_working_days(one, years) for name, one in calendars.items()}
    return Wall(resolve_zone(window.zone), window, assumptions, days)
