"""The shares of jobs that wait longer than a time, over replications."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders_files import scenario_file
from builders_views import seen_by_anna, viewed

from simulator.experiments.long_run import NOTHING_KNOWN, Growing, LongRun
from simulator.experiments.longer_waits import wait_shares
from simulator.experiments.study import Study, run_study
from simulator.loading import load
from simulator.model.measures import THRESHOLDS_S, over

BUSY = """\
version: 1
name: busy
time: {start: 2026-01-05T00:00, duration: 2d}
run: {replications: 4, seed: 3}
machines: {vm: {hosts: 1, slots: 2}}
accounts: {bot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 10m}}}
    triggers: {often: {process: P, event: {poisson: 5 per hour}, created_by: olga}}
  Finance:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 10m}}}
    triggers: {often: {process: P, event: {poisson: 5 per hour}, created_by: olga}}
"""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return run_study(load(scenario_file(tmp_path_factory.mktemp("busy"), BUSY)))


@pytest.mark.parametrize("name", ["", "HR", "Finance"])
def test_they_are_those_of_the_summary_where_it_has_the_same_time(busy: Study, name: str) -> None:
    """`pending.over` counts the same jobs another way; so do the intervals around its shares."""
    shares, scope = busy.wait_shares, "folder" if name else "tenant"
    for time_s in (0.0, *THRESHOLDS_S):
        measure = over("pending.over", time_s) if time_s else "pending.share"
        row = busy.summary.find(scope, name, measure)
        assert row is not None
        place = shares.place(name), shares.times_s.index(time_s)
        found = [one[place] for one in (shares.mean, shares.low, shares.high)]
        assert found == pytest.approx([row.mean, row.low, row.high], abs=1e-12)


def test_a_share_never_rises_with_the_time(busy: Study) -> None:
    assert busy.wait_shares.mean[0, 0] > 0
    assert (np.diff(busy.wait_shares.mean, axis=1) <= 0).all()


def test_waits_that_grow_for_ever_have_no_share(busy: Study) -> None:
    growing = LongRun(growing=(Growing({"folder": frozenset({"HR"})}, "too much"),))
    found = wait_shares(busy.legend.names.folders, busy.figures, 0.95, growing)
    assert np.isnan(found.mean[found.place("HR")]).all()
    assert np.isfinite(found.mean[found.place("Finance")]).all()


def test_without_replications_there_are_none() -> None:
    assert wait_shares(("HR",), (), 0.95, NOTHING_KNOWN).names == ()


def test_one_account_is_told_of_its_folders_alone(tmp_path: Path) -> None:
    """Ours waits 30 minutes each hour: all its jobs longer than 15 minutes, none than 30."""
    shares = seen_by_anna(viewed(tmp_path)).wait_shares
    assert shares.names == ("", "Ours")
    by_time = dict(zip(shares.times_s, shares.mean[1].tolist(), strict=True))
    assert (by_time[900.0], by_time[1800.0]) == (1.0, 0.0)
