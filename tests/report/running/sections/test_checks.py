"""Does it add up? The section, the first screen's line, and the alarm above everything."""

from __future__ import annotations

from typing import Any, cast

import pytest

from simulator.experiments.checks import StudyCheck
from simulator.measurement.checking.checks import compared
from simulator.report.page import Phrase, Span
from simulator.report.running.sections.checks import (
    MOST_TOLD,
    NOT_TO_BE_USED,
    alarm,
    checks,
    notices,
    verdict,
)
from simulator.report.wording import NOTHING

HOLDS = StudyCheck(compared("slots.edges", 7, 7), 1, 20, ())
OFF = StudyCheck(compared("slots.time", 100.0, 100.0000004, 1e-6), 3, 20, ())
FAILS = StudyCheck(compared("once.slot", 2, 0, where="host vm/1\n"), 4, 20, (4, 9))


class Study:
    """As much of a study as is told of here."""

    def __init__(self, *found: StudyCheck) -> None:
        self.checks = found


def study(*found: StudyCheck) -> Any:
    return cast("Any", Study(*found))


def told(phrase: Phrase) -> str:
    return "".join(part.text if isinstance(part, Span) else part for part in phrase)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ((HOLDS, OFF), "2 self-checks on each of 20 replications hold."),
        ((HOLDS, FAILS), "1 of 2 self-checks on each of 20 replications fails."),
        ((FAILS, FAILS), "2 of 2 self-checks on each of 20 replications fail."),
        ((StudyCheck(compared("flow.end", 1, 1), 1, 1, ()),) * 3, "3 self-checks hold."),
    ],
    ids=["all hold", "one fails", "two fail", "a single replication"],
)
def test_the_verdict_in_a_sentence(found: tuple[StudyCheck, ...], sentence: str) -> None:
    assert verdict(found) == sentence


def test_nothing_is_above_a_page_that_adds_up() -> None:
    assert alarm(study(HOLDS, OFF).checks) == ()
    (notice,) = notices(study(HOLDS, OFF))
    assert not notice.is_warning


def test_a_failure_is_above_everything_with_its_values_and_its_name_inert() -> None:
    first, second = alarm(study(HOLDS, FAILS).checks)
    assert told(first) == f"✗ not to be used {NOT_TO_BE_USED}"
    assert [part.kind for part in second if isinstance(part, Span)] == ["name"]
    assert told(second).startswith("once.slot in replication 4, host vm/1\\n")
    assert ": 2 (" in told(second)
    assert notices(study(FAILS))[0].is_warning


def test_not_all_of_many_failures_are_spelt_out() -> None:
    assert len(alarm(study(*[FAILS] * 9).checks)) == 1 + MOST_TOLD


def test_the_table_has_every_check_with_its_largest_difference() -> None:
    (section,) = checks(study(HOLDS, OFF, FAILS))
    (table,) = section.tables
    assert [[told((cell,)) for cell in row[1:4]] for row in table.rows] == [
        ["✓ holds", "20", "0"],
        ["✓ holds", "20", "4e-07\N{NO-BREAK SPACE}s"],
        ["✗ fails in 2 replications", "20", "2"],
    ]


def test_what_one_account_may_not_see_is_no_number() -> None:
    hidden = StudyCheck(compared("little.time", 5.0, 5.0).unseen, 1, 20, ())
    ((row,),) = (section.tables[0].rows for section in checks(study(hidden)))
    assert row[3] == NOTHING


def test_without_a_finished_replication_there_is_nothing_to_tell() -> None:
    assert checks(study()) == notices(study()) == alarm(study().checks) == ()
