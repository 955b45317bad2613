"""Accounts and processes: one row each, with what a start of it comes to."""

from __future__ import annotations

import time
from typing import Any

import pytest
from builders import catalogue, scenario
from counting import counted

from simulator.access.demands import Action
from simulator.access.grants import Access, access_of
from simulator.access.refusals import Refusal
from simulator.audit.matrix import Matrix, matrix_of
from simulator.audit.outcomes import Outcome, Outcomes
from simulator.audit.parties import parties_of
from simulator.audit.waits_behind import waits_behind
from simulator.model.scenario import Scenario

ROLES = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}},
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
}
ACCOUNTS = {
    "bot": {"type": "robot", "count": 2},
    "anna": {"type": "user"},
    "uma": {"type": "user", "unattended": True},
    "app": {"type": "application"},
}
ASSIGN = {"bot": ["Automation User"], "anna": ["Starter"], "uma": ["Viewer"]}
BACK = {"P": {"duration": "1m"}}
FORE = {"P": {"duration": "1m", "type": "foreground"}}
LAB = {"P": {"duration": "1m", "runtime": "non_production"}}


def estate(**parts: Any) -> tuple[Scenario, Access]:
    more = {"machines": {"vm": {"hosts": 2}}, "accounts": ACCOUNTS, "roles": ROLES, **parts}
    made = scenario(**more)
    return made, access_of(made, catalogue())


def matrix(folder: dict[str, Any], **parts: Any) -> Matrix:
    made, access = estate(folders={"F": {"machines": ["vm"], **folder}}, **parts)
    return matrix_of(made, access, parties_of(access))


def told(outcome: Outcome) -> str:
    """A refusal's code, or where the job could run."""
    if isinstance(outcome, Refusal):
        return f"{outcome.status}/{outcome.code}"
    return f"{' '.join(outcome.executors)} on {' '.join(outcome.hosts)}"


def starts(found: Matrix) -> dict[str, tuple[str, str]]:
    return {row.account: (told(row.dynamic), told(row.myself)) for row in found.rows()}


BOTS = "bot-1 bot-2 uma on vm/1 vm/2"
STARTS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, tuple[str, str]]]] = {
    # Background work as myself needs no robot, foreground work the caller's own: uma has one.
    "background": (
        {"assign": ASSIGN, "processes": BACK},
        {},
        {
            "bot-1": (BOTS, "bot-1 on vm/1 vm/2"),
            "bot-2": (BOTS, "bot-2 on vm/1 vm/2"),
            "anna": (BOTS, "anna on vm/1 vm/2"),
            "uma": ("403/0", "403/0"),
        },
    ),
    "foreground": (
        {"assign": {"anna": ["Starter"], "uma": ["Starter"]}, "processes": FORE},
        {},
        {
            "anna": ("uma on vm/1 vm/2", "409/1230"),
            "uma": ("uma on vm/1 vm/2", "uma on vm/1 vm/2"),
        },
    ),
    "an application runs nothing as itself": (
        {"assign": {"app": ["Starter"], "bot-1": []}, "processes": BACK},
        {},
        {"bot-1": ("403/0", "403/0"), "app": ("bot-1 on vm/1 vm/2", "409/1230")},
    ),
    "nobody to run it": (
        {"assign": {"anna": ["Starter"]}, "processes": BACK},
        {},
        {"anna": ("409/1671", "anna on vm/1 vm/2")},
    ),
    "no slots of the runtime type": (
        {"assign": {"anna": ["Starter"], "bot-1": []}, "processes": LAB},
        {},
        {"bot-1": ("403/0", "403/0"), "anna": ("409/2818", "409/2818")},
    ),
    "a mapping for one account": (
        {
            "assign": {"anna": ["Starter"], "bot": []},
            "processes": BACK,
            "machines": {"vm": {"accounts": ["bot-2"]}},
        },
        {},
        {
            "bot-1": ("403/0", "403/0"),
            "bot-2": ("403/0", "403/0"),
            "anna": ("bot-2 on vm/1 vm/2", "409/AccountMachineMapping"),
        },
    ),
    "no host: it would stay Pending": (
        {"assign": {"uma": ["Starter"]}, "processes": BACK},
        {"machines": {"vm": {"hosts": 0}}},
        {"uma": ("uma on ", "uma on ")},
    ),
    "no Windows session for foreground work": (
        {"assign": {"uma": ["Starter"]}, "processes": FORE},
        {"machines": {"vm": {"windows_sessions": 0}}},
        {"uma": ("uma on ", "uma on ")},
    ),
    "a personal workspace": (
        {"personal": "anna", "processes": BACK},
        {},
        {"anna": ("409/1671", "anna on vm/1 vm/2")},
    ),
}


@pytest.mark.parametrize(("folder", "parts", "expected"), STARTS.values(), ids=STARTS)
def test_what_comes_of_a_start(
    folder: dict[str, Any], parts: dict[str, Any], expected: dict[str, tuple[str, str]]
) -> None:
    assert starts(matrix(folder, **parts)) == expected


def test_executors_of_several_machines_are_named_once() -> None:
    found = matrix(
        {"assign": {"bot": []}, "processes": BACK, "machines": ["one", "two"]},
        machines={"one": {"accounts": ["bot-1"]}, "two": {}},
    )
    (process,) = found.processes["F"]
    assert told(process.dynamic) == "bot-1 bot-2 on one/1 two/1"


def test_processes_with_equal_needs_share_one_outcome() -> None:
    two = {"P": {"duration": "1m"}, "Q": {"duration": "2m", "priority": "High"}}
    first, second = matrix({"assign": {"bot": []}, "processes": two}).processes["F"]
    assert first.dynamic is second.dynamic
    assert (first.path, second.path) == ("F:P", "F:Q")


TREE = {
    "A": {
        "assign": {"anna": ["Starter"]},
        "processes": BACK,
        "folders": {"B": {"processes": BACK}, "empty": {}},
    },
    "C": {"assign": {"uma": ["Starter"]}, "processes": BACK},
}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["anna A:P", "anna A/B:P", "uma C:P"]),
        ({"who": ["anna"]}, ["anna A:P", "anna A/B:P"]),
        ({"folder": "A"}, ["anna A:P"]),
        ({"folder": "A", "who": ["uma"]}, []),
        ({"folder": "A/empty"}, []),
    ],
    ids=["all", "somebody", "a folder", "neither", "no processes"],
)
def test_rows_of_somebody_and_of_one_folder(asked: dict[str, Any], expected: list[str]) -> None:
    made, access = estate(folders=TREE)
    found = matrix_of(made, access, parties_of(access), **asked)
    assert [f"{row.account} {row.process.path}" for row in found.rows()] == expected


def large_estate() -> tuple[Scenario, Access]:
    """1,000 folders of 5 processes in two levels, 2,000 accounts, all of them at the top."""
    people = {f"u{n}": {"type": "user", "groups": ["all", f"g{n % 50}"]} for n in range(1_900)}
    bots = {f"bot{n}": {"type": "robot"} for n in range(100)}
    processes = {f"p{n}": {"duration": "1m"} for n in range(5)}

    def below(number: int) -> dict[str, Any]:
        assign = {f"u{(number * 13 + n) % 1_900}": ["Starter"] for n in range(10)}
        return {"assign": assign, "machines": [f"vm{number % 50}"], "processes": processes}

    def top(number: int) -> dict[str, Any]:
        assign = {"all": ["Viewer"], f"g{number % 50}": ["Starter"], f"bot{number}": []}
        folders = {f"S{n}": below(number * 9 + n) for n in range(9)}
        return {"assign": assign, "processes": processes, "folders": folders}

    return estate(
        folders={f"T{n}": top(n) for n in range(100)},
        accounts=people | bots,
        machines={f"vm{n}": {"hosts": 5} for n in range(50)},
    )


def test_a_large_estate_is_worked_out_by_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    """1.9 million pairs of folder and account, of which 12,000 parties are told apart.

    A top folder has three: its robot, a group, and everybody else. A subfolder assigns ten accounts
    anew, and has those three from above: 100 * 3 and 900 * 10 are asked about. Of its processes,
    which all need the same, one is. In T0/S0 may start the 38 of group g0, of which u0 is one, and
    u1 … u9.
    """
    made, access = large_estate()
    standings = counted(monkeypatch, Access, "_find_standing")
    outcomes = counted(monkeypatch, Outcomes, "of")
    parties = parties_of(access)
    found = matrix_of(made, access, parties)
    assert list(waits_behind(made, access, parties))
    assert standings.total() == len(standings) == 100 * 3 + 900 * 10
    assert outcomes.total() == len(outcomes) == 1_000
    assert sum(map(len, found.processes.values())) == 5_000
    assert sum(len(party.accounts) for of in parties.values() for party in of) > 1_900_000
    assert sum(map(len, parties.values())) == 100 * 3 + 900 * (3 + 10)
    starters = [party for party in parties["T0/S0"] if Action.START in party.may]
    assert sum(len(party.accounts) for party in starters) == 38 + 9


@pytest.mark.validate
def test_a_large_estate_takes_seconds() -> None:
    """The best of three, since the machine may be busy."""

    def seconds() -> float:
        made, access = large_estate()
        began = time.monotonic()
        parties = parties_of(access)
        matrix_of(made, access, parties)
        assert list(waits_behind(made, access, parties))
        return time.monotonic() - began

    assert min(seconds() for _ in range(3)) < 10


def test_a_folder_with_queues_alone_is_there_without_rows() -> None:
    """Who may add items there is told by its parties; one with neither is left out."""
    folders = {"F": {"assign": ASSIGN, "queues": {"Q": {}}}, "Empty": {"assign": ASSIGN}}
    made, access = estate(folders=folders)
    found = matrix_of(made, access, parties_of(access))
    assert (found.processes, found.queues) == ({"F": ()}, {"F": ("Q",)})
    assert [party.accounts for party in found.parties["F"]] == [
        ("bot-1", "bot-2"),
        ("anna",),
        ("uma",),
    ]
    assert list(found.rows()) == []
