"""A file of one queue, M/M/1 at 80 %, which settles slowly from an empty start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.loading import load

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.loading import Loaded

QUEUE = """\
version: 1
time: {start: 2026-01-05, duration: 35d}
machines: {M1: {}}
accounts: {robot: {type: robot}, owner: {type: user}}
folders:
  F:
    assign: {robot: [Automation User], owner: [Folder Administrator]}
    machines: [M1]
    processes: {P: {duration: {exponential: 8m}}}
    triggers: {T: {process: P, created_by: owner, event: {poisson: 6 per hour}}}
"""

MEAN_WAIT_S = 8 * 60 * 0.8 / (1 - 0.8)
"""Its mean wait in the long run: that of a job's duration, times load over what is left of it."""


def queue(folder: Path, *overrides: str) -> Loaded:
    """The queue, with overrides on top."""
    file = folder / "queue.yaml"
    file.write_text(QUEUE, encoding="utf-8")
    return load(file, overrides=overrides)
