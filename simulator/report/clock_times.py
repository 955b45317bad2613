"""Instants by the clock on the wall, as people read them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from simulator.records.columns import Window
from simulator.report.wording import DAYS
from simulator.schedules.zones import resolve_zone


def local_minute(epoch_s: float, zone: ZoneInfo) -> str:
    """Return an instant in Unix seconds to the minute by a zone's clock: `Mon 2026-03-02 06:00`."""
    local = dt.datetime.fromtimestamp(epoch_s, zone)
    return f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def with_offset(epoch_s: int, zone: dt.tzinfo, *, seconds: bool) -> str:
    """Return an instant with its offset: `Mon 2026-03-02 06:00+01:00`, without one in UTC."""
    local = dt.datetime.fromtimestamp(epoch_s, zone)
    text = local.isoformat(" ", timespec="seconds" if seconds else "minutes")
    return text.removesuffix("+00:00") if zone is dt.UTC else f"{DAYS[local.weekday()]} {text}"


@dataclass(frozen=True, slots=True)
class RunClock:
    """The clock on the tenant's wall, for seconds since a run's origin; told to the second."""

    origin_epoch_s: int
    zone: ZoneInfo

    def local(self, at_s: float) -> dt.datetime:
        """Return an instant as a local time with its offset, fractions of a second left out."""
        return dt.datetime.fromtimestamp(math.floor(self.origin_epoch_s + at_s), self.zone)

    def day(self, at_s: float) -> str:
        """Return an instant with its day: `Mon 2026-03-02 06:00:00`."""
        local = self.local(at_s)
        return f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M:%S}"

    def time(self, at_s: float, beside_s: float) -> str:
        """Return an instant, without its day where that is the day of another instant."""
        local = self.local(at_s)
        if local.date() == self.local(beside_s).date():
            return f"{local:%H:%M:%S}"
        return self.day(at_s)


def run_clock(window: Window) -> RunClock:
    """Return the clock of a run."""
    return RunClock(window.origin_epoch_s, resolve_zone(window.zone))
