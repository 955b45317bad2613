"""Errors of one run among many, told with the name of that run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.errors import EndlessRun, TooManySubmissions


@contextmanager
def told_of(name: str) -> Iterator[None]:
    """Have an error of a run say in which of several scenarios it is.

    Raises:
        EndlessRun, TooManySubmissions: as the block raises them; the message names the scenario.
    """
    try:
        yield
    except (EndlessRun, TooManySubmissions) as error:
        raise type(error)(f"in {name!r}: {error}") from error
