"""What a report says, as values."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from simulator.experiments.verdicts import verdicts
from simulator.measurement import Summary, SummaryRow
from simulator.model.dispatch import Assumptions, Dispatch
from simulator.report.charts import BarChart
from simulator.report.page import Phrase, ReportPage, Section, Span
from simulator.report.running.page import page
from simulator.report.running.sections.choices import MEANINGS, choices
from simulator.report.tables import MOST_ROWS

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario

StudyOf = Callable[..., "Study"]


def told(phrase: Phrase) -> str:
    """Return a phrase as one text, plain spaces throughout."""
    text = "".join(part.text if isinstance(part, Span) else part for part in phrase)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def section(report: ReportPage, key: str) -> Section:
    return next(one for one in report.sections if one.key == key)


def test_the_answer_tells_wait_folder_machine_and_refusals(study_of: StudyOf) -> None:
    """The made-up figures: 243.1 s ± 6 %, P95 1210 s, and shared-vm at 81.2 % ± 2 % of that."""
    assert [told(sentence) for sentence in page(study_of(verdicts=())).answer] == [
        (
            "Jobs stayed Pending 4.05 min (3.81 to 4.29 min) on average, and one in twenty of them "
            "longer than 20.2 min (19.0 to 21.4 min), those of Finance/Month end longest, 10.2 min "
            "(9.6 to 10.8 min)."
        ),
        (
            "The busiest machine, shared-vm, had 81.2 % (79.6 to 82.8 %) of its slot time in use, "
            "and 2.91 % (2.74 to 3.08 %) of all submissions were refused."
        ),
    ]


def test_targets_have_their_verdicts(study: Study) -> None:
    """HR's P95 is 842 s ± 6 %, under 15 min; month end's mean is 612 s, above 5 min."""
    report = page(study)
    assert report.targets is not None
    assert [told((row[1],)) for row in report.targets.rows] == ["✓ met", "✗ missed", "✓ met"]
    assert told(report.verdict) == "3 targets: 2 met, 1 missed."


def test_warnings_stand_on_the_first_screen(study: Study) -> None:
    plain, warning = page(study).trust
    assert "20 replications of 28 d, after 3 d of warm-up" in told(plain.text)
    assert warning.is_warning
    assert told(warning.text) == "line 31, accounts.omar: nothing uses account 'omar'"


def test_that_a_run_was_interrupted_is_told(study_of: StudyOf) -> None:
    trust = page(study_of(complete=False)).trust
    assert any("interrupted" in told(one.text) for one in trust if one.is_warning)


def test_folders_come_longest_wait_first(study: Study) -> None:
    table = section(page(study), "pending").figures[0].table
    folders = [told((row[0],)) for row in table.rows]
    assert folders == ["Finance/Month end", "HR/Payroll", "HR", "Finance", "Sales"]


def test_a_chart_has_25_bars_and_says_how_many_more(study_of: StudyOf) -> None:
    """30 folders: 25 bars and 5 further ones; a table of 400 keeps the first 300."""
    many = {f"F{number}": (60.0, 0.0, 100.0, 200.0, 0.5) for number in range(400)}
    figure = section(page(study_of(dict(list(many.items())[:30]))), "pending").figures[0]
    assert isinstance(figure.chart, BarChart)
    assert len(figure.chart.bars) == 25
    assert figure.note == "5 further folders, with less, in the table below."
    assert len(figure.table.rows) == 30
    longest = section(page(study_of(many)), "pending").figures[0].table
    assert len(longest.rows) == MOST_ROWS
    assert longest.note.endswith("… and 100 more, which summary.csv holds.")


def test_no_bars_are_drawn_of_folders_without_a_mean(study_of: StudyOf) -> None:
    """Of three folders one has a mean in the long run; the table has all of them."""
    waits = dict.fromkeys(("A", "B", "C"), (60.0, 0.0, 100.0, 200.0, 0.5))
    study = study_of(waits)
    nothing = [
        row._replace(mean=math.nan)
        if row.measure == "pending.mean" and row.name in {"A", "B"}
        else row
        for row in study.summary.rows
    ]
    figure = section(page(study_of(waits, summary=Summary(tuple(nothing)))), "pending").figures[0]
    assert isinstance(figure.chart, BarChart)
    assert (len(figure.chart.bars), len(figure.table.rows)) == (1, 3)


def test_slots_are_counted_over_hosts(study: Study) -> None:
    """shared-vm: 2 hosts of 2 slots; finance-vm: one of 4; sales-laptop: one of 1."""
    table = section(page(study), "utilisation").figures[0].table
    assert [row[1] for row in table.rows] == ["4", "4", "1"]


def test_refusals_name_the_missing_permission(study: Study) -> None:
    table = section(page(study), "refusals").tables[0]
    assert [told((cell,)) for cell in table.rows[0]] == [
        *("HR:walk-ins", "HR", "HR:onboard", "anna"),
        *("Jobs.Create in HR", "403", "0", "12", "240"),
    ]


def test_every_measure_shown_is_defined(study: Study) -> None:
    report = page(study)
    shown = {
        column.measure
        for one in report.sections
        for table in (*(figure.table for figure in one.figures), *one.tables)
        for column in table.columns
        if column.measure
    }
    defined = {told((row[0],)) for row in section(report, "measures").tables[0].rows}
    assert defined == shown
    assert "pending.p95" in defined


def test_choices_other_than_the_default_are_marked(study: Study) -> None:
    rows = section(page(study), "choices").tables[0].rows
    chosen = {told((row[0],)): told((row[2],)) for row in rows}
    assert chosen["dispatch.order"] == "this scenario"
    assert chosen["dispatch.match"] == "default"
    assert chosen["time.drain"] == "default"


@pytest.mark.parametrize("model", [Dispatch, Assumptions], ids=["dispatch", "assumptions"])
def test_every_value_of_every_choice_has_a_meaning(
    model: type[Dispatch | Assumptions], made_up_scenario: Callable[..., Scenario]
) -> None:
    """A choice added to the language without a sentence for the report fails here."""
    schema = model.model_json_schema()["properties"]
    for field, shape in schema.items():
        values = shape.get("enum", [True, False] if shape["type"] == "boolean" else [])
        for value in values:
            key = "dispatch" if model is Dispatch else "assumptions"
            rows = choices(made_up_scenario(**{key: {field: value}})).tables[0].rows
            assert told((next(row for row in rows if told((row[0],)) == f"{key}.{field}")[3],))
        assert len(MEANINGS.get(field, {})) == len(values)


def test_a_study_without_any_job_still_reads(study_of: StudyOf) -> None:
    report = page(study_of(summary=Summary(()), verdicts=(), refusals=()))
    assert told(report.answer[0]).startswith("No job started")
    assert told(section(report, "pending").lead[0]) == "No job was submitted."
    assert report.targets is None


def rows_of(folder: str, submitted: float, started: float) -> list[SummaryRow]:
    counts = (("submitted", submitted), ("refused", 0.0), ("started", started))
    return [
        SummaryRow(scope, name, f"jobs.{count}", "jobs", mean, mean, mean, 0.0, 0.95, 20)
        for scope, name in (("tenant", ""), ("folder", folder))
        for count, mean in counts
    ]


def test_jobs_that_never_started_are_told_of(study_of: StudyOf) -> None:
    """48 submitted, none refused, none started."""
    report = page(study_of(summary=Summary(tuple(rows_of("HR", 48.0, 0.0))), verdicts=()))
    assert told(report.answer[0]) == (
        "No job started, although 48 a replication were submitted and not refused: they never "
        "started, and have no wait."
    )
    table = section(report, "pending").tables[0]
    assert (table.columns[-1].title, table.rows[0][-1]) == ("Never started", "48")


def test_a_part_that_never_started_is_a_reason_to_doubt(study_of: StudyOf) -> None:
    mean = SummaryRow("tenant", "", "pending.mean", "s", 5.0, 4.0, 6.0, 1.0, 0.95, 20)
    rows = (*rows_of("HR", 48.0, 36.0), mean)
    warnings = [told(one.text) for one in page(study_of(summary=Summary(rows))).trust]
    assert (
        "12 jobs a replication never started, and waits tell only of the others: see what Pending "
        "jobs waited for, or run longer if they were only late."
    ) in warnings


def test_withdrawn_jobs_are_told_apart_from_those_that_never_started(study_of: StudyOf) -> None:
    """Of 48 submitted 36 started and 10 were withdrawn; so 2 never started."""
    mean = SummaryRow("tenant", "", "pending.mean", "s", 5.0, 4.0, 6.0, 1.0, 0.95, 20)
    rows = rows_of("HR", 48.0, 36.0)
    expired = [
        row._replace(measure="jobs.expired", mean=10.0)
        for row in rows
        if row.measure == "jobs.submitted"
    ]
    report = page(study_of(summary=Summary((*rows, *expired, mean))))
    warnings = [told(one.text) for one in report.trust]
    assert (
        "10 jobs a replication expired while Pending, and waits tell only of the others: read them "
        "beside the column Expired."
    ) in warnings
    assert any(one.startswith("2 jobs a replication never started") for one in warnings)
    table = section(report, "pending").tables[0]
    assert [column.title for column in table.columns[-2:]] == ["Expired", "Never started"]
    assert table.rows[0][-2:] == ("10", "2")


@pytest.mark.parametrize("replications", [1, 20])
def test_intervals_are_claimed_only_where_there_are_some(
    study_of: StudyOf, replications: int
) -> None:
    evidence = told(page(study_of(replications=replications)).trust[0].text)
    assert ("Intervals are 95 % intervals" in evidence) is (replications == 20)


def test_a_target_without_data_is_not_said_to_lie_within_an_interval(study_of: StudyOf) -> None:
    targets = study_of().loaded.scenario.targets
    found = page(study_of(verdicts=verdicts(targets, Summary(())))).targets
    assert found is not None
    assert [row[3] for row in found.rows] == ["nothing to measure"] * 3
    assert "more replications will hardly settle it" in found.note
    assert "hardly" not in page(study_of()).targets.note  # type: ignore[union-attr]


def test_cautions_stand_among_the_doubts(study_of: StudyOf) -> None:
    trust = page(study_of(cautions=("HR:nightly disabled itself",))).trust
    assert "HR:nightly disabled itself." in [told(one.text) for one in trust if one.is_warning]


NOTES = {
    "fewer": (3_999.0, "Of fewer than 4,000 started jobs a replication, the interval of a P95"),
    "enough": (4_000.0, ""),
    "none": (0.0, ""),
}


@pytest.mark.parametrize(("started", "words"), NOTES.values(), ids=NOTES)
def test_a_p95_of_few_jobs_has_a_note(
    study: Study, study_of: StudyOf, started: float, words: str
) -> None:
    """200 jobs beyond the P95 are 4,000."""
    rows = (
        row._replace(mean=started) if row.measure == "jobs.started" else row
        for row in study.summary.rows
    )
    found = section(page(study_of(summary=Summary(tuple(rows)))), "pending")
    assert found.figures[0].table.note.startswith(words)
    assert bool(found.figures[0].table.note) is bool(words)
