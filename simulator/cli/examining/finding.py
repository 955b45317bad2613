"""One thing that was looked at, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something stands."""

    FINE = "fine"
    WRONG = "wrong"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that was looked at.

    `area` is the heading it stands under, `found` what is so, `advice` what to do about it where
    something is wrong. Nothing works as it should where what is `needed` is wrong; what is not
    needed may be wrong or absent.
    """

    area: str
    subject: str
    state: State
    found: str
    advice: str = ""
    needed: bool = True

    @property
    def fatal(self) -> bool:
        """Return whether the simulator cannot be relied on because of it."""
        return self.needed and self.state is State.WRONG
