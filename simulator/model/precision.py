"""How many replications a study takes: a number, or as many as its figures need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Discriminator, Field, Tag

from simulator.limits import MOST_REPLICATIONS
from simulator.model.measures import BY_NAME
from simulator.model.quantities import Part, Share

FEWEST_REPLICATIONS: Final = 10
"""Fewer replications than this make an interval that is wide, and not to be relied on."""


class Precision(Part):
    """Replications until figures are precise enough, ten at least."""

    precision: Annotated[Share, Field(gt=0)]
    """How wide half an interval may be, as a share of the value it is around."""

    of: Annotated[str, Field(json_schema_extra={"enum": list(BY_NAME)})] | None = None
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
