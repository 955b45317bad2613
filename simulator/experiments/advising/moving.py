"""Moving: a time trigger that comes at another time, where it meets less of others' work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from simulator.experiments.advising.alternatives import Alternative, Idea, NotTried
from simulator.experiments.advising.rhythm import Rhythm, others_of, rhythms
from simulator.experiments.advising.shifting import obstacle, shifted
from simulator.experiments.advising.work import Estate
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.plan.arrivals import Wall
from simulator.policies.changes import Change
from simulator.schedules.quartz import QuartzCron, parse_cron
from simulator.units import MINUTE_S

STEP_MIN: Final = 15
"""By how many minutes, and multiples of it, a trigger is moved."""

MOST_TIMES: Final = 2
"""Times tried of each trigger, those that meet least work."""

_LEAST_GAIN: Final = 0.01
"""A time that meets hardly less work than today's is not worth a run."""


def moving(estate: Estate, wall: Wall, window_s: float) -> Iterator[Idea]:
    """Yield the times, within a window around its own, at which a trigger meets less work.

    Looked at are time triggers of several jobs, and those that fire together with others on the
    same machines. All but the moved one stay where they are.
    """
    everything = rhythms(estate, wall)
    for one in everything:
        item, others = one.source.source.item, others_of(one, everything)
        if not isinstance(item, Trigger) or item.time is None or not others:
            continue
        if item.jobs > 1 or _coincides(one, others):
            yield from _moves(one, others, item.time, window_s)


def _coincides(one: Rhythm, others: Sequence[Rhythm]) -> bool:
    return any(np.intersect1d(one.firings_s, other.firings_s).size for other in others)


def _moves(
    one: Rhythm, others: Sequence[Rhythm], schedule: TimeSchedule, window_s: float
) -> Iterator[Idea]:
    source, cron = one.source.source, parse_cron(schedule.cron)
    reason = obstacle(cron)
    if reason:
        yield NotTried("move", f"Moving {source.path}", reason)
        return
    beside = np.sum([other.busy for other in others], axis=0)
    today = one.meets(beside, 0)
    steps = int(window_s // MINUTE_S // STEP_MIN)
    by = [STEP_MIN * step for step in range(-steps, steps + 1) if step]
    texts = {minutes: text for minutes in by if (text := shifted(cron, minutes)) is not None}
    if by and not texts:
        yield NotTried("move", f"Moving {source.path}", "it would cross midnight")
    met = {minutes: one.meets(beside, minutes) for minutes in texts}
    better = [minutes for minutes in texts if met[minutes] < (1 - _LEAST_GAIN) * today]
    for minutes in sorted(better, key=lambda each: (met[each], abs(each)))[:MOST_TIMES]:
        yield Alternative(
            kind="move",
            words=f"Moving {source.path} {_told(cron, minutes)}",
            changes=(Change((*source.place, "time", "cron"), texts[minutes]),),
            load=len(one.firings_s) * one.each / max(len(one.busy) * MINUTE_S, 1),
        )


def _told(cron: QuartzCron, minutes: int) -> str:
    """Return where a trigger is moved: `from 08:15 to 08:45`, or `30 min later`."""
    if len(cron.hours) > 1:
        return f"{abs(minutes)} min {'later' if minutes > 0 else 'earlier'}"
    at = cron.hours[0] * 60 + cron.minutes[0]
    before, after = (f"{each // 60:02d}:{each % 60:02d}" for each in (at, at + minutes))
    return f"from {before} to {after}"
