"""Times in a scenario that its zone, its crons or its own span do not bear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from simulator.errors import Issue, Path
from simulator.model.folders import walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import At, Stream
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.schedules.quartz import CronError, parse_cron
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


@dataclass
class _Moments:
    """One look at a scenario; each cron and each zone is read once."""

    scenario: Scenario
    _zones: dict[str, tuple[_Told, ...]] = field(default_factory=dict)
    _crons: dict[str, tuple[_Told, ...]] = field(default_factory=dict)

    def all(self) -> Iterator[Issue]:
        """Yield every issue."""
        time = self.scenario.time
        wrong_zone = _once(self._zones, time.zone, _zone)
        yield from (told.at(("time", "zone")) for told in wrong_zone)
        zone = ZoneInfo("UTC") if wrong_zone else resolve_zone(time.zone)
        start_s, kind = to_epoch(time.start, zone)
        yield from _clock_change(time.start, kind, ("time", "start"), time.zone)
        span = range(start_s, int(start_s + time.warm_up + time.duration) + 1)
        for parts, folder in walk(self.scenario.folders):
            path = place_of(parts)
            for name, trigger in folder.triggers.items():
                yield from self._trigger(trigger, (*path, "triggers", name))
                yield from self._at(trigger.event, (*path, "triggers", name, "event"), zone, span)
            for name, start in folder.starts.items():
                yield from self._at(start.stream, (*path, "starts", name, "stream"), zone, span)

    def _trigger(self, trigger: Trigger, path: Path) -> Iterator[Issue]:
        if trigger.time is not None:
            yield from self._schedule(trigger.time, (*path, "time"))
        begins, ends = trigger.starts_on, trigger.until
        if begins is not None and ends is not None and begins >= ends:
            message = f"{path[-1]!r} never fires: it ends at {ends}, not after its start {begins}"
            yield Issue((*path, "until"), message, "never-fires", severity="warning")

    def _schedule(self, schedule: TimeSchedule, path: Path) -> Iterator[Issue]:
        for told in _once(self._crons, schedule.cron, _cron):
            yield told.at((*path, "cron"))
        if schedule.zone is not None:
            for told in _once(self._zones, schedule.zone, _zone):
                yield told.at((*path, "zone"))

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
