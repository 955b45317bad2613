"""Instants by the clock on the wall, as people read them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from simulator.report.wording import DAYS


def local_minute(epoch_s: float, zone: ZoneInfo) -> str:
    """Return an instant in Unix seconds to the minute by a zone's clock: `Mon 2026-03-02 06:00`."""
    local = dt.datetime.fromtimestamp(epoch_s, zone)
    return f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def with_offset(epoch_s: int, zone: dt.tzinfo, *, seconds: bool) -> str:
    """Return an instant with its offset: `Mon 2026-03-02 06:00+01:00`, without one in UTC."""
    local = dt.datetime.fromtimestamp(epoch_s, zone)
    text = local.isoformat(" ", timespec="seconds" if seconds else "minutes")
    return text.removesuffix("+00:00") if zone is dt.UTC else f"{DAYS[local.weekday()]} {text}"
