"""`warm_up: auto`: the cut that is found, in which steps, and what it does to figures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from builders_queue import MEAN_WAIT_S, queue

from simulator.access.sight import sight_of
from simulator.errors import RunInterrupted
from simulator.experiments.comparing.compare import compare_scenarios, comparison
from simulator.experiments.keeping.kept_runs import open_run
from simulator.experiments.keeping.publishing import run_and_keep
from simulator.experiments.study import run_study
from simulator.experiments.warm_up import over_cycles, settled, settled_together, with_cut

AUTO = "time.warm_up=auto"
SHORT = (AUTO, "time.duration=10d", "run.replications=2")
DAY_S, WEEK_S = 86_400.0, 604_800.0
HOURS = "folders.F.triggers.T.event={profile: {mon-fri: {'08:00-18:00': 12 per hour}}}"
EVERY_DAY = "folders.F.triggers.T.event={profile: {daily: {'08:00-18:00': 12 per hour}}}"


def test_an_m_m_1_queue_is_cut_and_its_mean_is_right(tmp_path: Path) -> None:
    """The exact mean lies in the interval; a cut twice as long changes it by nothing one can see.

    At 80 % the queue forgets its start within a few relaxation times of
    8 min / (1 - sqrt(0.8))² = 12 h each; the window is of 35 days.
    """
    loaded = queue(tmp_path, AUTO, "run.confidence=0.99")
    study = run_study(loaded)
    found = study.warm_up
    assert found is not None
    assert (found.of, found.replications, found.is_settled) == ("pending.jobs", 10, True)
    assert 0 < found.cut_s <= 5 * DAY_S
    wait = study.summary.find("tenant", "", "pending.mean")
    assert wait is not None
    assert wait.low <= MEAN_WAIT_S <= wait.high
    longer = run_study(with_cut(loaded, 2 * found.cut_s))
    (difference,) = (
        comparison([("one", study), ("two", longer)]).find("tenant", "", "pending.mean").differences
    )  # type: ignore[union-attr]
    assert difference.low <= 0 <= difference.high


def test_what_is_left_out_is_taken_from_the_duration(tmp_path: Path) -> None:
    loaded, found = settled(queue(tmp_path, AUTO))
    time = loaded.scenario.time
    assert found is not None
    assert (time.warm_up, time.warm_up + time.duration) == (found.cut_s, 35 * DAY_S)
    assert found.cut_s % (found.cell_s * 5) == 0


def test_a_length_that_is_given_stays(tmp_path: Path) -> None:
    loaded = queue(tmp_path, "time.warm_up=1d")
    assert settled(loaded) == (loaded, None)


STEPS = {
    "at any time": ("run.seed=1", 0.0, 6_048.0 * 5),
    "weeks": (HOURS, WEEK_S, WEEK_S),
    "days": (EVERY_DAY, DAY_S, DAY_S),
}


@pytest.mark.parametrize(("override", "cycle_s", "step_s"), STEPS.values(), ids=STEPS)
def test_the_cut_is_made_of_whole_days_or_weeks_where_things_come_round_so(
    tmp_path: Path, override: str, cycle_s: float, step_s: float
) -> None:
    _, found = settled(queue(tmp_path, AUTO, override))
    assert found is not None
    assert found.cycle_s == pytest.approx(cycle_s)
    assert found.cut_s >= step_s
    assert found.cut_s % step_s == pytest.approx(0.0)


def test_a_span_of_one_cycle_leaves_nothing_out_and_says_so(tmp_path: Path) -> None:
    study = run_study(queue(tmp_path, AUTO, HOURS, "time.duration=8d"))
    assert study.warm_up is not None
    assert study.loaded.scenario.time.warm_up == 0
    (caution,) = [one for one in study.cautions if "warm_up" in one]
    assert caution.startswith("`warm_up: auto` left out nothing")
    assert "observe two times 1w at least" in caution


def test_a_queue_that_fills_for_all_of_the_run_is_not_settled(tmp_path: Path) -> None:
    """At 99.5 % the mean number Pending still grows after 10 days, as it will for years."""
    long = "folders.F.processes.P.duration={exponential: 597s}"
    study = run_study(queue(tmp_path, AUTO, long, "time.duration=10d", "run.replications=2"))
    assert study.warm_up is not None
    assert not study.warm_up.is_settled
    (caution,) = (one for one in study.cautions if "may not have settled" in one)
    assert "observe a longer one, such as 2w6d, or say yourself how long warm_up is" in caution


def test_where_hardly_anything_waits_busy_slots_are_looked_at(tmp_path: Path) -> None:
    _, found = settled(queue(tmp_path, AUTO, "machines.M1.hosts=10"))
    assert found is not None
    assert found.of == "slots.busy"
    assert np.mean(found.averages) == pytest.approx(0.8, rel=0.05)


def test_where_nothing_is_left_to_chance_one_replication_tells_all(tmp_path: Path) -> None:
    fixed = ("folders.F.processes.P.duration=8m", "folders.F.triggers.T.event={every: 10m}")
    _, found = settled(queue(tmp_path, AUTO, *fixed))
    assert found is not None
    assert (found.replications, found.cut_s) == (1, found.cell_s * 5)


def test_means_over_cycles() -> None:
    assert over_cycles(np.array([1.0, 3.0, 5.0, 1.0]), 2).tolist() == [2.0, 4.0, 3.0]
    assert over_cycles(np.array([1.0, 3.0]), 1).tolist() == [1.0, 3.0]


def test_scenarios_side_by_side_have_the_longest(tmp_path: Path) -> None:
    quick = queue(tmp_path, *SHORT, "folders.F.processes.P.duration={exponential: 1m}")
    slow, given = queue(tmp_path, *SHORT), queue(tmp_path, *SHORT, "time.warm_up=1h")
    alone = [settled(one)[1] for one in (quick, slow)]
    longest = max(one.cut_s for one in alone if one is not None)
    together = settled_together([("quick", quick), ("slow", slow), ("given", given)])
    assert [one.scenario.time.warm_up for _, one, _ in together] == [longest, longest, 3600.0]
    found = compare_scenarios([("slow", slow), ("quick", quick)])
    assert {one.scenario.time.warm_up for one in found.scenarios.values()} == {longest}


def test_it_is_looked_for_with_the_seed_of_the_first(tmp_path: Path) -> None:
    """Unchanged, a variant differs in nothing at all, whatever seed its file says."""
    first, other = queue(tmp_path, *SHORT), queue(tmp_path, *SHORT, "run.seed=5")
    row = compare_scenarios([("first", first), ("other", other)]).find("tenant", "", "pending.mean")
    assert row is not None
    assert row.differences[0][:3] == (0.0, 0.0, 0.0)


def test_ctrl_c_while_it_is_looked_for(tmp_path: Path) -> None:
    def struck(done: int, _of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(RunInterrupted, match="looking how long the warm-up is"):
        run_study(queue(tmp_path, AUTO), progress=struck)


def test_what_is_kept_has_the_length_and_how_it_was_found(tmp_path: Path) -> None:
    loaded = queue(tmp_path, AUTO, "time.duration=5d", "run.replications=2")
    kept = run_and_keep(loaded, out=tmp_path / "out", report=lambda _study, _path: None)
    found = kept.study.warm_up
    assert found is not None
    manifest = json.loads((kept.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["window_s"] == [found.cut_s, 5 * DAY_S]
    assert open_run(kept.folder).scenario.time.warm_up == found.cut_s
    summary = json.loads((kept.folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["warm_up"]["cut_s"] == found.cut_s
    again = run_and_keep(loaded, out=tmp_path / "again", report=lambda _study, _path: None)
    names = ("manifest.json", "summary.json")
    assert [(kept.folder / name).read_bytes() for name in names] == [
        (again.folder / name).read_bytes() for name in names
    ]


def test_one_accounts_view_does_not_tell_what_all_the_estate_did(tmp_path: Path) -> None:
    loaded = queue(tmp_path, AUTO, "time.duration=5d", "run.replications=2")
    study = run_study(loaded, sight=sight_of(loaded.access, "owner"))
    assert study.warm_up is None
    assert study.legend.window.from_s > 0
