"""Names that two things share, and estates larger than a run can hold."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, folder, problems

USER = {"type": "user"}
TRIGGER = {"process": "P", "time": {"cron": "0 0 6 * * ?"}, "created_by": "owner"}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}

CLASHES: dict[str, tuple[dict[str, Any], str]] = {
    "an account and a group": (
        {"accounts": {**ACCOUNTS, "anna": {**USER, "groups": ["clerks", "owner"]}}},
        "accounts.anna.groups.1",
    ),
    "a counted member and a group": (
        {
            "accounts": {
                **ACCOUNTS,
                "bot": {"type": "robot", "count": 2},
                "anna": {**USER, "groups": ["bot-2"]},
            }
        },
        "accounts.anna.groups.0",
    ),
    "a counted member and an account": (
        {"accounts": {**ACCOUNTS, "bot": {"type": "robot", "count": 2}, "bot-2": USER}},
        "accounts.bot-2",
    ),
    "a counted member and a counted account": (
        {"accounts": {**ACCOUNTS, "b-1": {**USER, "count": 2}, "b": {**USER, "count": 1}}},
        "accounts.b-1",
    ),
    "two hosts": (
        {"machines": {"M1": {}, "a": {"names": ["b/1"]}, "a/b": {"hosts": 1}}},
        "machines.a/b",
    ),
    "two processes": (
        {
            "folders": {
                "F": folder(processes={"a:b": {"duration": "1m"}}),
                "F:a": {"processes": {"b": {"duration": "1m"}}},
            }
        },
        "folders.F:a.processes.b",
    ),
    "two queues": (
        {
            "folders": {
                "F": folder(queues={"a:b": {}}),
                "F:a": {"queues": {"b": {}}},
            }
        },
        "folders.F:a.queues.b",
    ),
    "two folders": (
        {"folders": {"F": folder(), "a\\": {"folders": {"b": {}}}, "a/b": {}}},
        "folders.a/b",
    ),
}


@pytest.mark.parametrize(("parts", "path"), CLASHES.values(), ids=CLASHES)
def test_a_clash(parts: dict[str, Any], path: str) -> None:
    assert problems(**parts) == [(path, "name-clash", "error")]


NO_CLASH: dict[str, dict[str, Any]] = {
    "beyond the count": {
        "accounts": {**ACCOUNTS, "bot": {"type": "robot", "count": 2}, "bot-3": USER}
    },
    "another spelling of the number": {
        "accounts": {**ACCOUNTS, "bot": {"type": "robot", "count": 2}, "bot-02": USER}
    },
    "a trigger and a start": {
        "folders": {"F": folder(triggers={"N": TRIGGER}, starts={"N": START})}
    },
    "equal names in two folders": {"folders": {"F": folder(), "G": folder()}},
    "an escaped slash": {"folders": {"a/b": folder(), "a": {"folders": {"b": {}}}}},
    "100,000 hosts": {"machines": {"M1": {"hosts": 99_998}, "M2": {"names": ["x"]}, "M3": {}}},
}


@pytest.mark.parametrize("parts", NO_CLASH.values(), ids=NO_CLASH)
def test_no_clash(parts: dict[str, Any]) -> None:
    assert problems(**parts) == []


def test_more_than_100_000_hosts_in_all() -> None:
    machines = {"M1": {"hosts": 60_000}, "M2": {"hosts": 40_000}, "M3": {}}
    assert problems(machines=machines) == [("machines", "too-many-hosts", "error")]


def test_more_than_100_000_accounts_in_all() -> None:
    accounts = {**ACCOUNTS, "bot": {"type": "robot", "count": 99_999}}
    assert problems(accounts=accounts) == [("accounts", "too-many-accounts", "error")]
