"""Planned outages: the maintenance windows of every machine over a run or any other span."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from simulator.errors import Issue, ScenarioError
from simulator.model.scenario import Scenario
from simulator.plan.arrivals import Wall
from simulator.plan.maintenance import windows_of
from simulator.schedules.zones import resolve_zone

MOST_OUTAGES: Final = 500_000
"""Windows an agenda holds."""


class Outage(NamedTuple):
    """A maintenance window of a machine, as far as it lies in a span, in Unix seconds.

    Jobs start on none of its hosts in [begin_s, end_s). `kills` tells whether those that run as it
    begins are stopped; `zone` is whose clock it goes by.
    """

    begin_s: float
    end_s: float
    machine: str
    kills: bool
    zone: ZoneInfo


def outages_over(wall: Wall, scenario: Scenario) -> tuple[Outage, ...]:
    """Return the maintenance windows in the span of a wall clock, by begin, then as in the file.

    A window that lasts into the span begins with it, one that lasts beyond it ends with it.

    Raises:
        ScenarioError: there are more of them than `MOST_OUTAGES`.
    """
    found = list(islice(_outages(wall, scenario), MOST_OUTAGES + 1))
    if len(found) > MOST_OUTAGES:
        message = f"there are more than {MOST_OUTAGES:,} maintenance windows"
        hint = "ask for a shorter span with --from and --to"
        raise ScenarioError([Issue((), message, "too-many-windows", hint)])
    return tuple(sorted(found, key=lambda outage: outage.begin_s))


def _outages(wall: Wall, scenario: Scenario) -> Iterator[Outage]:
    origin_s, from_s, to_s = wall.window.origin_epoch_s, wall.window.from_s, wall.window.to_s
    for name, machine in scenario.machines.items():
        for entry in machine.maintenance:
            windows = windows_of(entry, wall)
            zone = resolve_zone(windows.zone)
            begun = takewhile(lambda span: span[0] < to_s, windows.spans_s())
            for begin_s, end_s in united(begun):
                if end_s > from_s:
                    first_s, last_s = max(begin_s, from_s), min(end_s, to_s)
                    yield Outage(origin_s + first_s, origin_s + last_s, name, windows.kills, zone)


def united(spans_s: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield spans that come by their begin, as one where they touch or overlap."""
    begin_s = end_s = -math.inf
    for next_begin_s, next_end_s in spans_s:
        if next_begin_s > end_s:
            if end_s > begin_s:
                yield begin_s, end_s
            begin_s = next_begin_s
        end_s = max(end_s, next_end_s)
    if end_s > begin_s:
        yield begin_s, end_s
