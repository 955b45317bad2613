"""What the quantities and figures of a sweep are called, and which points are pointed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.loading.override_paths import parse_path
from simulator.model.figure_names import figure_name
from simulator.model.figure_names import whose as whose_figure
from simulator.report.promises import bound
from simulator.report.wording import percent, plural, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.sweeping.points import Key, PointTarget, SweptPoint
    from simulator.experiments.sweeping.sweep import Sweep

_FEWEST_PARTS: Final = 2


def short_paths(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the end of each path that no other of them ends in: `shared-vm.hosts`."""
    parts = [parse_path(path) for path in paths]
    return tuple(_short(one, [other for other in parts if other != one]) for one in parts)


def _short(path: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> str:
    lengths = range(_FEWEST_PARTS, len(path))
    alone = (n for n in lengths if all(other[-n:] != path[-n:] for other in others))
    return visible(".".join(path[-next(alone, len(path)) :]))


def whose(scope: str, name: str) -> str:
    """Return whom a figure is of; names of folders stand alone."""
    return visible(whose_figure(scope, name))


def figure_of(key: Key) -> str:
    """Return what a figure is called: `P95 Pending of HR`."""
    return visible(figure_name(*key))


def limit_of(target: PointTarget) -> str:
    """Return a target's limit in words: `at most 10 min`."""
    measure = target.measure.partition("(")[0]
    return bound(measure, target.limit, is_upper=target.at_most is not None)


def evidence(sweep: Sweep) -> str:
    """Return how many points and replications there are, and what the intervals are."""
    counts = {point.replications for point in sweep.points}
    if counts == {1}:
        return f"{plural(len(sweep.points), 'point')}, 1 replication each, which gives no interval."
    many = plural(min(counts), "replication")
    each = many if len(counts) == 1 else f"{min(counts)} to {plural(max(counts), 'replication')}"
    interval = f"± is the {percent(sweep.confidence)} interval across them"
    return f"{plural(len(sweep.points), 'point')}, {each} each; {interval}."


def conclusion(sweep: Sweep) -> str:
    """Return where the targets are met, or the waits are shortest, in a sentence."""
    many, best = plural(len(sweep.points), "point"), sweep.best()
    if not best:
        nothing = "target is met" if sweep.has_targets else "job started"
        return f"No {nothing} at any of {many}."
    first = visible(sweep.design.told(best[0].values))
    if not sweep.has_targets:
        return f"Of {many}, P95 Pending is least at {first}."
    met = sweep.meeting_all()
    if met:
        return f"All targets are met at {len(met):,} of {many}, the first of them {first}."
    return f"At no point are all targets met; most, {_met(best[0])}, are met at {first}."


def _met(point: SweptPoint) -> str:
    return f"{point.met} of {len(point.targets)}"
