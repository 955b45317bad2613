"""The scenario: one tenant and one question."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.accounts import Account
from simulator.model.dispatch import Assumptions, Dispatch
from simulator.model.folders import Folder
from simulator.model.machines import Machine
from simulator.model.quantities import (
    Duration,
    Flag,
    LocalTime,
    Name,
    Part,
    PositiveDuration,
    Share,
)
from simulator.model.roles import CustomRole
from simulator.model.targets import Target
from simulator.units import LONGEST_S


class TimeFrame(Part):
    """When: the window observed is [start + warm_up, start + warm_up + duration), half-open.

    `start` is wall-clock time in `zone`. With `drain`, arrivals stop at the window's end and jobs
    already submitted run to their end.
    """

    start: LocalTime
    duration: PositiveDuration
    warm_up: Duration = 0.0
    zone: str = "UTC"
    drain: Flag = True

    @model_validator(mode="after")
    def _fits_into_a_century(self) -> TimeFrame:
        if self.warm_up + self.duration > LONGEST_S:
            raise PydanticCustomError("time", "warm_up and duration are a hundred years at most")
        return self


class Run(Part):
    """How often, with which seed, and how sure the intervals are."""

    replications: Annotated[int, Field(ge=1, le=100_000)] = 20
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    confidence: Annotated[Share, Field(ge=0.5, le=0.999)] = 0.95


class Tenant(Part):
    """Tenant-level assignments: account or group to roles."""

    assign: dict[Name, tuple[Name, ...]] = {}


class Scenario(Part):
    """One tenant and one question about it."""

    version: Literal[1]
    name: Name | None = None
    question: str = ""
    description: str = ""
    time: TimeFrame
    run: Run = Run()
    machines: dict[Name, Machine] = {}
    accounts: dict[Name, Account] = {}
    roles: dict[Name, CustomRole] = {}
    tenant: Tenant = Tenant()
    folders: dict[Name, Folder] = {}
    dispatch: Dispatch = Dispatch()
    assumptions: Assumptions = Assumptions()
    targets: tuple[Target, ...] = ()
    variants: dict[Name, dict[str, Any]] = {}
