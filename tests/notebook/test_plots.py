"""Plots show what the frames hold, on axes of the caller's or of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from builders_files import PARALLEL, scenario_file
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure

import simulator
from simulator.notebook.plots.drawing import label

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.notebook.plots.study import StudyKind
    from simulator.notebook.results import ComparisonResult, StudyResult

DOLLARS = PARALLEL.replace("  Drawn:", '  "$x$":').replace("folders.Drawn.", 'folders."$x$".')


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyResult:
    return simulator.run(scenario_file(tmp_path_factory.mktemp("plots")), replications=3)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> ComparisonResult:
    return simulator.compare(scenario_file(tmp_path_factory.mktemp("plots")), replications=3)


def rows(frame: pd.DataFrame, scope: str, measure: str) -> pd.DataFrame:
    return frame[(frame["scope"] == scope) & (frame["measure"] == measure)].set_index("name")


def names(axes: Axes) -> list[str]:
    return [one.get_text() for one in axes.get_yticklabels()]


def errors(axes: Axes) -> list[tuple[float, float]]:
    """Return the ends of every error bar drawn."""
    return [
        (float(ends[0][0]), float(ends[1][0]))
        for bars in axes.collections
        if isinstance(bars, LineCollection)
        for ends in bars.get_segments()
    ]


@pytest.mark.parametrize(
    ("kind", "measure", "scope", "of", "divisor", "title"),
    [
        ("folders", None, "folder", "pending.mean", 60.0, "pending.mean, min"),
        ("folders", "jobs.submitted", "folder", "jobs.submitted", 1.0, "jobs.submitted"),
        ("processes", None, "process", "pending.mean", 60.0, "pending.mean, min"),
        ("machines", None, "machine", "slots.utilisation", 0.01, "slots.utilisation, %"),
        ("accounts", None, "account", "account.utilisation", 0.01, "account.utilisation, %"),
    ],
)
def test_bars_are_the_summarys(
    study: StudyResult,
    kind: StudyKind,
    measure: str | None,
    scope: str,
    of: str,
    divisor: float,
    title: str,
) -> None:
    axes = study.plot(kind, measure=measure)
    expected = rows(study.summary_frame(), scope, of).dropna(subset="mean")
    expected = expected.sort_values("mean", ascending=False, kind="stable")
    widths = [bar.get_width() for bar in axes.patches]  # type: ignore[attr-defined]
    assert names(axes) == [label(name) for name in expected.index]
    np.testing.assert_allclose(widths, expected["mean"] / divisor)
    ends = expected[["low", "high"]].to_numpy() / divisor
    np.testing.assert_allclose(errors(axes), ends, atol=1e-9)
    assert axes.get_xlabel() == title
    assert axes.get_title() == f"{of} by {scope}"


@pytest.mark.parametrize(
    ("measure", "field"), [("pending.jobs", "pending"), ("slots.busy", "busy")]
)
def test_a_week_has_its_hours(study: StudyResult, measure: str, field: str) -> None:
    """One day was observed, a Monday: the other days are empty."""
    axes = study.plot("week", measure=measure)
    drawn = axes.collections[0].get_array()
    assert drawn is not None
    np.testing.assert_allclose(
        np.ma.filled(np.ma.asarray(drawn), np.nan).reshape(-1), getattr(study.hours, field)
    )
    assert names(axes)[0] == "Mon"
    assert axes.get_title().endswith("by hour of the week")


def test_blame_adds_up_to_the_jobs_that_were_pending(study: StudyResult) -> None:
    """Nobody waits in Even; who waits in Drawn, whose machine no other has, waits for his own."""
    axes = study.plot("blame")
    pending = rows(study.summary_frame(), "folder", "pending.jobs")["mean"]
    assert names(axes) == ["Drawn"]
    widths = [bar.get_width() for bar in axes.patches]  # type: ignore[attr-defined]
    assert sum(widths) == pytest.approx(pending["Drawn"])
    legend = axes.get_legend()
    assert legend is not None
    assert [one.get_text() for one in legend.get_texts()] == ["jobs of Drawn"]


@pytest.mark.parametrize(
    ("kind", "measure", "message"),
    [
        ("rooms", None, "no kind of plot is called 'rooms'; there is folders, "),
        ("folders", "pending.means", "did you mean 'pending.mean'"),
        ("folders", "slots.utilisation", "no folder has a value of slots.utilisation"),
        ("queues", None, "no queue has a value"),
        ("week", "pending.p95", "by hour of the week there is pending.jobs and slots.busy"),
        ("blame", "pending.p95", "blame is told in pending.jobs"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    study: StudyResult, kind: StudyKind, measure: str | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        study.plot(kind, measure=measure)


def test_nobody_to_blame(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, PARALLEL.replace("4 per hour", "1 per day"))
    with pytest.raises(ValueError, match="nobody to blame"):
        simulator.run(file, replications=1, seed=1).plot("blame")


def test_differences_are_the_comparisons(comparison: ComparisonResult) -> None:
    """A mark is filled where the difference is clear: here none of Even, which nothing changes."""
    axes = comparison.plot()
    frame = rows(comparison.frame(), "folder", "pending.mean")
    assert names(axes) == ["Drawn", "Even"]
    marks = [one for one in axes.collections if isinstance(one, PathCollection)]
    for mark, variant in zip(marks, ("faster", "second"), strict=True):
        expected = frame[frame["variant"] == variant].loc[["Drawn", "Even"]]
        drawn = np.asarray(mark.get_offsets())[:, 0]
        np.testing.assert_allclose(drawn, expected["difference"] / 60.0)
        hollow = [tuple(one) == (1, 1, 1, 1) for one in mark.get_facecolor()]
        assert hollow == [not one for one in expected["clear"]]
        assert hollow[1]
    changed = frame[frame["variant"] != "as written"]
    ends = changed[["low", "high"]].to_numpy() / 60.0
    np.testing.assert_allclose(sorted(errors(axes)), sorted(map(tuple, ends)))
    legend = axes.get_legend()
    assert legend is not None
    assert [one.get_text() for one in legend.get_texts()] == ["faster", "second"]
    assert axes.get_xlabel().startswith("Difference of pending.mean, min")
    assert axes.get_title() == "pending.mean by folder, compared with as written"


def test_a_comparison_needs_a_value_to_draw(comparison: ComparisonResult) -> None:
    with pytest.raises(ValueError, match="no queue has a value"):
        comparison.plot("items.wait.mean", scope="queue")


def test_it_draws_where_it_is_told(study: StudyResult, comparison: ComparisonResult) -> None:
    given = Figure().subplots(2)
    assert study.plot(ax=given[0]) is given[0]
    assert comparison.plot(ax=given[1]) is given[1]


def test_what_marks_mean_covers_none_of_them(comparison: ComparisonResult) -> None:
    """It stands to the right of axes of its own, whatever they hold; upon the caller's."""
    beside = {}
    for axes in (comparison.plot(), comparison.plot(ax=Figure().subplots())):
        axes.figure.draw_without_rendering()
        legend = axes.get_legend()
        assert legend is not None
        beside[type(axes).__name__] = legend.get_window_extent().x0 >= axes.bbox.x1
    assert beside == {"ShownAxes": True, "Axes": False}


def test_axes_of_its_own_show_themselves_the_same_each_time(study: StudyResult) -> None:
    """Pyplot, which would show them a second time, knows nothing of them."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only to ask what it knows

    first, again = study.plot("week"), study.plot("week")
    assert first._repr_png_() == again._repr_png_()  # type: ignore[attr-defined]
    assert first._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert plt.get_fignums() == []


def test_a_name_is_no_formula_and_no_secret(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = scenario_file(tmp_path_factory.mktemp("dollars"), DOLLARS)
    axes = simulator.run(file, replications=2).plot()
    assert names(axes) == [r"\$x\$", "Even"]
    assert axes.get_yticklabels()[0]._preprocess_math(r"\$x\$") == ("$x$", False)
    assert axes._repr_png_()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "told"),
    [("HR", "HR"), ("$x$", r"\$x\$"), ("_hidden", " _hidden"), ("a\x1b", "a\\x1b")],
)
def test_labels(name: str, told: str) -> None:
    assert label(name) == told
