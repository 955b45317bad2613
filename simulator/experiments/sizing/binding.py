"""What binds a fleet: the causes of the waits that its targets are about, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.experiments.blame import Axis, BlameRow
from simulator.experiments.sizing.sizing import Binding
from simulator.experiments.study import Study
from simulator.experiments.verdicts import verdicts
from simulator.model.folders import joined, walk
from simulator.model.registers import full_name
from simulator.model.scenario import Scenario
from simulator.model.targets import Target


def binding_of(study: Study, targets: Sequence[Target]) -> tuple[Binding, ...]:
    """Return what kept the jobs Pending that some targets are about, most of their time first.

    The jobs are those of the folders of the targets that the study does not meet, of all targets
    where it meets them all; a target of the tenant, a machine or an account is about every folder.
    Shares, with intervals, are of all time these jobs were Pending. Nothing where none was.
    """
    told = verdicts(targets, study.summary, study.long_run)
    short = [one.target for one in told if one.outcome != "met"] or targets
    folders = {name for one in short for name in _folders(one, study.loaded.scenario)}
    rows = study.blame.by(Axis.CAUSE, Axis.MACHINE, Axis.HELD_BY, folders=folders)
    found = (_binding(row) for row in rows if row.share.mean > 0)
    return tuple(sorted(found, key=lambda one: -one.share))


def _binding(row: BlameRow) -> Binding:
    cause, machine, held_by = row.names
    return Binding(cause, machine, held_by, row.share.mean, row.share.low, row.share.high)


def _folders(target: Target, scenario: Scenario) -> Iterator[str]:
    """Yield the folders whose jobs a target is about."""
    scope, name = target.scope
    for parts, folder in walk(scenario.folders):
        path = joined(parts)
        things: Mapping[str, Iterable[str]] = {
            "process": folder.processes,
            "trigger": folder.triggers,
            "start": folder.starts,
            "queue": folder.queues,
        }
        if scope in things:
            is_of_it = any(full_name(path, thing) == name for thing in things[scope])
        else:
            is_below = scope == "folder+" and path.startswith(f"{name}/")
            is_of_it = path == name or is_below or not scope.startswith("folder")
        if is_of_it:
            yield path
