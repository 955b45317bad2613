"""Lines drawn: which machines a job may use, what it waits for, and where a Resumed one goes on."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.lines import Line, Place
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.codes import PendingReason

START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}
BACK = {"duration": "10m"}
FRONT = {"duration": "10m", "type": "foreground"}
THERE = {"duration": "10m", "suspends": {"probability": "50%", "for": "1h", "same_place": True}}
ANYWHERE = {"duration": "10m", "suspends": {"probability": "50%", "for": "1h"}}


def plan(process: dict[str, Any], machines: dict[str, Any]) -> Plan:
    """A plan of folder F on all of the machines, with one start of this process."""
    parts = {"machines": list(machines), "processes": {"P": process}, "starts": {"S": START}}
    made = scenario(machines=machines, folders={"F": folder(**parts)})
    return make_plan(made, access_of(made, catalogue()), {})


def hosts_of(of: Plan, line: Line) -> list[str]:
    return [of.legend.names.hosts[of.pools[pool].host] for pool in line.pools()]


MIXED = {
    "any": {"hosts": 1},
    "front": {"hosts": 2, "process_types": "foreground"},
    "back": {"hosts": 1, "process_types": "background"},
}


@pytest.mark.parametrize(
    ("process", "expected"),
    [(BACK, ["any/1", "back/1"]), (FRONT, ["any/1", "front/1", "front/2"])],
    ids=["background", "foreground"],
)
def test_a_line_has_the_machines_that_take_its_type(
    process: dict[str, Any], expected: list[str]
) -> None:
    made = plan(process, MIXED)
    (line,) = made.lines
    assert hosts_of(made, line) == expected


def test_places_of_the_same_accounts_share_them() -> None:
    """1,000 machines with 200 accounts each would be 200,000 numbers a line."""
    (line,) = plan(BACK, {name: {"hosts": 1} for name in ("M1", "M2", "M3")}).lines
    assert len({id(place.accounts) for place in line.places}) == 1
    assert list(line.accounts()) == list(line.places[0].accounts)


NO_HOSTS = PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE
NO_FOREGROUND = PendingReason.DYNAMIC_JOB_FOREGROUND_AUTOMATION_TYPE_INVALID
NO_BACKGROUND = PendingReason.DYNAMIC_JOB_BACKGROUND_AUTOMATION_TYPE_INVALID

NOWHERE: dict[str, tuple[dict[str, Any], dict[str, Any], PendingReason]] = {
    "no foreground": (FRONT, {"M": {"process_types": "background"}}, NO_FOREGROUND),
    "no background": (BACK, {"M": {"process_types": "foreground"}}, NO_BACKGROUND),
    "no host": (BACK, {"M": {"hosts": 0}}, NO_HOSTS),
    "no host, nor would it take it": (
        FRONT,
        {"M": {"hosts": 0, "process_types": "background"}},
        NO_FOREGROUND,
    ),
    "no host where it would be taken": (
        FRONT,
        {"M": {"hosts": 0}, "N": {"process_types": "background"}},
        NO_HOSTS,
    ),
}


@pytest.mark.parametrize(("process", "machines", "reason"), NOWHERE.values(), ids=NOWHERE)
def test_a_line_without_a_slot_says_what_its_jobs_wait_for(
    process: dict[str, Any], machines: dict[str, Any], reason: PendingReason
) -> None:
    (line,) = plan(process, machines).lines
    assert list(line.pools()) == []
    assert line.nowhere == reason


def test_a_machine_without_the_runtime_type_is_not_asked() -> None:
    """Of the two only one has headless slots; that it takes no background is what its jobs lack."""
    machines = {"M": {}, "N": {"slots": {"headless": 1}, "process_types": "foreground"}}
    (line,) = plan(BACK | {"runtime": "headless"}, machines).lines
    assert (list(line.pools()), line.nowhere) == ([], NO_BACKGROUND)


def texts(of: Plan) -> list[str]:
    """The names of the lines, without what they have in common."""
    return [text.removeprefix("F: unattended, background, ") for text in of.legend.names.lines]


CREW = {**ACCOUNTS, "bot": {"type": "robot"}}
ASSIGN = {**folder()["assign"], "bot": ["Automation User"]}


def crew_plan(processes: dict[str, Any], starts: dict[str, Any]) -> Plan:
    """Two hosts of two runtime types, and two accounts that may run there."""
    parts = {"assign": ASSIGN, "machines": ["M"], "processes": processes, "starts": starts}
    made = scenario(
        machines={"M": {"hosts": 2, "slots": {"headless": 1, "unattended": 1}}},
        accounts=CREW,
        folders={"F": folder(**parts)},
    )
    return make_plan(made, access_of(made, catalogue()), {})


def test_a_job_that_stays_has_a_line_for_each_place_where_it_may_have_run() -> None:
    """Pools 1 and 3 are the unattended ones of the two hosts."""
    found = crew_plan({"P": THERE}, {"S": START})
    assert texts(found) == [
        "dynamic, priority 45, then in the same place",
        "dynamic, priority 45, again on M/1 under robot",
        "dynamic, priority 45, again on M/1 under bot",
        "dynamic, priority 45, again on M/2 under robot",
        "dynamic, priority 45, again on M/2 under bot",
    ]
    accounts = found.legend.names.accounts
    robot, bot = accounts.index("robot"), accounts.index("bot")
    assert found.again == {(0, 1, robot): 1, (0, 1, bot): 2, (0, 3, robot): 3, (0, 3, bot): 4}
    assert [line.places for line in found.lines[1:]] == [
        (Place(0, (pool,), (account,)),) for pool in (1, 3) for account in (robot, bot)
    ]


@pytest.mark.parametrize("process", [BACK, ANYWHERE], ids=["never suspended", "anywhere"])
def test_other_jobs_have_one_line(process: dict[str, Any]) -> None:
    found = crew_plan({"P": process}, {"S": START})
    assert (len(found.lines), found.again) == (1, {})


def test_lines_are_numbered_by_falling_priority_also_those_of_resumed_jobs() -> None:
    run_as = {"run_as": {"account": "bot"}}
    starts = {
        "low": START | run_as | {"priority": "Low"},
        "high": START | run_as | {"priority": "High"},
        "plain": START | {"process": "Q"},
    }
    found = crew_plan({"P": THERE, "Q": BACK}, starts)
    assert texts(found) == [
        "bot, priority 65, then in the same place",
        "bot, priority 65, again on M/1 under bot",
        "bot, priority 65, again on M/2 under bot",
        "dynamic, priority 45",
        "bot, priority 25, then in the same place",
        "bot, priority 25, again on M/1 under bot",
        "bot, priority 25, again on M/2 under bot",
    ]
    bot = found.legend.names.accounts.index("bot")
    assert found.again == {(0, 1, bot): 1, (0, 3, bot): 2, (4, 1, bot): 5, (4, 3, bot): 6}
    assert [line.priority for line in found.lines] == [65] * 3 + [45] + [25] * 3


def test_two_sources_with_the_same_needs_share_their_lines_also_when_resumed() -> None:
    found = crew_plan({"P": THERE, "Q": THERE}, {"S": START, "T": START | {"process": "Q"}})
    assert len(found.lines) == 5
    assert len(found.again) == 4


def test_who_goes_on_anywhere_stands_beside_who_does_not() -> None:
    """The same needs but for that: two first lines, and places to go on for one of them alone."""
    found = crew_plan({"P": THERE, "Q": BACK}, {"S": START, "T": START | {"process": "Q"}})
    assert texts(found)[:2] == [
        "dynamic, priority 45, then in the same place",
        "dynamic, priority 45",
    ]
    assert {line for line, _, _ in found.again} == {0}


def test_the_line_of_a_resumed_job_needs_what_its_first_one_did() -> None:
    found = crew_plan({"P": THERE | FRONT}, {"S": START})
    assert {(line.takes_session, line.takes_account) for line in found.lines} == {(True, True)}
