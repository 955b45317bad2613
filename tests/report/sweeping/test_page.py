"""What a sweep's report and table show: the right picture for what is varied, harmless names."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders_sweeps import HOSTS, LOADED, swept
from rich.console import Console

from simulator.experiments.sweeping.sweep import Sweep
from simulator.report.charts import Curves
from simulator.report.rendering.page_html import html
from simulator.report.sweeping.naming import conclusion, short_paths
from simulator.report.sweeping.page import sweep_page
from simulator.report.sweeping.pictures import figures_of
from simulator.report.sweeping.table import sweep_table

TARGETLESS = LOADED.partition("targets:")[0]


def curves(sweep: Sweep) -> list[Curves]:
    charts = [figure.chart for figure in figures_of(sweep)]
    assert all(isinstance(chart, Curves) for chart in charts)
    return [chart for chart in charts if isinstance(chart, Curves)]


def printed(sweep: Sweep, width: int = 120) -> str:
    text = io.StringIO()
    Console(file=text, width=width).print(sweep_table(sweep))
    return text.getvalue()


@pytest.fixture(scope="module")
def over_hosts(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return swept(tmp_path_factory.mktemp("hosts"))


def test_one_quantity_has_a_line_for_each_target_with_its_limit(over_hosts: Sweep) -> None:
    waits, use = curves(over_hosts)
    assert waits.axes == ("machines.shared.hosts", "P95 Pending, min")
    assert [curve.name for curve in waits.curves] == ["HR"]
    assert [point.x for point in waits.curves[0].points] == [1, 2, 3, 4]
    assert [(one.name.replace("\xa0", " "), one.value) for one in waits.limits] == [
        ("HR: at most 15 min", 15.0),
    ]
    assert use.axes[1] == "Utilisation, %"
    assert [one.value for one in use.limits] == [90.0]
    assert waits.mark is not None
    assert (waits.mark.name, waits.mark.value) == ("as written", 1.0)


def test_a_value_far_beyond_its_limit_is_told_and_not_drawn(over_hosts: Sweep) -> None:
    """P95 with one host is some 2 hours and its limit 15 min: drawn, it would flatten the rest."""
    figure = figures_of(over_hosts)[0]
    row = over_hosts.points[0].find("folder", "HR", "pending.p95")
    assert row is not None
    assert isinstance(figure.chart, Curves)
    is_far = row.mean > 4 * 900
    assert (figure.chart.curves[0].points[0].value > 0) is not is_far
    assert bool(figure.note) is is_far


def test_without_targets_waits_by_folder_and_utilisation_by_machine(tmp_path: Path) -> None:
    waits, use = curves(swept(tmp_path, text=TARGETLESS))
    assert ([one.name for one in waits.curves], waits.limits) == (["HR"], ())
    assert [one.name for one in use.curves] == ["machine shared"]


def test_two_quantities_have_a_line_for_each_value_of_the_other(tmp_path: Path) -> None:
    sweep = swept(tmp_path, "dispatch.blocked=skip,block", "machines.shared.hosts=1,2,4")
    charts = curves(sweep)
    assert [chart.axes[0] for chart in charts] == ["machines.shared.hosts"] * 2
    assert [curve.name for curve in charts[0].curves] == [
        "dispatch.blocked = skip",
        "dispatch.blocked = block",
    ]
    assert charts[0].title.startswith("P95 Pending of HR, by shared.hosts")


def test_a_design_has_points_alone_over_each_quantity(tmp_path: Path) -> None:
    path = "folders.HR.processes.onboard.duration.exponential"
    vary = (f"{path}=5m..15m", "machines.shared.hosts=1..2")
    charts = curves(swept(tmp_path, *vary, design="latin", points=4))
    assert len(charts) == 4
    assert not any(chart.joined for chart in charts)
    assert [chart.axes[0] for chart in charts[:2]] == [f"{path}, m", "machines.shared.hosts"]


def test_words_stand_apart_along_x(tmp_path: Path) -> None:
    waits, _ = curves(swept(tmp_path, "dispatch.blocked=skip,block"))
    assert [tick.name for tick in waits.ticks] == ["skip", "block"]
    assert not waits.joined


def test_the_page_has_the_answer_the_pictures_and_every_point(over_hosts: Sweep) -> None:
    page = sweep_page(over_hosts)
    text = html(page)
    assert page.kind == "Sweep"
    assert "All targets are met at 2 of 4 points" in text
    assert text.count("<svg") == 2
    (table,) = page.sections[1].tables
    assert (table.folded, len(table.rows)) == (True, 4)


def test_names_are_text_in_the_page_and_harmless_in_a_terminal(tmp_path: Path) -> None:
    evil = "<script>\u202e$x$"
    text = LOADED.replace("HR", f"'{evil}'")
    sweep = swept(tmp_path, "machines.shared.hosts=1,2", text=text)
    page = html(sweep_page(sweep))
    assert page.count("<script>") == 1  # its own
    assert "&lt;script&gt;" in page
    assert "\u202e" not in printed(sweep)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_table_fits_any_width(over_hosts: Sweep, width: int) -> None:
    lines = printed(over_hosts, width).splitlines()
    assert all(len(line) <= width for line in lines)
    assert sum("best" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("text", "vary", "sentence"),
    [
        (LOADED, HOSTS, "All targets are met at 2 of 4 points, the first of them "),
        (LOADED, "machines.shared.hosts=1,2", "At no point are all targets met; most, 1 of 2, are"),
        (LOADED, "machines.shared.hosts=1", "No target is met at any of 1 point."),
        (TARGETLESS, HOSTS, "Of 4 points, P95 Pending is least at machines.shared.hosts="),
        (TARGETLESS, "machines.shared.hosts=0", "No job started at any of 1 point."),
    ],
)
def test_the_conclusion(tmp_path: Path, text: str, vary: str, sentence: str) -> None:
    assert conclusion(swept(tmp_path, vary, text=text)).startswith(sentence)


@pytest.mark.parametrize(
    ("paths", "short"),
    [
        (["machines.M1.hosts"], ("M1.hosts",)),
        (["run.seed"], ("run.seed",)),
        (["a.x.hosts", "b.x.hosts"], ("a.x.hosts", "b.x.hosts")),
        (["q.a.x.hosts", "q.b.x.hosts"], ("a.x.hosts", "b.x.hosts")),
        (['folders."A. B".slots.unattended'], ("slots.unattended",)),
    ],
)
def test_paths_are_cut_as_long_as_they_differ(paths: Sequence[str], short: tuple[str, ...]) -> None:
    assert short_paths(paths) == short
