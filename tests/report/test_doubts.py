"""How many warnings a first screen has, and where the others are."""

from __future__ import annotations

import pytest

from simulator.errors import Issue, Position
from simulator.report.doubts import all_warnings, doubts, first_of_all, issue_told
from simulator.report.page import Notice, plain

PLAIN = Notice(("20 replications.",))


def notices(count: int) -> list[Notice]:
    return [PLAIN, *doubts([f"warning {number}" for number in range(count)], ())]


@pytest.mark.parametrize("count", [0, 3, 4])
def test_a_few_warnings_stand_on_the_first_screen_alone(count: int) -> None:
    assert first_of_all(notices(count)) == tuple(notices(count))
    assert all_warnings(notices(count)) == ()


def test_of_many_three_are_told_and_the_others_counted() -> None:
    told = [plain(one.text) for one in first_of_all(notices(9))]
    assert told == [
        "20 replications.",
        "warning 0.",
        "warning 1.",
        "warning 2.",
        "6 more warnings stand below, under “All warnings”.",
    ]
    (section,) = all_warnings(notices(9))
    assert section.title == "All warnings"
    assert len(section.tables[0].rows) == 9


def test_a_doubt_about_the_scenario_says_where_and_what_to_do() -> None:
    issue = Issue(("accounts", "omar"), "nothing uses it", "unused", "leave it out")
    assert plain(issue_told(issue)) == "accounts.omar: nothing uses it (leave it out)"
    placed = issue.at(Position("estate.yaml", 31, 3))
    assert plain(issue_told(placed)).startswith("line 31, accounts.omar: ")
