"""Who made whom wait, as a section of the report: its sentence, its tables, its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from builders_interference import (
    CLOSE_BOOKS,
    FINANCE,
    FIRST,
    HR,
    ONBOARD,
    SECOND,
    SHARED,
    SPARE,
    Charge,
    blame,
    departments,
)
from builders_records import legend

from simulator.experiments.hours import Hours
from simulator.records.codes import BlameCause
from simulator.records.columns import ELSEWHERE
from simulator.report.blaming.section import blame as blame_section
from simulator.report.blaming.words import CAUSES, SENTENCES, reason_of
from simulator.report.page import Section, Span
from simulator.report.rendering.page_html import html
from simulator.report.running.page import page
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.blame import Blame
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def section(study_of: StudyOf, found: Blame, **more: Any) -> Section:
    return blame_section(study_of(blame=found, legend=found.legend, **more))


def told(study_of: StudyOf, *replications: dict[Charge, float]) -> str:
    """The sentence that the section begins with."""
    lead = section(study_of, blame(*replications)).lead[0]
    text = "".join(part.text if isinstance(part, Span) else part for part in lead)
    return text.replace("\N{NO-BREAK SPACE}", " ").partition(". ")[0]


def test_it_begins_with_what_made_a_folder_wait_most(study_of: StudyOf) -> None:
    """1800 s of HR's 3000 s, slots and sessions together; all on one machine."""
    assert told(study_of, FIRST) == (
        "60 % of HR's time Pending was behind jobs of Finance on shared-vm"
    )


@pytest.mark.parametrize(
    ("charges", "words"),
    [
        (
            {
                (ONBOARD, BlameCause.JOB, FINANCE, SHARED): 60.0,
                (ONBOARD, BlameCause.JOB, FINANCE, SPARE): 20.0,
            },
            "100 % of HR's time Pending was behind jobs of Finance, mostly on shared-vm",
        ),
        (
            {
                (ONBOARD, BlameCause.JOB, FINANCE, SHARED): 60.0,
                (ONBOARD, BlameCause.JOB, FINANCE, SPARE): 60.0,
            },
            "100 % of HR's time Pending was behind jobs of Finance",
        ),
        (
            {(ONBOARD, BlameCause.JOB, ELSEWHERE, SHARED): 60.0},
            "100 % of HR's time Pending was behind jobs outside your folders on shared-vm",
        ),
        (
            {
                (ONBOARD, BlameCause.JOB, HR, SHARED): 900.0,
                (CLOSE_BOOKS, BlameCause.JOB, HR, SHARED): 60.0,
            },
            "100 % of Finance's time Pending was behind jobs of HR on shared-vm",
        ),
        (
            {
                (ONBOARD, BlameCause.MAINTENANCE, -1, SHARED): 60.0,
                (ONBOARD, BlameCause.JOB, FINANCE, SHARED): 20.0,
            },
            "75 % of HR's time Pending was for hosts in maintenance on shared-vm",
        ),
        (
            {(ONBOARD, BlameCause.JOB, HR, SHARED): 60.0},
            "100 % of HR's time Pending was behind jobs of its own on shared-vm",
        ),
        (
            {
                (ONBOARD, BlameCause.JOB, HR, SHARED): 91.0,
                (ONBOARD, BlameCause.BOOTING, -1, SHARED): 9.0,
            },
            "91 % of HR's time Pending was behind jobs of its own on shared-vm",
        ),
        (
            {(ONBOARD, BlameCause.NO_MACHINE, -1, -1): 60.0},
            "100 % of HR's time Pending was for a machine that takes such jobs",
        ),
    ],
    ids=[
        *("mostly", "no single machine", "out of sight", "own last", "maintenance", "own"),
        *("hardly any but own", "nobody"),
    ],
)
def test_it_says_whose_jobs_or_what_else(
    study_of: StudyOf, charges: dict[Charge, float], words: str
) -> None:
    assert told(study_of, charges) == words


def test_where_nobody_waited_that_is_all(study_of: StudyOf) -> None:
    found = section(study_of, blame({}))
    assert (found.lead, found.figures, found.tables) == ((("No job had to wait.",),), (), ())


def test_it_stands_behind_pending_by_folder(study: Study) -> None:
    assert [one.key for one in page(study).sections][:2] == ["pending", "blame"]


def test_the_table_has_a_row_each_folder_cause_and_holder(study_of: StudyOf) -> None:
    """Of HR 0.444 jobs at once were behind slots of Finance, 1600 s of an hour, of 3000 s."""
    rows = section(study_of, blame(FIRST)).figures[0].table.rows
    first = [cell.text if isinstance(cell, Span) else cell for cell in rows[0]]
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in first] == [
        *("HR", "slot held", "Finance", "0.444", NOTHING, "53.3 %", NOTHING, "0.444"),
    ]
    assert [row[1:3] for row in rows[1:]] == [
        ("maintenance", NOTHING),
        ("slot held", "its own jobs"),
        ("session busy", Span("Finance", "name")),
        ("slot held", "its own jobs"),
    ]


def test_tables_by_cause_machine_and_process_have_their_intervals(study_of: StudyOf) -> None:
    by_cause, by_machine, by_process = section(study_of, blame(FIRST, SECOND)).tables
    assert [row[0] for row in by_cause.rows] == ["slot held", "maintenance", "session busy"]
    assert by_cause.rows[0][1] == SENTENCES[BlameCause.JOB]
    assert "to" in str(by_cause.rows[0][3])
    assert [row[0] for row in by_machine.rows] == [
        Span("shared-vm", "name"),
        Span("spare", "name"),
    ]
    assert by_machine.rows[1][-2:] == ("maintenance", "100\N{NO-BREAK SPACE}%")
    assert [(row[0], row[-2]) for row in by_process.rows] == [
        (Span("HR:onboard", "name"), Span("Finance", "name")),
        (Span("Finance:close-books", "name"), "its own jobs"),
    ]


@pytest.mark.parametrize("cause", BlameCause, ids=lambda cause: cause.label)
def test_every_cause_has_its_sentence_and_its_words(cause: BlameCause) -> None:
    """A cause that only jobs can be, is told by whose they are."""
    assert CAUSES[cause.label] is cause
    assert SENTENCES[cause]
    held = cause in {BlameCause.JOB, BlameCause.ACCOUNT, BlameCause.HELD_BACK}
    names = ("", "Finance") if held else (cause.label, "")
    assert reason_of(names, "HR").words


def test_a_folder_of_any_name_is_inert(study_of: StudyOf, hostile: str) -> None:
    names = departments(3, hostile.replace("{", "") + "{}")
    charges: dict[Charge, float] = {(0, BlameCause.JOB, 1, SHARED): 60.0}
    found = blame(charges, names=replace(legend(), names=names.names, routes=names.routes))
    week = Hours(*(found.hours_s,) * 3)
    text = html(page(study_of(blame=found, legend=found.legend, hours=week)))
    assert text.count("<script") == 1  # the page's own
    assert "&lt;script&gt;" in text
