"""Sweeps, sizings and advice as notebooks ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders_checks import break_on_purpose
from builders_files import PARALLEL, scenario_file

import simulator
from simulator.engine.slots import Slots
from simulator.errors import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

SLOTS = {"machines.one.slots": range(1, 4)}
WAITS = PARALLEL.replace("folder: Even", "folder: Drawn").replace("at_most: 0s", "at_most: 8m")
"""Its target is about Drawn, an M/M/1 queue of load 2/3 with a slot, which waits 20 min there."""


def test_a_sweep_has_every_figure_of_every_point(tmp_path: Path) -> None:
    found = simulator.sweep(scenario_file(tmp_path), SLOTS, replications=2)
    frame = found.frame()
    waits = frame[(frame["name"] == "Drawn") & (frame["measure"] == "pending.mean")]
    assert waits["machines.one.slots"].tolist() == [1, 2, 3]
    with_two = simulator.run(
        scenario_file(tmp_path), overrides=["machines.one.slots=2"], replications=2
    )
    row = with_two.summary.find("folder", "Drawn", "pending.mean")
    assert row is not None
    assert waits["mean"].iloc[1] == row.mean
    assert found.folder is None


def test_a_sweep_is_kept_with_its_report(tmp_path: Path) -> None:
    file, told = scenario_file(tmp_path), list[tuple[int, int]]()
    found = simulator.sweep(
        file,
        "machines.one.slots=1..3",
        out=tmp_path / "kept",
        replications=2,
        progress=lambda done, of: told.append((done, of)),
    )
    assert found.folder is not None
    names = sorted(path.name for path in found.folder.iterdir())
    assert names == ["manifest.json", "page.json", "report.html", "sweep.csv", "sweep.json"]
    assert told[-1] == (6, 6)
    in_memory = simulator.sweep(file, SLOTS, replications=2)
    assert found.frame().equals(in_memory.frame())


def test_a_sample_has_as_many_points_as_asked(tmp_path: Path) -> None:
    share = ["folders.Drawn.processes.P.duration=5m..10m"]
    found = simulator.sweep(
        scenario_file(tmp_path), share, design="latin", points=3, replications=1
    )
    assert len(found.points) == 3


def test_a_sizing_has_its_answer_and_frames(tmp_path: Path) -> None:
    found = simulator.size(scenario_file(tmp_path, WAITS), SLOTS, at_most=30)
    assert (found.answer, found.fleet) == (("2",), {"machines.one.slots": 2})
    fleets = found.frame().set_index("machines.one.slots")
    tried = {tuple(map(int, one.values)): one for one in found.tried}
    assert set(fleets.index) == {value for (value,) in tried}
    assert fleets.loc[2, "fleet_outcome"] == "met"
    assert fleets.loc[2, "mean"] == tried[2,].targets[0].mean
    assert fleets.loc[1, "fleet_outcome"] == "missed"
    effects = found.effects_frame()
    assert effects["step"].tolist() == [one.step for one in found.effects]
    assert effects["mean"].tolist() == [one.differences[0].mean for one in found.effects]


def test_advice_has_a_row_an_option_and_folder(tmp_path: Path) -> None:
    shared = PARALLEL.replace("machines: [two]", "machines: [one]")
    found = simulator.advise(
        scenario_file(tmp_path, shared),
        overrides=["machines.one.slots=2"],
        most=2,
        replications=2,
    )
    frame = found.frame()
    assert found.today.replications == 2
    assert frame["rank"].max() == len(found.options) <= 2
    assert set(frame["folder"]) == {"Drawn", "Even"}


def test_what_is_wrong_is_told_like_everywhere(tmp_path: Path) -> None:
    file = scenario_file(tmp_path)
    with pytest.raises(ScenarioError, match="no 'three'"):
        simulator.sweep(file, {"machines.three.slots": [1]})
    with pytest.raises(ScenarioError, match="is no number"):
        simulator.size(file, {"machines.one.slots": ["many"]})


@pytest.mark.parametrize("ask", ["sweep", "size"])
def test_a_check_that_fails_is_warned_of(
    ask: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_on_purpose(monkeypatch, Slots, "begin", "meter.waited_s += now", "pass")
    file, asked = scenario_file(tmp_path, WAITS), {"sweep": simulator.sweep, "size": simulator.size}
    with pytest.warns(RuntimeWarning, match=r"self-check failed: .*little\.time") as told:
        asked[ask](file, {"machines.one.slots": [1]})
    assert {one.filename for one in told} == {__file__}
