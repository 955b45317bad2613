"""Scenario files for tests of whole runs: small, and with figures that can be told beforehand."""

from __future__ import annotations

from pathlib import Path

PARALLEL = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 3, seed: 7}
machines: {one: {slots: 1}, two: {slots: 1}}
accounts: {robot: {type: robot}, clerk: {type: user}, guest: {type: user}}
folders:
  Drawn:
    assign: {robot: [Automation User], clerk: [Folder Administrator]}
    machines: [one]
    processes: {P: {duration: {exponential: 10m}}}
    starts:
      calls: {process: P, by: clerk, stream: {poisson: 4 per hour}}
      strangers: {process: P, by: guest, stream: {every: 1h}}
  Even:
    assign: {robot: [Automation User], clerk: [Folder Administrator]}
    machines: [two]
    processes: {P: {duration: 10m}}
    triggers: {quarterly: {process: P, event: {every: 15m}, created_by: clerk}}
targets:
  - {folder: Even, measure: pending.mean, at_most: 0s}
variants:
  faster: {folders.Drawn.processes.P.duration: {exponential: 5m}}
  second: {machines.one.hosts: 2}
"""
"""Two folders that share nothing.

Even: a job of 10 minutes each quarter of an hour on one slot: 96 a day, none waits, busy 2/3 of
the time. Drawn: an M/M/1 queue, its machine loaded to 2/3; 24 submissions a day are refused,
since guest has no access. The target is met: nobody in Even ever waits.
"""

SOUND = (
    PARALLEL.replace("      strangers: {process: P, by: guest, stream: {every: 1h}}\n", "")
    .replace(", guest: {type: user}", "")
    .replace("replications: 3", "replications: 10")
)
"""The same without the stranger, and ten times: nothing in it is doubtful."""


def scenario_file(folder: Path, text: str = PARALLEL, name: str = "estate.yaml") -> Path:
    """Write a scenario file into `folder` and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
