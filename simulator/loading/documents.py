"""A composed YAML document: its data, and where each key and value of it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from simulator.errors import Issue, Path, Position
from simulator.model.quantities import text_of

AT_KEYS: Final = frozenset(
    {"unknown-key", "unknown-path", "wrong-key", "duplicate-key", "merge-key"}
)
"""Codes of issues that are about a key, not about its value."""

_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1's scanner counts as the end of a line."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as YAML's scanner counts them."""
    return _BREAK.split(text)


class Mark(Protocol):
    """Where something begins; both numbers count from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The character in the line."""


class Spot(NamedTuple):
    """A mark of our own."""

    line: int
    column: int


TOP: Final[Mark] = Spot(0, 0)
"""Where every text begins."""


class Place(NamedTuple):
    """Where a value and its key begin, and the places inside it."""

    key: Mark | None
    value: Mark
    inside: Inside

    @property
    def start(self) -> Mark:
        """Return where a reader looks for it: a scalar itself, anything else at its key."""
        return self.value if self.inside is NOTHING_INSIDE or self.key is None else self.key


Inside = Mapping[str | int, Place]

NOTHING_INSIDE: Final[Inside] = {}
"""The inside of every scalar."""

NOT_WRITTEN: Final[Inside] = {}
"""The inside of a value that is left empty: only its key can be pointed at."""


@dataclass(frozen=True)
class Document:
    """The data of a text, and the places of everything in it.

    Sequences are tuples, mappings dicts with text keys, numbers and truths as in `scalars`.
    `issues` tells what the composer refused; `unread` are the paths whose values were refused.
    """

    file: str
    text: str
    data: object
    root: Place
    issues: tuple[Issue, ...] = ()
    unread: frozenset[Path] = field(default_factory=frozenset)

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.text)

    def excerpt(self, line: int) -> str:
        """Return a line of the text; `line` counts from 1."""
        return self._lines[line - 1] if line <= len(self._lines) else ""

    def placed(self, issue: Issue, path: Path) -> Issue:
        """Return `issue` with the position of what `path` leads to in this document."""
        place, whole = self._place(path)
        at_key = issue.code in AT_KEYS and whole and place.key is not None
        return self.marked(issue, place.key if at_key and place.key else place.start)

    def marked(self, issue: Issue, mark: Mark) -> Issue:
        """Return `issue` placed at a mark of this document."""
        position = Position(self.file, mark.line + 1, mark.column + 1)
        return issue.at(position, self.excerpt(position.line))

    def _place(self, path: Path) -> tuple[Place, bool]:
        """Follow `path` as far as the text goes; tell too whether its last part was found.

        Parts that are not in the text are skipped: tags of unions, keys that are missing, parts
        that a short form leaves out.
        """
        place, data, found = self.root, self.data, True
        for part in path:
            step = step_to(data, part)
            found = step is not None
            if step is not None:
                place, data = place.inside[step], inner(data, step)
        return place, found


def step_to(data: object, part: str | int) -> str | int | None:
    """Return the key or index that `part` means in `data`, None if there is no such thing.

    A name against a list means the element of that text: `machines: [a]` reads as `{a: {}}`.
    """
    if isinstance(data, Mapping):
        return part if part in data else None
    if not isinstance(data, tuple):
        return None
    if isinstance(part, int):
        return part if part < len(data) else None
    return next((i for i, item in enumerate(data) if text_of(item) == part), None)


def steps(data: object, path: Path) -> Path:
    """Return `path` with the index in the place of each name that means a list's element."""
    found: list[str | int] = []
    for part in path:
        step = step_to(data, part)
        found.append(part if step is None else step)
        data = None if step is None else inner(data, step)
    return tuple(found)


def inner(data: object, step: str | int) -> object:
    """Return the value at a key or index that `step_to` found in `data`."""
    return data[step]  # type: ignore[index]  # step_to answers for mappings and tuples only
