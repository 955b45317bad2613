"""For whom a study is told: whoever knows all of the scenario, or one account that sees a part.

What the account may not see never reaches the study, so that nothing made of it can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from simulator.access.grants import access_of
from simulator.access.sight import Sight
from simulator.experiments.long_run import NOTHING_KNOWN, LongRun
from simulator.experiments.warm_up import WarmUp
from simulator.loading import Loaded
from simulator.loading.catalogue import default_roles
from simulator.model.folders import joined, walk
from simulator.model.measures import BY_NAME
from simulator.model.registers import full_names, machine_by_host
from simulator.model.scenario import Scenario
from simulator.model.targets import Target
from simulator.records.columns import Legend
from simulator.records.view import View, view_of

_PARTS: Final = {
    "process": "processes",
    "trigger": "triggers",
    "start": "starts",
    "queue": "queues",
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose view a study is: `who` sees the jobs of `folders` out of `folder_count` folders.

    Of the scenario's targets, `targets_left_out` are about more than that.
    """

    who: str
    folders: int
    folder_count: int
    targets_left_out: int


@dataclass(frozen=True, slots=True)
class Audience:
    """What a study may tell: the scenario and the names, and whose view it is if not all of it.

    `long_run` is what is known before the run of what its figures can tell, `warm_up` how long it
    was found to take to settle, where that was looked for.
    """

    loaded: Loaded
    legend: Legend
    view: View | None = None
    viewer: Viewer | None = None
    long_run: LongRun = NOTHING_KNOWN
    warm_up: WarmUp | None = None


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
            access=access_of(scenario, default_roles()),
            columns={},
            data_files={},
            traces={},
            warnings=(),
            variants=(),
            variant_warnings=(),
        ),
        view.legend,
        view,
        Viewer(sight.who, len(sight.folders), sight.folder_count, left_out),
    )


def _seen(scenario: Scenario, sight: Sight) -> Scenario:
    """Return the little of a scenario that its figures need; no free text, which may name all."""
    return Scenario(
        version=scenario.version,
        name=scenario.name,
        time=scenario.time,
        run=scenario.run,
        machines={
            name: machine.model_copy(update={"accounts": None})
            for name, machine in scenario.machines.items()
            if name in sight.machines
        },
        dispatch=scenario.dispatch,
        assumptions=scenario.assumptions,
        targets=tuple(one for one in scenario.targets if _covers(scenario, sight, one)),
    )


def _covers(scenario: Scenario, sight: Sight, target: Target) -> bool:
    """Return whether a target can be judged by what is in sight alone."""
    scope, name = target.scope
    if scope in _PARTS or target.folder is not None:
        return _covers_place(scenario, sight, target)
    sees_all = len(sight.folders) == sight.folder_count
    if scope == "account":
        return sees_all and name in sight.accounts
    if scope == "host":
        scope, name = "machine", machine_by_host(scenario)[name]
    if "folder" in BY_NAME[target.measure].scopes:  # it is of jobs, some of them elsewhere
        return sees_all and (scope != "machine" or name in sight.machines)
    machines = {name} if scope == "machine" else set(scenario.machines)
    return machines <= sight.machines


def _covers_place(scenario: Scenario, sight: Sight, target: Target) -> bool:
    """Return whether all is in sight of the folder, or the part of one, that a target is about."""
    scope, name = target.scope
    folders = [(joined(parts), folder) for parts, folder in walk(scenario.folders)]
    if scope in _PARTS:
        in_sight = sight.queue_folders if scope == "queue" else sight.folders
        seen = [(path, folder) for path, folder in folders if path in in_sight]
        return name in full_names(seen, _PARTS[scope])
    paths = {path for path, _ in folders if path.startswith(f"{name}/")}
    return {name, *(paths if target.with_subfolders else ())} <= set(sight.folders)
