"""What could be tried: the same fleet shared in another way, told as changes to the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from simulator.audit.overrides import override_text
from simulator.policies.changes import Change

_MOST_LISTED: Final = 4

Kind = Literal["pool", "dedicate", "reserve", "move"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing to try: in words, `Dedicating shared-vm (1 host each)`, and as changes.

    `load` is how many slots the work it is about keeps busy at once; what is about more is tried
    first.
    """

    kind: Kind
    words: str
    changes: tuple[Change, ...]
    load: float

    @property
    def texts(self) -> tuple[str, ...]:
        """Return its changes as `--set` takes them."""
        return tuple(map(override_text, self.changes))


class NotTried(NamedTuple):
    """Something that was not tried, in words, and why."""

    kind: Kind
    words: str
    reason: str


Idea: TypeAlias = Alternative | NotTried
"""What comes of looking for alternatives."""


def alternatives_in(ideas: Iterable[Idea]) -> list[Alternative]:
    """Return those that can be tried, the most promising first; what makes no change is none."""
    found = {one.texts: one for one in ideas if isinstance(one, Alternative) and one.changes}
    return sorted(found.values(), key=lambda one: -one.load)


def not_tried_in(ideas: Iterable[Idea]) -> list[NotTried]:
    """Return those that cannot be tried."""
    return [one for one in ideas if isinstance(one, NotTried)]


def counted(number: int, noun: str) -> str:
    """Return `1 host`, `2 hosts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them, `HR, Finance and Sales`; of many only how many."""
    if len(names) > _MOST_LISTED:
        return f"{len(names)} folders"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
