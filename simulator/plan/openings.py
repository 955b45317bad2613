"""Openings: what one change of one rule would let the jobs of one folder use, in a plan's numbers.

They are worked out before the runs (`audit.openings`), and measured after each: what of them stood
free while these jobs waited (`measurement.idling`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.plan.lines import Place


class Rule(StrEnum):
    """What would have to be changed; the value is how a table has it."""

    FOLDER = "folder assignment"
    MAPPING = "mapping"
    ROLE = "role"
    PROCESS_TYPES = "process types"
    LICENCE = "licence"
    SESSION = "Windows session"
    LIMIT = "account limit"


@dataclass(frozen=True, slots=True)
class Opening:
    """One change of one rule, for jobs with the same needs but for their priority.

    `lines` are theirs. `places` are where the change would let them begin, each with the accounts
    that could run them there afterwards. Where it is an account that the jobs lack, they are the
    places of the lines themselves, as they are, and `accounts` those that the change would let run
    there: of a limit all whose limit it is, else the one that is idle.
    """

    rule: Rule
    lines: tuple[int, ...]
    places: tuple[Place, ...]
    accounts: tuple[int, ...] = ()

    @property
    def is_of_robot(self) -> bool:
        """Return whether it is an account that stands idle; otherwise it is slots that are free."""
        return bool(self.accounts) and self.rule is not Rule.LIMIT
