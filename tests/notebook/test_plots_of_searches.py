"""Plots of sweeps, sizings and advice show what their frames hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from builders_files import PARALLEL, scenario_file
from matplotlib.collections import PathCollection

import simulator

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.container import ErrorbarContainer

    from simulator.notebook.results import AdviceResult, SizeResult, SweepResult

SHARED = PARALLEL.replace("machines: [two]", "machines: [one]").replace(
    "at_most: 0s", "at_most: 5m"
)
"""Both folders on one machine, which needs two slots at least."""

DURATION = "folders.Drawn.processes.P.duration"
SLOTS = "machines.one.slots"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scenario_file(tmp_path_factory.mktemp("searches"), SHARED)


@pytest.fixture(scope="module")
def swept(file: Path) -> SweepResult:
    return simulator.sweep(file, {SLOTS: [2, 3], DURATION: ["5m", "10m"]}, replications=2)


@pytest.fixture(scope="module")
def sized(file: Path) -> SizeResult:
    return simulator.size(file, {SLOTS: range(1, 5)}, at_most=20)


@pytest.fixture(scope="module")
def advice(file: Path) -> AdviceResult:
    return simulator.advise(file, overrides=[f"{SLOTS}=2"], most=3, replications=2)


def bars(axes: Axes) -> dict[str, ErrorbarContainer]:
    return {str(one.get_label()): one for one in axes.containers}  # type: ignore[misc]


def test_a_grid_has_a_line_a_combination(swept: SweepResult) -> None:
    axes = swept.plot("pending.mean", scope="folder", name="Drawn")
    frame = swept.frame()
    is_it = (frame["name"] == "Drawn") & (frame["measure"] == "pending.mean")
    lines = bars(axes)
    assert list(lines) == [f"{DURATION} = 5m", f"{DURATION} = 10m"]
    for label, line in lines.items():
        rows = frame[is_it & (frame[DURATION] == label.rpartition(" ")[2])]
        x, y = line.lines[0].get_data()
        assert list(x) == [2, 3]
        np.testing.assert_allclose(y, rows["mean"])
    assert (axes.get_xlabel(), axes.get_ylabel()) == (SLOTS, "pending.mean, s")
    assert axes.get_title() == "Mean Pending of Drawn"


def test_what_is_no_number_stands_in_its_order(swept: SweepResult) -> None:
    axes = swept.plot(over=DURATION)
    assert [one.get_text() for one in axes.get_xticklabels()] == ["5m", "10m"]
    assert list(bars(axes)) == [f"{SLOTS} = 2", f"{SLOTS} = 3"]


def test_the_limit_of_a_target_is_drawn(swept: SweepResult) -> None:
    axes = swept.plot("pending.mean", scope="folder", name="Even")
    (limit,) = [one for one in axes.lines if one.get_label() == "limit"]
    unit = 60 if axes.get_ylabel().endswith("min") else 1
    assert list(limit.get_ydata()) == [300 / unit] * 2


@pytest.mark.parametrize(
    ("measure", "name", "over", "message"),
    [
        ("pending.means", "", None, "did you mean"),
        ("pending.mean", "Odd", None, "no point has a value of pending.mean of tenant Odd"),
        ("pending.mean", "", "run.seed", "'run.seed' was not varied; there is machines.one.slots"),
    ],
)
def test_a_sweep_says_what_cannot_be_drawn(
    swept: SweepResult, measure: str, name: str, over: str | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        swept.plot(measure, name=name, over=over)


def test_a_sizing_draws_the_fleets_that_were_simulated(sized: SizeResult) -> None:
    axes = sized.plot()
    frame = sized.frame().dropna(subset="mean")
    drawn = {
        (int(x), float(y))
        for one in bars(axes).values()
        for x, y in zip(*one.lines[0].get_data(), strict=True)
    }
    unit = 60 if axes.get_ylabel().endswith("min") else 1
    rows = zip(frame[SLOTS], frame["mean"] / unit, strict=True)
    assert drawn == {(int(slots), mean) for slots, mean in rows}
    lines = {str(one.get_label()): one for one in axes.lines}
    assert list(lines["limit"].get_ydata()) == [300 / unit] * 2
    assert sized.answer is not None
    assert list(lines["answer"].get_xdata()) == [float(sized.answer[0])] * 2
    assert axes.get_title() == "Mean Pending of Even"
    assert axes.get_xlabel() == SLOTS


def test_a_sizing_has_targets_from_0(sized: SizeResult) -> None:
    with pytest.raises(ValueError, match="there is no target 1: they count from 0 to 0"):
        sized.plot(1)


@pytest.mark.parametrize("folder", [None, "Even"])
def test_advice_draws_its_options_in_their_order(advice: AdviceResult, folder: str | None) -> None:
    axes = advice.plot(folder)
    expected = (
        [one.standing.change.mean for one in advice.options]
        if folder is None
        else advice.frame().query("folder == @folder")["p95_change_s"].tolist()
    )
    (marks,) = [one for one in axes.collections if isinstance(one, PathCollection)]
    unit = 60 if ", min" in axes.get_xlabel() else 1
    drawn = np.asarray(marks.get_offsets())[:, 0]
    np.testing.assert_allclose(drawn, np.array(expected) / unit)
    assert len(axes.get_yticklabels()) == len(advice.options) > 0


def test_advice_knows_its_folders(advice: AdviceResult) -> None:
    with pytest.raises(ValueError, match="no folder is called 'Odd'; there is "):
        advice.plot("Odd")


def test_all_of_them_show_themselves(
    swept: SweepResult, sized: SizeResult, advice: AdviceResult
) -> None:
    for axes in (swept.plot(), sized.plot(), advice.plot()):
        assert axes._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
