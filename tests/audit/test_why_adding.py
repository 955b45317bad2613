"""The walk through the checks of adding items: what each found, and what mends it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.audit.why_adding import AddingWalk, walk_adding, why_adding_json

ACCOUNTS = {
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "guest": {"type": "user"},
    "robot": {"type": "robot"},
}
ROLES = {
    "Feeder": {"type": "folder", "permissions": {"Queues": ["View"], "Transactions": ["Create"]}},
    "Looker": {"type": "folder", "permissions": {"Queues": ["View"]}},
}
HR = {
    "assign": {"clerks": ["Looker"], "ben": ["Feeder"]},
    "processes": {"post": {"duration": "0s", "queue": "Q"}, "other": {"duration": "1m"}},
    "queues": {"Q": {}, "idle": {}},
}


def walked(account: str, queue: str = "Q", where: str = "HR", **hr: Any) -> AddingWalk:
    estate = scenario(
        folders={"HR": folder(**{**HR, **hr}), "Mine": folder(assign={}, personal="ben")},
        accounts=ACCOUNTS,
        roles=ROLES,
    )
    return walk_adding(estate, access_of(estate, catalogue()), account, where, queue)


ROWS: dict[str, tuple[AddingWalk, list[tuple[bool | None, str]], str | None]] = {
    "by two roles": (
        walked("ben"),
        [
            (True, "assigned to HR by name"),
            (True, "Feeder in HR by name, Looker in HR by group clerks"),
            (True, "its items are taken by post"),
        ],
        None,
    ),
    "half of it": (
        walked("anna"),
        [
            (True, "assigned to HR by group clerks"),
            (False, "no Transactions.Create in Looker"),
            (True, "its items are taken by post"),
        ],
        "403/0: Transactions.Create in HR",
    ),
    "no access, to a queue that nobody takes from": (
        walked("guest", "idle"),
        [
            (False, "not assigned to HR or a folder above it, by name or by a group"),
            (False, "no role in HR"),
            (True, "no process takes its items"),
        ],
        "400/1100: access to HR",
    ),
    "in somebody's workspace": (
        walked("guest", where="Mine"),
        [
            (
                False,
                "the personal workspace of ben alone; let ben add it there, or move the queue",
            ),
            (False, "no role in Mine; let ben add it there, or move the queue"),
            (True, "no process takes its items"),
        ],
        "400/1100: access to Mine (ben's personal workspace)",
    ),
}


@pytest.mark.parametrize(("walk", "steps", "outcome"), ROWS.values(), ids=ROWS)
def test_each_check_tells_what_it_found(
    walk: AddingWalk, steps: list[tuple[bool | None, str]], outcome: str | None
) -> None:
    assert [(step.passed, step.finding) for step in walk.steps] == steps
    assert (walk.outcome and walk.outcome.in_words) == outcome


def test_a_mend_gives_what_is_lacking() -> None:
    (_, permission, _) = walked("anna").steps
    assert permission.mend is not None
    assert permission.mend.words == "assign anna to HR as Feeder"


def test_as_json() -> None:
    found = why_adding_json(walked("anna"))
    assert (found["accepted"], found["status"], found["code"]) == (False, 403, "0")
    assert found["steps"][1]["mend"] == {
        "words": "assign anna to HR as Feeder",
        "overrides": ["folders.HR.assign.anna=[Feeder]"],
    }
    assert why_adding_json(walked("ben"))["accepted"] is True
