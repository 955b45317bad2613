"""Differences and lists of names as sentences and tables of a comparison write them."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from simulator.audit.members import first_of
from simulator.report.wording import decimals_of, joined, number, signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.comparing.pairing import Difference
    from simulator.experiments.comparing.rows import ComparisonRow
    from simulator.report.wording import Scale

AS_BEFORE: Final = "as before"
"""What is told of a difference where there is none, in no replication."""

MOST_NAMED: Final = 3
"""How many accounts, folders or changes a sentence names; of further ones it says how many."""


def listed(names: Iterable[str]) -> str:
    """Return the first names, and how many more there are."""
    every = tuple(dict.fromkeys(names))
    return first_of(every, MOST_NAMED) if len(every) > MOST_NAMED else joined(every)


def interval_text(difference: Difference, scale: Scale) -> str:
    """Return the interval behind an amount without its sign: ` (1.90 to 2.40)`; empty for none."""
    low, high = sorted((difference.low, difference.high), key=lambda end: end * difference.mean)
    if math.isnan(low) or low == high:
        return ""
    divisor = math.copysign(scale.divisor, difference.mean)
    decimals = decimals_of(difference.mean / divisor)
    return f" ({number(low / divisor, decimals)} to {number(high / divisor, decimals)})"


def typical(rows: Iterable[ComparisonRow]) -> float:
    """Return a value to choose a scale by: one long wait should not turn minutes into 0.1 h."""
    values = [value for row in rows for value in row.values if value > 0]
    return median(values) if values else 0.0


def difference_text(difference: Difference, scale: Scale, decimals: int) -> str:
    """Return a difference for a table: `-1.00 (-1.50 to -0.50)`, or that it is none or not clear.

    One without a test, as a single replication has none, is told as it is.
    """
    if difference.is_none:
        return AS_BEFORE
    doubt = "" if difference.clear or math.isnan(difference.p) else ", not clear"
    return f"{signed(difference, scale, decimals)}{doubt}"


def is_clear(difference: Difference, *, single: bool) -> bool:
    """Return whether a difference is clear; of a `single` replication, whether there is any.

    A value that only one side has makes a difference of NaN, which is clear. Of several
    replications there is no test where all jobs of a side are in one: that is not clear.
    """
    if math.isnan(difference.mean):
        return True
    return difference.mean != 0 if single else difference.clear
