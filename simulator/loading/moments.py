"""Times in a scenario that its zone, its crons or its own span do not bear."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from simulator.errors import Issue, Path
from simulator.model.folders import walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import At, Stream
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.schedules.quartz import CronError, QuartzCron, firings, parse_cron
from simulator.schedules.zones import resolve_zone, to_epoch


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
        return Issue((*path, self.key), message, "never-fires", severity="warning")


@dataclass
class _Moments:
    """One look at a scenario; each cron and each zone is read once."""

    scenario: Scenario
    _zones: dict[str, tuple[_Told, ...]] = field(default_factory=dict)
    _crons: dict[str, tuple[_Told, ...]] = field(default_factory=dict)
    _fires: dict[tuple[str, str, range], bool] = field(default_factory=dict)

    def all(self) -> Iterator[Issue]:
        """Yield every issue."""
        time = self.scenario.time
        wrong_zone = _once(self._zones, time.zone, _zone)
        yield from (told.at(("time", "zone")) for told in wrong_zone)
        zone = ZoneInfo("UTC") if wrong_zone else resolve_zone(time.zone)
        start_s, kind = to_epoch(time.start, zone)
        yield from _clock_change(time.start, kind, ("time", "start"), time.zone)
        span = range(start_s, math.ceil(start_s + time.warm_up + time.duration))
        for parts, folder in walk(self.scenario.folders):
            path = place_of(parts)
            for name, trigger in folder.triggers.items():
                yield from self._trigger(trigger, (*path, "triggers", name), zone, span)
            for name, start in folder.starts.items():
                yield from self._at(start.stream, (*path, "starts", name, "stream"), zone, span)

    def _trigger(
        self, trigger: Trigger, path: Path, zone: ZoneInfo, span: range
    ) -> Iterator[Issue]:
        limits = {"from": trigger.starts_on, "until": trigger.until}
        given_s = {}
        for key, moment in limits.items():
            if moment is not None:
                given_s[key], kind = to_epoch(moment, zone)
                yield from _clock_change(moment, kind, (*path, key), self.scenario.time.zone)
        idle = _out_of_force(trigger, given_s.get("from"), given_s.get("until"), span)
        if idle is not None:
            yield idle.at(path)
        force = range(
            max(span.start, given_s.get("from", span.start)),
            min(span.stop, given_s.get("until", span.stop)),
        )
        if trigger.time is not None:
            yield from self._schedule(trigger.time, (*path, "time"), zone, force)
        yield from self._at(trigger.event, (*path, "event"), zone, span)
        yield from self._at(trigger.api, (*path, "api"), zone, span)

    def _schedule(
        self, schedule: TimeSchedule, path: Path, zone: ZoneInfo, force: range
    ) -> Iterator[Issue]:
        told = _once(self._crons, schedule.cron, _cron)
        yield from (each.at((*path, "cron")) for each in told)
        wrong_zone = () if schedule.zone is None else _once(self._zones, schedule.zone, _zone)
        yield from (each.at((*path, "zone")) for each in wrong_zone)
        if told or wrong_zone or not force:
            return
        clock = zone if schedule.zone is None else resolve_zone(schedule.zone)
        key = schedule.cron, str(clock), force
        if key not in self._fires:
            self._fires[key] = _fires(parse_cron(schedule.cron), clock, force)
        if not self._fires[key]:
            message = f"{path[-2]!r} never fires: {schedule.cron!r} names no time within the run"
            hint = "check its year and days, and from and until"
            yield Issue((*path, "cron"), message, "never-fires", hint, severity="warning")

    def _at(
        self, stream: Stream | None, path: Path, zone: ZoneInfo, span: range
    ) -> Iterator[Issue]:
        if not isinstance(stream, At):
            return
        for index, moment in enumerate(stream.at):
            place = (*path, "at", index)
            instant_s, kind = to_epoch(moment, zone)
            yield from _clock_change(moment, kind, place, self.scenario.time.zone)
            if instant_s not in span:
                message = f"{moment} lies outside the run, so nothing happens then"
                yield Issue(place, message, "outside-run", severity="warning")


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


def _fires(cron: QuartzCron, zone: ZoneInfo, force: range) -> bool:
    """Return whether a cron fires within a span of Unix seconds, without working out every firing.

    On the first day any of its times may be the one; on a later day the earliest comes first.
    """
    first_day = min(force.stop, force.start + _LONGEST_DAY_S)
    earliest = replace(
        cron, seconds=cron.seconds[:1], minutes=cron.minutes[:1], hours=cron.hours[:1]
    )
    return bool(
        firings(cron, zone, force.start, first_day, "quartz_net").size
        or firings(earliest, zone, force.start, force.stop, "quartz_net").size
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


def _clock_change(
    moment: dt.datetime, kind: Literal["plain", "gap", "overlap"], path: Path, zone: str
) -> Iterator[Issue]:
    if kind == "gap":
        message = f"{moment} does not exist in {zone}: the clock is put forward over it"
        yield Issue(path, message, "time-skipped", "name a time before or after the change")
    elif kind == "overlap":
        message = f"{moment} occurs twice in {zone}, where the clock is put back; this is the first"
        yield Issue(path, message, "time-twice", severity="warning")
