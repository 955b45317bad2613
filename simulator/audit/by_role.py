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

    def seen_from(self, folder: str) -> str:
        """Return it in words: `Job Starter`, `Job Starter in HR by group HR clerks`."""
        where = "" if self.place == folder else f" in {self.place}"
        group = f" by group {self.group}" if self.group else ""
        return f"{self.role}{' at the tenant' if self.place == TENANT else where}{group}"


def by_role(grant: Grant, groups: Collection[str]) -> ByRole:
    """Return by which role a grant gives what it gives; `groups` are the tenant's."""
    group = grant.principal if grant.principal in groups else ""
    return ByRole(grant.role, grant.place, group)
