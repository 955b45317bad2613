"""For whom a study is told: whoever knows all of the scenario, or one account that sees a part.

What the account may not see never reaches the study, so that nothing made of it can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from simulator.access.sight import Sight
from simulator.loading import Loaded
from simulator.model.folders import joined, walk
from simulator.model.measures import BY_NAME
from simulator.model.registers import full_names
from simulator.model.scenario import Scenario
from simulator.model.targets import Target
from simulator.records.columns import Legend
from simulator.records.view import View, view_of

_PARTS: Final = {"process": "processes", "trigger": "triggers", "start": "starts"}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose view a study is: `who` sees the jobs of `folders` out of `of_folders` folders.

    Of the scenario's targets, `targets_left_out` are about more than that.
    """

    who: str
    folders: int
    of_folders: int
    targets_left_out: int


@dataclass(frozen=True, slots=True)
class Audience:
    """What a study may tell: the scenario and the names, and whose view it is if not all of it."""

    loaded: Loaded
    legend: Legend
    view: View | None = None
    viewer: Viewer | None = None


def audience_of(loaded: Loaded, legend: Legend, sight: Sight | None) -> Audience:
    """Return what may be told of a run to somebody of this sight; all of it to None."""
    if sight is None:
        return Audience(loaded, legend)
    scenario = _seen(loaded.scenario, sight)
    left_out = len(loaded.scenario.targets) - len(scenario.targets)
    view = view_of(legend, sight)
    return Audience(
        replace(
            loaded,
            scenario=scenario,
            columns={},
            data_files={},
            warnings=(),
            variants=(),
            variant_warnings=(),
        ),
        view.legend,
        view,
        Viewer(sight.who, len(sight.folders), sight.of_folders, left_out),
    )


def _seen(scenario: Scenario, sight: Sight) -> Scenario:
    """Return the little of a scenario that its figures need; no free text, which may name all."""
    return Scenario(
        version=scenario.version,
        name=scenario.name,
        time=scenario.time,
        run=scenario.run,
        machines={name: one for name, one in scenario.machines.items() if name in sight.machines},
        dispatch=scenario.dispatch,
        assumptions=scenario.assumptions,
        targets=tuple(one for one in scenario.targets if _covers(scenario, sight, one)),
    )


def _covers(scenario: Scenario, sight: Sight, target: Target) -> bool:
    """Return whether a target can be judged by what is in sight alone."""
    scope, name = target.scope
    is_of_jobs = "folder" in BY_NAME[target.measure].scopes
    if scope == "machine":
        return name in sight.machines and not is_of_jobs
    if scope in _PARTS:
        seen = [
            (joined(parts), folder)
            for parts, folder in walk(scenario.folders)
            if joined(parts) in sight.folders
        ]
        return name in full_names(seen, _PARTS[scope])
    paths = (joined(parts) for parts, _ in walk(scenario.folders))
    within = scope == "folder+"
    asked = [path for path in paths if path == name or (within and path.startswith(f"{name}/"))]
    return bool(asked) and set(asked) <= set(sight.folders)
