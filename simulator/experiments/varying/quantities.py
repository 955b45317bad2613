"""What `--vary` names: an override path, and the values it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.errors import Issue, Position, ScenarioError
from simulator.loading.override_paths import PathError, parse_path, split_assignment

VARY: Final = "--vary"
"""The name of the option in positions."""

MOST_VALUES: Final = 10_000

_WHOLE_RANGE: Final = re.compile(r"\s*(-?\d{1,9})\s*\.\.\s*(-?\d{1,9})\s*")
_LIKE: Final = "give a range or a list, such as machines.shared-vm.hosts=1..8 or …slots=1,2,4"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A path and the values it takes, each as `--set` takes it."""

    path: str
    values: tuple[str, ...]

    def override(self, value: str) -> str:
        """Return the override that sets it to one of its values."""
        return f"{self.path}={value}"


def quantities_of(texts: Iterable[str]) -> tuple[Quantity, ...]:
    """Return what texts such as `machines.shared-vm.hosts=1..8` vary.

    Raises:
        ScenarioError: some are no such texts, or two vary the same path; with all that is wrong.
    """
    found, issues = list[Quantity](), list[Issue]()
    for text in texts:
        try:
            found.append(_quantity(text))
        except PathError as error:
            issue = Issue((), str(error), "vary", error.hint)
            issues.append(issue.at(Position(VARY, 1, 1), text))
    issues += _twice(found)
    if issues:
        raise ScenarioError(issues)
    return tuple(found)


def _quantity(text: str) -> Quantity:
    path, values = split_assignment(text)
    parse_path(path)
    span = _WHOLE_RANGE.fullmatch(values)
    if span is None:
        return Quantity(path, tuple(part.strip() for part in values.split(",")))
    low, high = map(int, span.groups())
    if high < low:
        raise PathError(f"the range {values.strip()} ends before it begins", _LIKE)
    if high - low >= MOST_VALUES:
        raise PathError(f"the range {values.strip()} has more than {MOST_VALUES:,} values", _LIKE)
    return Quantity(path, tuple(map(str, range(low, high + 1))))


def _twice(found: Sequence[Quantity]) -> list[Issue]:
    paths = [parse_path(one.path) for one in found]
    return [
        Issue((), f"{one.path} is varied twice", "vary").at(Position(VARY, 1, 1), one.path)
        for place, one in enumerate(found)
        if paths[place] in paths[:place]
    ]
