"""Blame folder by folder: shares of the folder's own time Pending, worked out by hand."""

from __future__ import annotations

import pytest
from builders_interference import FIRST, HR, ONBOARD, SECOND, SHARED, blame

from simulator.experiments.blame_of_folders import behind_others, blame_of_folders
from simulator.records.codes import BlameCause
from simulator.records.columns import ELSEWHERE


def test_folders_come_with_most_jobs_pending_first() -> None:
    """HR waits 3000 s of the hour, Finance 300 s; HR/Payroll never does and is left out."""
    found = blame_of_folders(blame(FIRST, SECOND))
    assert [(one.folder, one.jobs.mean) for one in found] == [
        ("HR", pytest.approx(3000 / 3600)),
        ("Finance", pytest.approx(300 / 3600)),
    ]


def test_shares_are_of_the_folders_own_time() -> None:
    """Of HR's 6000 s in both replications; Finance's own jobs are all that it waits for."""
    hr, finance = blame_of_folders(blame(FIRST, SECOND))
    assert {row.names: row.share.mean for row in hr.rows} == {
        ("slot held", "Finance"): pytest.approx(3800 / 6000),
        ("session busy", "Finance"): pytest.approx(200 / 6000),
        ("slot held", "HR"): pytest.approx(1000 / 6000),
        ("maintenance", ""): pytest.approx(1000 / 6000),
    }
    assert [(row.names, row.share.mean) for row in finance.rows] == [
        (("slot held", "Finance"), pytest.approx(1.0))
    ]


def test_reasons_take_all_causes_of_one_folder_together() -> None:
    """Finance's slots and sessions are one reason, with the interval of their sum.

    Its shares are 0.6 and 0.7333 of equal times: mean 0.6667, half-width 12.706 · 0.0943 / √2.
    """
    reasons = blame_of_folders(blame(FIRST, SECOND))[0].reasons
    assert reasons[0].names == ("", "Finance")
    assert {row.names for row in reasons[1:]} == {("", "HR"), ("maintenance", "")}
    assert reasons[0].share.mean == pytest.approx(4000 / 6000)
    assert reasons[0].share.half_width == pytest.approx(0.84708, abs=1e-4)
    assert sum(row.share.mean for row in reasons) == pytest.approx(1.0)


def test_behind_others_counts_whatever_another_folder_held() -> None:
    """1800 s and 2200 s of twice 3300 s; to have waited behind its own jobs is no others' doing."""
    assert behind_others(blame(FIRST, SECOND)).mean == pytest.approx(4000 / 6600)


@pytest.mark.parametrize(
    ("held_by", "share"), [(ELSEWHERE, 1.0), (HR, 0.0), (-1, 0.0)], ids=["outside", "own", "none"]
)
def test_folders_out_of_sight_are_others(held_by: int, share: float) -> None:
    found = behind_others(blame({(ONBOARD, BlameCause.SESSION, held_by, SHARED): 60.0}))
    assert found.mean == share


def test_without_a_replication_there_is_nothing() -> None:
    assert blame_of_folders(blame()) == ()
