"""What gives an admitted job a host: one row for each lack, each applied and looked at again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders import ACCOUNTS, TIME, folder

from simulator.audit.overrides import override_text
from simulator.loading import Loaded, load
from simulator.model.triggers import ExecutionTarget, RunAs
from simulator.policies.admission import Eligible, Request, admit
from simulator.policies.changes import Mend
from simulator.policies.hosting import hosting_of, wanted_by
from simulator.policies.mending_hosts import mend_host

TWO = {"hosts": 2, "slots": 2}
AND_A_HOST = "let a take foreground jobs too and give a a host"
Row = tuple[dict[str, Any], dict[str, int], RunAs, str, list[str]]
"""Machines, licences, where to run; then the words and the overrides expected."""

ROWS: dict[str, Row] = {
    "a host that takes it is there": ({"a": {"hosts": 0}, "b": {}}, {}, "dynamic", "", []),
    "process type": (
        {"a": {"process_types": "background"}},
        {},
        "dynamic",
        "let a take foreground jobs too",
        ["machines.a.process_types=any"],
    ),
    "host": ({"a": {"hosts": 0}}, {}, "dynamic", "give a a host", ["machines.a.hosts=1"]),
    "host by name": (
        {"a": {"names": []}},
        {},
        "dynamic",
        "give a a host",
        ['machines.a.names=["1"]'],
    ),
    "session": (
        {"a": {"windows_sessions": 0}},
        {},
        "dynamic",
        "give a a Windows session",
        ["machines.a.windows_sessions=1"],
    ),
    "licence: after all before it": (
        {"other": TWO, "a": TWO, "last": TWO},
        {"unattended": 3},
        ExecutionTarget(machine="a"),
        "raise the unattended licences from 3 to 5",
        ["licences.unattended=5"],
    ),
    "licence: of one host": (
        {"other": TWO, "a": TWO},
        {"unattended": 5},
        ExecutionTarget(machine="a", host="2"),
        "raise the unattended licences from 5 to 7",
        ["licences.unattended=7"],
    ),
    "licence: to boot with": (
        {"a": {"pool": {"max": 9}, "slots": 2}, "other": TWO},
        {"unattended": 3},
        ExecutionTarget(machine="a"),
        "raise the unattended licences from 3 to 5",
        ["licences.unattended=5"],
    ),
    "licence: to boot one host of a pool": (
        {"a": {"pool": {"min": 1, "max": 9}}, "other": TWO},
        {"unattended": 1},
        ExecutionTarget(machine="a", host="a/3"),
        "raise the unattended licences from 1 to 6",
        ["licences.unattended=6"],
    ),
    "a new host takes no other's licences": (
        {"a": {"hosts": 0, "slots": {"headless": 2, "unattended": 3}}, "other": TWO},
        {"unattended": 3, "headless": 9},
        ExecutionTarget(machine="a"),
        "give a a host and raise the unattended licences from 3 to 6",
        ["machines.a.hosts=1", "licences.unattended=6"],
    ),
    "everything at once": (
        {
            "other": {"slots": 2},
            "a": {"hosts": 0, "windows_sessions": 0, "process_types": "background"},
        },
        {"unattended": 1},
        ExecutionTarget(machine="a"),
        f"{AND_A_HOST} and give a a Windows session and raise the unattended licences from 1 to 3",
        [
            "machines.a.process_types=any",
            "machines.a.hosts=1",
            "machines.a.windows_sessions=1",
            "licences.unattended=3",
        ],
    ),
    "the machine that lacks least": (
        {"a": {"hosts": 0, "windows_sessions": 0}, "b": {"windows_sessions": 0}},
        {},
        "dynamic",
        "give b a Windows session",
        ["machines.b.windows_sessions=1"],
    ),
    "sooner two changes than a licence": (
        {"a": {"windows_sessions": 0, "process_types": "background"}, "b": {"pool": {"max": 1}}},
        {"unattended": 1},
        "dynamic",
        "let a take foreground jobs too and give a a Windows session",
        ["machines.a.process_types=any", "machines.a.windows_sessions=1"],
    ),
}


def loaded(path: Path, machines: dict[str, Any], licences: dict[str, int], *sets: str) -> Loaded:
    file = path / "estate.yaml"
    folders = {
        "F": folder(
            machines=list(machines), processes={"P": {"duration": "1m", "type": "foreground"}}
        )
    }
    parts = {"machines": machines, "accounts": ACCOUNTS, "folders": folders, "licences": licences}
    file.write_text(json.dumps({"version": 1, "time": TIME, **parts}), encoding="utf-8")
    return load(file, overrides=list(sets))


def mended(of: Loaded, run_as: RunAs) -> tuple[Mend | None, Eligible, frozenset[str]]:
    """What gives the job a host, where admission lets it run, and the hosts that serve anybody."""
    request, scenario = _asking(run_as), of.scenario
    found = admit(request, scenario, of.access)
    assert isinstance(found, Eligible)
    hosting = hosting_of(scenario)
    serving = frozenset(
        f"{name}/{host}"
        for name in scenario.machines
        for host in hosting.hosts(name, wanted_by(_asking("dynamic"), scenario))
    )
    return mend_host(request, found.places, hosting), found, serving


def _asking(run_as: RunAs) -> Request:
    return Request("F", "P", "owner", "owner", run_as, "unattended", foreground=True)


@pytest.mark.parametrize(
    ("machines", "licences", "run_as", "words", "overrides"), ROWS.values(), ids=ROWS
)
def test_the_smallest_change_gives_it_a_host(
    tmp_path: Path,
    machines: dict[str, Any],
    licences: dict[str, int],
    run_as: RunAs,
    words: str,
    overrides: list[str],
) -> None:
    """Applied as `--set`, the job finds a host, admission says the same, and no host is lost."""
    found, places, serving = mended(loaded(tmp_path, machines, licences), run_as)
    changes = () if found is None else found.changes
    assert ("" if found is None else found.words) == words
    assert [override_text(change) for change in changes] == overrides
    after = loaded(tmp_path, machines, licences, *overrides)
    left, same, more = mended(after, run_as)
    assert left is None
    assert same == places
    assert serving <= more
