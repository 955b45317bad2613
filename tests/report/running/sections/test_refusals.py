"""Refusals in the report and in a terminal: submissions, and items apart from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders_tables import printed
from rich.cells import cell_len
from rich.console import Group

from simulator.audit.refusals import ItemRefusalRow, RefusalRow
from simulator.experiments.study import Study
from simulator.report.page import Section, Text
from simulator.report.running.sections.refusals import MOST_REFUSALS, refusals, refused_tables

StudyOf = Callable[..., Study]
ITEMS = ItemRefusalRow(
    *("HR", "HR:invoices", "HR:mail", "app", 403, "0", "Transactions.Create in HR"), 2.5, 60.0, 600
)
AFTER = RefusalRow(
    *("HR", "HR:archive", "HR:onboard", "Job", "hr-bot", 403, "0", "Jobs.Create in HR", 9.0, 90)
)
OVER = RefusalRow(
    *("HR", "HR:onboard", "HR:onboard", "Manual", "anna", 409, "pending_limit"),
    *("room for it: of HR:onboard only 4 may be Pending", 7.0, 70),
)


def cells(section: Section, place: int) -> list[tuple[str, ...]]:
    def plain(cell: Text) -> str:
        return cell if isinstance(cell, str) else cell.text

    return [tuple(map(plain, row)) for row in section.tables[place].rows]


def lines(study: Study, width: int = 120) -> list[str]:
    return printed(Group(*(one for one in refused_tables(study) if one is not None)), width)


def test_items_have_a_table_of_their_own(study_of: StudyOf) -> None:
    section = refusals(study_of(refusals=(OVER, AFTER), item_refusals=(ITEMS,)))
    assert [table.caption for table in section.tables] == [
        "Submissions refused, by what was missing",
        "Items refused, by what was missing",
    ]
    assert cells(section, 0)[0] == (
        *("then of HR:onboard", "HR", "HR:archive", "hr-bot"),
        *("Jobs.Create in HR", "403", "0", "9", "90"),
    )
    assert cells(section, 0)[1][4:7] == (
        "room for it: of HR:onboard only 4 may be Pending",
        *("409", "pending_limit"),
    )
    assert cells(section, 1) == [
        (
            *("HR:mail", "HR:invoices", "app", "Transactions.Create in HR", "403", "0"),
            *("2.50", "60", "600"),
        )
    ]


def test_of_items_alone_it_is_said_that_no_submission_was_refused(study_of: StudyOf) -> None:
    section = refusals(study_of(refusals=(), item_refusals=(ITEMS,)))
    assert section.lead[0] == ("No submission was refused.",)
    assert [table.caption for table in section.tables] == ["Items refused, by what was missing"]


def test_where_nothing_was_refused_that_is_all(study_of: StudyOf) -> None:
    section = refusals(study_of(refusals=()))
    assert (section.lead, section.tables) == ((("No submission was refused.",),), ())


def test_a_terminal_tells_both(study_of: StudyOf) -> None:
    told = lines(study_of(refusals=(AFTER,), item_refusals=(ITEMS,)))
    assert told[1] == "Refusals"
    assert told[4] == "then of HR:onboard  hr-bot  Jobs.Create in HR  403/0              9"
    assert told[6] == "Refused items"
    assert told[9] == "HR:mail  HR:invoices  app  Transactions.Create in HR  403/0     2.50"


def test_the_most_frequent_come_first_and_the_rest_is_counted(study_of: StudyOf) -> None:
    many = tuple(
        ITEMS._replace(principal=f"a{number}", n=number) for number in range(MOST_REFUSALS + 2)
    )
    told = lines(study_of(refusals=(), item_refusals=many))
    assert f" a{MOST_REFUSALS + 1} " in told[4]
    assert told[-1] == "… and 2 more"


@pytest.mark.parametrize("width", [30, 80])
def test_hostile_names_are_harmless_and_fit(study_of: StudyOf, hostile: str, width: int) -> None:
    row = ITEMS._replace(arrival=hostile, queue=hostile, principal=hostile, missing=hostile)
    told = lines(study_of(refusals=(), item_refusals=(row,)), width)
    assert max(map(cell_len, told)) <= width
    assert not any(character in line for line in told for character in "\x1b\u202e")
