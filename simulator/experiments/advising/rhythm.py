"""When offered work comes: what each trigger's firings, and streams by a profile, keep busy.

A firing of some jobs is taken to keep as many slots busy as it has jobs, or as it reaches (work in
the foreground no more than there are Windows sessions), for as long as its work lasts on them;
nothing waits, and nothing is drawn. That is enough to see which times meet less of others' work.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from simulator.experiments.advising.work import Estate, Work
from simulator.model.streams import Profile
from simulator.model.triggers import Trigger
from simulator.plan.arrivals import Wall
from simulator.plan.reaches import Admitted
from simulator.records.columns import Floats
from simulator.units import MINUTE_S

LONGEST_S: Final = 8 * 7 * 86400.0
"""How much of a run is looked at: eight weeks tell its rhythm."""


class Rhythm(NamedTuple):
    """The work of one source: slots that it keeps busy in each minute from the start of the run.

    `firings_s` are those of a time trigger, `each` the seconds of work that one brings.
    """

    source: Admitted
    machines: frozenset[str]
    busy: Floats
    firings_s: Floats
    each: float

    def meets(self, others: Floats, minutes: int) -> float:
        """Return how much of others' work it meets when it comes some minutes later."""
        size = len(self.busy) - abs(minutes)
        if size <= 0:
            return 0.0
        own, other = max(-minutes, 0), max(minutes, 0)
        return float(self.busy[own : own + size] @ others[other : other + size])


def rhythms(estate: Estate, wall: Wall) -> list[Rhythm]:
    """Return the rhythm of every time trigger, and of every stream that follows a profile."""
    found = (
        _rhythm(estate, work, source, wall) for work in estate.works for source in work.sources
    )
    return [one for one in found if one is not None]


def others_of(one: Rhythm, everything: Sequence[Rhythm]) -> list[Rhythm]:
    """Return the rhythms that share a machine with one, but for itself."""
    return [other for other in everything if other is not one and other.machines & one.machines]


def _rhythm(estate: Estate, work: Work, source: Admitted, wall: Wall) -> Rhythm | None:
    item, stream = source.source.item, source.source.stream
    spots = (spot for reach in source.reaches.values() for spot in reach.spots)
    machines = frozenset(spot.machine for spot in spots)
    minutes = math.ceil(min(wall.window.to_s, LONGEST_S) / MINUTE_S)
    work_s = item.jobs * work.mean_s
    if isinstance(item, Trigger) and item.time is not None:
        from_s, until_s = wall.span_of(item)
        due_s = wall.cron_firings(item.time).times_s
        due_s = due_s[(due_s >= from_s) & (due_s < until_s)]
        slots = sum(_slots(estate, name, source) for name in machines)
        busy = _busy(due_s, work_s, max(min(item.jobs, slots), 1), minutes)
        return Rhythm(source, machines, busy, due_s, work_s)
    if isinstance(stream, Profile):
        rates = wall.rates_of(stream)
        at_s = np.arange(minutes) * float(MINUTE_S)
        places = np.searchsorted(rates.edges_s, at_s, side="right") - 1
        busy = rates.per_s[np.clip(places, 0, len(rates.per_s) - 1)] * work_s
        return Rhythm(source, machines, busy, np.empty(0), work_s)
    return None


def _slots(estate: Estate, machine: str, source: Admitted) -> int:
    """Return on how many slots of a machine jobs of a source can run at once."""
    slots = estate.slots(machine, frozenset({source.source.runtime}))
    template = estate.scenario.machines[machine]
    if source.source.process.type == "background" or template.windows_sessions is None:
        return slots
    return min(slots, template.host_count * template.windows_sessions)


def _busy(due_s: Floats, work_s: float, slots: int, minutes: int) -> Floats:
    """Return the slots busy in each minute, where each firing brings so much work."""
    begin = np.clip((due_s / MINUTE_S).astype(np.int64), 0, minutes)
    length = max(round(work_s / slots / MINUTE_S), 1)
    height = work_s / MINUTE_S / length
    steps = np.zeros(minutes + 1)
    np.add.at(steps, begin, height)
    np.add.at(steps, np.minimum(begin + length, minutes), -height)
    return np.cumsum(steps)[:minutes]
