"""Whose ends a `then` follows: the accounts a job of its process may really have run under."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.followers import followers
from simulator.plan.submitters import submitters

THEN = {"P": {"duration": "1m", "then": {"start": "Q"}}, "Q": {"duration": "1m"}}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}
CREW = {**ACCOUNTS, "bot": {"type": "robot", "count": 2}}
ASSIGN = {**folder()["assign"], "bot": ["Automation User"]}
BOT_1 = START | {"run_as": {"account": "bot-1"}}
EACH_STEP = {
    "P": THEN["P"],
    "Q": {"duration": "1m", "then": {"start": "R"}},
    "R": {"duration": "1m"},
}

ROWS: dict[str, tuple[dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "nothing starts it": ({}, {}),
    "whoever is free": ({"starts": {"S": START}}, {"P": ("robot", "bot-1", "bot-2")}),
    "a named account": ({"starts": {"S": BOT_1}}, {"P": ("bot-1",)}),
    "several": (
        {"starts": {"S": BOT_1, "T": START | {"run_as": {"account": "robot"}}}},
        {"P": ("robot", "bot-1")},
    ),
    "whoever pressed": ({"starts": {"S": START | {"run_as": "myself"}}}, {"P": ("owner",)}),
    "none, for it is refused": (
        {"starts": {"S": START}, "assign": {"robot": ["Automation User"]}},
        {},
    ),
    "the next in a chain": (
        {"starts": {"S": BOT_1}, "processes": EACH_STEP},
        {"P": ("bot-1",), "Q": ("robot", "bot-1", "bot-2")},
    ),
}


@pytest.mark.parametrize(("parts", "after"), ROWS.values(), ids=ROWS)
def test_whose_ends_it_follows(parts: dict[str, Any], after: dict[str, tuple[str, ...]]) -> None:
    estate = scenario(
        accounts=CREW, folders={"F": folder(**{"processes": THEN, "assign": ASSIGN, **parts})}
    )
    access = access_of(estate, catalogue())
    found = followers(submitters(estate, access), estate, access)
    assert {one.name: one.callers for one in found} == after
