"""By which role somebody holds a right: the role, where it is assigned, and through which group."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from simulator.access.grants import TENANT, Grant


class ByRole(NamedTuple):
    """A role that gives a right: assigned at `place`, which is a folder or `TENANT`.

    `group` is whom it is assigned to, empty where that is the account itself.
    """

    role: str
    place: str
    group: str

    @property
    def in_words(self) -> str:
        """Return it with its place: `Job Starter in HR by group HR clerks`."""
        where = "at the tenant" if self.place == TENANT else f"in {self.place}"
        return f"{self.role} {where}{self._by_group}"

    def seen_from(self, folder: str) -> str:
        """Return it in words; in its own folder, which needs no name, as `Job Starter`."""
        return f"{self.role}{self._by_group}" if self.place == folder else self.in_words

    @property
    def _by_group(self) -> str:
        return f" by group {self.group}" if self.group else ""


def by_role(grant: Grant, groups: Collection[str]) -> ByRole:
    """Return by which role a grant gives what it gives; `groups` are the tenant's."""
    group = grant.principal if grant.principal in groups else ""
    return ByRole(grant.role, grant.place, group)
