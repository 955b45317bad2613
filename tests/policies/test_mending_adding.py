"""The smallest grant that lets somebody add items to queues; and where there is none."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue
from policies.mending_estates import estate

from simulator.access.grants import access_of
from simulator.policies.mending import instead_of_adding
from simulator.policies.mending_rights import mend_adding

ROLES = {
    "Looker": {"type": "folder", "permissions": {"Queues": ["View"]}},
    "Feeder": {
        "type": "folder",
        "permissions": {"Queues": ["View"], "Transactions": ["View", "Create"]},
    },
    "Deleter": {
        "type": "folder",
        "permissions": {"Queues": ["View", "Delete"], "Transactions": ["Create"]},
    },
}
LOOKER, FEEDER, DELETER = ({name: ROLES[name]} for name in ROLES)
WHOLE = {"type": "folder", "permissions": {"Queues": ["View"], "Transactions": ["Create"]}}
REST = {"type": "folder", "permissions": {"Transactions": ["Create"]}}
CLASSIC = {
    "tenant": {"assign": {"omar": ["Robot"]}},
    "assumptions": {"folder_model": "classic"},
}

Row = tuple[str, str | None, dict[str, Any], dict[str, Any], str, dict[str, object]]
ROWS: dict[str, Row] = {
    "the least role there is, by name": (
        "spare",
        None,
        {},
        {"roles": FEEDER | DELETER},
        "assign spare to HR as Feeder",
        {"folders.HR.assign.spare": ["Feeder"]},
    ),
    "a new one, where any other would let him do more": (
        "spare",
        None,
        {},
        {"roles": DELETER},
        "assign spare to HR as Item Adder",
        {"roles.Item Adder": WHOLE, "folders.HR.assign.spare": ["Item Adder"]},
    ),
    "of a new one only what he lacks": (
        "spare",
        None,
        {"assign": {"spare": ["Looker"]}},
        {"roles": LOOKER},
        "assign spare to HR as Item Adder",
        {"roles.Item Adder": REST, "folders.HR.assign.spare": ["Looker", "Item Adder"]},
    ),
    "to his group all of it, whatever he holds himself": (
        "spare",
        "robots",
        {"assign": {"spare": ["Looker"]}},
        {"roles": LOOKER},
        "assign robots to HR as Item Adder",
        {"roles.Item Adder": WHOLE, "folders.HR.assign.robots": ["Item Adder"]},
    ),
    "a new name where that is taken": (
        "anna",
        None,
        {"assign": {}},
        {"roles": {"Item Adder": {"type": "tenant", "permissions": {}}}},
        "assign anna to HR as Item Adder 2",
        {"roles.Item Adder 2": WHOLE, "folders.HR.assign.anna": ["Item Adder 2"]},
    ),
}


@pytest.mark.parametrize(
    ("who", "principal", "hr", "parts", "words", "changes"), ROWS.values(), ids=ROWS
)
def test_the_smallest_grant(
    who: str,
    principal: str | None,
    hr: dict[str, Any],
    parts: dict[str, Any],
    words: str,
    changes: dict[str, object],
) -> None:
    made = estate({"assign": {}, **hr}, **parts)
    found = mend_adding(who, "HR", made, access_of(made, catalogue()), principal)
    assert found is not None
    told = {".".join(map(str, one.path)): one.value for one in found.changes}
    assert (found.words, told) == (words, changes)


HOPELESS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "may already": ("spare", {"assign": {"spare": ["Feeder"]}}, {}),
    "may already by the tenant, in the classic model": ("omar", {"assign": {}}, CLASSIC),
    "somebody's workspace": ("anna", {"assign": {}, "personal": "omar", "folders": {}}, {}),
}


@pytest.mark.parametrize(("who", "hr", "parts"), HOPELESS.values(), ids=HOPELESS)
def test_nothing_to_mend(who: str, hr: dict[str, Any], parts: dict[str, Any]) -> None:
    made = estate(hr, **{"roles": ROLES, **parts})
    assert mend_adding(who, "HR", made, access_of(made, catalogue())) is None


def test_what_to_do_about_a_workspace() -> None:
    made = estate({"assign": {}, "personal": "omar", "folders": {}})
    told = instead_of_adding("HR", access_of(made, catalogue()))
    assert told == "let omar add it there, or move the queue"
