"""What planned outages do to an agenda: firings that meet them, and where they lie in the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.hours import mean_numbers
from simulator.measurement.spans import Spans
from simulator.plan.agenda import Agenda
from simulator.plan.outages import Outage, united
from simulator.records.columns import Floats


class IntoOutages(NamedTuple):
    """A trigger, by its place in the agenda, that fires while all its machines are in maintenance.

    `firings` counts these, `of` all it fires in the span; what a calendar excludes is in neither.
    """

    trigger: int
    firings: int
    of: int


def into_outages(agenda: Agenda) -> tuple[IntoOutages, ...]:
    """Return the triggers that fire while none of their machines takes jobs, in their order."""
    outages = _by_machine(agenda.outages)
    found: list[IntoOutages] = []
    for place, trigger in enumerate(agenda.triggers):
        if trigger.machines and outages.keys() >= set(trigger.machines):
            fired_s = agenda.utc_s[(agenda.trigger == place) & ~agenda.excluded]
            out = [_is_out(fired_s, outages[name]) for name in trigger.machines]
            firings = int(np.count_nonzero(reduce(np.logical_and, out)))
            if firings:
                found.append(IntoOutages(place, firings, fired_s.size))
    return tuple(found)


def _by_machine(outages: Iterable[Outage]) -> dict[str, list[Outage]]:
    found: defaultdict[str, list[Outage]] = defaultdict(list)
    for outage in outages:
        found[outage.machine].append(outage)
    return found


def _is_out(instants_s: npt.NDArray[np.int64], outages: list[Outage]) -> npt.NDArray[np.bool_]:
    """Return whether a machine is in maintenance at each instant: more windows began than ended."""
    begun = np.searchsorted([one.begin_s for one in outages], instants_s, side="right")
    ended = np.searchsorted(sorted(one.end_s for one in outages), instants_s, side="right")
    return np.asarray(begun > ended)


def outage_week(agenda: Agenda) -> Floats:
    """Return the share of each hour of the week in which some machine is in maintenance, (7, 24).

    It is the mean over the span, Monday first, by the tenant's clock; NaN for hours never seen.
    """
    origin_s = agenda.span.origin_epoch_s
    union = list(united((one.begin_s - origin_s, one.end_s - origin_s) for one in agenda.outages))
    spans = Spans(*np.array(union, dtype=np.float64).reshape(-1, 2).T)
    week: Floats = mean_numbers(spans, agenda.span).reshape(7, 24)
    return week
