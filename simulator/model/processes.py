"""Processes: packages bound to a folder, and what a job of one needs."""

from __future__ import annotations

from typing import Literal

from simulator.model.distributions import Constant, Distribution
from simulator.model.quantities import Part, PositiveDuration, Priority, RuntimeType, Share


class Process(Part):
    """A process in a folder."""

    duration: Distribution
    """The work itself."""

    type: Literal["background", "foreground"] = "background"
    """A foreground job needs a Windows session on its host and an account that runs no other
    foreground job there; a background job needs neither.
    """

    priority: Priority = 45
    """Which of several Pending jobs goes first; 45 is `Medium`."""

    runtime: RuntimeType = "unattended"
    """The runtime type of the slot it asks for."""

    start_up: Distribution = Constant.model_validate({"constant": "0s"})
    """What comes before the work and holds the slot too."""

    faults: Share = 0.0
    """The share of jobs that end Faulted."""

    stop_after: PositiveDuration | None = None
    """Stops a job that has been Running that long; by default none is stopped."""
