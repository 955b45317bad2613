"""The worst hours of a study: those of one of its replications, which is shown for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.measurement import Figures
from simulator.measurement.worst_figures import WorstHours


@dataclass(frozen=True, slots=True)
class ShownHours:
    """The worst hours of a `replication`, counted from 1; in `waiting` of them some job waited."""

    replication: int
    waiting: int
    hours: WorstHours


def shown_hours(figures: Sequence[Figures]) -> ShownHours | None:
    """Return the worst hours that are neither the best nor the worst; None where no job waited.

    Of the replications in which some job waited, each with its own worst hours, it is the middle
    one by the time that jobs were Pending in them, the lower of two, the first of equals. The
    largest would be worse the more replications there are, and so no size of the estate's.
    """
    found = [(one.replication, one.worst_hours) for one in figures]
    waiting = [(replication, hours) for replication, hours in found if hours is not None]
    if not waiting:
        return None
    ordered = sorted(waiting, key=lambda one: (one[1].pending_s, one[0]))
    replication, hours = ordered[(len(ordered) - 1) // 2]
    return ShownHours(replication, len(waiting), hours)
