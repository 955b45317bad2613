"""What a report and a terminal say of grants, used and never used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from builders_tables import printed

from simulator.audit.grant_uses import GrantUse
from simulator.experiments.audience import Viewer
from simulator.report.page import Span, Table
from simulator.report.rendering.page_html import html
from simulator.report.running.page import page
from simulator.report.running.sections.grants import NO_GRANTS, NOT_TOLD, grants, grants_table
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]

USED = GrantUse("HR", "anna", "Starter", ("start",), 24.0, 0.0, 0.0, 0, 0.0)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [
        tuple(cell.text if isinstance(cell, Span) else cell for cell in row) for row in table.rows
    ]


def test_grants_never_used_stand_open_and_the_others_folded(study: Study) -> None:
    """Of the five made-up grants olga's and the trainees' have no use, hers permits more."""
    section = grants(study)
    unused, used = section.tables
    assert section.lead[0] == (
        "Folders grant somebody a role 5 times; this run never used 2 of these grants.",
    )
    assert (unused.folded, used.folded) == (False, True)
    assert cells(unused) == [
        ("Finance", "olga", "Folder Administrator", "start, stop"),
        ("HR", "trainees", "Onlooker", "see jobs"),
    ]
    assert cells(used) == [
        ("HR", "hr-bot", "Automation User", "0", "400", "0", "0", "0", NOTHING),
        ("HR", "HR clerks", "Job Starter", "212", "0", "12", "0", "0", NOTHING),
        ("Finance", "fin-bot", NOTHING, "0", "900", "0", "0", "0", NOTHING),
    ]


def test_the_section_says_what_is_not_judged(study: Study) -> None:
    assert "Roles at the tenant are not judged." in str(grants(study).lead[1])


@pytest.mark.parametrize(
    ("found", "sentence", "tables"),
    [
        ((), NO_GRANTS, 0),
        (
            (USED,),
            "Folders grant somebody a role 1 time; this run used every one of these grants.",
            1,
        ),
    ],
    ids=["none", "all used"],
)
def test_nothing_to_tell(
    study_of: StudyOf, found: tuple[GrantUse, ...], sentence: str, tables: int
) -> None:
    section = grants(study_of(grants=found))
    assert section.lead[0] == (sentence,)
    assert len(section.tables) == tables


def test_a_terminal_says_where_all_were_used() -> None:
    assert printed(grants_table([USED]))[1] == "Grants never used in this run: none of 1"


def test_the_view_of_one_account_tells_nothing_of_grants(study_of: StudyOf) -> None:
    viewer = Viewer("anna", folders=1, folder_count=2, targets_left_out=0)
    section = grants(study_of(viewer=viewer, grants=()))
    assert (section.lead, section.tables) == (((NOT_TOLD,),), ())


def test_the_report_has_the_section_and_its_names_are_harmless(
    study_of: StudyOf, hostile: str
) -> None:
    told = html(page(study_of(grants=(GrantUse(hostile, hostile, hostile, (), 0, 0, 0, 0, 0),))))
    assert '<section id="grants"' in told
    assert told.count("<script>") == 1  # the page's own


def test_a_terminal_shows_what_was_never_used(study: Study) -> None:
    assert printed(grants_table(study.grants))[:5] == [
        "",
        "Grants never used in this run: 2 of 5",
        "Folder   Who       Role                  Permits",
        "─" * 52,
        "Finance  olga      Folder Administrator  start, stop",
    ]


def test_names_in_a_terminal_are_harmless() -> None:
    evil = GrantUse("\x1b[2J", "[red]x[/red]", "\u202e", (), 0, 0, 0, 0, 0)
    told = "\n".join(printed(grants_table([evil])))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "[red]x[/red]" in told
