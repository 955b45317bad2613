"""What no simulation has to show: jobs that nothing can run, and load that is too much.

Of load a maximal flow tells (`plan.overloads`).
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.experiments.long_run import OF_WAITS, long_run_of
from simulator.experiments.sizing.aims import is_about
from simulator.loading import Loaded
from simulator.model.targets import Target
from simulator.plan.demands import Part
from simulator.plan.followers import followers
from simulator.plan.load_doubts import tells_of_its_window_alone
from simulator.plan.making import make_plan
from simulator.plan.overloads import overloads
from simulator.plan.submitters import submitters


def certain_misses(loaded: Loaded) -> str:
    """Return why a target is certain to be missed; empty where none is.

    Jobs that nothing can run wait for ever, and no figure would tell of it, as only jobs that start
    have a wait. Waits of jobs that no order could serve in time grow without end, so that any limit
    of them is passed some day. A study of its window alone has no such day.
    """
    return _never_served(loaded) or _too_much(loaded)


def _never_served(loaded: Loaded) -> str:
    """Return why jobs whose waits a target limits can never run; empty if all can."""
    told = {one.path: one.message for one in loaded.warnings if one.code == "always-pending"}
    if not told:
        return ""
    limited = [one for one in loaded.scenario.targets if _limits_waits(one)]
    return next(
        (
            f"{part.source.path}: {told[part.source.place]}"
            for part in _parts(loaded)
            if part.source.place in told and any(is_about(one, part) for one in limited)
        ),
        "",
    )


def _limits_waits(target: Target) -> bool:
    return target.at_most is not None and target.row.startswith(OF_WAITS)


def _parts(loaded: Loaded) -> Iterator[Part]:
    """Yield all that submits jobs, wherever they may run."""
    scenario, access = loaded.scenario, loaded.access
    everyone = submitters(scenario, access)
    for one in (*everyone, *followers(everyone, scenario, access)):
        yield Part(one, one.priority, ())


def _too_much(loaded: Loaded) -> str:
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
