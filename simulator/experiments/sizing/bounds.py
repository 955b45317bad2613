"""What no simulation has to show: load that is more than there is room for, by a maximal flow."""

from __future__ import annotations

from simulator.experiments.long_run import long_run_of
from simulator.loading import Loaded
from simulator.plan.load_doubts import tells_of_its_window_alone
from simulator.plan.making import make_plan
from simulator.plan.overloads import overloads


def certain_misses(loaded: Loaded) -> str:
    """Return why a target is certain to be missed in the long run; empty where none is.

    Waits of jobs that no order could serve in time grow without end, so that any limit of them is
    passed some day. A study of its window alone has no long run, and nothing is certain of it.
    """
    if tells_of_its_window_alone(loaded.scenario.time) or not _is_overloaded(loaded):
        return ""
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    long_run = long_run_of(loaded, plan, plan.legend)
    missed = (
        long_run.reason(*target.scope, target.row)
        for target in loaded.scenario.targets
        if long_run.is_missed(target)
    )
    return next(missed, "")


def _is_overloaded(loaded: Loaded) -> bool:
    """Return whether there is too much load anywhere; most fleets are told by that alone."""
    return bool(overloads(loaded.scenario, loaded.access, loaded.columns, loaded.traces))
