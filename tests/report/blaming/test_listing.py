"""Who made whom wait, in a terminal: a few lines under the folders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from builders_interference import FIRST, SECOND, blame, departments
from builders_tables import printed
from rich.cells import cell_len

from simulator.records.codes import BlameCause
from simulator.report.blaming.listing import TITLE, blame_table
from simulator.report.running.console import run_table

if TYPE_CHECKING:
    from simulator.experiments.blame import Blame
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def listed(study_of: StudyOf, found: Blame, width: int = 80) -> list[str]:
    table = blame_table(study_of(blame=found))
    assert table is not None
    return printed(table, width)


def test_each_folder_has_what_it_waited_for_most(study_of: StudyOf) -> None:
    """Of HR's 6000 s, 4000 s; in one replication there would be no interval."""
    lines = listed(study_of, blame(FIRST, SECOND))
    first = lines.index(TITLE)
    assert lines[first + 1 : first + 5] == [
        "Folder  Waited most            Of its time Pending, %",
        "─────────────────────────────────────────────────────",
        "HR      behind jobs of Finance             66.7 ±84.7",
        "Finance behind jobs of its own             100.0 ±0.0",
    ]


def test_it_is_short_whatever_the_folders(study_of: StudyOf) -> None:
    charges = {(number, BlameCause.JOB, 0, 0): 60.0 for number in range(30)}
    lines = listed(study_of, blame(charges, names=departments(30)))
    first = lines.index(TITLE)
    assert lines[first + 6] == "… and 27 more"


def test_where_nobody_waited_nothing_is_said(study: Study) -> None:
    assert blame_table(study) is None


def test_it_stands_under_the_folders(study_of: StudyOf) -> None:
    lines = printed(run_table(study_of(blame=blame(FIRST))))
    titles = [line for line in lines if line in {TITLE, "Pending by folder, in min", "Machines"}]
    assert titles == ["Pending by folder, in min", TITLE, "Machines"]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_names_are_inert_and_fitted(study_of: StudyOf, hostile: str, width: int) -> None:
    names = departments(2, hostile + "{}")
    found = blame({(0, BlameCause.JOB, 1, 0): 60.0}, names=names)
    lines = listed(study_of, found, width)
    assert max(map(cell_len, lines)) <= width
    assert "\u202e" not in "".join(lines)
