"""A sweep: what is checked before, what is found, and that an interrupted one goes on."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders_files import scenario_file
from builders_sweeps import HOSTS, LOADED, contents, prepared, swept

from simulator.errors import EndlessRun, RunInterrupted, ScenarioError
from simulator.experiments.study import run_study
from simulator.experiments.sweeping import running
from simulator.experiments.sweeping.points import point_text, read_point
from simulator.experiments.sweeping.preparing import prepare
from simulator.experiments.sweeping.question import Question
from simulator.experiments.sweeping.running import run_sweep
from simulator.experiments.sweeping.sweep import Sweep
from simulator.experiments.sweeping.sweep_json import sweep_json
from simulator.loading import load, open_scenario, render

POINTS = 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the sweep that nothing interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    found = run_sweep(prepared(folder), out=folder / "out")
    assert found.folder is not None
    return contents(found.folder)


def name_of(folder: Path, *vary: str, text: str = LOADED, **asked: object) -> str:
    return prepared(folder, *vary, text=text, **asked).name


def test_each_point_is_the_run_of_its_scenario(tmp_path: Path) -> None:
    """The same figures as `run` with `--set`, on the same seed: common random numbers."""
    sweep = swept(tmp_path)
    study = run_study(load(tmp_path / "estate.yaml", overrides=["machines.shared.hosts=2"]))
    assert list(map(repr, sweep.found[1].rows)) == list(map(repr, study.summary.rows))
    assert sweep.found[1].run_id == study.run_id


def test_what_is_found_at_the_points(tmp_path: Path) -> None:
    """Utilisation is the load over the slots: half as much on twice as many hosts."""
    sweep = swept(tmp_path)
    use = [point.find("machine", "shared", "slots.utilisation") for point in sweep.points]
    means = [row.mean for row in use if row is not None]
    assert means == pytest.approx([means[0] / hosts for hosts in range(1, 5)], rel=0.05)
    assert [point.met for point in sweep.points] == [0, 1, 2, 2]
    assert [point.number for point in sweep.best()] == [3, 4]
    assert sweep.best() == sweep.meeting_all()


def test_without_targets_the_best_has_the_least_p95(tmp_path: Path) -> None:
    sweep = swept(tmp_path, "machines.shared.hosts=2,1", text=LOADED.partition("targets:")[0])
    assert not sweep.has_targets
    assert sweep.meeting_all() == ()
    assert [point.values for point in sweep.best()] == [("2",)]


def test_all_points_have_the_submissions_of_the_seed(tmp_path: Path) -> None:
    rows = swept(tmp_path).frame().query("scope == 'tenant' and measure == 'jobs.submitted'")
    assert rows["mean"].nunique() == 1
    assert list(rows["machines.shared.hosts"]) == [1, 2, 3, 4]


def test_the_table_is_tidy_and_has_the_varied_values(tmp_path: Path) -> None:
    sweep = swept(tmp_path, "machines.shared.hosts=1,2", "dispatch.blocked=skip,block")
    frame = sweep.frame()
    assert list(frame.columns[:5]) == [
        *("point", "machines.shared.hosts", "dispatch.blocked", "scope", "name"),
    ]
    one = frame.query("point == 3 and scope == 'folder' and measure == 'pending.mean'").iloc[0]
    row = sweep.points[2].find("folder", "HR", "pending.mean")
    assert row is not None
    assert (one["machines.shared.hosts"], one["dispatch.blocked"]) == (2, "skip")
    assert (one["mean"], one["half_width"], one["n"]) == (row.mean, row.half_width, row.n)


def test_in_memory_and_on_disk_are_the_same(tmp_path: Path) -> None:
    one = prepared(tmp_path)
    here, there = run_sweep(one), run_sweep(one, out=tmp_path / "out")
    assert here.frame().equals(there.frame())
    assert here.points == there.points
    assert there.folder == tmp_path / "out" / "loaded" / one.name
    assert set(contents(there.folder)) == {"manifest.json", "sweep.csv", "sweep.json"}
    assert (there.folder / "sweep.json").read_text(encoding="utf-8") == sweep_json(here)


def test_only_the_figures_that_people_look_at_stay_in_memory(tmp_path: Path) -> None:
    sweep = run_sweep(prepared(tmp_path), out=tmp_path / "out")
    assert sweep.found == ()
    assert all(len(point.rows) < 10 for point in sweep.points)


def test_json_has_targets_figures_and_the_best(tmp_path: Path) -> None:
    content = json.loads(sweep_json(swept(tmp_path)))
    assert content["paths"] == ["machines.shared.hosts"]
    assert content["best"] == [3, 4]
    point = content["points"][0]
    assert point["values"] == {"machines.shared.hosts": 1}
    assert point["targets"][0] == {
        "scope": "folder",
        "name": "HR",
        "measure": "pending.p95",
        "at_most": 900.0,
        "at_least": None,
        "outcome": "missed",
        "why": "",
    }


def test_a_name_is_of_all_that_the_bytes_depend_on(tmp_path: Path) -> None:
    usual = name_of(tmp_path)
    assert usual == name_of(tmp_path)
    assert usual.startswith("sweep-")
    assert usual.endswith("-s7")
    others = {
        name_of(tmp_path, "machines.shared.hosts=1..3"),
        name_of(tmp_path, "machines.shared.hosts=4,3,2,1"),
        name_of(tmp_path, replications=4),
        name_of(tmp_path, seed=8),
        name_of(tmp_path, overrides=("machines.shared.slots=2",)),
        name_of(tmp_path, design="latin", points=4),
        name_of(tmp_path, text=LOADED.replace("10m", "11m")),
    }
    assert len(others | {usual}) == 8


def broken_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let Ctrl-C come after so many points."""
    calls = iter(range(100))

    def run_or_stop(*arguments: object, **more: object) -> object:
        if next(calls) == after:
            raise KeyboardInterrupt
        return run_study(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "run_study", run_or_stop)


@pytest.mark.parametrize("after", range(POINTS))
def test_an_interrupted_sweep_goes_on_and_ends_in_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes], after: int
) -> None:
    one = prepared(tmp_path)
    with monkeypatch.context() as patched:
        broken_off(patched, after)
        kept = "; they are kept in .*-partial" if after else "$"
        with pytest.raises(RunInterrupted, match=f"{after} of 4 points are done{kept}"):
            run_sweep(one, out=tmp_path / "out")
    partial = tmp_path / "out" / "loaded" / f"{one.name}-partial"
    assert len(list(partial.rglob("*.json"))) == after
    runs = counted(monkeypatch)
    found = run_sweep(one, out=tmp_path / "out")
    assert len(runs) == POINTS - after
    assert found.folder is not None
    assert contents(found.folder) == whole
    assert [path.name for path in (tmp_path / "out" / "loaded").iterdir()] == [one.name]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the studies that are run from now on."""
    runs: list[int] = []

    def counting(*arguments: object, **more: object) -> object:
        runs.append(1)
        return run_study(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "run_study", counting)
    return runs


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _of_another_run(text: str) -> str:
    return text.replace('"run_id": "', '"run_id": "0')


def _changed(old: str, new: str) -> Callable[[str], str]:
    """Give what changes a text in one place, which is there."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    "tear",
    [
        *(_cut, _of_another_run, lambda _: "", lambda _: "[1, 2]", lambda _: "\0" * 500),
        *(_changed('"number": 2', '"number": 1e999'), _changed('["2"]', "[2]")),
        *(_changed('"2"', '"3"'), _changed('"met"', '"missed"'), _changed("null", "[]")),
        _changed('"cautions": [', '"cautions": ["\\ud800", '),
    ],
    ids=[
        *("cut", "another run", "empty", "a list", "zeros", "endless number", "value of a type"),
        *("another value", "another outcome", "rows of lists", "half a character"),
    ],
)
def test_a_file_that_is_not_whole_is_done_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    whole: dict[str, bytes],
    tear: Callable[[str], str],
) -> None:
    one = prepared(tmp_path)
    with monkeypatch.context() as patched:
        broken_off(patched, 3)
        with pytest.raises(RunInterrupted):
            run_sweep(one, out=tmp_path / "out")
    torn = tmp_path / "out" / "loaded" / f"{one.name}-partial" / "points" / "2.json"
    torn.write_text(tear(torn.read_text(encoding="utf-8")), encoding="utf-8")
    runs = counted(monkeypatch)
    found = run_sweep(one, out=tmp_path / "out")
    assert len(runs) == 2, "the fourth, which was missing, and the second"
    assert found.folder is not None
    assert contents(found.folder) == whole


def test_another_sweep_beside_it_that_ends_first_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes]
) -> None:
    """It removes the points that both have written: they are run again."""
    one = prepared(tmp_path)
    calls = iter(range(100))

    def with_another(*arguments: object, **more: object) -> object:
        if next(calls) == 2:
            monkeypatch.setattr(running, "run_study", run_study)
            run_sweep(one, out=tmp_path / "out")
        return run_study(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "run_study", with_another)
    found = run_sweep(one, out=tmp_path / "out")
    assert found.folder is not None
    assert contents(found.folder) == whole


def test_a_point_reads_back_number_for_number(tmp_path: Path) -> None:
    """What does not exist is NaN, which is not equal to itself: so are the texts compared."""
    point = swept(tmp_path, "machines.shared.hosts=0,1").found[0]
    again = read_point(point_text(point))
    assert again is not None
    assert point_text(again) == point_text(point)
    assert (again.values, again.targets, again.cautions) == (
        *(point.values, point.targets, point.cautions),
    )
    assert any(math.isnan(row.mean) for row in again.rows)


def test_a_run_that_fails_names_its_point_and_those_before_stay(tmp_path: Path) -> None:
    """With their only host in maintenance for ever, the jobs of the second wait for ever."""
    text = LOADED.replace("{hosts: 1, slots: 1}", "{hosts: 1, slots: 1, maintenance: []}")
    always = "[{cron: '0 0 * * * ?', duration: 1h}]"
    one = prepared(tmp_path, f"machines.shared.maintenance=[],[],{always}", text=text)
    assert len(one.checked) == 2, "equal values stand once"
    with pytest.raises(EndlessRun, match=r"in .point 2 of 2: machines\.shared\.maintenance="):
        run_sweep(one, out=tmp_path / "out")
    partial = tmp_path / "out" / "loaded" / f"{one.name}-partial" / "points"
    assert [path.name for path in partial.iterdir()] == ["1.json"]


def test_replications_that_stop_by_precision_differ_by_point(tmp_path: Path) -> None:
    """Ten decide both targets with four hosts; with two, P95 is too close to its limit."""
    text = LOADED.replace("replications: 2", "replications: {precision: 5%, at_most: 15}")
    sweep = swept(tmp_path, "machines.shared.hosts=2,4", text=text)
    assert [point.replications for point in sweep.points] == [15, 10]


def test_the_warm_up_as_written_is_that_of_all_points(tmp_path: Path) -> None:
    text = LOADED.replace("duration: 1d}", "duration: 8d, warm_up: auto}")
    sweep = swept(tmp_path, "machines.shared.hosts=1,2", text=text)
    alone = run_study(load(tmp_path / "estate.yaml"))
    assert alone.warm_up is not None
    assert {point.warm_up_s for point in sweep.points} == {alone.warm_up.cut_s}


def errors(folder: Path, *vary: str, **asked: object) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        prepared(folder, *vary, **asked)
    return [render(issue) for issue in caught.value.issues]


def test_every_point_is_checked_before_any_is_run(tmp_path: Path) -> None:
    path = "folders.HR.starts.calls.stream.poisson"
    (told,) = errors(tmp_path, f"{path}=1 per hour,often,2 per hour", HOSTS)
    first = told.splitlines()[0]
    assert first.startswith(f"--vary:1:{len(path) + 2}: at point 5 and 3 more ({path}=often machin")
    assert f"{path}=often" in told.splitlines()[1]


def test_a_path_that_leads_nowhere_is_told_once(tmp_path: Path) -> None:
    (told,) = errors(tmp_path, "machines.shared.host=1..100")
    assert "'machines.shared' has no key 'host'" in told
    assert "did you mean 'hosts'?" in told


@pytest.mark.parametrize(
    ("vary", "asked", "message"),
    [
        ("run.seed=1..3", {"seed": 4}, "--seed would undo that"),
        ("run.replications=2..3", {"replications": 4}, "--replications would undo that"),
        ("name=a,b", {}, "'name' changes no figure"),
        (HOSTS, {"points": 5}, "a grid has as many points as there are combinations"),
        (HOSTS, {"design": "latin"}, "has to be told how many points"),
    ],
)
def test_what_does_not_go_together(
    tmp_path: Path, vary: str, asked: dict[str, object], message: str
) -> None:
    assert message in "\n".join(errors(tmp_path, vary, **asked))


def test_a_seed_may_be_varied_itself(tmp_path: Path) -> None:
    frame = swept(tmp_path, "run.seed=1..3").frame()
    waits = frame.query("scope == 'folder' and measure == 'pending.mean'")
    assert waits["mean"].nunique() == 3


def test_warnings_say_at_which_points(tmp_path: Path) -> None:
    """With half the hosts the load is too much: two slots' worth come to one."""
    text = LOADED.replace("5 per hour", "9 per hour")
    one = prepared(tmp_path, "machines.shared.hosts=1,2", text=text)
    (told,) = (issue.message for issue in one.warnings if issue.code == "unstable-load")
    assert told.startswith("at point 1 (machines.shared.hosts=1): ")


def test_cautions_say_at_which_points_unless_at_all(tmp_path: Path) -> None:
    sweep: Sweep = swept(tmp_path)
    assert "2 replications are few, so intervals are rough: run 10 or more" in sweep.cautions()


def test_checking_tells_how_far_it_is(tmp_path: Path) -> None:
    told = list[tuple[int, int]]()
    file = open_scenario(scenario_file(tmp_path, LOADED))
    prepare(file, Question((HOSTS,)), lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_cautions_that_differ_in_numbers_alone_are_one(tmp_path: Path) -> None:
    """Three points at which a pool was at its max for other shares, and one without."""
    sweep = swept(tmp_path)
    first, *others = sweep.points
    told = "vm stood at its max of 2 hosts for {} % of the window"
    points = (
        replace(first, cautions=(told.format(31), "alone 1")),
        replace(others[0], cautions=(told.format(12.5),)),
        replace(others[1], cautions=(told.format(6),)),
        replace(others[2], cautions=()),
    )
    assert replace(sweep, points=points).cautions() == (
        f"point 1 and 2 more, with figures of their own: {told.format(31)}",
        "point 1: alone 1",
    )
