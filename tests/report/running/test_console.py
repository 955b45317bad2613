"""Tables in a terminal: 80 columns, inert names, read in ten seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from builders_tables import printed
from rich.cells import cell_len

from simulator.experiments.verdicts import verdicts
from simulator.measurement import Summary, SummaryRow
from simulator.report.running.console import run_table
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def test_a_run_reads_like_this(study: Study) -> None:
    assert printed(run_table(study), 88)[:22] == [
        "How long do HR's jobs stay Pending once Finance shares its machines?",
        "",
        "1 of 3 targets is missed: jobs of Finance/Month end stayed Pending 10.2 min (9.6 to 10.8",
        "min) on average, against a target of at most 5 min. All jobs together stayed Pending",
        "4.05 min (3.81 to 4.29 min) on average; the busiest machine, shared-vm, had 81.2 % (79.6",
        "to 82.8 %) of its slot time in use, and 2.91 % (2.74 to 3.08 %) of all submissions were",
        "refused.",
        "",
        "20 replications, ± is the 95 % interval across them.",
        "",
        "Targets",
        "Target                                      Limit                     Measured   Verdict",
        "─" * 88,
        "P95 Pending of HR                  at most 15 min  14.0 min (13.2 to 14.9 min)     ✓ met",
        "Mean Pending of Finance/Month end   at most 5 min   10.2 min (9.6 to 10.8 min)  ✗ missed",
        "Utilisation of machine shared-vm     at most 85 %      81.2 % (79.6 to 82.8 %)     ✓ met",
        "",
        "Pending by folder, in min",
        "Folder            Submitted Refused Started      Mean      P50       P95 Waited",
        "─" * 79,
        "Finance/Month end       412       0     412 10.2 ±0.6 5.0 ±0.3 41.8 ±2.5 73.3 %",
        "HR/Payroll              412       0     412  5.0 ±0.3 2.0 ±0.1 20.2 ±1.2   51 %",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "shared-vm         4       81.2 ±1.6",
        "hr-bot         100       71.0 ±1.4",
        "Busiest hour: most jobs Pending from Mon 09:00 on (6 on average); most busy",
        "P95 Pending of HR          at most 15 min  14.0 min (13.2 to 14.9 min)     ✓ met",
        "HR:walk-ins  anna  Jobs.Create in HR  403/0             12",
    ],
    ids=["machine", "account", "hour", "target", "refusal"],
)
def test_a_run_tells(study: Study, line: str) -> None:
    assert line in printed(run_table(study))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_lines_keep_to_the_width_and_names_are_inert(hostile_study: Study, width: int) -> None:
    lines = printed(run_table(hostile_study), width)
    assert max(map(cell_len, lines)) <= width
    assert not any(character in line for line in lines for character in "\x1b\u202e")


def test_a_name_is_no_markup(study_of: StudyOf) -> None:
    folders = {"[red]HR[/red] :smile:": (60.0, 0.0, 100.0, 200.0, 0.5)}
    text = "\n".join(printed(run_table(study_of(folders)), 120))
    assert "[red]HR[/red] :smile:" in text


def test_15_rows_and_how_many_more(study_of: StudyOf, refused: Callable[[str], object]) -> None:
    folders = {f"F{number}": (60.0, 0.0, 100.0, 200.0, 0.5) for number in range(40)}
    lines = printed(run_table(study_of(folders, refusals=(refused("x"),) * 9)))
    assert sum(line.startswith("F") and line[1:2].isdigit() for line in lines) == 15
    assert "… and 25 more" in lines
    assert "… and 4 more" in lines


@pytest.mark.parametrize("replications", [1, 20])
def test_intervals_are_claimed_only_where_there_are_some(
    study_of: StudyOf, replications: int
) -> None:
    text = "\n".join(printed(run_table(study_of(replications=replications)))[:10])
    assert ("gives no interval" in text) is (replications == 1)
    assert ("95 % interval" in text) is (replications == 20)


def test_jobs_that_never_started_have_a_column(study_of: StudyOf) -> None:
    """48 submitted, none refused, none started."""
    rows = [
        SummaryRow("folder", "HR", f"jobs.{count}", "jobs", mean, mean, mean, 0.0, 0.95, 20)
        for count, mean in (("submitted", 48.0), ("refused", 0.0), ("started", 0.0))
    ]
    lines = printed(run_table(study_of(summary=Summary(tuple(rows)), verdicts=())))
    assert "Folder Submitted Refused Started Never started Mean P50 P95 Waited" in lines
    assert ["HR", "48", "0", "0", "48", *[NOTHING] * 4] in [line.split() for line in lines]
    assert "Never" not in "\n".join(printed(run_table(study_of())))


def test_withdrawn_jobs_stand_apart_from_those_that_never_started(study_of: StudyOf) -> None:
    """Of 48 submitted 3 were refused, 10 withdrawn, 30 started; so 5 never did."""
    counts = {"submitted": 48.0, "refused": 3.0, "expired": 10.0, "started": 30.0}
    rows = [
        SummaryRow("folder", "HR", f"jobs.{count}", "jobs", mean, mean, mean, 0.0, 0.95, 20)
        for count, mean in counts.items()
    ]
    lines = printed(run_table(study_of(summary=Summary(tuple(rows)), verdicts=())))
    assert "Folder Submitted Refused Started Expired Never started Mean P50 P95 Waited" in [
        " ".join(line.split()) for line in lines
    ]
    assert ["HR", "48", "3", "30", "10", "5"] in [line.split()[:6] for line in lines]


def test_a_target_without_data_says_that_there_was_nothing_to_measure(study_of: StudyOf) -> None:
    scenario = study_of().loaded.scenario
    lines = printed(run_table(study_of(verdicts=verdicts(scenario.targets, Summary(())))))
    assert sum("nothing to measure  ? undecided" in line for line in lines) == 3


@pytest.mark.parametrize("width", [40, 60, 80])
def test_names_verdicts_and_figures_are_there_at_any_width(study_of: StudyOf, width: int) -> None:
    """A wrapped name is in pieces; its words are there, and every figure is whole."""
    folders = {"Shared services/Pay": (7612.0, 7301.0, 72505.0, 9e4, 0.733)}
    lines = printed(run_table(study_of(folders)), width)
    text = "\n".join(lines)
    for part in ("Shared", "services/Pay", "2.11 ±0.13", "20.14 ±1.21", "73.3 %"):
        assert part in text
    for part in ("P95", "81.2 % (79.6 to 82.8 %)", "✓ met", "? undecided"):
        assert part in text


def test_below_80_columns_p50_goes_first_and_that_is_said(study: Study) -> None:
    lines = printed(run_table(study), 70)
    assert "Folder            Submitted Refused Started      Mean       P95 Waited" in lines
    assert "No room here for P50: see the report." in lines
    assert "No room here for P50 and Refused: see the report." in printed(run_table(study), 60)


def test_on_a_narrow_terminal_rows_stand_one_below_the_other(study: Study) -> None:
    lines = printed(run_table(study), 40)
    start = lines.index("Finance/Month end")
    assert lines[start : start + 5] == [
        "Finance/Month end",
        "  Submitted: 412",
        "  Refused: 0",
        "  Started: 412",
        "  Mean: 10.2 ±0.6",
    ]
    assert "  Verdict: ✓ met" in lines
