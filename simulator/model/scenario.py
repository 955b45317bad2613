"""The scenario: one tenant and one question."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.limits import LARGEST_SEED
from simulator.model.accounts import Account
from simulator.model.calendars import Calendar
from simulator.model.dispatch import Assumptions, Dispatch
from simulator.model.folders import Folder
from simulator.model.machines import Machine
from simulator.model.precision import Precision, Replications
from simulator.model.quantities import (
    Duration,
    Flag,
    LocalTime,
    Name,
    Part,
    PositiveDuration,
    RuntimeType,
    Share,
)
from simulator.model.roles import CustomRole
from simulator.model.targets import Target
from simulator.units import LONGEST_S

MOST_VARIANTS: Final = 1_000
"""Each is checked as a scenario of its own."""

Cost = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
LicenceCount = Annotated[int, Field(ge=0, le=1_000_000_000)]


class TimeFrame(Part):
    """When: the window observed is [start + warm_up, start + warm_up + duration), half-open."""

    start: LocalTime
    """The start of the warm-up."""

    duration: PositiveDuration
    """How long is measured, after the warm-up."""

    warm_up: Literal["auto"] | Duration = 0.0
    """How long the estate, empty at first, fills up before anything is measured. `auto` looks how
    long that takes, and takes it out of `duration`: in whole weeks, or whole days, where crons or
    profiles have things happen so.
    """

    zone: str = "UTC"
    """The tenant's time zone, by its IANA or Windows name."""

    drain: Flag = True
    """Whether jobs submitted in the window run to their end, though nothing arrives any more;
    otherwise those left over count as never started.
    """

    @property
    def warm_up_s(self) -> float:
        """Return how long nothing is measured, in seconds; 0 while that is to be found yet."""
        return 0.0 if self.warm_up == "auto" else self.warm_up

    @model_validator(mode="after")
    def _fits_into_a_century(self) -> TimeFrame:
        if self.warm_up_s + self.duration > LONGEST_S:
            raise PydanticCustomError("time", "warm_up and duration are a hundred years at most")
        return self


class Run(Part):
    """How often, with which seed, and how sure the intervals are."""

    replications: Replications = 20
    """Independent repetitions, which intervals come from: a number, or how precise they are to be.
    """

    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1
    """The same seed gives the same figures."""

    confidence: Annotated[Share, Field(ge=0.5, le=0.999)] = 0.95
    """How sure the intervals are."""

    @property
    def most_replications(self) -> int:
        """Return how many replications there are, or may be where it depends on their figures."""
        asked = self.replications
        return asked.at_most if isinstance(asked, Precision) else asked


class Tenant(Part):
    """What is assigned at the tenant itself."""

    assign: dict[Name, tuple[Name, ...]] = {}
    """Accounts or groups, and the tenant roles each has."""


class Scenario(Part):
    """One tenant and one question about it."""

    version: Literal[1]
    """The version of the language."""

    name: Name | None = None
    """What its reports and run folders are called."""

    question: str = ""
    """What it is to answer; stands above the results."""

    description: str = ""
    """Whatever else a reader should know."""

    time: TimeFrame
    run: Run = Run()
    calendars: dict[Name, Calendar] = {}
    """Non-working days, by name."""

    licences: dict[RuntimeType, LicenceCount] = {}
    """The tenant's licences by runtime type; of a type not named there are any number. A connected
    host takes one for each slot, used or not, in the order of the file; a slot without one does not
    exist.
    """

    machines: dict[Name, Machine] = {}
    """The machine templates."""

    accounts: dict[Name, Account] = {}
    """Robots, people and external applications."""

    roles: dict[Name, CustomRole] = {}
    """Roles of the tenant's own; the vendor's default ones are there without being written."""

    tenant: Tenant = Tenant()
    folders: dict[Name, Folder] = {}
    """The folders, with all that is in them."""

    dispatch: Dispatch = Dispatch()
    assumptions: Assumptions = Assumptions()
    costs: dict[Name, Cost] = {}
    """What one more of something costs, by override path, for `size`: of a host, a slot, a robot,
    a licence. In any currency, for any span of time, if only the same for all.
    """
    targets: tuple[Target, ...] = ()
    """Promises every run is held to."""

    variants: Annotated[dict[Name, dict[str, Any]], Field(max_length=MOST_VARIANTS)] = {}
    """What-ifs by name: override paths, each with the value it sets."""
