"""How many replications a study takes: a number, or as many as its figures need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from simulator.limits import MOST_REPLICATIONS
from simulator.model.measures import BY_NAME, LARGEST, OVER
from simulator.model.quantities import Part, Share
from simulator.model.suggestions import did_you_mean

FEWEST_REPLICATIONS: Final = 10
"""Fewer replications than this make an interval that is wide, and not to be relied on."""


PRECISE: Final = tuple(
    name
    for name, measure in BY_NAME.items()
    if "tenant" in measure.scopes and name not in (*OVER, *LARGEST)
)
"""The tenant's measures that can be asked to be precise: one row each, with an interval."""


def _precise(name: str) -> str:
    if name in PRECISE:
        return name
    if name in LARGEST:
        problem = f"{name} is the largest of all values, which has no interval to be narrow"
    elif name in OVER:
        problem = f"{name} needs a threshold: set a target about it, which is then to be decided"
    elif name in BY_NAME:
        scopes = ", ".join(BY_NAME[name].scopes)
        problem = f"{name} is none of the tenant's measures, only of {scopes}: set a target"
    else:
        guess = did_you_mean(name, PRECISE) or f" there is {', '.join(PRECISE)}"
        problem = f"no measure is called {name!r};{guess}"
    raise PydanticCustomError("measure", "{problem}", {"problem": problem})


class Precision(Part):
    """Replications until figures are precise enough, ten at least."""

    precision: Annotated[Share, Field(gt=0)]
    """How wide half an interval may be, as a share of the value it is around."""

    of: (
        Annotated[str, AfterValidator(_precise), Field(json_schema_extra={"enum": list(PRECISE)})]
        | None
    ) = None
    """The tenant's measure that is to be so precise, whatever the targets. By default each target
    is to be decided, or its own measure so precise; where there is none, `pending.mean`.
    """

    at_most: Annotated[int, Field(ge=FEWEST_REPLICATIONS, le=MOST_REPLICATIONS)] = 200
    """How many replications there are at most."""


def _form(value: object) -> str:
    return "precision" if isinstance(value, Mapping | Precision) else "number"


Replications = Annotated[
    Annotated[int, Field(ge=1, le=MOST_REPLICATIONS), Tag("number")]
    | Annotated[Precision, Tag("precision")],
    Discriminator(_form),
]
"""A number of replications, or what they are to come to."""
