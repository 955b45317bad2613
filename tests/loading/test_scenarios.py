"""Loading a whole file: all errors at once, warnings, defaults, and how long it takes."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from simulator.errors import DataFileError, ScenarioError
from simulator.loading import default_roles, load

HEAD = "version: 1\ntime: {start: 2026-01-05, duration: 1d}\n"
SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
SHIPPED = [SCENARIOS / f"{name}.yaml" for name in ("A01", "A19-scenario2", "A33", "D05")]

ALL_AT_ONCE = """\
version: 1
time: {start: 2026-01-05, duration: 1d, zone: Mars, drian: true}
machines: {vm: {hosts: two}, spare: {}}
accounts:
  bot: {type: robto, groups: [Clerks]}
  olga: {type: user}
folders:
  HR:
    assign: {bot: [Automation User], Clerks: [Automation User], olga: [Boss]}
    machines: [vm, wm]
    processes: {P: {duration: 5}, Q: {duration: 5m}}
    triggers:
      T: {process: P, time: {cron: "0 0 6 * * MON"}, created_by: bot}
      U: {process: R, event: {every: 1h}, created_by: ghost}
targets:
  - {folder: HR, measure: pending.p96, at_most: 1m}
  - {folder: IT, measure: pending.p95, at_most: 1m}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "fleet.yaml"
    file.write_text(text)
    return file


def issues_of(folder: Path, text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(ScenarioError) as caught:
        load(written(folder, text))
    return [(i.position.line, i.position.column, i.code) for i in caught.value.issues]


def test_all_errors_come_at_once_in_the_files_order_without_what_only_follows(
    tmp_path: Path,
) -> None:
    """bot, Clerks, vm and P are at fault themselves: that they are referred to is no error."""
    assert issues_of(tmp_path, ALL_AT_ONCE) == [
        (2, 47, "unknown-zone"),
        (2, 53, "unknown-key"),
        (3, 24, "wrong-type"),
        (5, 15, "unknown-choice"),
        (9, 72, "unknown-role"),
        (10, 20, "unknown-machine"),
        (11, 31, "distribution"),
        (13, 36, "cron"),
        (14, 20, "unknown-process"),
        (14, 55, "unknown-account"),
        (16, 5, "target"),
        (17, 14, "unknown-folder"),
    ]


def test_what_yaml_may_not_do_is_told_together_with_everything_else(tmp_path: Path) -> None:
    text = HEAD + "name: &n a\nmachines: {vm: {hosts: *n}}\nfolders: {F: {machines: [vm, wm]}}\n"
    found = issues_of(tmp_path, text)
    assert found == [(3, 7, "anchor"), (4, 24, "alias"), (5, 30, "unknown-machine")]


def test_past_two_hundred_errors_the_rest_is_counted(tmp_path: Path) -> None:
    text = HEAD + "".join(f"key{number}: 1\n" for number in range(250))
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, text))
    assert len(caught.value.issues) == 201
    assert caught.value.issues[0].position.line == 3
    assert "50 more" in caught.value.issues[-1].message


@pytest.mark.parametrize("name", ["007", "NO", "1.10", "true", "on", "0x10"])
def test_a_name_is_the_text_it_was_written_as(name: str, tmp_path: Path) -> None:
    text = f"""{HEAD}\
machines: {{{name}: {{}}}}
accounts: {{{name}: {{type: robot}}}}
folders: {{F: {{machines: [{name}], assign: {{{name}: [Automation User]}}}}}}
targets: [{{machine: {name}, measure: slots.busy, at_most: 1}}]
"""
    scenario = load(written(tmp_path, text)).scenario
    assert list(scenario.machines) == list(scenario.accounts) == [name]
    assert list(scenario.folders["F"].machines) == [scenario.targets[0].machine] == [name]


def test_warnings_have_their_places(tmp_path: Path) -> None:
    text = """\
version: 1
time: {start: 2026-10-25T02:30, duration: 1d, zone: Europe/Berlin}
machines: {vm: {}, spare: {}}
accounts: {bot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: 5m}}
    triggers:
      T: {process: P, event: {at: [2026-10-25, 2026-10-26]}, created_by: olga}
      U: {process: P, event: {every: 1h}, created_by: olga, from: 2026-02-01, until: 2026-01-01}
"""
    warnings = load(written(tmp_path, text)).warnings
    assert [(w.position.line, w.position.column, w.code) for w in warnings] == [
        (2, 15, "time-twice"),
        (3, 20, "unused-machine"),
        (11, 36, "outside-run"),
        (12, 86, "never-fires"),
    ]
    assert {warning.severity for warning in warnings} == {"warning"}


def test_a_scenario_without_a_name_is_called_as_its_file(tmp_path: Path) -> None:
    assert load(written(tmp_path, HEAD)).scenario.name == "fleet"
    assert load(written(tmp_path, HEAD + "name: x\n")).scenario.name == "x"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO((HEAD + "machine: {}\n").encode())

    monkeypatch.setattr("sys.stdin", Input())
    with pytest.raises(ScenarioError) as caught:
        load("-")
    assert str(caught.value.issues[0].position) == "<stdin>:3:1"


def test_a_missing_file_is_a_data_file_error(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="nowhere"):
        load(tmp_path / "nowhere.yaml")
    with pytest.raises(DataFileError):
        load(tmp_path)
    with pytest.raises(DataFileError):
        load("a\0b")


def test_a_file_over_the_size_cap_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="5 MB"):
        load(written(tmp_path, HEAD + "#" * 5_000_000))


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_scenarios_of_the_validation_set_load_without_a_warning(file: Path) -> None:
    loaded = load(file)
    assert loaded.scenario.name == file.stem
    assert loaded.warnings == ()


def test_the_default_roles_are_read_once() -> None:
    assert default_roles() is default_roles()
    assert "Folder Administrator" in default_roles().roles


def estate(folders: int, processes: int) -> str:
    """A large, valid file: every folder has its own robot, machine, processes and triggers."""
    lines = [HEAD, "accounts:\n  olga: {type: user}"]
    lines += [f"  bot-{n}: {{type: robot}}" for n in range(folders)]
    lines += [
        "machines:",
        *(f"  vm-{n}: {{hosts: 2, slots: 2}}" for n in range(folders)),
        "folders:",
    ]
    for n in range(folders):
        lines.append(f"  Folder {n}:\n    machines: [vm-{n}]")
        lines.append(f"    assign: {{bot-{n}: [Automation User], olga: [Folder Administrator]}}")
        lines.append("    processes:")
        lines += [
            f"      process {p}:\n        duration: {{lognormal: {{mean: 6m, cv: 0.8}}}}\n"
            "        type: background\n        priority: High"
            for p in range(processes)
        ]
        lines.append("    triggers:")
        lines += [
            f"      trigger {p}:\n        process: process {p}\n"
            '        time: {cron: "0 0 6 ? * MON-FRI", zone: Europe/Berlin}\n'
            "        created_by: olga"
            for p in range(processes)
        ]
    return "\n".join(lines)


def test_a_thousand_folders_with_five_thousand_processes_load_in_time(tmp_path: Path) -> None:
    """Two seconds of processor time is what validating such a file may take in all."""
    file = written(tmp_path, estate(1000, 5))
    default_roles()
    began = time.process_time()
    loaded = load(file)
    assert time.process_time() - began < 2.0
    assert len(loaded.scenario.folders) == 1000
