"""Where waits have no long-run mean the report says why, and shows no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.experiments.long_run import Growing, LongRun
from simulator.report.rendering.page_html import html
from simulator.report.running.answer import answer
from simulator.report.running.long_run import lines
from simulator.report.running.page import page
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.experiments.study import Study
    from simulator.measurement import Summary
    from simulator.report.page import Phrase

    StudyOf = Callable[..., Study]

REASON = "HR and Finance together need 7.2 slots of the 6 they share (vm)"


def told(phrase: Phrase) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in phrase)


def growing(reason: str = REASON, **names: frozenset[str]) -> LongRun:
    return LongRun(growing=(Growing(names, reason),))


@pytest.fixture
def overloaded(study_of: StudyOf, study: Study) -> Study:
    """The made-up study, in which the waits of HR and of the tenant have no long-run mean."""
    found = growing(folder=frozenset({"HR"}), tenant=frozenset({""}))
    summary: Summary = found.of(study.summary)
    return study_of(summary=summary, long_run=found)


def test_the_answer_says_why_there_is_no_mean(overloaded: Study) -> None:
    sentence = told(answer(overloaded)[1])
    assert sentence.startswith(f"Waits have no mean in the long run: {REASON}; the busiest machine")


def test_the_table_has_a_dash_and_the_reason_beside_it(overloaded: Study) -> None:
    (section,) = (one for one in page(overloaded).sections if one.key == "pending")
    assert told(section.lead[-1]) == f"{NOTHING} no long-run value: {REASON}."
    table = section.figures[0].table
    places = [n for n, one in enumerate(table.columns) if one.measure.startswith("pending.")]
    (row,) = (row for row in table.rows if told((row[0],)) == "HR")
    (other,) = (row for row in table.rows if told((row[0],)) == "Sales")
    assert places
    assert [row[place] for place in places] == [NOTHING] * len(places)
    assert NOTHING not in [other[place] for place in places]


def test_sections_without_waits_say_nothing_of_it(overloaded: Study) -> None:
    (section,) = (one for one in page(overloaded).sections if one.key == "utilisation")
    assert not any("long-run" in told(lead) for lead in section.lead)


def test_an_ordinary_report_says_nothing_of_it(study: Study) -> None:
    assert "long-run value" not in html(page(study))
    assert list(lines(study)) == []


def test_a_terminal_has_a_line_each_with_harmless_names(study_of: StudyOf) -> None:
    found = growing("\x1b[31mHR needs 2 slots of the 1 it has (vm)", folder=frozenset({"HR"}))
    (line,) = lines(study_of(long_run=found))
    assert (
        line.plain
        == f"{NOTHING} no long-run value: \\x1b[31mHR needs 2 slots of the 1 it has (vm)."
    )


def test_hostile_names_in_a_reason_stay_text(study_of: StudyOf, hostile: str) -> None:
    found = growing(f"{hostile} needs 2 slots", folder=frozenset({"HR"}), tenant=frozenset({""}))
    assert hostile not in html(page(study_of(long_run=found)))
