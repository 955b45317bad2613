"""Who of those that add items, or run jobs that start others, may."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.access.refusals import Refusal
from simulator.audit.arriving import (
    Adding,
    Barred,
    Following,
    addings,
    arriving_row,
    followings,
    narrowed,
)

ACCOUNTS = {
    "bot": {"type": "robot", "count": 2},
    "spare": {"type": "robot"},
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "app": {"type": "application"},
}
ROLES = {
    "Feeder": {"type": "folder", "permissions": {"Queues": ["View"], "Transactions": ["Create"]}},
    "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
}
MAIL = {"queue": "Q", "items": {"every": "1h"}, "item_duration": "1m"}
HR: dict[str, Any] = {
    "assign": {"bot-1": ["Starter"], "bot-2": [], "spare": [], "anna": ["Feeder", "Starter"]},
    "processes": {
        "first": {"duration": "1m", "then": {"start": "second"}},
        "second": {"duration": "1m"},
    },
    "queues": {"Q": {}},
    "arrivals": {"mail": {**MAIL, "by": "clerks"}, "hook": {**MAIL, "by": "app"}},
}
NOT_IN = Refusal(400, "1100", "access to HR")
MAY_NOT = Refusal(403, "0", "Jobs.Create in HR")
FINANCE = folder(
    assign={"app": ["Feeder"]},
    processes={},
    queues={"Q": {}},
    arrivals={"x": {**MAIL, "by": "app"}},
)


def made(**hr: Any) -> tuple[Any, Any]:
    estate = scenario(
        folders={"HR": folder(**{**HR, **hr}), "Finance": FINANCE}, accounts=ACCOUNTS, roles=ROLES
    )
    return estate, access_of(estate, catalogue())


MAILING = Adding("HR", "HR:mail", "HR:Q", ("anna",), (Barred(("ben",), NOT_IN),))
HOOKING = Adding("HR", "HR:hook", "HR:Q", (), (Barred(("app",), NOT_IN),))
ELSEWHERE = Adding("Finance", "Finance:x", "Finance:Q", ("app",), ())


def test_every_arrival_tells_whose_items_are_let_in() -> None:
    assert list(addings(*made())) == [MAILING, HOOKING, ELSEWHERE]


START = {"process": "first", "by": "anna", "stream": {"every": "1h"}}
FOLLOWING: dict[str, tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]] = {
    "whoever may run jobs, where nothing starts one": ({}, ("bot-1",), ("bot-2", "spare")),
    "whoever a job may run under": (
        {"starts": {"S": {**START, "run_as": {"account": "bot"}}}},
        ("bot-1",),
        ("bot-2",),
    ),
    "who starts it as herself": (
        {"starts": {"S": {**START, "run_as": "myself"}}},
        ("anna",),
        (),
    ),
}


@pytest.mark.parametrize(("hr", "may", "may_not"), FOLLOWING.values(), ids=FOLLOWING)
def test_every_then_tells_as_whom_it_may_start(
    hr: dict[str, Any], may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    barred = (Barred(may_not, MAY_NOT),) if may_not else ()
    assert list(followings(*made(**hr))) == [
        Following("HR", "HR:first", "HR:second", may, barred),
    ]


NARROWED: dict[str, tuple[list[str] | None, str | None, list[Adding]]] = {
    "all": (None, None, [MAILING, HOOKING, ELSEWHERE]),
    "a folder": (None, "Finance", [ELSEWHERE]),
    "who may not": (["ben"], None, [MAILING._replace(may=())]),
    "who may": (["anna"], None, [MAILING._replace(barred=())]),
    "somebody in a folder": (["app"], "HR", [HOOKING]),
    "nobody who adds": (["spare"], None, []),
}


@pytest.mark.parametrize(("who", "folder", "expected"), NARROWED.values(), ids=NARROWED)
def test_only_what_concerns_somebody_or_a_folder(
    who: list[str] | None, folder: str | None, expected: list[Adding]
) -> None:
    assert list(narrowed(addings(*made()), who=who, folder=folder)) == expected


def test_in_json_a_refusal_stands_with_whom_it_bars() -> None:
    assert arriving_row(MAILING) == {
        "folder": "HR",
        "arrival": "HR:mail",
        "queue": "HR:Q",
        "may": ("anna",),
        "barred": [{"who": ("ben",), "status": 400, "code": "1100", "missing": "access to HR"}],
    }
