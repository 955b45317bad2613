"""The reference part of the roles page: what actions demand, and each default role's matrix."""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from simulator.access.demands import DEMANDS
from simulator.audit.roles import LEVELS, VERBS, RoleMatrix, role_matrices
from simulator.loading import default_roles
from simulator.model.dispatch import Assumptions
from simulator.report.permitting.roles import MARKS, matrix, nature

HEAD: Final = """
Made from `simulator/model/roles.yaml` and `simulator/access/demands.py` by
`python docs/generate.py`; change it there.

### What actions demand

Permissions in the folder, all of them; they are those the API states for its endpoints.
"""


def role_reference() -> str:
    """Return the actions with their permissions, all default roles, then a section for each."""
    roles = role_matrices(
        {},
        default_roles(),
        automation_user_starts_jobs=Assumptions().automation_user_starts_jobs,
    )
    sections = (HEAD, _actions(), "### Default roles\n", _overview(roles), *map(_section, roles))
    return "\n".join(sections)


def _actions() -> str:
    rows = (
        (str(action), ", ".join(f"`{one}`" for one in sorted(demanded)))
        for action, demanded in DEMANDS.items()
    )
    return _table(("Action", "Permissions"), rows)


def _overview(roles: Iterable[RoleMatrix]) -> str:
    rows = (
        (
            role.name,
            role.type,
            "yes" if role.editable else "no",
            "yes" if role.duplicable else "no: mixed",
            *_sizes(role),
        )
        for role in roles
    )
    columns = ("Role", "Type", "Edit", "Copy", "Tenant permissions", "Folder permissions")
    return _table(columns, rows)


def _sizes(role: RoleMatrix) -> Iterator[str]:
    counts = Counter(tick.level for tick in role.granted)
    yield from (str(counts[level] or "-") for level in LEVELS)


def _section(role: RoleMatrix) -> str:
    """Return a role: what it is for, its matrices, and its sources by number."""
    sources = (
        f"- {MARKS[certainty].sign} {number} {MARKS[certainty].meaning}: {source}\n"
        for number, (certainty, source) in enumerate(role.sources, start=1)
    )
    return "\n".join(
        (
            f"### {role.name}\n",
            f"{role.description} {nature(role)}\n",
            *_matrices(role),
            "".join(sources),
        )
    )


def _matrices(role: RoleMatrix) -> Iterator[str]:
    for level in LEVELS:
        rows = [(row, *marks) for row, marks in matrix(role, level)]
        if rows:
            yield _table((f"{level.capitalize()} permission", *VERBS), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = tuple(head)
    lines = [columns, ["---" for _ in columns], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
