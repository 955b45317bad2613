"""Distributions of a scenario of which nothing can be drawn, and the data files they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    suspects = list(_suspects(scenario))
    issues = files.read(_columns_of(suspects))
    for path, distribution in suspects:
        needed = (part for _, part in _columns_of([(path, distribution)]))
        why = problem(distribution, files.columns) if all(map(files.has_read, needed)) else ""
        if why:
            hint = "change at_least, at_most or the distribution"
            issues.append(Issue(path, f"nothing can be drawn: {why}", "no-draw", hint))
    return issues


def file_columns(scenario: Scenario) -> Iterator[tuple[Path, FileColumn]]:
    """Yield every column of a data file that a scenario names, with its path."""
    return _columns_of(_suspects(scenario))


def _columns_of(
    suspects: Iterable[tuple[Path, Distribution]],
) -> Iterator[tuple[Path, FileColumn]]:
    for path, distribution in suspects:
        for place, part in _parts(distribution, path):
            if isinstance(part, FileColumn):
                yield place, part


def _suspects(scenario: Scenario) -> Iterator[tuple[Path, Distribution]]:
    """Yield the distributions of which there may be nothing to draw, or that need a file."""
    for path, distribution in _distributions(scenario):
        if isinstance(distribution, _MADE_OF_OTHERS) or _is_bounded(distribution):
            yield path, distribution


_MADE_OF_OTHERS: Final = (Mixture, Shifted, Empirical)
"""Distributions with parts of which there may be nothing to draw, or with a file."""


def _is_bounded(distribution: Truncated) -> bool:
    return distribution.at_least is not None or distribution.at_most is not None


def _distributions(scenario: Scenario) -> Iterator[tuple[Path, Distribution]]:
    """Yield every distribution that stands on its own, with its path."""
    for name, machine in scenario.machines.items():
        yield from _within(machine, ("machines", name))
    for parts, folder in walk(scenario.folders):
        for section in ("processes", "triggers", "arrivals", "starts"):
            for name, thing in getattr(folder, section).items():
                yield from _within(thing, (*place_of(parts), section, name))


def _within(part: Part, path: Path) -> Iterator[tuple[Path, Distribution]]:
    fields = type(part).model_fields
    for name, value in part.__dict__.items():
        if isinstance(value, Part):
            place = (*path, fields[name].alias or name)
            if isinstance(value, Truncated):
                yield place, cast("Distribution", value)
            else:
                yield from _within(value, place)


def _parts(value: object, path: Path) -> Iterator[tuple[Path, Part]]:
    """Yield a distribution and all that it is made of, with their paths."""
    if isinstance(value, Part):
        yield path, value
        for key, inner in value.__dict__.items():
            yield from _parts(inner, (*path, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _parts(inner, (*path, index))
