"""Composed data to a scenario, or to everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from simulator.errors import Issue, Path
from simulator.loading.faults import MOST_FAULTS, Fault, validate
from simulator.loading.pruning import Pruned
from simulator.model.scenario import Scenario

_ROUNDS: Final = 12
"""Taking a part out may leave its holder lacking a key; each round goes one holder up."""

Inspect = Callable[[Scenario], list[Issue]]
"""What else can be wrong with a scenario that fits the models."""


def build(
    data: object, whole: object, unread: frozenset[Path], inspect: Inspect
) -> tuple[Scenario | None, list[Fault], list[Issue]]:
    """Return the scenario that `data` means, its faults, and what `inspect` says.

    `whole` is `data` as composed, where `data` may hold parts that are built already. `unread`
    are paths whose values were refused already. With faults there is no scenario, and `inspect`
    is asked about the rest; what only follows from the faults is left out.
    """
    scenario, faults = validate(data)
    faults = [fault for fault in faults if not _is_within(fault.path, unread)]
    if scenario is not None and not unread:
        return scenario, [], inspect(scenario)
    if len(faults) >= MOST_FAULTS:
        return None, faults, []
    lost = unread.union(fault.spoilt for fault in faults)
    rest, pruned = _rest(Pruned(whole, data, lost))
    if rest is None:
        return None, faults, []
    issues = [replace(issue, path=pruned.original(issue.path)) for issue in inspect(rest)]
    return None, faults, [issue for issue in issues if not pruned.explains(issue)]


def _rest(pruned: Pruned) -> tuple[Scenario | None, Pruned]:
    """Return what fits the models once more and more is taken out, None if nothing does."""
    for _ in range(_ROUNDS):
        if () in pruned.lost:
            return None, pruned
        scenario, faults = validate(pruned.data)
        if scenario is not None:
            return scenario, pruned
        more = {pruned.original(fault.spoilt) for fault in faults}
        pruned = replace(pruned, lost=pruned.lost | more)
    return None, pruned


def _is_within(path: Path, paths: frozenset[Path]) -> bool:
    return any(path[:end] in paths for end in range(len(path) + 1))
