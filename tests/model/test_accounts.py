from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.accounts import Account, entry_of

ENTRIES = {
    "anna": Account(type="user"),
    "bot": Account(type="robot", count=12),
    "b-1": Account(type="robot", count=2),
}
BELONGS = {
    "anna": "anna",
    "bot-1": "bot",
    "bot-12": "bot",
    "bot-13": None,
    "bot-0": None,
    "bot-01": None,
    "bot-": None,
    "bot-１": None,  # noqa: RUF001 - a digit of another script is no number of ours
    "bot": None,
    "anna-1": None,
    "b-1-2": "b-1",
    "-1": None,
    "nobody": None,
}


@pytest.mark.parametrize(("name", "entry"), BELONGS.items(), ids=BELONGS)
def test_the_entry_an_account_belongs_to(name: str, entry: str | None) -> None:
    assert entry_of(name, ENTRIES) == entry


def test_members_of_a_counted_account_are_numbered_from_1() -> None:
    assert ENTRIES["b-1"].members("b-1") == ("b-1-1", "b-1-2")
    assert ENTRIES["anna"].members("anna") == ("anna",)


ROBOTS = {
    "robot": ({"type": "robot"}, True),
    "user": ({"type": "user"}, False),
    "unattended user": ({"type": "user", "unattended": True}, True),
    "application": ({"type": "application"}, False),
}


@pytest.mark.parametrize(("entry", "has"), ROBOTS.values(), ids=ROBOTS)
def test_who_has_an_unattended_robot(entry: dict[str, Any], *, has: bool) -> None:
    assert Account.model_validate(entry).has_unattended_robot is has


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no type": ({}, "Field required"),
    "another type": ({"type": "person"}, "'robot', 'user' or 'application'"),
    "no members": ({"type": "robot", "count": 0}, "greater than or equal to 1"),
    "an application with a robot": ({"type": "application", "unattended": True}, "never executes"),
    "an application that limits its jobs": (
        {"type": "application", "one_job_at_a_time": True},
        "never executes",
    ),
    "an empty group": ({"type": "user", "groups": [" "]}, "may not be empty"),
    "an unknown key": ({"type": "user", "group": []}, "Extra inputs"),
}


@pytest.mark.parametrize(("entry", "why"), BAD.values(), ids=BAD)
def test_an_account_that_is_refused(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Account.model_validate(entry)
