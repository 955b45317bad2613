"""Small sweeps: a folder whose jobs wait on one host and hardly on three."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builders_files import scenario_file

from simulator.experiments.sweeping.preparing import Prepared, prepare
from simulator.experiments.sweeping.question import Question
from simulator.experiments.sweeping.running import run_sweep
from simulator.experiments.sweeping.sweep import Sweep
from simulator.loading import open_scenario

LOADED = """\
version: 1
name: loaded
question: How many hosts does HR need?
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 2, seed: 7}
machines: {shared: {hosts: 1, slots: 1}}
accounts: {robot: {type: robot}, clerk: {type: user}}
folders:
  HR:
    assign: {robot: [Automation User], clerk: [Folder Administrator]}
    machines: [shared]
    processes: {onboard: {duration: {exponential: 10m}}}
    starts: {calls: {process: onboard, by: clerk, stream: {poisson: 5 per hour}}}
targets:
  - {folder: HR, measure: pending.p95, at_most: 15m}
  - {machine: shared, measure: slots.utilisation, at_most: 90%}
"""
"""Loaded to 5/6 on one host: by Pollaczek and Khinchine the mean wait is then 50 min; the target
of P95 is missed with one host and met with three. Utilisation is 5/6, 5/12, 5/18, ….
"""

HOSTS = "machines.shared.hosts=1..4"


def prepared(folder: Path, *vary: str, text: str = LOADED, **asked: Any) -> Prepared:
    """A sweep of the scenario that `text` is, ready to be run."""
    file = scenario_file(folder, text)
    return prepare(open_scenario(file), Question(vary or (HOSTS,), **asked))


def swept(folder: Path, *vary: str, text: str = LOADED, **asked: Any) -> Sweep:
    """What such a sweep comes to, in memory."""
    return run_sweep(prepared(folder, *vary, text=text, **asked))


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
