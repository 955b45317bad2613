"""What an account may see: folders by Jobs.View, and what serves them."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import Access, access_of
from simulator.access.sight import sight_of
from simulator.errors import ScenarioError

ACCOUNTS = {
    "bot": {"type": "robot"},
    "other-bot": {"type": "robot", "count": 2},
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "carl": {"type": "user"},
    "dora": {"type": "user"},
}
ROLES = {
    "Onlooker": {"type": "folder", "permissions": {"Jobs": ["View"]}},
    "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
}
FOLDERS: dict[str, Any] = {
    "HR": folder(
        assign={"clerks": ["Onlooker"], "bot": ["Automation User"], "carl": ["Starter"]},
        machines={"M1": {"propagate": True}, "M2": {}},
        folders={"Payroll": {}, "Desk": {"personal": "carl"}},
    ),
    "Finance": folder(
        assign={"other-bot": ["Automation User"]},
        machines=["M2", "M3"],
        folders={"Audit": {"assign": {"dora": ["Onlooker"]}, "machines": ["M3"]}},
    ),
}


def access() -> Access:
    machines = {name: {} for name in ("M1", "M2", "M3")}
    found = scenario(folders=FOLDERS, accounts=ACCOUNTS, roles=ROLES, machines=machines)
    return access_of(found, catalogue())


def test_roles_flow_down_but_not_into_a_personal_workspace() -> None:
    sight = sight_of(access(), "anna")
    assert (sight.folders, sight.folder_count) == (("HR", "HR/Payroll"), 5)
    assert sight.machines == {"M1", "M2"}
    assert sight.accounts == {"anna", "bot"}


def test_a_subfolder_may_be_in_sight_without_its_parent() -> None:
    """It inherits the parent's executors, and has only its own machine."""
    sight = sight_of(access(), "dora")
    assert sight.folders == ("Finance/Audit",)
    assert sight.machines == {"M3"}
    assert sight.accounts == {"dora", "other-bot-1", "other-bot-2"}


@pytest.mark.parametrize(
    ("permissions", "seen"),
    [
        ({"Queues": ["View"]}, set()),
        ({"Transactions": ["View"]}, set()),
        ({"Queues": ["View"], "Transactions": ["View"]}, {"HR"}),
    ],
    ids=["queues", "transactions", "both"],
)
def test_items_are_seen_where_jobs_queues_and_transactions_are(
    permissions: dict[str, list[str]], seen: set[str]
) -> None:
    """In HR anna sees jobs and has the role; in Finance she has it, and sees no jobs."""
    found = scenario(
        folders={
            "HR": {"assign": {"anna": ["Onlooker", "Reader"]}},
            "Finance": {"assign": {"anna": ["Reader"]}},
        },
        accounts=ACCOUNTS,
        roles=ROLES | {"Reader": {"type": "folder", "permissions": permissions}},
    )
    assert sight_of(access_of(found, catalogue()), "anna").queue_folders == seen


def test_the_owner_sees_his_workspace_and_no_more() -> None:
    assert sight_of(access(), "carl").folders == ("HR/Desk",)


@pytest.mark.parametrize(
    ("who", "code", "hint"),
    [
        ("ana", "unknown-account", "did you mean 'anna'?"),
        ("xyz", "unknown-account", "there is bot, other-bot-1, other-bot-2, anna, ben, …"),
        ("clerks", "not-one-account", "name one of them: anna, ben"),
        ("other-bot", "not-one-account", "name one of them: other-bot-1, other-bot-2"),
    ],
)
def test_it_takes_one_account(who: str, code: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as error:
        sight_of(access(), who)
    (issue,) = error.value.issues
    assert (issue.code, issue.hint) == (code, hint)


@pytest.mark.parametrize(
    ("folders", "hint"),
    [
        ({"F": folder(assign={"carl": ["Starter"]})}, "'carl' has access to F"),
        ({"F": folder(assign={})}, "'carl' has access to no folder"),
    ],
    ids=["access-alone", "no-access"],
)
def test_who_sees_no_jobs_is_told_what_is_missing(folders: dict[str, Any], hint: str) -> None:
    found = scenario(folders=folders, accounts={"carl": {"type": "user"}}, roles=ROLES)
    with pytest.raises(ScenarioError, match=r"Jobs\.View is missing in every folder") as error:
        sight_of(access_of(found, catalogue()), "carl")
    assert error.value.issues[0].hint == f"{hint}; give a role with Jobs.View in one"
