"""Times in a scenario that its zone, its crons or its own span do not bear."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from simulator.errors import Issue, Path, warning
from simulator.model.folders import walk
from simulator.model.machines import Maintenance
from simulator.model.profiles import weekly_spans
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import At, Profile, Stream
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.schedules.calendars import (
    Days,
    UnknownRegionError,
    non_working_days,
    on_days,
    years_between,
)
from simulator.schedules.profiles import steps_between
from simulator.schedules.quartz import CronError, QuartzCron, firings, parse_cron
from simulator.schedules.zones import (
    Placing,
    resolve_zone,
    skipped_in_words,
    to_epoch,
    twice_in_words,
)


def moments(scenario: Scenario) -> list[Issue]:
    """Return what is wrong or doubtful about zones, crons, the start, and other instants."""
    return list(_Moments(scenario).all())


class _Told(NamedTuple):
    """An issue without its place; many triggers share one cron or zone."""

    message: str
    code: str
    severity: Literal["error", "warning"] = "error"
    hint: str = ""

    def at(self, path: Path) -> Issue:
        return Issue(path, self.message, self.code, self.hint, self.severity)


class _Idle(NamedTuple):
    """Why a trigger never fires, and which of its keys says so."""

    key: str
    why: str

    def at(self, path: Path) -> Issue:
        message = f"{path[-1]!r} never fires: {self.why}"
        return warning((*path, self.key), message, "never-fires")


@dataclass
class _Moments:
    """One look at a scenario; each cron and each zone is read once."""

    scenario: Scenario
    _zones: dict[str, tuple[_Told, ...]] = field(default_factory=dict)
    _crons: dict[str, tuple[_Told, ...]] = field(default_factory=dict)
    _fires: dict[tuple[str, str, range, str | None], bool] = field(default_factory=dict)

    def all(self) -> Iterator[Issue]:
        """Yield every issue."""
        time = self.scenario.time
        wrong_zone = _once(self._zones, time.zone, _zone)
        yield from (told.at(("time", "zone")) for told in wrong_zone)
        zone = ZoneInfo("UTC") if wrong_zone else resolve_zone(time.zone)
        start_s, kind = to_epoch(time.start, zone)
        yield from clock_change(time.start, kind, ("time", "start"), time.zone)
        span = range(start_s, math.ceil(start_s + time.warm_up_s + time.duration))
        for name, machine in self.scenario.machines.items():
            for index, entry in enumerate(machine.maintenance):
                where = ("machines", name, "maintenance", index)
                yield from self._maintenance(entry, where, zone, span)
        for parts, folder in walk(self.scenario.folders):
            path = place_of(parts)
            for name, trigger in folder.triggers.items():
                yield from self._trigger(trigger, (*path, "triggers", name), zone, span)
            for name, arrival in folder.arrivals.items():
                place = (*path, "arrivals", name, "items")
                yield from self._stream(arrival.items, place, zone, span, span)
            for name, start in folder.starts.items():
                place = (*path, "starts", name, "stream")
                yield from self._stream(start.stream, place, zone, span, span)

    def _trigger(
        self, trigger: Trigger, path: Path, zone: ZoneInfo, span: range
    ) -> Iterator[Issue]:
        limits = {"from": trigger.starts_on, "until": trigger.until}
        given_s = {}
        for key, moment in limits.items():
            if moment is not None:
                given_s[key], kind = to_epoch(moment, zone)
                yield from clock_change(moment, kind, (*path, key), self.scenario.time.zone)
        idle = _out_of_force(trigger, given_s.get("from"), given_s.get("until"), span)
        if idle is not None:
            yield idle.at(path)
        force = range(
            max(span.start, given_s.get("from", span.start)),
            min(span.stop, given_s.get("until", span.stop)),
        )
        if trigger.time is not None:
            yield from self._schedule(trigger.time, (*path, "time"), zone, force)
        yield from self._stream(trigger.event, (*path, "event"), zone, span, force)
        yield from self._stream(trigger.api, (*path, "api"), zone, span, force)

    def _schedule(
        self, schedule: TimeSchedule, path: Path, zone: ZoneInfo, force: range
    ) -> Iterator[Issue]:
        told = list(self._cron_and_zone(schedule, path))
        yield from told
        if told or not force:
            return
        clock = zone if schedule.zone is None else resolve_zone(schedule.zone)
        cron, calendar, never = schedule.cron, schedule.calendar, f"{path[-2]!r} never fires"
        if not self._is_due(cron, clock, force, None):
            message = f"{never}: {cron!r} names no time within the run"
            hint = "check its year and days, and from and until"
            yield warning((*path, "cron"), message, "never-fires", hint)
        elif calendar is not None and not self._is_due(cron, clock, force, calendar):
            message = f"{never}: {_all_off(f'{cron!r} is due', calendar)}"
            yield warning((*path, "calendar"), message, "never-fires", _CALENDAR)

    def _maintenance(
        self, entry: Maintenance, path: Path, zone: ZoneInfo, span: range
    ) -> Iterator[Issue]:
        told = list(self._cron_and_zone(entry, path))
        yield from told
        if told:
            return
        clock = zone if entry.zone is None else resolve_zone(entry.zone)
        begins = range(span.start - math.ceil(entry.duration) + 1, span.stop)
        if not self._is_due(entry.cron, clock, begins, None):
            message = f"no maintenance of {path[1]!r} falls into the run: {entry.cron!r} is not due"
            yield warning((*path, "cron"), message, "never-begins", "check its year and days")

    def _cron_and_zone(self, timed: TimeSchedule | Maintenance, path: Path) -> Iterator[Issue]:
        """Yield what is wrong or doubtful about a cron, and about a zone of its own."""
        told = _once(self._crons, timed.cron, _cron)
        yield from (each.at((*path, "cron")) for each in told)
        wrong_zone = () if timed.zone is None else _once(self._zones, timed.zone, _zone)
        yield from (each.at((*path, "zone")) for each in wrong_zone)

    def _is_due(self, cron: str, zone: ZoneInfo, force: range, calendar: str | None) -> bool:
        key = cron, str(zone), force, calendar
        if key not in self._fires:
            days = self._days_off(calendar, force)
            self._fires[key] = _fires(parse_cron(cron), zone, force, days)
        return self._fires[key]

    def _days_off(self, name: str | None, force: range) -> Days:
        calendar = None if name is None else self.scenario.calendars.get(name)
        if calendar is not None:
            # That there is no such calendar or country is an error of its own.
            with suppress(UnknownRegionError):
                return non_working_days(calendar, years_between(force.start, force.stop))
        return np.empty(0, dtype=np.int64)

    def _stream(
        self, stream: Stream | None, path: Path, zone: ZoneInfo, span: range, force: range
    ) -> Iterator[Issue]:
        if isinstance(stream, At):
            yield from self._at(stream, path, zone, span)
        elif isinstance(stream, Profile) and force:
            yield from self._profile(stream, path, zone, force)

    def _at(self, stream: At, path: Path, zone: ZoneInfo, span: range) -> Iterator[Issue]:
        for index, moment in enumerate(stream.at):
            place = (*path, "at", index)
            instant_s, kind = to_epoch(moment, zone)
            yield from clock_change(moment, kind, place, self.scenario.time.zone)
            if instant_s not in span:
                message = f"{moment} lies outside the run, so nothing happens then"
                yield warning(place, message, "outside-run")

    def _profile(
        self, stream: Profile, path: Path, zone: ZoneInfo, force: range
    ) -> Iterator[Issue]:
        calendar, never = stream.calendar, f"nothing comes of {path[-2]!r}"
        if not self._has_hours(stream, zone, force, None):
            message = f"{never}: its profile names no hour within the run"
            hint = "check its days, and from and until"
            yield warning((*path, "profile"), message, "never-comes", hint)
        elif calendar is not None and not self._has_hours(stream, zone, force, calendar):
            message = f"{never}: {_all_off('its profile has hours', calendar)}"
            yield warning((*path, "calendar"), message, "never-comes", _CALENDAR)

    def _has_hours(
        self, stream: Profile, zone: ZoneInfo, force: range, calendar: str | None
    ) -> bool:
        week, days_off = weekly_spans(stream.profile), self._days_off(calendar, force)
        return bool(steps_between(week, zone, days_off, force.start, force.stop).per_s.any())


_CALENDAR: Final = "check the calendar, or leave it out"


def _all_off(what: str, calendar: str) -> str:
    """Return why nothing happens where a calendar has every day on which something would."""
    return f"every day of the run on which {what} is one of {calendar!r}"


def _out_of_force(
    trigger: Trigger, from_s: int | None, until_s: int | None, span: range
) -> _Idle | None:
    """Return why a trigger is in force at no time of the run, None if it is at some."""
    begins, ends = trigger.starts_on, trigger.until
    if from_s is not None and until_s is not None and from_s >= until_s:
        return _Idle("until", f"it ends at {ends}, not after its start {begins}")
    if until_s is not None and until_s <= span.start:
        return _Idle("until", f"it ends at {ends}, not after the start of the run")
    if from_s is not None and from_s >= span.stop:
        return _Idle("from", f"it starts at {begins}, when the run is over")
    return None


def _fires(cron: QuartzCron, zone: ZoneInfo, force: range, days_off: Days) -> bool:
    """Return whether a cron fires within a span of Unix seconds, without working out every firing.

    On the first day any of its times may be the one; on a later day the earliest comes first.
    """
    first_day = min(force.stop, force.start + _LONGEST_DAY_S)
    earliest = replace(
        cron, seconds=cron.seconds[:1], minutes=cron.minutes[:1], hours=cron.hours[:1]
    )
    return any(
        not on_days(firings(each, zone, force.start, stop, "quartz_net"), zone, days_off).all()
        for each, stop in ((cron, first_day), (earliest, force.stop))
    )


_LONGEST_DAY_S: Final = 90_000
"""A day on which clocks are put back by an hour."""


def _once(
    known: dict[str, tuple[_Told, ...]], text: str, read: Callable[[str], tuple[_Told, ...]]
) -> tuple[_Told, ...]:
    if text not in known:
        known[text] = read(text)
    return known[text]


def _zone(name: str) -> tuple[_Told, ...]:
    try:
        resolve_zone(name)
    except ValueError as error:
        return (_Told(str(error), "unknown-zone"),)
    return ()


def _cron(text: str) -> tuple[_Told, ...]:
    try:
        cron = parse_cron(text)
    except CronError as error:
        return (_Told(str(error), "cron"),)
    return tuple(_Told(doubt, "cron-doubt", "warning") for doubt in cron.doubts)


def clock_change(moment: dt.datetime, kind: Placing, path: Path, zone: str) -> Iterator[Issue]:
    """Yield what is wrong or doubtful about a local time that meets a clock change of its zone."""
    if kind == "gap":
        message = skipped_in_words(moment, zone)
        yield Issue(path, message, "time-skipped", "name a time before or after the change")
    elif kind == "overlap":
        message = twice_in_words(moment, zone)
        yield warning(path, message, "time-twice")
