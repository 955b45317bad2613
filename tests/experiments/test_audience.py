"""A study as one account sees it: exact figures, and no word of what it may not see."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from builders_files import scenario_file
from builders_views import HIDDEN, leaks, seen_by_anna, told_in, viewed

import simulator
from simulator.access.sight import sight_of
from simulator.errors import ScenarioError
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.keeping.publishing import run_and_keep
from simulator.experiments.study import Study, run_study
from simulator.loading import Loaded, load
from simulator.measurement import Summary
from simulator.report.rendering.kept_page import keep_report
from simulator.report.rendering.page_html import write_report


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return viewed(tmp_path_factory.mktemp("viewed"))


@pytest.fixture(scope="module")
def whole(loaded: Loaded) -> Study:
    return run_study(loaded)


@pytest.fixture(scope="module")
def seen(loaded: Loaded) -> Study:
    return seen_by_anna(loaded)


def kept(loaded: Loaded, out: Path, *, workers: int = 1) -> Path:
    sight = sight_of(loaded.access, "anna")
    with workforce_of(workers) as workforce:
        return run_and_keep(
            loaded, out=out, report=keep_report, sight=sight, workforce=workforce
        ).folder


EXACT = [
    ("folder", "Ours", "pending.mean", 1800.0),
    ("tenant", "", "pending.mean", 1800.0),
    ("tenant", "", "jobs.submitted", 24 + 2),
    ("tenant", "", "jobs.refused", 2),
    ("machine", "box", "slots.utilisation", 2 / 3),
    ("tenant", "", "slots.utilisation", 2 / 3),
    ("tenant", "", "running.jobs", 1 / 6),
    ("outside", "box", "slots.utilisation", 1 / 2),
    ("outside", "", "slots.busy", 1 / 2),
]


@pytest.mark.parametrize(
    ("scope", "name", "measure", "expected"), EXACT, ids=[" ".join(row[:3]) for row in EXACT]
)
def test_figures_told_beforehand(
    seen: Study, scope: str, name: str, measure: str, expected: float
) -> None:
    row = seen.summary.find(scope, name, measure)
    assert row is not None
    assert row.mean == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("scope", ["folder", "process", "trigger", "start"])
def test_what_is_seen_is_as_in_the_plain_run(seen: Study, whole: Study, scope: str) -> None:
    """But for the threshold of 7 minutes, which is that of a target out of sight."""

    def told(study: Study) -> list[str]:
        rows = [row for row in study.summary.rows if row.scope == scope and "Ours" in row.name]
        return Summary(tuple(rows)).to_csv().splitlines()

    assert told(seen) == [line for line in told(whole) if "pending.over(7m)" not in line]
    assert len(told(seen)) > 1


def test_targets_about_more_than_is_seen_are_left_out(seen: Study) -> None:
    """Kept: one of the folder in sight, and one of the slots of a machine in sight."""
    assert [(one.target.scope, one.outcome) for one in seen.verdicts] == [
        (("folder", "Ours"), "missed"),
        (("machine", "box"), "met"),
    ]
    assert seen.viewer is not None
    assert seen.viewer.targets_left_out == 6
    assert not [row for row in seen.summary.rows if row.measure == "pending.over(7m)"]


HOMONYMS = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 1}
machines: {box: {}}
accounts: {bot: {type: robot}, anna: {type: user}, root: {type: user}}
roles: {Onlooker: {type: folder, permissions: {Jobs: [View]}}}
folders:
  Hidden:
    assign: {bot: [Automation User], root: [Onlooker]}
    machines: [box]
    processes: {letters: {duration: 10m}}
    triggers: {hourly: {process: letters, event: {every: 1h}, created_by: bot}}
  bot:
    assign: {bot: [Automation User], root: [Onlooker], anna: [Onlooker]}
    machines: [box]
    processes: {letters: {duration: 10m}}
    triggers: {hourly: {process: letters, event: {every: 1h}, created_by: bot}}
  "45":
    assign: {bot: [Automation User], root: [Onlooker], anna: [Onlooker]}
targets:
  - {priority: 45, measure: pending.mean, at_most: 1h}
  - {account: bot, measure: account.utilisation, at_most: 100%}
  - {machine: box, measure: pending.mean, at_most: 1h}
  - {host: box/1, measure: pending.mean, at_most: 1h}
  - {host: box/1, measure: slots.usable, at_least: 50%}
  - {runtime: unattended, measure: pending.mean, at_most: 1h}
  - {runtime: unattended, measure: licences.peak, at_most: 9}
  - {measure: pending.mean, at_most: 1h}
  - {measure: slots.utilisation, at_most: 100%}
"""
"""Folders called as an account and as a priority are; anna sees these two, root all three."""


@pytest.mark.parametrize(
    ("who", "judged"),
    [
        ("anna", ["host slots.usable", "runtime licences.peak", "tenant slots.utilisation"]),
        (
            "root",
            [
                "priority pending.mean",
                "account account.utilisation",
                "machine pending.mean",
                "host pending.mean",
                "host slots.usable",
                "runtime pending.mean",
                "runtime licences.peak",
                "tenant pending.mean",
                "tenant slots.utilisation",
            ],
        ),
    ],
)
def test_targets_are_judged_by_who_sees_all_they_are_about(
    tmp_path: Path, who: str, judged: list[str]
) -> None:
    study = simulator.run(scenario_file(tmp_path, HOMONYMS), seen_by=who)
    targets = [one.target for one in study.verdicts]
    assert [f"{target.scope[0]} {target.measure}" for target in targets] == judged
    assert {one.outcome for one in study.verdicts} <= {"met", "undecided"}


def test_the_scenario_of_a_view_has_nobody_s_rights(loaded: Loaded) -> None:
    """A mapping of the machine in sight names an account that is not."""
    changes = {"accounts": ("bot", "dingo-bot")}
    box = loaded.scenario.machines["box"].model_copy(update=changes)
    machines = {**loaded.scenario.machines, "box": box}
    mapped = replace(loaded, scenario=loaded.scenario.model_copy(update={"machines": machines}))
    told = simulator.run(mapped, seen_by="anna").loaded
    assert leaks(repr(told)) == []
    assert (told.access.folders, told.access.accounts) == ((), ())


@pytest.mark.parametrize("workers", [1, 2])
def test_no_file_has_a_name_out_of_sight(loaded: Loaded, tmp_path: Path, workers: int) -> None:
    found = told_in(kept(loaded, tmp_path, workers=workers))
    assert len(found) == 14
    assert [name for name in found if leaks(found[name])] == []


def test_the_search_finds_them_in_a_plain_run(loaded: Loaded, tmp_path: Path) -> None:
    plain = run_and_keep(loaded, out=tmp_path, report=write_report).folder
    found = told_in(plain)
    assert {name for content in found.values() for name in leaks(content)} == set(HIDDEN)
    without_names = {"timing.json", "interruptions.parquet"}
    assert all(leaks(found[name]) for name in found if name not in without_names)


def test_one_and_two_workers_give_the_same_bytes(loaded: Loaded, tmp_path: Path) -> None:
    folders = [kept(loaded, tmp_path / str(workers), workers=workers) for workers in (1, 2)]
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    del one["timing.json"], two["timing.json"]
    assert one == two


def test_it_is_a_run_of_its_own_and_says_by_whom_it_is_seen(
    loaded: Loaded, whole: Study, tmp_path: Path
) -> None:
    folder = kept(loaded, tmp_path)
    assert folder.name != whole.run_id
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seen_by"] == "anna"
    assert not {"scenario", "content_sha256", "data_files", "calendars"} & set(manifest)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert (summary["seen_by"], summary["folders_seen"], summary["folders"]) == ("anna", 1, 2)
    assert {row["folder"] for row in summary["refusals"]} == {"Ours"}


def test_a_notebook_gets_the_same_view(loaded: Loaded, seen: Study) -> None:
    study = simulator.run(loaded, seen_by="anna")
    assert study.summary.to_csv() == seen.summary.to_csv()
    assert set(study.jobs()["folder"]) == {"Ours"}
    outside = study.table("occupancy").query("job == -1")
    assert (outside["to_s"] - outside["from_s"]).sum() == 2 * 24 * 1800
    with pytest.raises(ScenarioError, match="no account is called"):
        simulator.run(loaded, seen_by="ana")


NESTED = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 1}
machines: {box: {}}
accounts: {bot: {type: robot}, vicuna: {type: user}, anna: {type: user}}
roles: {Onlooker: {type: folder, permissions: {Jobs: [View]}}}
folders:
  Unit:
    assign: {bot: [Automation User], vicuna: [Folder Administrator]}
    machines: {box: {propagate: true}}
    processes: {quagga: {duration: 30m}}
    triggers: {okapi: {process: quagga, event: {every: 1h}, created_by: vicuna}}
    folders:
      Desk:
        assign: {anna: [Onlooker]}
        processes: {letters: {duration: 10m}}
        triggers: {hourly: {process: letters, event: {every: 1h}, created_by: bot}}
targets:
  - {folder: Unit, with_subfolders: true, measure: pending.mean, at_most: 1h}
  - {folder: Unit/Desk, with_subfolders: true, measure: pending.mean, at_most: 1h}
"""
"""Each hour a job of Unit for 30 minutes, then one of its subfolder Desk for 10, on one slot."""


def test_a_subfolder_in_sight_keeps_its_path_and_nothing_else_of_its_parent(
    tmp_path: Path,
) -> None:
    loaded = load(scenario_file(tmp_path, NESTED))
    study = simulator.run(loaded, seen_by="anna")
    assert study.legend.names.folders == ("Unit/Desk",)
    assert [one.target.folder for one in study.verdicts] == ["Unit/Desk"]
    held = study.summary.find("outside", "box", "slots.utilisation")
    assert held is not None
    assert held.mean == 0.5
    found = told_in(kept(loaded, tmp_path / "out"))
    assert [name for name in found if leaks(found[name])] == []
