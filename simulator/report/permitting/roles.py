"""The roles in a terminal: all of them in one table, or one with its matrix and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.audit.roles import BASES, LEVELS, VERBS, Basis, Level, RoleMatrix, Tick
from simulator.escaping import escaped
from simulator.report.fitting import listing, name
from simulator.report.wording import NOTHING


class Mark(NamedTuple):
    """How a certainty is shown: its sign in a matrix, and what the sign means."""

    sign: str
    meaning: str


MARKS: Final[Mapping[Basis, Mark]] = {
    "documented": Mark("●", "documented"),
    "recorded-2020": Mark("◐", "recorded 2020"),
    "inferred": Mark("○", "inferred"),
    "assumption": Mark("?", "assumption"),
    "added": Mark("+", "added by the scenario"),
    "removed": Mark("\N{MINUS SIGN}", "removed by the scenario"),
}
"""The surer, the fuller the sign."""
_GRANTS_NOTHING: Final = "It grants nothing."


def roles_table(roles: Sequence[RoleMatrix]) -> RenderableType:
    """Return every role in a line: type, whether it can be edited and copied, its ticks."""
    defaults = [role for role in roles if role.is_default]
    own = [role for role in roles if role.edited or not role.is_default]
    found = {tick.certainty for role in defaults for tick in role.granted}
    bases = [basis for basis in BASES if basis in found]
    parts = (
        Text("One role with its permissions and their sources: simulator roles NAME"),
        _defaults(defaults, bases),
        Text(
            f"Ticks: {_legend(bases)}. "
            "Edit, Copy: whether a scenario may; no mixed role can be copied."
        ),
        _own(own),
    )
    return Group(*(part for part in parts if part is not None))


def _legend(bases: Iterable[Basis]) -> str:
    return ", ".join(" ".join(MARKS[basis]) for basis in bases)


def _defaults(roles: Sequence[RoleMatrix], bases: Sequence[Basis]) -> RenderableType | None:
    """Return the table of the default roles, with the number of ticks of each of `bases`."""

    def cells(role: RoleMatrix) -> Iterator[str | Text]:
        yield name(role.name)
        yield role.type
        yield from ("yes" if can else "no" for can in (role.editable, role.duplicable))
        yield from _sizes(role)
        counts = Counter(tick.certainty for tick in role.granted)
        yield from (_count(counts[basis]) for basis in bases)

    signs = (MARKS[basis].sign for basis in bases)
    return listing(
        "Default roles, and how many permissions each has",
        ("Role", "Type", "Edit", "Copy", "Tenant", "Folder", *signs),
        [tuple(cells(role)) for role in roles],
        most=len(roles),
        names=2,
        gap=0,
    )


def _own(roles: Sequence[RoleMatrix]) -> RenderableType | None:
    def cells(role: RoleMatrix) -> Iterator[str | Text]:
        yield name(role.name)
        yield role.type
        yield name(_origin(role))
        yield from _sizes(role)
        yield _count(sum(tick.certainty == "added" for tick in role.granted))
        yield _count(len(role.removed))

    return listing(
        "Roles of the scenario",
        ("Role", "Type", "Made from", "Tenant", "Folder", "Added", "Removed"),
        [tuple(cells(role)) for role in roles],
        most=len(roles),
        names=3,
        gap=0,
    )


def _origin(role: RoleMatrix) -> str:
    if role.is_default:
        return "edited default role"
    return "permissions of its own" if role.copy_of is None else f"copy of {role.copy_of}"


def _sizes(role: RoleMatrix) -> Iterator[str]:
    """Yield how many permissions a role grants at the tenant and in folders."""
    counts = Counter(tick.level for tick in role.granted)
    yield from (_count(counts[level]) for level in LEVELS)


def _count(count: int) -> str:
    return f"{count:,}" if count else NOTHING


def role_table(role: RoleMatrix) -> RenderableType:
    """Return one role: what it is, its matrices with marks, and below them what each rests on."""
    description = (Text(role.description),) if role.description else ()
    matrices = [found for level in LEVELS if (found := _matrix(role, level)) is not None]
    return Group(
        Text(escaped(role.name), style="bold"),
        *description,
        Text(nature(role)),
        *(matrices or [Text(_GRANTS_NOTHING)]),
        Text(),
        _sources(role),
    )


def nature(role: RoleMatrix) -> str:
    """Return what kind of role it is, and whether it can be edited and copied, in a sentence."""
    kind = f"{role.type.capitalize()} role"
    if not role.is_default:
        return f"{kind} of the scenario: {escaped(_origin(role))}."
    fixed = "fixed" if not role.editable else "can be edited under its own name, by add and remove"
    edited = ", as the scenario does" if role.edited else ""
    copied = "can be copied" if role.duplicable else "cannot be copied, since it is mixed"
    return f"{kind}: {fixed}{edited}; {copied}."


def _matrix(role: RoleMatrix, level: Level) -> RenderableType | None:
    ticked = matrix(role, level)
    return listing(
        f"{level.capitalize()} permissions",
        ("Permission", *VERBS),
        [(name(row), *marks) for row, marks in ticked],
        most=len(ticked),
    )


def matrix(role: RoleMatrix, level: Level) -> list[tuple[str, list[str]]]:
    """Return each permission with its marks for View, Edit, Create, Delete; "" for no tick.

    A mark is the sign of its certainty and the number of its source, counted from 1.
    """
    numbers = {source: number for number, source in enumerate(role.sources, start=1)}
    found: dict[str, dict[str, str]] = {}
    for tick in role.ticks:
        if tick.level == level:
            found.setdefault(tick.permission, {})[tick.verb] = _mark(tick, numbers)
    return [(row, [marks.get(verb, "") for verb in VERBS]) for row, marks in found.items()]


def _mark(tick: Tick, numbers: Mapping[tuple[Basis, str], int]) -> str:
    return f"{MARKS[tick.certainty].sign} {numbers[tick.certainty, tick.source]}"


def _sources(role: RoleMatrix) -> RenderableType:
    """Return the legend of the marks: each source by its number, what is too long indented."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, (certainty, source) in enumerate(role.sources, start=1):
        mark = MARKS[certainty]
        table.add_row(Text(f"{mark.sign} {number}"), Text(f"{mark.meaning}: {escaped(source)}"))
    return table
