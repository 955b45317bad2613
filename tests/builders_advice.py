"""Small estates for advice: folders that share machines, and what could be tried with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.experiments.advising.work import Pace, estate_of
from simulator.loading import open_scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from simulator.experiments.advising.alternatives import Alternative
    from simulator.experiments.advising.work import Estate
    from simulator.loading import OpenScenario
    from simulator.model.scenario import Scenario

HEAD = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 2, seed: 7}
accounts: {bot: {type: robot}, olga: {type: user}}
"""


def folder(machines: str, process: str = "{duration: 10m}", more: str = "run_as: dynamic") -> str:
    """A folder's text: a process P that an event trigger T starts once an hour."""
    trigger = "process: P, event: {poisson: 1 per hour}, created_by: olga"
    return (
        "{assign: {bot: [Automation User], olga: [Folder Administrator]}, "
        f"machines: {machines}, processes: {{P: {process}}}, "
        f"triggers: {{T: {{{trigger}, {more}}}}}}}"
    )


def estate_file(path: Path, machines: str, folders: Mapping[str, str], more: str = "") -> Path:
    """Write an estate of these machines and folders."""
    listed = "".join(f'  "{name}": {text}\n' for name, text in folders.items())
    file = path / "estate.yaml"
    file.write_text(f"{HEAD}{more}machines: {machines}\nfolders:\n{listed}", encoding="utf-8")
    return file


def estate(source: OpenScenario, loads: Mapping[str, float] | None = None) -> Estate:
    """What `source` holds, each process with its load, by default 1, and jobs of 600 s times it."""
    loaded = source.load()
    found = {
        f"{folder}:{process}": (loads or {}).get(folder, 1.0)
        for folder, process in (
            (path, name)
            for path in loaded.access.folders
            for name in _processes(loaded.scenario, path)
        )
    }
    return estate_of(loaded, {path: Pace(load, 600 * load) for path, load in found.items()})


def _processes(scenario: Scenario, path: str) -> Iterable[str]:
    first, *rest = path.split("/")
    folder = scenario.folders[first]
    for name in rest:
        folder = folder.folders[name]
    return folder.processes


def applied(source: OpenScenario, alternative: Alternative) -> Scenario:
    """The scenario with an alternative in force, loaded from its own `--set` texts."""
    return source.load(overrides=alternative.texts).scenario


def opened(path: Path, machines: str, folders: Mapping[str, str], more: str = "") -> OpenScenario:
    """An estate, read."""
    return open_scenario(estate_file(path, machines, folders, more))


def slots_of(scenario: Scenario) -> int:
    """All slots there are."""
    return sum(one.host_count * sum(one.slots.values()) for one in scenario.machines.values())
