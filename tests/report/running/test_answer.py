"""A run's answer: what is put first, in exact sentences for exact figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from simulator.experiments.long_run import Growing, LongRun
from simulator.experiments.verdicts import verdicts
from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import BY_NAME
from simulator.model.targets import Target
from simulator.report.page import plain
from simulator.report.running.answer import answer
from simulator.report.running.headline import targets

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]

HR_P95 = Target.model_validate({"folder": "HR", "measure": "pending.p95", "at_most": "10m"})
ALL_P95 = Target.model_validate({"measure": "pending.p95", "at_most": "10m"})
FLEET = "machine vm had 50 % of its slot time in use, and no submission was refused"


def row(scope: str, name: str, measure: str, mean: float, half: float = 0.0) -> SummaryRow:
    ends = (mean, mean - half, mean + half, half)
    return SummaryRow(scope, name, measure, BY_NAME[measure].unit, *ends, 0.95, 20)


def waits(scope: str, name: str, mean: float, p95: float, jobs: float = 100.0) -> list[SummaryRow]:
    """Return the waits of a folder of 100 submissions, so many of which started."""
    return [
        row(scope, name, "jobs.submitted", 100.0),
        row(scope, name, "jobs.started", jobs),
        row(scope, name, "pending.mean", mean),
        row(scope, name, "pending.p95", p95),
    ]


def summary(*rows: list[SummaryRow]) -> Summary:
    every = [one for several in rows for one in several]
    return Summary((*every, row("machine", "vm", "slots.utilisation", 0.5)))


def said(study_of: StudyOf, found: Summary, *asked: Target, **changes: object) -> list[str]:
    changes.setdefault("verdicts", verdicts(asked, found))
    told = answer(study_of(summary=found, **changes))
    return [plain(phrase).replace("\N{NO-BREAK SPACE}", " ") for phrase in told]


def test_the_target_that_is_missed_comes_first(study_of: StudyOf) -> None:
    found = summary(waits("tenant", "", 300.0, 600.0), waits("folder", "HR", 300.0, 900.0))
    assert said(study_of, found, ALL_P95, HR_P95) == [
        (
            "1 of 2 targets is missed: one in twenty of the jobs of HR stayed Pending longer than "
            "15 min, against a target of at most 10 min."
        ),
        f"All jobs together stayed Pending 5 min on average; {FLEET}.",
    ]


def test_both_are_met_and_the_first_is_told(study_of: StudyOf) -> None:
    found = summary(waits("tenant", "", 60.0, 300.0), waits("folder", "HR", 60.0, 300.0))
    first, _ = said(study_of, found, HR_P95, ALL_P95)
    assert first == (
        "Both targets are met: one in twenty of the jobs of HR stayed Pending longer than 5 min, "
        "against a target of at most 10 min."
    )


def test_more_replications_may_settle_what_is_undecided(study_of: StudyOf) -> None:
    rows = [*waits("tenant", "", 60.0, 300.0), row("folder", "HR", "pending.p95", 600.0, 60.0)]
    first, _ = said(study_of, summary(rows), HR_P95)
    assert first == (
        "The target is undecided: one in twenty of the jobs of HR stayed Pending longer than "
        "10 min (9.0 to 11.0 min), against a target of at most 10 min; more replications may "
        "settle it."
    )


def test_more_replications_do_not_help_where_there_is_nothing_to_measure(
    study_of: StudyOf,
) -> None:
    first, _ = said(study_of, summary(waits("tenant", "", 60.0, 300.0)), HR_P95)
    assert first == ("The target is undecided: there was nothing to measure of P95 Pending of HR.")


def test_a_wait_that_is_met_does_not_hide_a_folder_whose_jobs_never_start(
    study_of: StudyOf,
) -> None:
    """16 jobs of Stuck never start, and 84 of the tenant's 100 do so at once."""
    found = summary(
        waits("tenant", "", 0.0, 0.0, 84.0),
        waits("folder", "Good", 0.0, 0.0),
        [
            row("folder", "Stuck", "jobs.submitted", 16.0),
            row("folder", "Stuck", "jobs.started", 0.0),
        ],
    )
    assert said(study_of, found, ALL_P95) == [
        (
            "The target is met: at least nineteen in twenty of all jobs did not wait, against a "
            "target of at most 10 min."
        ),
        "But 16 jobs a replication never started, all of them of Stuck, and no wait tells of them.",
        f"The jobs that started did so at once; {FLEET}.",
    ]


def test_no_job_waited(study_of: StudyOf) -> None:
    assert said(study_of, summary(waits("tenant", "", 0.0, 0.0))) == [
        "No job waited: each of them started at once.",
        f"{FLEET[0].upper()}{FLEET[1:]}.",
    ]


def test_hardly_any_job_waited(study_of: StudyOf) -> None:
    assert said(study_of, summary(waits("tenant", "", 1.0, 0.0)))[0] == (
        "Jobs stayed Pending 1 s on average, although more than nineteen in twenty started at once."
    )


FOLDERS = {
    "alike": (66.0, 60.0, ", in each folder about as long"),
    "one suffers": (130.0, 60.0, ", those of HR longest, 2.17 min"),
}


@pytest.mark.parametrize(("most", "least", "words"), FOLDERS.values(), ids=FOLDERS)
def test_the_folder_that_suffers_is_named(
    study_of: StudyOf, most: float, least: float, words: str
) -> None:
    found = summary(
        waits("tenant", "", 63.0, 300.0),
        waits("folder", "HR", most, 300.0),
        waits("folder", "IT", least, 300.0),
    )
    assert said(study_of, found)[0] == (
        f"Jobs stayed Pending 63 s on average, and one in twenty of them longer than 5 min{words}."
    )


def test_where_everything_was_refused_that_is_why_nothing_started(study_of: StudyOf) -> None:
    rows = [
        row("tenant", "", "jobs.submitted", 100.0),
        row("tenant", "", "jobs.refused", 100.0),
        row("tenant", "", "jobs.refused_share", 1.0),
    ]
    assert said(study_of, summary(rows)) == [
        "Every submission was refused, so no job started and none waited.",
        "Machine vm had 50 % of its slot time in use, and 100 % of all submissions were refused.",
    ]


def test_waits_that_grow_are_told_once(study_of: StudyOf) -> None:
    """The target says why; what follows need not say it again."""
    growing = LongRun((Growing({"tenant": frozenset({""})}, "vm needs 2 slots of the 1 it has"),))
    found = growing.of(summary(waits("tenant", "", 1.0, 5.0)))
    told = said(
        study_of,
        found,
        verdicts=verdicts((ALL_P95,), found, growing),
        long_run=growing,
    )
    assert told == [
        (
            "The target is missed: P95 Pending of all jobs has no long-run value: vm needs 2 slots "
            "of the 1 it has."
        ),
        f"These waits grow for as long as one looks; {FLEET}.",
    ]


def test_without_a_machine(study_of: StudyOf) -> None:
    found = Summary(tuple(waits("tenant", "", math.nan, math.nan, 0.0)))
    assert said(study_of, found) == [
        (
            "No job started, although 100 a replication were submitted and not refused: they never "
            "started, and have no wait."
        ),
        "No machine was connected; no submission was refused.",
    ]


@pytest.mark.parametrize("replications", [1, 20])
def test_of_a_single_replication_the_figure_alone_decides(
    study_of: StudyOf, replications: int
) -> None:
    table = targets(study_of(replications=replications))
    assert table is not None
    assert ("the figure alone decides" in table.note) is (replications == 1)
