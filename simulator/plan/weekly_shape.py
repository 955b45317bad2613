"""When in the week jobs and items come, and how irregularly."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.model.profiles import weekly_spans
from simulator.model.streams import Every, Interarrival, Profile, Stream
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.plan.adders import Adder
from simulator.plan.arrivals import Wall
from simulator.plan.held_slots import mean_square_s2
from simulator.plan.long_run_rates import arrivals_per_s, firings_per_s
from simulator.plan.submitters import Submitter
from simulator.sampling.inversion import Columns, mean_s
from simulator.schedules.quartz import days_due, parse_cron
from simulator.units import HOUR_S

Floats: TypeAlias = npt.NDArray[np.float64]
Timing: TypeAlias = Stream | TimeSchedule
"""What decides when something comes."""

_HOURS_A_DAY: Final = 24
_HOURS_A_WEEK: Final = 7 * _HOURS_A_DAY
_EVERY_KIND_OF_YEAR: Final = (10957, 21183)
"""The days of 2000 to 2027, after which dates and weekdays repeat."""

_THURSDAY: Final = 3
"""1970-01-01 was one, with Monday as 0."""


def timing_of(source: Submitter | Adder) -> Timing | None:
    """Return what decides when a source submits, or adds; None where another job, or items, do."""
    if isinstance(source, Adder):
        return source.item.items
    if isinstance(source.item, Trigger) and source.item.time is not None:
        return source.item.time
    return source.stream


def weekly_shape(timing: Timing, wall: Wall, columns: Columns) -> Floats:
    """Return how many times its mean rate something has in each hour of the week, Monday 00 first.

    It is that of a week in which it comes at all: of a cron that is due on a month's last day each
    day of the week has the whole. Hours are those of its own zone. It must not be without a rate.
    """
    match timing:
        case TimeSchedule():
            return _when_due(timing) / firings_per_s(timing, wall)
        case Profile():
            return _of_profile(timing) / arrivals_per_s(timing, wall, columns)
        case _:
            return np.ones(_HOURS_A_WEEK)


def _when_due(schedule: TimeSchedule) -> Floats:
    """Return how often a schedule is due a second, by the hour of a week that has such days."""
    cron = parse_cron(schedule.cron)
    weekdays = np.unique((days_due(cron, *_EVERY_KIND_OF_YEAR) + _THURSDAY) % 7)
    per_s = np.zeros((7, _HOURS_A_DAY))
    per_s[np.ix_(weekdays, np.array(cron.hours))] = len(cron.minutes) * len(cron.seconds) / HOUR_S
    return per_s.ravel()


def _of_profile(stream: Profile) -> Floats:
    """Return the rate of a profile in each hour of the week, of parts of an hour the mean."""
    minutes = np.zeros(60 * _HOURS_A_WEEK)
    for span in weekly_spans(stream.profile):
        midnight = span.day * 60 * _HOURS_A_DAY
        minutes[midnight + span.from_min : midnight + span.to_min] = span.per_s
    per_s: Floats = minutes.reshape(_HOURS_A_WEEK, 60).mean(axis=1)
    return per_s


def irregularity(timing: Timing | None, at_once: int, columns: Columns) -> float:
    """Return how irregularly jobs come: the squared coefficient of variation of their distances.

    That is 0 for regular ones, and 1 at random, which is taken too for what follows other jobs.
    Where several come `at_once`, they are that many times as irregular, as is the variance of their
    number in a long time; but those of a cron count as if they came at random in their hour, whose
    load has all of them.
    """
    match timing:
        case TimeSchedule():
            return 0.0 if at_once == 1 else 1.0
        case Every():
            alone = 0.0
        case Interarrival(interarrival=gap):
            mean = mean_s(gap, columns)
            alone = max(mean_square_s2(gap, columns) / mean**2 - 1, 0.0) if mean else 1.0
        case _:
            alone = 1.0
    return alone if at_once == 1 else at_once * max(alone, 1.0)
