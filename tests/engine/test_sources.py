"""API triggers at run time: who calls is asked at each call, and the log says what came of it."""

from __future__ import annotations

from typing import Any

from builders import folder
from engine.runs import Firing, Replication, replication

ACCOUNTS = {
    "robot": {"type": "robot"},
    "owner": {"type": "user"},
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "carl": {"type": "user", "groups": ["clerks"]},
    "app": {"type": "application", "groups": ["clerks"]},
}
ASSIGN = {
    "robot": ["Automation User"],
    "owner": ["Folder Administrator"],
    "app": ["Automation User"],
    "anna": ["Automation User"],
    "ben": [],
}
"""Ben may enter and start nothing; carl may not enter."""

NO_ACCESS, NO_PERMISSION = "400/1100: access to F", "403/0: Jobs.Create in F"


def called(calls: dict[str, Any], **trigger: Any) -> Replication:
    """A day of an API trigger T in folder F."""
    hook = {"process": "P", "created_by": "owner", "api": calls, **trigger}
    parts = folder(assign=ASSIGN, triggers={"T": hook})
    return replication(accounts=ACCOUNTS, folders={"F": parts})


def at(*hours: int) -> dict[str, list[str]]:
    return {"at": [f"2026-01-05T{hour:02}:00" for hour in hours]}


def test_each_call_is_logged_with_what_came_of_it() -> None:
    """Members take turns; an application in the group is none of them."""
    found = called({**at(1, 2, 3, 4), "by": "clerks"})
    assert found.firings() == [
        Firing(1.0, 1, "created", None),
        Firing(2.0, 0, "refused", NO_PERMISSION),
        Firing(3.0, 0, "refused", NO_ACCESS),
        Firing(4.0, 1, "created", None),
    ]
    assert [(job["principal"], job["source_kind"]) for job in found.jobs()] == [
        (caller, "HttpTrigger") for caller in ("anna", "ben", "carl", "anna")
    ]


def test_an_application_may_call_by_its_own_name() -> None:
    (job,) = called({**at(1), "by": "app"}).jobs()
    assert (job["principal"], job["state"], job["account"]) == ("app", "Successful", "robot")


def test_as_myself_is_as_the_caller() -> None:
    (job,) = called({**at(1), "by": "anna"}, run_as="myself").jobs()
    assert (job["run_as"], job["account"]) == ("myself (anna)", "anna")


def test_a_batch_is_one_call_of_one_caller() -> None:
    found = called({**at(1, 2), "by": "clerks"}, jobs=3)
    assert found.firings() == [
        Firing(1.0, 3, "created", None),
        Firing(2.0, 0, "refused", NO_PERMISSION),
    ]
    assert [job["principal"] for job in found.jobs()] == ["anna"] * 3 + ["ben"] * 3


def test_users_of_a_closed_loop_call_each_as_himself() -> None:
    """Two users think 11 h; anna's job takes 10 min, so she comes back at 22:10, ben at 22:00."""
    found = called({"users": 2, "think": "11h", "by": "clerks"})
    assert found.firings() == [
        Firing(11.0, 1, "created", None),
        Firing(11.0, 0, "refused", NO_PERMISSION),
        Firing(22.0, 0, "refused", NO_PERMISSION),
        Firing(22 + 1 / 6, 1, "created", None),
    ]


def test_a_group_of_applications_alone_calls_nothing() -> None:
    accounts = {**ACCOUNTS, "app": {"type": "application", "groups": ["apps"]}}
    hook = {"process": "P", "created_by": "owner", "api": {"every": "6h", "by": "apps"}}
    parts = folder(assign={**ASSIGN, "apps": []}, triggers={"T": hook})
    found = replication(accounts=accounts, folders={"F": parts})
    assert (found.firings(), found.jobs()) == ([], [])


def test_one_caller_who_succeeds_keeps_a_trigger_that_others_fail_with() -> None:
    """Told to disable itself: two of three callers are always refused, and never ten in a row."""
    found = called({"every": "30m", "by": "clerks"}, auto_disable=True)
    assert [firing.failed_why for firing in found.firings()] == [
        None,
        NO_PERMISSION,
        NO_ACCESS,
    ] * 16


def test_calls_that_all_fail_disable_it_if_told_so_and_the_last_says_why() -> None:
    """Without being told, an API trigger answers on."""
    hook = {"api": {"every": "6h", "by": "clerks"}, "process": "P", "created_by": "owner"}
    assign = {**ASSIGN, "anna": []}
    time = {"start": "2026-01-05T00:00", "duration": "3d"}

    def outcomes(**more: Any) -> list[tuple[str, str | None]]:
        parts = folder(assign=assign, triggers={"T": {**hook, **more}})
        found = replication(accounts=ACCOUNTS, folders={"F": parts}, time=time)
        return [(firing.outcome, firing.failed_why) for firing in found.firings()]

    refused = [("refused", NO_PERMISSION), ("refused", NO_PERMISSION), ("refused", NO_ACCESS)]
    assert outcomes(auto_disable=True) == [*(refused * 3), ("disabled", NO_PERMISSION)]
    assert outcomes() == refused * 4


def test_api_triggers_and_other_streams_submit_in_the_order_of_the_file() -> None:
    """Time triggers first, then streams folder by folder: triggers, then starts."""
    when = at(8)
    parts = folder(
        assign=ASSIGN,
        triggers={
            "hook": {"process": "P", "created_by": "owner", "api": {**when, "by": "app"}},
            "event": {"process": "P", "created_by": "owner", "event": when},
            "cron": {"process": "P", "created_by": "owner", "time": {"cron": "0 0 8 ? * *"}},
        },
        starts={"S": {"process": "P", "by": "owner", "stream": when}},
    )
    jobs = replication(accounts=ACCOUNTS, folders={"F": parts}).jobs()
    assert [job["source"] for job in jobs] == ["F:cron", "F:hook", "F:event", "F:S"]
