"""Processes: packages bound to a folder, and what a job of one needs."""

from __future__ import annotations

from typing import Literal

from simulator.model.distributions import Constant, Distribution
from simulator.model.quantities import Part, PositiveDuration, Priority, RuntimeType, Share


class Process(Part):
    """A process in a folder.

    `duration` is the work itself; `start_up` comes before it and holds the slot too; `faults` is
    the share of jobs that end Faulted; `stop_after` stops a job that runs longer.
    """

    duration: Distribution
    type: Literal["background", "foreground"] = "background"
    priority: Priority = 45
    runtime: RuntimeType = "unattended"
    start_up: Distribution = Constant.model_validate({"constant": "0s"})
    faults: Share = 0.0
    stop_after: PositiveDuration | None = None
