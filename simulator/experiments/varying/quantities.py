"""What `--vary` names: an override path, and the values it takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from simulator.errors import Issue, Position, ScenarioError
from simulator.experiments.varying.ranges import MOST_VALUES, Range, range_of
from simulator.loading.override_paths import PathError, parse_path, split_assignment
from simulator.loading.overrides import COMMAND_LINE
from simulator.loading.scalars import read_plain
from simulator.loading.value_lists import listed
from simulator.measurement.cells import plain_cell

VARY: Final = "--vary"
"""The name of the option in positions."""

_LIKE: Final = "give a range or a list, such as machines.shared-vm.hosts=1..8 or …slots=1,2,4"

_Found = TypeVar("_Found", "Quantity", "Varied")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A path and the values it takes, each as `--set` takes it."""

    path: str
    values: tuple[str, ...]

    def override(self, value: str) -> str:
        """Return the override that sets it to one of its values."""
        return f"{self.path}={value}"


@dataclass(frozen=True, slots=True)
class Varied:
    """A path, and what it is varied over: a range, or values one by one."""

    path: str
    over: Range | tuple[str, ...]


def quantities_of(texts: Iterable[str]) -> tuple[Quantity, ...]:
    """Return what texts such as `machines.shared-vm.hosts=1..8` vary, value by value.

    Raises:
        ScenarioError: some are no such texts, or two vary the same path; with all that is wrong.
    """
    return _read_each(texts, _quantity)


def varied_of(texts: Iterable[str]) -> tuple[Varied, ...]:
    """Return what texts vary, for a design that takes values out of ranges as it likes.

    Raises:
        ScenarioError: as `quantities_of`, but for ranges without a step.
    """
    return _read_each(texts, _varied)


def of_vary(issue: Issue, overrides: Sequence[str]) -> Issue:
    """Return an issue that one of the varied values brings at the option that has it."""
    position = issue.position
    if position is None or position.file != COMMAND_LINE or issue.excerpt not in overrides:
        return issue
    return issue.at(Position(VARY, position.line, position.column), issue.excerpt)


def plain_value(text: str) -> int | float | str:
    """Return a value as JSON has it: a number if it is one, else its text."""
    value = read_plain(text.strip())
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) and math.isfinite(value) else text


def value_cell(text: str) -> str:
    """Return a value as a cell of CSV; a number below zero is no formula."""
    return plain_cell(text) if isinstance(plain_value(text), str) else text


def _read_each(texts: Iterable[str], read: Callable[[str], _Found]) -> tuple[_Found, ...]:
    found, issues = list[_Found](), list[Issue]()
    for text in texts:
        try:
            found.append(read(text))
        except PathError as error:
            issue = Issue((), str(error), "vary", error.hint)
            issues.append(issue.at(Position(VARY, 1, 1), text))
        except ScenarioError as error:
            issues += error.issues
    issues += _twice([one.path for one in found])
    if issues:
        raise ScenarioError(issues)
    return tuple(found)


def _quantity(text: str) -> Quantity:
    varied = _varied(text)
    if not isinstance(varied.over, Range):
        return Quantity(varied.path, varied.over)
    count, told = varied.over.count, split_assignment(text)[1].strip()
    if count is None:
        raise PathError(f"the range {told} needs a step, such as {told}..STEP", _LIKE)
    if count > MOST_VALUES:
        raise PathError(f"the range {told} has more than {MOST_VALUES:,} values", _LIKE)
    return Quantity(varied.path, tuple(varied.over.values()))


def _varied(text: str) -> Varied:
    path, values = split_assignment(text)
    parse_path(path)
    span = range_of(values)
    if span is not None:
        return Varied(path, span)
    return Varied(path, tuple(dict.fromkeys(listed(values, VARY, text))))


def _twice(paths: Sequence[str]) -> list[Issue]:
    parsed = [parse_path(path) for path in paths]
    return [
        Issue((), f"{path} is varied twice", "vary").at(Position(VARY, 1, 1), path)
        for place, path in enumerate(paths)
        if parsed[place] in parsed[:place]
    ]
