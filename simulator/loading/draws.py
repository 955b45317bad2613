"""Distributions of a scenario of which nothing can be drawn, and the data files they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from simulator.errors import Issue, Path
from simulator.loading.data_files import DataFiles
from simulator.model.distributions import (
    Distribution,
    Empirical,
    FileColumn,
    Mixture,
    Shifted,
    Truncated,
)
from simulator.model.folders import walk
from simulator.model.quantities import Part
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.sampling.inversion import problem


def draws(scenario: Scenario, files: DataFiles) -> list[Issue]:
    """Return what is wrong with distributions, and with the data files they are read from.

    `files` holds what was read afterwards.
    """
    suspects = [
        (path, distribution)
        for path, distribution in _distributions(scenario)
        if isinstance(distribution, _MADE_OF_OTHERS) or _is_bounded(distribution)
    ]
    issues = files.read(
        ((*path, "empirical"), part)
        for path, distribution in suspects
        for part in _parts(distribution)
        if isinstance(part, FileColumn)
    )
    for path, distribution in suspects:
        why = problem(distribution, files.columns)
        if why:
            hint = "change at_least, at_most or the distribution"
            issues.append(Issue(path, f"nothing can be drawn: {why}", "no-draw", hint))
    return issues


_MADE_OF_OTHERS: Final = (Mixture, Shifted, Empirical)
"""Distributions with parts of which there may be nothing to draw, or with a file."""


def _is_bounded(distribution: Truncated) -> bool:
    return distribution.at_least is not None or distribution.at_most is not None


def _distributions(scenario: Scenario) -> Iterator[tuple[Path, Distribution]]:
    """Yield every distribution that stands on its own, with its path."""
    for parts, folder in walk(scenario.folders):
        for section in ("processes", "triggers", "starts"):
            for name, thing in getattr(folder, section).items():
                yield from _within(thing, (*place_of(parts), section, name))


def _within(part: Part, path: Path) -> Iterator[tuple[Path, Distribution]]:
    for key, value in part.__dict__.items():
        if isinstance(value, Truncated):
            yield (*path, key), cast("Distribution", value)
        elif isinstance(value, Part):
            yield from _within(value, (*path, key))


def _parts(value: object) -> Iterator[Part]:
    """Yield a distribution and all that it is made of."""
    if isinstance(value, Part):
        yield value
        for inner in value.__dict__.values():
            yield from _parts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _parts(inner)
