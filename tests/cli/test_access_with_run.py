"""`simulator access --run`: the grants a run never used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import PARALLEL, scenario_file


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """Two folders of one robot and one clerk, who starts in Drawn and made a trigger in Even.

    A guest who may start in Even never does.
    """
    text = PARALLEL.replace(
        "    machines: [two]",
        "    machines: [two]\n    folders: {Sub: {assign: {guest: [Starter]}}}",
    ).replace(
        "folders:\n  Drawn",
        "roles: {Starter: {type: folder, permissions: {Jobs: [Create]}}}\nfolders:\n  Drawn",
    )
    return scenario_file(tmp_path, text.replace("replications: 3", "replications: 1"))


def test_the_table_comes_after_the_rights(estate: Path) -> None:
    told = invoked("access", estate, "--run")
    assert told.exit_code == 0
    assert "Grants never used in this run: 1 of 5" in told.stdout
    assert "Even/Sub  guest  Starter  start" in told.stdout


def test_without_it_nothing_is_run(estate: Path) -> None:
    assert "Grants never used" not in invoked("access", estate).stdout
    assert "grants" not in json.loads(invoked("access", estate, "--json").stdout)


def test_json_has_every_grant_with_its_uses(estate: Path) -> None:
    """96 jobs a day run in Even, by a trigger that the clerk made."""
    grants = json.loads(invoked("access", estate, "--run", "--json").stdout)["grants"]
    assert [(one["folder"], one["principal"], one["used_for"]) for one in grants] == [
        ("Drawn", "robot", ["run_jobs"]),
        ("Drawn", "clerk", ["start"]),
        ("Even", "robot", ["run_jobs"]),
        ("Even", "clerk", ["make_triggers"]),
        ("Even/Sub", "guest", []),
    ]
    assert grants[2]["runs"] == 96


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        (("--as", "clerk"), [("Drawn", "clerk"), ("Even", "clerk")]),
        (("--folder", "Even"), [("Even", "robot"), ("Even", "clerk")]),
        (("--as", "guest", "--folder", "Even"), []),
    ],
    ids=["of one account", "of one folder", "of both"],
)
def test_as_and_folder_narrow_it(
    estate: Path, narrowed: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    told = json.loads(invoked("access", estate, "--run", "--json", *narrowed).stdout)
    assert [(one["folder"], one["principal"]) for one in told["grants"]] == expected


def test_why_needs_no_run(estate: Path) -> None:
    told = invoked("access", estate, "--run", "--why", "clerk", "Even:P")
    assert told.exit_code == 2
    assert "leave out --run" in told.stderr
