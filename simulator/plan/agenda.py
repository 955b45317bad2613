"""What is due by the clock over a run or any other span: firings of time triggers, and outages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.errors import Issue, ScenarioError
from simulator.model.scenario import Scenario
from simulator.model.triggers import TimeSchedule, Trigger
from simulator.plan.arrivals import Wall, wall_over
from simulator.plan.outages import Outage, outages_over
from simulator.plan.submitters import Submitter, submitters
from simulator.policies.admission import admit
from simulator.policies.hosting import hosting_of, wanted_by
from simulator.records.columns import Window
from simulator.schedules.quartz import most_firings, parse_cron

MOST_FIRINGS: Final = 50_000_000
"""Firings an agenda holds; about 50 bytes of memory each while it is worked out."""


@dataclass(frozen=True, slots=True)
class TimeTrigger:
    """A time trigger as an agenda names it: full names, its own zone, what a firing asks for.

    `machines` are those on which its jobs could ever begin, none if they are refused.
    """

    name: str
    process: str
    folder: str
    zone: ZoneInfo
    jobs: int
    priority: int
    machines: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Agenda:
    """The firings of a span, one value a firing, shape (n,), in order of time.

    Those of one instant stand in the file's order. `utc_s` are Unix seconds; `trigger` is the place
    in `triggers` of what fires; `excluded` says that a calendar keeps it from firing, so that no
    job is due. Pending guards and what disables a trigger are not looked at: they depend on a run.
    `outages` are the maintenance windows of machines, by their begin.
    """

    span: Window
    triggers: tuple[TimeTrigger, ...]
    utc_s: npt.NDArray[np.int64]
    trigger: npt.NDArray[np.int64]
    excluded: npt.NDArray[np.bool_]
    outages: tuple[Outage, ...]

    @property
    def jobs_of(self) -> npt.NDArray[np.int64]:
        """Return how many jobs a firing of each trigger asks for, shape (triggers,)."""
        return np.array([one.jobs for one in self.triggers], dtype=np.int64)


def agenda_over(span: Window, scenario: Scenario, access: Access) -> Agenda:
    """Return every firing of every time trigger in [origin + from_s, origin + to_s) of a span.

    A trigger's own zone, from, until and calendar hold, inside the run as outside of it. So do the
    maintenance windows of machines.

    Raises:
        ScenarioError: there are more firings than `MOST_FIRINGS`, or windows than `MOST_OUTAGES`.
    """
    wall = wall_over(span, scenario.assumptions, scenario.calendars)
    timed = list(_timed(submitters(scenario, access)))
    _check_number([schedule for _, _, schedule in timed], span)
    # One whole number a firing, by instant and then by place in the file, is sorted quickest.
    parts = [
        2 * (_instants_s(times_s, wall) * len(timed) + place) + excluded
        for place, (_, trigger, schedule) in enumerate(timed)
        for excluded, times_s in enumerate(_firings_of(trigger, schedule, wall))
    ]
    keys = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *parts]))
    utc_s, trigger = np.divmod(keys // 2, max(len(timed), 1))
    serving = _serving(scenario, access)
    triggers = tuple(_told(one, schedule, wall, serving(one)) for one, _, schedule in timed)
    outages = outages_over(wall, scenario)
    return Agenda(span, triggers, utc_s, trigger, keys % 2 == 1, outages)


def _timed(everyone: Sequence[Submitter]) -> Iterator[tuple[Submitter, Trigger, TimeSchedule]]:
    for one in everyone:
        if isinstance(one.item, Trigger) and one.item.time is not None:
            yield one, one.item, one.item.time


def _check_number(schedules: Sequence[TimeSchedule], span: Window) -> None:
    from_s, to_s = (int(span.origin_epoch_s + end) for end in (span.from_s, span.to_s))
    most = sum(most_firings(parse_cron(one.cron), from_s, to_s) for one in schedules)
    if most > MOST_FIRINGS:
        message = f"the time triggers fire about {most:,} times, more than {MOST_FIRINGS:,}"
        hint = "ask for a shorter span with --from and --to"
        raise ScenarioError([Issue((), message, "too-many-firings", hint)])


def _firings_of(
    trigger: Trigger, schedule: TimeSchedule, wall: Wall
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return when a trigger fires, and when its calendar keeps it from it, while it is in force."""
    due = wall.cron_firings(schedule)
    begins, ends = wall.span_of(trigger)
    begins = max(begins, wall.window.from_s)
    within = (due.times_s >= begins) & (due.times_s < ends)
    excluded_within = (due.excluded_s >= begins) & (due.excluded_s < ends)
    return due.times_s[within], due.excluded_s[excluded_within]


def _instants_s(times_s: npt.NDArray[np.float64], wall: Wall) -> npt.NDArray[np.int64]:
    return times_s.astype(np.int64) + wall.window.origin_epoch_s


def _serving(scenario: Scenario, access: Access) -> Callable[[Submitter], tuple[str, ...]]:
    """Return what finds the machines on which the jobs of a trigger could ever begin."""
    hosting = hosting_of(scenario)

    def serving(one: Submitter) -> tuple[str, ...]:
        (caller,) = one.callers
        request = one.request(caller)
        outcome, wanted = admit(request, scenario, access), wanted_by(request, scenario)
        places = () if isinstance(outcome, Refusal) else outcome.places
        return tuple(name for name, _ in places if not hosting.lacks(name, wanted))

    return serving


def _told(
    one: Submitter, schedule: TimeSchedule, wall: Wall, machines: tuple[str, ...]
) -> TimeTrigger:
    return TimeTrigger(
        name=one.path,
        process=one.process_path,
        folder=one.folder,
        zone=wall.zone_of(schedule),
        jobs=one.item.jobs,
        priority=one.priority,
        machines=machines,
    )
