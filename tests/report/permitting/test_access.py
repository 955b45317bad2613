"""Rights in a terminal: what the tables say, that they fit, and that names are harmless."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_tables import printed as lines_of
from rich.cells import cell_len

from simulator.audit.rights import rights_of
from simulator.loading import load
from simulator.report.permitting.access import MOST_FOLDERS, MOST_IN_FOLDER, access_tables

SCENARIOS = Path(__file__).parents[3] / "scenarios"
NAMES = sorted(file.stem for file in SCENARIOS.glob("*.yaml"))


def printed(file: Path, width: int = 80, **asked: str) -> list[str]:
    found = rights_of(load(file, check_variants=False), **asked)
    return lines_of(access_tables(found), width)


def test_the_tables_of_staging_and_production_read_like_this() -> None:
    assert printed(SCENARIOS / "staging-not-production.yaml") == [
        "Who may do what",
        "                  see  see             de-   up-  make   add",
        "  Who            proc. jobs start stop ploy grade trig. items By",
        "Staging: invoice",
        "  staging-bot      ✓    ✓     ✓    ·    ·     ·     ·     ✓   Automation User",
        "  dev-1 … dev-4    ✓    ✓     ✓    ✓    ✓     ✓     ·     ·   Deployer by group",
        "                                                              Developers",
        "Production: invoice",
        "  production-bot   ✓    ✓     ✓    ·    ·     ·     ·     ✓   Automation User",
        "  dev-1 … dev-4    ✓    ✓     ·    ·    ·     ·     ·     ·   Onlooker by group",
        "                                                              Developers",
        "  petra            ✓    ✓     ✓    ✓    ✓     ✓     ✓     ✓   Folder",
        "                                                              Administrator",
        "",
        "Where jobs run",
        "Process             Needs                  Accounts       Hosts As myself",
        "─────────────────────────────────────────────────────────────────────────",
        "Staging: invoice    background, unattended staging-bot    vm/1  yes",
        "Production: invoice background, unattended production-bot vm/1  yes",
        "",
        "Who waits behind whom, and sees it",
        "Production waits behind Staging on vm; petra cannot see its jobs",
        "Staging waits behind Production on vm; dev-1 … dev-4 can see its jobs",
    ]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_fits(name: str, width: int) -> None:
    lines = printed(SCENARIOS / f"{name}.yaml", width)
    assert max(map(cell_len, lines)) <= width


def written(folder: Path, content: dict[str, object]) -> Path:
    time = {"start": "2026-01-05", "duration": "1d"}
    file = folder / "estate.yaml"
    file.write_text(json.dumps({"version": 1, "time": time, **content}), encoding="utf-8")
    return file


STARTER = {"Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}}}
MINUTE = {"P": {"duration": "1m"}}


def test_a_subfolder_in_which_all_is_as_above_says_so() -> None:
    lines = printed(SCENARIOS / "flagship-shared-machines.yaml")
    assert "Finance/Month end: close-books (as in Finance)" in lines
    assert "Finance waits behind Finance/Month end, HR on shared-vm; omar can see the jobs" in lines


def test_a_folder_of_its_own_is_told_with_where_its_roles_are_from() -> None:
    file = SCENARIOS / "start-one-job-only.yaml"
    lines = printed(file, 120, folder="Payroll/Address changes")
    assert any(line.endswith("Folder Administrator in Payroll") for line in lines)


def test_who_starts_as_himself_and_who_cannot() -> None:
    lines = printed(SCENARIOS / "personal-remote-automation.yaml", 120)
    (row,) = [line for line in lines if line.startswith("Sales: fill-in-offer")]
    assert row.endswith("remote-vm/1 cem; others 409/1230")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            {"who": "emil", "folder": "Sales"},
            "There are no processes in Sales that emil has access to.",
        ),
        ({"who": "anna", "folder": "HR"}, "There are no processes in HR that anna has access to."),
        ({"who": "anna"}, "There are no processes that anna has access to."),
        ({}, "There are no processes."),
    ],
    ids=["no access", "no processes in it", "no processes she may see", "no processes"],
)
def test_nothing_to_show_is_said(tmp_path: Path, asked: dict[str, str], expected: str) -> None:
    accounts = {"anna": {"type": "user"}, "emil": {"type": "user"}}
    file = written(tmp_path, {"accounts": accounts, "folders": {"HR": {}, "Sales": {}}})
    assert printed(file, **asked) == [expected]


def test_refusals_and_machines_without_a_host_are_told(tmp_path: Path) -> None:
    accounts = {"bot": {"type": "robot", "count": 20}, "anna": {"type": "user"}}
    here = {"assign": {"bot": [], "anna": ["Starter"]}, "processes": MINUTE}
    content = {
        "machines": {"many": {"hosts": 9}, "none": {"hosts": 0}, "one": {"accounts": ["bot-3"]}},
        "accounts": accounts,
        "roles": STARTER,
        "folders": {
            "HR": {**here, "machines": ["many", "none", "one"]},
            "IT": {**here, "machines": []},
            "Closed": {"processes": MINUTE},
        },
    }
    lines = printed(written(tmp_path, content), 120)
    (places,) = [line for line in lines if line.startswith("HR: P  ")]
    assert "bot-1 … bot-20" in places
    assert "many/1 … /9, none (has no host), one/1 for bot-3" in places
    assert "409/2818: a machine with unattended slots in IT is missing" in lines
    assert "Closed: P (nobody has access)" in lines


def test_pools_and_what_a_machine_lacks_are_told(tmp_path: Path) -> None:
    """Of three hosts with two slots each, four licences are for two; the last has none at all."""
    machines = {
        "screens": {"process_types": "foreground", "slots": {"headless": 1, "unattended": 0}},
        "vm": {"hosts": 3, "slots": 2},
        "late": {},
        "burst": {"pool": {"max": 10}, "slots": {"headless": 1}},
    }
    slots = {"P": {"duration": "1m"}, "H": {"duration": "1m", "runtime": "headless"}}
    content = {
        "licences": {"unattended": 4},
        "machines": machines,
        "accounts": {"bot": {"type": "robot"}},
        "folders": {"HR": {"assign": {"bot": []}, "machines": [*machines], "processes": slots}},
    }
    lines = printed(written(tmp_path, content), 140)
    (unattended,) = [line for line in lines if line.startswith("HR: P ")]
    (headless,) = [line for line in lines if line.startswith("HR: H ")]
    assert "vm/1, /2, late (gets no unattended licence)" in unattended
    assert "screens (takes no background jobs), burst (0 to 10 hosts)" in headless


def test_a_large_estate_is_cut_and_says_how_to_see_more(tmp_path: Path) -> None:
    people = {f"user {letter}{other}": {"type": "user"} for letter in "abc" for other in "abcdefg"}
    roles = {
        f"Role {number}": {"type": "folder", "permissions": {"Jobs": ["View"]}}
        for number in range(21)
    }
    assign = {user: [role] for user, role in zip(people, roles, strict=True)}
    folder = {"assign": assign, "processes": {f"p{n}x": {"duration": "1m"} for n in range(9)}}
    content = {
        "accounts": people,
        "roles": roles,
        "folders": {f"F{n}": folder for n in range(MOST_FOLDERS + 3)},
    }
    file = written(tmp_path, content)
    lines = printed(file, 100)
    cut = f"  … and {21 - MOST_IN_FOLDER} more here: --as or --json shows them"
    assert lines.count(cut) == MOST_FOLDERS
    assert "… and 3 more folders: --as, --folder or --json show them" in lines
    assert "F0: p0x, p1x, p2x, p3x, p4x, p5x and 3 more" in lines
    narrowed = printed(file, 100, folder="F14")
    assert sum("Role " in line for line in narrowed) == 21


HOSTILE = "\x1b[31mred\u202e [bold]x[/bold] " + "long " * 12


@pytest.mark.parametrize("width", [30, 80, 120])
def test_hostile_names_are_harmless_and_fit(tmp_path: Path, width: int) -> None:
    harmless = HOSTILE.replace("\x1b", "").strip()
    content = {
        "machines": {harmless: {}},
        "accounts": {harmless: {"type": "user", "unattended": True, "groups": ["名前" * 20]}},
        "roles": {harmless: {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}}},
        "folders": {
            name: {
                "assign": {"名前" * 20: [harmless], harmless: []},
                "machines": [harmless],
                "processes": {harmless: {"duration": "1m"}},
            }
            for name in (harmless, "機械" * 30)
        },
    }
    lines = printed(written(tmp_path, content), width)
    assert "\u202e" not in "".join(lines)
    assert max(map(cell_len, lines)) <= width
    assert any("[bold]x[/bold]" in line for line in lines)


def test_a_personal_workspace_is_run_by_its_owner_alone() -> None:
    lines = printed(SCENARIOS / "personal-remote-automation.yaml", width=120)
    (row,) = (line for line in lines if line.startswith("Emil's workspace: tidy-inbox back"))
    assert row.endswith("emil alone remote-vm/1 yes")
    assert not any("409/1671" in line for line in lines)


def test_who_sees_and_who_does_not_stand_in_one_sentence() -> None:
    lines = printed(SCENARIOS / "start-one-job-only.yaml", width=120)
    told = "waits behind Payroll on payroll-vm; ulrike cannot see its jobs; paula can see its jobs"
    assert lines[-2:] == [
        f"Payroll/Address changes {told}",
        "Payroll waits behind Payroll/Address changes on payroll-vm; paula can see its jobs",
    ]
