"""What an agenda adds up to: jobs due in the same minute, who is due then, and the mean week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.hours import hours_s, local_hours
from simulator.measurement.scopes import total_by
from simulator.plan.agenda import Agenda
from simulator.records.columns import Floats
from simulator.units import HOUR_S, MINUTE_S

Numbers = npt.NDArray[np.int64]


class Totals(NamedTuple):
    """How many firings there are and jobs they ask for, and how many a calendar forbids.

    `fires` says of each trigger, in the agenda's order, whether it fires at all.
    """

    firings: int
    jobs: int
    excluded_firings: int
    excluded_jobs: int
    fires: tuple[bool, ...]


def totals(agenda: Agenda) -> Totals:
    """Return an agenda's totals; firings and jobs leave out what a calendar forbids."""
    size = len(agenda.triggers)
    fired = np.bincount(agenda.trigger[~agenda.excluded], minlength=size)
    excluded = np.bincount(agenda.trigger[agenda.excluded], minlength=size)
    return Totals(
        firings=int(fired.sum()),
        jobs=int(fired @ agenda.jobs_of),
        excluded_firings=int(excluded.sum()),
        excluded_jobs=int(excluded @ agenda.jobs_of),
        fires=tuple((fired > 0).tolist()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Minutes:
    """The minutes in which jobs are due, in order, one value a minute, shape (m,).

    `utc_s` is a minute's start in Unix seconds, `jobs` how many are due within it. Its triggers,
    and how often each fires in it, stand in `trigger` and `times` from `first[k]` to
    `first[k + 1]`.
    """

    utc_s: Numbers
    jobs: Numbers
    first: Numbers
    trigger: Numbers
    times: Numbers

    def jobs_at(self, utc_s: Numbers) -> Numbers:
        """Return how many jobs are due in the minute of each instant, same shape."""
        if not self.utc_s.size:
            return np.zeros_like(utc_s)
        minute_s = utc_s // MINUTE_S * MINUTE_S
        place = np.searchsorted(self.utc_s, minute_s).clip(max=self.utc_s.size - 1)
        return np.where(self.utc_s[place] == minute_s, self.jobs[place], 0)


def due_minutes(agenda: Agenda) -> Minutes:
    """Return the minutes of UTC in which jobs are due; a firing on an excluded day brings none."""
    size = max(len(agenda.triggers), 1)
    fires = ~agenda.excluded
    # A number for each pair of a minute and a trigger: equal ones are firings of one trigger.
    keys = agenda.utc_s[fires] // MINUTE_S * size + agenda.trigger[fires]
    keys.sort(kind="stable")  # quick: only seconds within one minute may stand out of order
    pair = _run_starts(keys)
    minute, trigger = np.divmod(keys[pair], size)
    times = np.diff(np.append(pair, keys.size))
    first = _run_starts(minute)
    jobs = np.append(0, np.cumsum(agenda.jobs_of[trigger] * times))
    edges = np.append(first, minute.size)
    return Minutes(minute[first] * MINUTE_S, np.diff(jobs[edges]), edges, trigger, times)


def _run_starts(ordered: Numbers) -> Numbers:
    """Return where each run of equal values begins, shape (runs,)."""
    return np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))


class Collision(NamedTuple):
    """Triggers that are due in the same minute, and how many jobs each brings then, most first.

    `utc_s` is the first such minute, `minutes` how many there are in which just these are due.
    """

    utc_s: int
    minutes: int
    jobs: int
    due: tuple[tuple[int, int], ...]


def collisions(agenda: Agenda, minutes: Minutes, most: int) -> tuple[Collision, ...]:
    """Return the worst minutes, most jobs first, then the earliest; a single job is none.

    Minutes in which the very same is due count as one, so there are as many as there are different
    ones, and `most` at most.
    """
    found: dict[bytes, list[int]] = {}
    what = minutes.trigger * (MINUTE_S + 1) + minutes.times  # no cron fires more often in a minute
    level = 0
    for place in np.argsort(-minutes.jobs, kind="stable").tolist():
        jobs = int(minutes.jobs[place])
        if jobs < 2 or (len(found) >= most and jobs < level):  # noqa: PLR2004 - one collides with none
            break
        same = what[minutes.first[place] : minutes.first[place + 1]].tobytes()
        found.setdefault(same, []).append(place)
        level = jobs
    return tuple(_collision(agenda, minutes, places) for places in [*found.values()][:most])


def _collision(agenda: Agenda, minutes: Minutes, places: list[int]) -> Collision:
    place = places[0]
    inside = slice(minutes.first[place], minutes.first[place + 1])
    triggers, times = minutes.trigger[inside].tolist(), minutes.times[inside].tolist()
    due = [
        (trigger, agenda.triggers[trigger].jobs * often)
        for trigger, often in zip(triggers, times, strict=True)
    ]
    due.sort(key=lambda one: -one[1])
    return Collision(int(minutes.utc_s[place]), len(places), int(minutes.jobs[place]), tuple(due))


def mean_week(agenda: Agenda) -> Floats:
    """Return the jobs due by hour of the week, (7, 24), Monday first, by the tenant's clock.

    It is the mean over the times the hour comes in the span; part of an hour at the span's ends
    counts as that part, together with the others at least as one. NaN where it never comes.
    """
    hours = local_hours(agenda.span)
    fires = ~agenda.excluded
    since_origin_s = agenda.utc_s[fires] - agenda.span.origin_epoch_s
    pieces = np.searchsorted(hours.edges, since_origin_s, side="right") - 1
    asked = agenda.jobs_of[agenda.trigger[fires]].astype(np.float64)
    jobs = total_by(pieces, hours.hour.size, asked)
    seen = hours_s(agenda.span) / HOUR_S
    due = np.where(seen > 0, hours.by_hour(jobs) / np.maximum(seen, 1.0), np.nan)
    week: Floats = due.reshape(7, 24)
    return week
