"""Tables in a terminal: 80 columns, inert names, read in ten seconds."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from simulator.experiments.compare import Comparison, ComparisonRow, Difference
from simulator.report.console import comparison_table, run_table

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def printed(table: RenderableType, width: int = 80) -> list[str]:
    """Return the lines of a table where output is no terminal."""
    target = io.StringIO()
    Console(file=target, width=width).print(table)
    return [
        line.rstrip().replace("\N{NO-BREAK SPACE}", " ") for line in target.getvalue().splitlines()
    ]


def test_a_run_reads_like_this(study: Study) -> None:
    assert printed(run_table(study))[:8] == [
        "How long do HR's jobs stay Pending once Finance shares its machines?",
        "20 replications, ± is the 95 % interval across them.",
        "",
        "Pending by folder, in min",
        "Folder            Submitted Refused Started      Mean      P50       P95 Waited",
        "─" * 79,
        "Finance/Month end       412       0     400 10.2 ±0.6 5.0 ±0.3 41.8 ±2.5 73.3 %",
        "HR/Payroll              412       0     400  5.0 ±0.3 2.0 ±0.1 20.2 ±1.2   51 %",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "shared-vm         4       81.2 ±1.6",
        "hr-bot          100       71.0 ±1.4",
        "Busiest hour: most jobs Pending from Mon 09:00 on (6 on average); most busy",
        "pending.p95 of folder HR   at most 15 min  14.0 min (13.2 to 14.9 min)     ✓ met",
        "HR:walk-ins  anna        Jobs.Create in HR  403/0             12",
    ],
    ids=["machine", "account", "hour", "target", "refusal"],
)
def test_a_run_tells(study: Study, line: str) -> None:
    assert line in printed(run_table(study))


@pytest.mark.parametrize("width", [80, 120])
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


def test_variants_stand_side_by_side() -> None:
    """300 s against 240 s: 5 min and 4 min, one minute less."""
    rows = (
        ComparisonRow(
            "folder", "HR", "pending.mean", "s", (300.0, 240.0), (Difference(-60.0, -90.0, -30.0),)
        ),
    )
    found = comparison_table(Comparison(("as it is", "third-host"), rows, 1, 20, 0.95))
    assert printed(found) == [
        "20 replications of each; differences are to as it is, with 95 % intervals.",
        "",
        "Mean Pending by folder, in min",
        "Folder      Variant     Value              Difference",
        "─────────────────────────────────────────────────────",
        "HR          as it is     5.00",
        "            third-host   4.00  -1.00 (-1.50 to -0.50)",
    ]
