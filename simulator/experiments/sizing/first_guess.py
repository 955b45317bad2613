"""Where a search begins: the fleet that queueing theory takes for the smallest that will do.

Nothing rests on it: each fleet that matters is simulated. So it may be rough where no closed form
fits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from simulator.errors import ScenarioError
from simulator.experiments.sizing.aims import is_about, is_of_slots
from simulator.experiments.sizing.source_load import source_loads
from simulator.experiments.sizing.stages import Estate, Waits, estate_of
from simulator.loading import Loaded
from simulator.model.targets import Target
from simulator.plan.offered_load import offered_load


def guess(fleets: Sequence[Callable[[], Loaded]]) -> int | None:
    """Return the place of the first of nested fleets that seems to keep all targets.

    `fleets` load one each, the smallest first; a few of them are looked at, by bisection. It is the
    last where none seems to, and None where nothing can be said of that. One of which nothing can
    be said, as where nobody may start a job yet, does not seem to.
    """
    if not fleets or _seems_to_keep(fleets[-1]) is None:
        return None
    below, keeps = -1, len(fleets) - 1
    while keeps - below > 1:
        middle = (below + keeps) // 2
        below, keeps = (below, middle) if _seems_to_keep(fleets[middle]) else (middle, keeps)
    return keeps


def _seems_to_keep(fleet: Callable[[], Loaded]) -> bool | None:
    """Return whether a fleet seems to keep all targets; one that cannot be loaded tells nothing."""
    try:
        return seems_to_keep(fleet())
    except ScenarioError:
        return None


def seems_to_keep(loaded: Loaded) -> bool | None:
    """Return whether all targets seem to be kept, as far as closed forms say anything of them.

    None where they say nothing of any: of none but limits of waits and of the use of slots, and
    of no jobs whose number depends on their own waits.
    """
    scenario = loaded.scenario
    offered = offered_load(scenario, loaded.access, loaded.columns, loaded.traces)
    everyone = source_loads(offered)
    if not everyone:
        return None
    estate = estate_of(offered, everyone, by_priority=scenario.dispatch.order == "priority")
    told = [_keeps(target, estate) for target in scenario.targets]
    known = [one for one in told if one is not None]
    return all(known) if known else None


def _keeps(target: Target, estate: Estate) -> bool | None:
    """Return whether one target seems to be kept; None where no closed form says anything."""
    if target.at_most is None:
        return None
    if target.measure == "slots.utilisation":
        use = _use(target, estate)
        return None if use is None else use <= target.limit
    kind, _, figure = target.measure.rpartition(".")
    longer = _longer(target, figure)
    if kind not in {"pending", "items.wait"} or (figure != "mean" and longer is None):
        return None
    shares = _shares(target, estate, of_items=kind == "items.wait")
    if not shares:
        return None
    if longer is None:
        return math.fsum(share * one.mean_s() for one, share in shares) <= target.limit
    threshold_s, most = longer
    return math.fsum(share * one.share_over(threshold_s) for one, share in shares) <= most


def _longer(target: Target, figure: str) -> tuple[float, float] | None:
    """Return a wait, and the share of jobs that may wait longer; None where it is not about that.

    A quantile keeps a limit if no more than the rest of all jobs are above it.
    """
    if figure in _LEVELS:
        return target.limit, 1 - _LEVELS[figure]
    if figure in {"over", "share"}:
        return target.threshold or 0.0, target.limit
    return None


_LEVELS: Final = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}


def _shares(target: Target, estate: Estate, *, of_items: bool) -> list[tuple[Waits, float]]:
    """Return the waits that a target is about, each with its share of the jobs, or items."""
    about = [
        one
        for one in estate.waits
        if bool(one.source.part.queue) == of_items and is_about(target, one.source.part)
    ]
    total = math.fsum(one.source.part.per_s for one in about)
    return [(one, one.source.part.per_s / total) for one in about]


def _use(target: Target, estate: Estate) -> float | None:
    """Return the mean load of some slots over their number; None where there are none."""
    about = [one for one in estate.use if is_of_slots(target, one.machine, one.runtime)]
    room = math.fsum(one.room for one in about)
    return math.fsum(one.load for one in about) / room if room else None
