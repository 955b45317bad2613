"""Measures as a plot is asked for them."""

from __future__ import annotations

from simulator.model.measures import BY_NAME
from simulator.model.suggestions import did_you_mean


def known_measure(measure: str) -> str:
    """Return a measure that there is.

    Raises:
        ValueError: there is none of that name.
    """
    if measure.partition("(")[0] not in BY_NAME:  # `pending.over(10m)` has a threshold
        guess = did_you_mean(measure, BY_NAME) or f" there is {', '.join(BY_NAME)}"
        raise ValueError(f"no measure is called {measure!r};{guess}")
    return measure
