"""Random trees of folders, roles of every kind, groups and assignments, as a file has them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, TypeAlias

from builders import catalogue, scenario
from hypothesis import strategies as st

from simulator.access.grants import Access, access_of

File: TypeAlias = dict[str, Any]
"""A mapping of a file, or the whole file."""

ACCOUNTS: File = {
    "anna": {"type": "user", "groups": ["clerks", "leads"]},
    "ben": {"type": "user", "unattended": True, "groups": ["clerks"]},
    "bot": {"type": "robot", "count": 2, "groups": ["robots"]},
    "app": {"type": "application", "groups": ["clerks"]},
}
CALLED = {
    "anna": {"anna"},
    "ben": {"ben"},
    "bot": {"bot-1", "bot-2"},
    "bot-1": {"bot-1"},
    "app": {"app"},
    "clerks": {"anna", "ben"},
    "leads": {"anna"},
    "robots": {"bot-1", "bot-2"},
}
"""Every name that may stand in `assign`, and by hand the accounts it stands for.

An application gets nothing through a group.
"""

ROLES: File = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}},
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"], "Queues": ["View"]}},
    "Licences": {"type": "tenant", "permissions": {"License": ["View"]}},
    "Operator": {"copy_of": "Automation User", "add": {"Jobs": ["Edit"]}},
    "Watcher": {"copy_of": "Operator", "remove": {"Jobs": ["Create", "Edit"]}},
    "Clerk of the tenant": {"copy_of": "Allow to be Automation User"},
}
EVERY_ROLE = (*ROLES, *catalogue().roles)
TENANT = ""
"""The place of what is assigned at the tenant, as in a grant."""

NAMES = st.sampled_from(sorted(CALLED))
A_ROLE = st.sampled_from(["Administrator", "Robot"]) | st.sampled_from(EVERY_ROLE)
"""Mixed roles come often, since one rule is about them alone."""

HELD = st.lists(st.sampled_from(EVERY_ROLE), max_size=2)
ASSIGN = st.dictionaries(NAMES, HELD, max_size=3)
AT_TENANT = st.dictionaries(NAMES, st.lists(A_ROLE, max_size=2), min_size=1, max_size=3)
MACHINES = st.dictionaries(
    st.sampled_from(["vm", "lab"]), st.fixed_dictionaries({"propagate": st.booleans()})
)


def _subfolders(below: st.SearchStrategy[File]) -> st.SearchStrategy[File]:
    return st.dictionaries(st.sampled_from(["X", "XY"]), below, max_size=2)


def _folder(subfolders: st.SearchStrategy[File]) -> st.SearchStrategy[File]:
    parts = {"assign": ASSIGN, "machines": MACHINES, "folders": subfolders}
    return st.fixed_dictionaries(parts)


FOLDERS = st.recursive(
    _folder(st.just({})), lambda below: _folder(_subfolders(below)), max_leaves=4
)
FILES = st.fixed_dictionaries(
    {
        "folders": st.fixed_dictionaries({"A": FOLDERS, "AB": FOLDERS}),
        "tenant": st.fixed_dictionaries({"assign": AT_TENANT}),
        "assumptions": st.fixed_dictionaries(
            {
                "folder_model": st.sampled_from(["classic", "modern"]),
                "automation_user_starts_jobs": st.booleans(),
            }
        ),
    }
)
"""Two trees of folders, some with names that begin alike, in the modern or the classic model."""


def access(file: File) -> Access:
    """Return who holds which right where in a file."""
    parts = {"accounts": ACCOUNTS, "roles": ROLES, "machines": {"vm": {}, "lab": {}}, **file}
    return access_of(scenario(**parts), catalogue())


def folders_of(file: File) -> dict[str, File]:
    """Return every folder by its path."""

    def found(folders: File, above: str) -> Iterator[tuple[str, File]]:
        for name, folder in folders.items():
            yield above + name, folder
            yield from found(folder["folders"], f"{above}{name}/")

    return dict(found(file["folders"], ""))


def with_role(file: File, place: str, name: str, role: str) -> File:
    """Return the file with one more role for a name, in a folder or at the tenant."""
    changed = deepcopy(file)
    home = changed["tenant"] if place == TENANT else folders_of(changed)[place]
    home["assign"].setdefault(name, []).append(role)
    return changed


def is_within(folder: str, place: str) -> bool:
    """Tell whether a folder is the place or below it."""
    return folder == place or folder.startswith(f"{place}/")
