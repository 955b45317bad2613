"""A cron moved by some minutes, where that is exact: each firing stays on its own day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simulator.schedules.quartz import QuartzCron

_HOUR_MIN: Final = 60
_DAY_H: Final = 24
_FEWEST_IN_RANGE: Final = 3


def obstacle(cron: QuartzCron) -> str:
    """Return why a cron cannot be moved exactly, whatever the way; empty if it can."""
    if len(cron.minutes) > 1:
        return "its cron fires at several minutes of an hour"
    if len(cron.seconds) > 1:
        return "its cron fires at several seconds of a minute"
    return ""


def shifted(cron: QuartzCron, minutes: int) -> str | None:
    """Return a cron of one minute of the hour moved; None where a firing would cross midnight."""
    carry, minute = divmod(cron.minutes[0] + minutes, _HOUR_MIN)
    hours = [hour + carry for hour in cron.hours]
    if hours[0] < 0 or hours[-1] >= _DAY_H:
        return None
    seconds, _, _, *days = cron.text.split()
    return " ".join((seconds, str(minute), _field(hours), *days))


def _field(hours: Sequence[int]) -> str:
    """Return hours as a cron's field: `*`, `8-18`, `6,12,18`."""
    if len(hours) == _DAY_H:
        return "*"
    in_a_row = len(hours) >= _FEWEST_IN_RANGE and hours[-1] - hours[0] == len(hours) - 1
    return f"{hours[0]}-{hours[-1]}" if in_a_row else ",".join(map(str, hours))
