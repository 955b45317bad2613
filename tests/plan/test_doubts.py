"""Warnings of what can never work and of what serves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.errors import Issue
from simulator.model.references import dangling
from simulator.plan.doubts import doubts

TRIGGER = {"process": "P", "time": {"cron": "0 0 6 * * ?"}, "created_by": "owner"}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}
CALLED = {"process": "P", "api": {"every": "1h", "by": "app"}, "created_by": "owner"}
USER = {"type": "user"}


def told(**parts: Any) -> list[tuple[str, str, str]]:
    """Return path, code and message of each warning, after checking that the file is valid."""
    estate = scenario(**parts)
    assert not [issue for issue in dangling(estate, catalogue()) if issue.severity == "error"]
    found = doubts(estate, access_of(estate, catalogue()))
    assert all(issue.severity == "warning" and issue.hint for issue in found)
    return [(".".join(map(str, issue.path)), issue.code, issue.message) for issue in found]


def one_folder(**parts: Any) -> dict[str, Any]:
    return {"folders": {"F": folder(**parts)}}


def workspace(**parts: Any) -> dict[str, Any]:
    """A personal workspace of anna's, which has a machine and a process P."""
    whole = folder(personal="anna", **parts)
    return {key: part for key, part in whole.items() if key != "assign"}


ASSIGN = folder()["assign"]
FOREGROUND = {"P": {"duration": "1m", "type": "foreground"}}
ONLY_OWNER = {"owner": ["Folder Administrator"]}
MYSELF = {"run_as": "myself"}
MINE = TRIGGER | MYSELF | {"created_by": "anna"}
BY_ANNA = START | MYSELF | {"by": "anna"}
MIXED = {**ACCOUNTS, "anna": USER | {"groups": ["team"]}, "ben": USER | {"groups": ["team"]}}

MAIL = {"queue": "I", "by": "robot", "items": {"every": "1h"}, "item_duration": "1m"}
POST = {"process": "P", "queue": {"name": "I"}, "created_by": "owner"}
QUEUED: dict[str, Any] = {
    "queues": {"I": {}},
    "processes": {"P": {"duration": "1m", "queue": "I"}},
    "arrivals": {"A": MAIL},
}
FOLLOWED: dict[str, Any] = {
    "P": {"duration": "1m", "then": {"start": "Q"}},
    "Q": {"duration": "1m"},
}
NO_ROLE: dict[str, Any] = {"robot": [], "owner": ["Folder Administrator"]}

WITH_APP = {**ACCOUNTS, "app": {"type": "application"}}

DOUBTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "trigger nobody can run": (
        one_folder(triggers={"T": TRIGGER}, assign=ONLY_OWNER) | {"accounts": {"owner": USER}},
        "folders.F.triggers.T",
        "always-refused",
    ),
    "start without the permission": (
        one_folder(starts={"S": START}, assign={"robot": [], "owner": []}),
        "folders.F.starts.S",
        "always-refused",
    ),
    "closed loop whose first users may not": (
        one_folder(
            starts={"S": {"process": "P", "by": "team", "stream": {"users": 1, "think": "1h"}}},
            assign={**ASSIGN, "ben": ["Folder Administrator"]},
        )
        | {"accounts": MIXED},
        "folders.F.starts.S",
        "always-refused",
    ),
    "start without access": (
        one_folder(starts={"S": START}, assign={"robot": []}),
        "folders.F.starts.S",
        "always-refused",
    ),
    "maker without the permission": (
        one_folder(triggers={"T": TRIGGER}, assign={"robot": [], "owner": ["Automation User"]}),
        "folders.F.triggers.T.created_by",
        "created-by",
    ),
    "no host": (
        one_folder(triggers={"T": TRIGGER}) | {"machines": {"M1": {"hosts": 0}}},
        "folders.F.triggers.T",
        "always-pending",
    ),
    "no session for foreground work": (
        one_folder(triggers={"T": TRIGGER}, processes=FOREGROUND)
        | {"machines": {"M1": {"windows_sessions": 0}}},
        "folders.F.triggers.T",
        "always-pending",
    ),
    "account": ({"accounts": {**ACCOUNTS, "idle": USER}}, "accounts.idle", "unused-account"),
    "application only in a group": (
        {"accounts": {**ACCOUNTS, "app": {"type": "application", "groups": ["team"]}}}
        | one_folder(assign={**ASSIGN, "team": []}),
        "accounts.app",
        "unused-account",
    ),
    "group": (
        {"accounts": {**ACCOUNTS, "owner": USER | {"groups": ["team"]}}},
        "accounts.owner.groups.0",
        "unused-group",
    ),
    "machine": ({"machines": {"M1": {}, "M2": {}}}, "machines.M2", "unused-machine"),
    "licences": (
        {"licences": {"unattended": 9, "headless": 1}},
        "licences.headless",
        "unused-licences",
    ),
    "licences of slots nobody has": (
        {
            "licences": {"headless": 1},
            "machines": {"M1": {"slots": {"unattended": 1, "headless": 0}}},
        },
        "licences.headless",
        "unused-licences",
    ),
    "role": ({"roles": {"R": {"copy_of": "Automation User"}}}, "roles.R", "unused-role"),
    "calls by nobody": (
        {"accounts": {**ACCOUNTS, "app": {"type": "application", "groups": ["team"]}}}
        | one_folder(
            triggers={"T": CALLED | {"api": {"every": "1h", "by": "team"}}},
            assign={**ASSIGN, "app": ["Automation User"]},
        ),
        "folders.F.triggers.T.api.by",
        "nobody-starts",
    ),
    "caller without the permission": (
        one_folder(triggers={"T": CALLED}, assign={**ASSIGN, "app": []}) | {"accounts": WITH_APP},
        "folders.F.triggers.T",
        "always-refused",
    ),
    "maker of an API trigger without the permission": (
        one_folder(
            triggers={"T": CALLED}, assign={"robot": [], "owner": [], "app": ["Automation User"]}
        )
        | {"accounts": WITH_APP},
        "folders.F.triggers.T.created_by",
        "created-by",
    ),
    "items nobody may add": (
        one_folder(**QUEUED, assign={"robot": [], "owner": []}),
        "folders.F.arrivals.A",
        "always-refused",
    ),
    "items by nobody": (
        {"accounts": {**ACCOUNTS, "app": {"type": "application", "groups": ["team"]}}}
        | one_folder(
            **QUEUED | {"arrivals": {"A": MAIL | {"by": "team"}}},
            assign={**ASSIGN, "app": ["Automation User"]},
        ),
        "folders.F.arrivals.A.by",
        "nobody-adds",
    ),
    "maker of a queue trigger without the permission": (
        one_folder(**QUEUED, triggers={"T": POST}, assign={**ASSIGN, "owner": ["Automation User"]}),
        "folders.F.triggers.T.created_by",
        "created-by",
    ),
    "a follow-up nobody may start": (
        one_folder(starts={"S": START}, processes=FOLLOWED, assign=NO_ROLE),
        "folders.F.processes.P.then",
        "always-refused",
    ),
    "a follow-up some may not start": (
        one_folder(
            starts={"S": START}, processes=FOLLOWED, assign={**NO_ROLE, "bot": ["Automation User"]}
        )
        | {"accounts": {**ACCOUNTS, "bot": {"type": "robot"}}},
        "folders.F.processes.P.then",
        "partly-refused",
    ),
    "a follow-up on a machine without a host": (
        one_folder(
            starts={"S": START},
            processes=FOLLOWED | {"Q": {"duration": "1m", "runtime": "serverless"}},
            machines=["M1", "none"],
        )
        | {"machines": {"M1": {}, "none": {"hosts": 0, "slots": {"serverless": 1}}}},
        "folders.F.processes.P.then",
        "always-pending",
    ),
    "start by nobody": (
        {"accounts": {**ACCOUNTS, "app": {"type": "application", "groups": ["team"]}}}
        | one_folder(
            starts={"S": START | {"by": "team"}}, assign={**ASSIGN, "app": ["Automation User"]}
        ),
        "folders.F.starts.S.by",
        "nobody-starts",
    ),
}


@pytest.mark.parametrize(("parts", "path", "code"), DOUBTS.values(), ids=DOUBTS)
def test_one_doubt(parts: dict[str, Any], path: str, code: str) -> None:
    assert [(where, what) for where, what, _ in told(**parts)] == [(path, code)]


NO_DOUBT: dict[str, dict[str, Any]] = {
    "the defaults": {},
    "a trigger and a start": one_folder(triggers={"T": TRIGGER}, starts={"S": START}),
    "some callers are refused": one_folder(
        starts={"S": START | {"by": "team"}},
        assign={**ASSIGN, "team": [], "ben": ["Automation User"]},
    )
    | {"accounts": MIXED},
    "one machine of two has a host": one_folder(triggers={"T": TRIGGER}, machines=["none", "M1"])
    | {"machines": {"M1": {}, "none": {"hosts": 0}}},
    "an account only run_as names, and one only a trigger names": one_folder(
        triggers={"T": TRIGGER},
        starts={"S": START | {"run_as": {"account": "bot-1"}}},
        assign={**ASSIGN, "bot": []},
    )
    | {"accounts": {**ACCOUNTS, "bot": {"type": "robot", "count": 2}}},
    "a role another copies": {
        "roles": {"R": {"copy_of": "Automation User"}, "S": {"copy_of": "R"}},
        **one_folder(assign={**ASSIGN, "robot": ["S"]}),
    },
    "an application that calls": one_folder(
        triggers={"T": CALLED}, assign={**ASSIGN, "app": ["Automation User"]}
    )
    | {"accounts": WITH_APP},
    "an account that only owns a personal workspace": {
        "accounts": {**ACCOUNTS, "anna": USER},
        "folders": {"F": folder(), "W": workspace()},
    },
    "an owner of a personal workspace": {
        "accounts": {**ACCOUNTS, "anna": USER},
        "folders": {"F": folder(), "W": workspace(triggers={"T": MINE}, starts={"S": BY_ANNA})},
    },
    "items, a queue trigger, and what follows": one_folder(
        **QUEUED | {"processes": {**FOLLOWED, "P": {**FOLLOWED["P"], "queue": "I"}}},
        triggers={"T": POST},
    ),
    "an account that only adds items": one_folder(
        **QUEUED | {"arrivals": {"A": MAIL | {"by": "app"}}},
        assign={**ASSIGN, "app": ["Automation User"]},
    )
    | {"accounts": WITH_APP},
    "some who add are refused": one_folder(
        **QUEUED | {"arrivals": {"A": MAIL | {"by": "team"}}},
        assign={**ASSIGN, "team": [], "ben": ["Automation User"]},
    )
    | {"accounts": MIXED},
    "a follow-up of jobs that never run": one_folder(processes=FOLLOWED, assign=NO_ROLE),
    "a follow-up of jobs of another account": one_folder(
        starts={"S": START | {"run_as": {"account": "bot"}}},
        processes=FOLLOWED,
        assign={**NO_ROLE, "bot": ["Automation User"]},
    )
    | {"accounts": {**ACCOUNTS, "bot": {"type": "robot"}}},
    "accounts that only a follow-up names": one_folder(
        starts={"S": START},
        processes=FOLLOWED
        | {"P": {"duration": "1m", "then": {"start": "Q", "run_as": {"account": "bot-2"}}}},
        assign={**ASSIGN, "bot": ["Automation User"]},
    )
    | {"accounts": {**ACCOUNTS, "bot": {"type": "robot", "count": 2}}},
    "background as myself": one_folder(
        triggers={"T": TRIGGER | {"run_as": "myself"}}, assign=ONLY_OWNER
    )
    | {"accounts": {"owner": USER}},
    "no licences of slots nobody has": {"licences": {"headless": 0}},
}


@pytest.mark.parametrize("parts", NO_DOUBT.values(), ids=NO_DOUBT)
def test_no_doubt(parts: dict[str, Any]) -> None:
    assert told(**parts) == []


def test_a_refusal_is_named_with_its_code_and_what_is_missing() -> None:
    ((_, _, message),) = told(**one_folder(starts={"S": START}, assign={"robot": [], "owner": []}))
    assert message == "every submission will be refused with 403/0: Jobs.Create in F is missing"


def test_a_refusal_comes_with_what_would_mend_it() -> None:
    """No role of this tenant starts jobs and does no more, so a new one is named."""
    estate = scenario(**one_folder(starts={"S": START}, assign={"robot": [], "owner": []}))
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    assert issue.hint == "assign owner to F as Job Starter"


def test_what_mends_a_group_or_a_counted_account_is_for_all_of_it() -> None:
    """One member's grant would let the warning go, and leave the others refused."""
    crew, pair = USER | {"groups": ["crew"]}, USER | {"count": 2}
    accounts = {"robot": {"type": "robot"}, "owner": crew, "other": crew, "dev": pair}
    starts = {"S": START | {"by": "crew"}, "D": START | {"by": "dev"}}
    parts = folder(starts=starts, assign={"robot": []})
    estate = scenario(accounts=accounts, folders={"F": parts})
    hints = [issue.hint for issue in doubts(estate, access_of(estate, catalogue()))]
    assert hints == ["assign crew to F as Job Starter", "assign dev to F as Job Starter"]


def test_the_permission_to_make_triggers_is_named() -> None:
    ((_, _, message),) = told(
        **one_folder(triggers={"T": TRIGGER}, assign={"robot": [], "owner": []})
    )
    assert message == "'owner' may not make triggers: Triggers.Create in F is missing"


HERS = "W (anna's personal workspace)"
IN_WORKSPACE: dict[str, tuple[dict[str, Any], str]] = {
    "somebody else": (
        workspace(starts={"S": START}),
        f"400/1100: access to {HERS} is missing",
    ),
    "any account": (
        workspace(triggers={"S": MINE | {"run_as": "dynamic"}}),
        f"409/1671: an account with an unattended robot in {HERS} is missing",
    ),
    "a named account": (
        workspace(triggers={"S": MINE | {"run_as": {"account": "robot"}}}),
        f"409/InvalidStartJobRobotIds: robot with an unattended robot in {HERS} is missing",
    ),
    "foreground work": (
        workspace(triggers={"S": MINE}, processes=FOREGROUND),
        f"409/1230: an unattended robot of anna in {HERS} is missing",
    ),
}


@pytest.mark.parametrize(("parts", "said"), IN_WORKSPACE.values(), ids=IN_WORKSPACE)
def test_a_personal_workspace_says_what_alone_it_runs(parts: dict[str, Any], said: str) -> None:
    estate = scenario(
        accounts={**ACCOUNTS, "anna": USER | {"unattended": True}},
        folders={"F": folder(), "W": parts},
    )
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    assert issue.message == f"every submission will be refused with {said}"
    assert issue.hint == (
        "let anna run it there in the background (run_as: myself), or move the process"
    )


def test_what_a_personal_workspace_can_be_given_is_a_machine() -> None:
    parts = workspace(triggers={"T": MINE}, machines=[])
    folders = {"F": folder(), "W": parts}
    estate = scenario(accounts={**ACCOUNTS, "anna": USER}, folders=folders)
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    assert issue.hint == "add M1 to W"


def test_a_refused_item_says_what_is_missing_and_what_would_mend_it() -> None:
    """Adding an item asks for both permissions, as the API's page on queue items has it."""
    estate = scenario(**one_folder(**QUEUED, assign={"robot": [], "owner": []}))
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    missing = "Queues.View and Transactions.Create in F"
    assert issue.message == f"every item will be refused with 403/0: {missing} are missing"
    assert issue.hint == "assign robot to F as Item Adder"


def test_in_a_personal_workspace_its_owner_alone_adds_items() -> None:
    parts = workspace(**QUEUED)
    estate = scenario(accounts={**ACCOUNTS, "anna": USER}, folders={"F": folder(), "W": parts})
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    assert issue.message == f"every item will be refused with 400/1100: access to {HERS} is missing"
    assert issue.hint == "let anna add it there, or move the queue"


def follow_up(**parts: Any) -> Issue:
    """The one warning where bot's two members run jobs beside the robot."""
    accounts = {**ACCOUNTS, "bot": {"type": "robot", "count": 2}}
    whole = folder(starts={"S": START}, processes=FOLLOWED, **parts)
    estate = scenario(accounts=accounts, folders={"F": whole})
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    return issue


def test_a_follow_up_nobody_may_start_is_mended_for_all_of_a_counted_account() -> None:
    issue = follow_up(assign={"bot": [], "owner": ["Folder Administrator"], "robot": []})
    assert issue.message == (
        "every submission will be refused with 403/0: Jobs.Create in F is missing"
    )
    assert issue.hint == "assign bot to F as Job Starter"


def test_a_follow_up_some_may_not_start_names_them() -> None:
    issue = follow_up(assign={**ASSIGN, "bot": []})
    assert issue.message == (
        "jobs that ran under 'bot-1', 'bot-2' start nothing after them: "
        "403/0: Jobs.Create in F is missing"
    )
    assert issue.hint == "assign bot to F as Job Starter"


def test_of_many_who_may_not_start_a_follow_up_five_are_named() -> None:
    accounts = {**ACCOUNTS, "bot": {"type": "robot", "count": 9}}
    whole = folder(starts={"S": START}, processes=FOLLOWED, assign={"bot": [], **ASSIGN})
    estate = scenario(accounts=accounts, folders={"F": whole})
    (issue,) = doubts(estate, access_of(estate, catalogue()))
    assert "'bot-5', … start nothing" in issue.message
