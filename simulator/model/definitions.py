"""What the catalogue of measures is made of: units, scopes, and what defines a measure."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Unit = Literal[
    "s", "ratio", "jobs", "jobs/h", "slots", "hosts", "h", "licences", "items", "items/h"
]

JOB_SCOPES: Final = (
    "tenant",
    "folder",
    "folder+",
    "process",
    "trigger",
    "start",
    "priority",
    "runtime",
    "machine",
    "host",
    "account",
    "principal",
)
"""Scopes of measures over jobs; machine, host and account count the jobs that ran there.

`folder+` is a folder together with its subfolders, worked out for the folders whose target asks.
"""

SUBMISSION_SCOPES: Final = tuple(
    scope for scope in JOB_SCOPES if scope not in {"machine", "host", "account"}
)
"""Scopes a job has from its submission on, whether it ever ran or not."""

OUTSIDE: Final = "outside"
"""The scope of jobs outside the folders that somebody sees, where a run is told as he sees it.

Its names are machines, and none for all of them together.
"""

CAPACITY_SCOPES: Final = ("tenant", "machine", "host", "runtime")
"""Scopes of measures over the slots there are."""

SLOT_SCOPES: Final = (*CAPACITY_SCOPES, OUTSIDE)
"""Scopes of measures over what the slots do."""

HOST_SCOPES: Final = ("tenant", "machine", "host")
"""Scopes of measures over the hosts there are."""

LICENCE_SCOPES: Final = ("machine", "host", "runtime")
"""Scopes of measures over licences, of which each runtime type has its own."""

ITEM_SCOPES: Final = ("queue",)
"""Scopes of measures over the items of queues."""


class Measure(NamedTuple):
    """A measure: what it is called, its unit, how it is defined, where it applies."""

    name: str
    unit: Unit
    definition: str
    scopes: tuple[str, ...]


QUANTILE_PERCENTS: Final = (50, 90, 95, 99)
"""The quantiles a summary reports, in per cent."""

_SUMS = (
    "sums over all replications divided by their counts, with a jackknife interval over "
    "replications"
)


def _quantile(prefix: str, what: str, percent: int, scopes: tuple[str, ...]) -> Measure:
    definition = (
        f"The {percent} % quantile (type 7) of {what}; the mean of the replications' own "
        "quantiles, with a Student t interval across them."
    )
    return Measure(f"{prefix}.p{percent}", "s", definition, scopes)


def spread(
    prefix: str, what: str, of: str = "jobs", scopes: tuple[str, ...] = JOB_SCOPES
) -> tuple[Measure, ...]:
    """Return the measures every time span has: mean, standard deviation, quantiles, largest."""
    return (
        Measure(f"{prefix}.mean", "s", f"The mean of {what}: {_SUMS}.", scopes),
        Measure(
            f"{prefix}.sd",
            "s",
            f"The standard deviation of {what}, all {of} of all replications pooled.",
            scopes,
        ),
        *(_quantile(prefix, what, percent, scopes) for percent in QUANTILE_PERCENTS),
        Measure(
            f"{prefix}.max", "s", f"The largest value of {what}, over all replications.", scopes
        ),
    )
