"""What a run used the folders' roles for, and which it never used: what less privilege would do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text as Line

from simulator.audit.grant_uses import GrantUse, never_used
from simulator.report.fitting import MOST_ROWS, listing, name
from simulator.report.page import Column, Section, Text, named
from simulator.report.tables import table
from simulator.report.wording import NOTHING, number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.study import Study

SCOPE: Final = (
    "A run starts jobs, runs them, has items added to queues, and has triggers that somebody made. "
    "Nobody in it looks at jobs, stops them or deploys, so a grant that serves these alone counts "
    "as never used. Roles at the tenant are not judged."
)
"""What it means that a run never used a grant, and what it does not."""

NOT_TOLD: Final = "What grants were used for is not told in the view of one account."
NO_GRANTS: Final = "No folder grants anybody a role."
_UNUSED_COLUMNS: Final = ("Folder", "Who", "Role", "Permits")
_USED_COLUMNS: Final = (
    Column("Folder"),
    Column("Who"),
    Column("Role"),
    Column("Starts", numeric=True),
    Column("Jobs run", numeric=True),
    Column("Run as myself", numeric=True),
    Column("Triggers made", numeric=True),
    Column("Items added", numeric=True),
    Column("Never used for"),
)


def grants(study: Study) -> Section:
    """Return which roles of the folders a run never used, and what it used the others for."""
    if study.viewer is not None:
        return Section("grants", "Grants", ((NOT_TOLD,),))
    if not study.grants:
        return Section("grants", "Grants", ((NO_GRANTS,),))
    unused = never_used(study.grants)
    listed = table(
        "Never used in this run",
        [Column(title) for title in _UNUSED_COLUMNS],
        [(named(one.folder), named(one.principal), _role(one), _words(one)) for one in unused],
        held_in="summary.json",
    )
    used = table(
        "What the others were used for; numbers of jobs and items are means a replication",
        _USED_COLUMNS,
        [_used_cells(one) for one in study.grants if one.used_for],
        held_in="grants_frame() of the study",
    )
    tables = (listed, replace(used, folded=True))
    return Section(
        "grants",
        "Grants",
        ((_told(study.grants),), (SCOPE,)),
        tables=tuple(one for one in tables if one.rows),
    )


def grants_table(grants: Sequence[GrantUse]) -> RenderableType:
    """Return those of the grants that a run never used, as a table for a terminal."""
    unused = never_used(grants)
    rows = [
        (name(one.folder), name(one.principal), name(one.role or NOTHING), Line(_words(one)))
        for one in unused
    ]
    title = f"Grants never used in this run: {_count(unused)} of {len(grants):,}"
    found = listing(
        title,
        _UNUSED_COLUMNS,
        rows,
        most=MOST_ROWS,
        names=len(_UNUSED_COLUMNS),
    )
    return Group(found or Line(f"\n{title}", style="bold"), Line(SCOPE))


def _count(unused: Sequence[GrantUse]) -> str:
    return f"{len(unused):,}" if unused else "none"


def _told(grants: Sequence[GrantUse]) -> str:
    """Return in a sentence how many of the grants were never used."""
    unused = len(never_used(grants))
    whole = f"Folders grant somebody a role {plural(len(grants), 'time')}; this run"
    if not unused:
        return f"{whole} used every one of these grants."
    return f"{whole} never used {unused:,} of these grants."


def _used_cells(one: GrantUse) -> tuple[Text, ...]:
    return (
        named(one.folder),
        named(one.principal),
        _role(one),
        number(one.starts),
        number(one.runs),
        number(one.own_runs),
        number(one.triggers),
        number(one.items),
        ", ".join(one.unused) or NOTHING,
    )


def _role(one: GrantUse) -> Text:
    return named(one.role) if one.role else NOTHING


def _words(one: GrantUse) -> str:
    """Return what a grant permits; a tenant role in a folder permits nothing."""
    return ", ".join(one.permits) or NOTHING
