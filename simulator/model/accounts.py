"""Accounts: robots, people and external applications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.quantities import Flag, Name, Part

MOST_ACCOUNTS: Final = 100_000
"""The most members an entry may have, and the most accounts in all."""


AccountType = Literal["robot", "user", "application"]


class Account(Part):
    """Somebody or something that acts."""

    type: AccountType
    """A robot executes unattended jobs; a user does so only if `unattended`; an application calls
    and never executes.
    """

    count: Annotated[int, Field(ge=1, le=MOST_ACCOUNTS)] | None = None
    """Makes that many members, `name-1`, `name-2` and so on; the name itself means all of them."""

    one_job_at_a_time: Flag = False
    """Whether it has one foreground job at a time over all hosts, not one on each; under
    `background_needs_account` one job of either type.
    """

    unattended: Flag = False
    """Whether a user has an unattended robot, which runs jobs with nobody present."""

    groups: tuple[Name, ...] = ()
    """The groups it belongs to; a group exists by being named here."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Account:
        if self.type == "application" and (self.unattended or self.one_job_at_a_time):
            raise PydanticCustomError(
                "account", "an application calls and never executes: it has no robot"
            )
        return self

    @property
    def has_unattended_robot(self) -> bool:
        """Whether jobs can run under this account without anybody present."""
        return self.type == "robot" or self.unattended

    def members(self, name: str) -> tuple[str, ...]:
        """Return the accounts this entry stands for: itself, or its counted members."""
        if self.count is None:
            return (name,)
        return tuple(f"{name}-{number}" for number in range(1, self.count + 1))


def entry_of(name: str, accounts: Mapping[str, Account]) -> str | None:
    """Return the entry that one account belongs to: its own, or the counted one it is a member of.

    None where no account is called so; a counted entry's own name stands for several accounts.
    """
    entry = accounts.get(name)
    if entry is not None:
        return name if entry.count is None else None
    counted, dash, number = name.rpartition("-")
    entry = accounts.get(counted) if dash else None
    if entry is None or entry.count is None or not (number.isascii() and number.isdigit()):
        return None
    is_member = not number.startswith("0") and _reaches(entry.count, number)
    return counted if is_member else None


def entry_behind(name: str, accounts: Mapping[str, Account]) -> str | None:
    """Return the entry that a name is of: the name itself, or the counted one it is a member of.

    None where nothing is called so. Unlike `entry_of` it takes a counted entry's own name too.
    """
    return name if name in accounts else entry_of(name, accounts)


def _reaches(count: int, number: str) -> bool:
    return len(number) <= len(str(count)) and int(number) <= count
