"""Promises a run is held to."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.measures import BY_NAME, OVER, over
from simulator.model.quantities import (
    Flag,
    Name,
    Part,
    PositiveDuration,
    Priority,
    RuntimeType,
)
from simulator.model.suggestions import did_you_mean
from simulator.units import parse_duration, parse_share

SCOPES: Final = (
    "folder",
    "process",
    "trigger",
    "start",
    "priority",
    "runtime",
    "machine",
    "host",
    "account",
    "queue",
)
"""What a target may be about; none of them named means the whole tenant."""

Limit = Annotated[float, Field(allow_inf_nan=False)] | str
"""A limit as written: a duration's text, a share such as `85%`, or a plain number."""


def read_limit(limit: Limit, unit: str) -> float:
    """Return a limit in the measure's unit: seconds, a ratio, or a plain number.

    Raises:
        ValueError: the text does not fit the unit.
    """
    if unit == "s":
        if not isinstance(limit, str):
            raise ValueError(f"expected a duration such as '10m', got {limit!r}")
        return parse_duration(limit)
    if unit == "ratio":
        return parse_share(limit)
    if isinstance(limit, str):
        raise ValueError(f"expected a number, got {limit!r}")  # noqa: TRY004 - pydantic reads ValueError
    return limit


class Target(Part):
    """A measure of one scope, or of the whole tenant, and the limit it keeps."""

    folder: Name | None = None
    """A folder, by its path."""

    process: Name | None = None
    """A process, by folder and name: `HR:onboard`."""

    trigger: Name | None = None
    """A trigger, by folder and name."""

    start: Name | None = None
    """A start, by folder and name."""

    priority: Priority | None = None
    """All jobs of that priority."""

    runtime: RuntimeType | None = None
    """All jobs, or slots, of that runtime type."""

    machine: Name | None = None
    """A machine template."""

    host: Name | None = None
    """A host, by machine and name: `shared-vm/1`."""

    account: Name | None = None
    """An account."""

    queue: Name | None = None
    """A queue, by folder and name: `HR:invoices`."""

    with_subfolders: Flag = False
    """Whether the folder's subfolders count in."""

    measure: Annotated[str, Field(json_schema_extra={"enum": list(BY_NAME)})]
    """The name of a measure, such as `pending.p95`."""

    threshold: PositiveDuration | None = None
    """The wait that `pending.over` and `resumed.over` count the longer ones of."""

    at_most: Limit | None = None
    """The upper limit, in the measure's unit: a duration, a share or a number."""

    at_least: Limit | None = None
    """The lower limit, likewise."""

    @model_validator(mode="after")
    def _one_scope_one_limit(self) -> Target:
        if sum(getattr(self, scope) is not None for scope in SCOPES) > 1:
            raise PydanticCustomError("target", "a target has one scope, this one names several")
        if (self.at_most is None) == (self.at_least is None):
            raise PydanticCustomError("target", "a target has either at_most or at_least")
        if self.with_subfolders and self.folder is None:
            raise PydanticCustomError("target", "with_subfolders goes with folder")
        return self

    @model_validator(mode="after")
    def _known_measure(self) -> Target:
        measure = BY_NAME.get(self.measure)
        if measure is None:
            guess = did_you_mean(self.measure, BY_NAME) or f" there is {', '.join(BY_NAME)}"
            problem = f"no measure is called {self.measure!r};{guess}"
            raise PydanticCustomError("target", "{problem}", {"problem": problem})
        if self.scope[0] not in measure.scopes:
            problem = (
                f"{self.measure} has no scope {self.scope[0]}, only {', '.join(measure.scopes)}"
            )
            raise PydanticCustomError("target", "{problem}", {"problem": problem})
        if (self.measure in OVER) != (self.threshold is not None):
            raise PydanticCustomError(
                "target", f"threshold goes with {' and '.join(OVER)}, which need one"
            )
        try:
            read_limit(self._limit, measure.unit)
        except ValueError as error:
            raise PydanticCustomError("target", "{why}", {"why": str(error)}) from None
        return self

    @property
    def _limit(self) -> Limit:
        return self.at_least if self.at_most is None else self.at_most  # type: ignore[return-value]  # one is given

    @property
    def limit(self) -> float:
        """Return the limit in the measure's own unit."""
        return read_limit(self._limit, BY_NAME[self.measure].unit)

    @property
    def row(self) -> str:
        """Return the measure's name in a summary: `pending.over(10m)` for a threshold."""
        return self.measure if self.threshold is None else over(self.measure, self.threshold)

    @property
    def scope(self) -> tuple[str, str]:
        """Return the scope and the name in it; `("tenant", "")` where none is named.

        A folder with its subfolders is the scope `folder+`.
        """
        for scope in SCOPES:
            name = getattr(self, scope)
            if name is not None:
                return f"{scope}+" if self.with_subfolders else scope, str(name)
        return "tenant", ""
