"""The smallest change that mends a caller's rights or gives an account; and what nothing mends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import catalogue
from policies.mending_estates import (
    ACCOUNT,
    ACCOUNTS,
    ASK,
    BARRED,
    BY_TEAM,
    FIN,
    FOLDER,
    FREE,
    JOB_STARTER,
    MAPPED_AWAY,
    MAPPING,
    MYSELF,
    NO_ROBOT,
    ONLY_ANNA,
    PERMISSION,
    Row,
    mended,
    named,
    told,
)

from simulator.model.roles import cells
from simulator.policies.admission import Question, Request

VERBS = ("View", "Edit", "Create", "Delete")

ROBOT = catalogue().roles["Robot"]
QUEUES_BY_TENANT = {
    "roles": {
        "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
        "Robot": {
            "add": {"Queues": ["Delete"]},
            "remove": {cell.row: VERBS for cell in cells(ROBOT.folder) if cell.row != "Queues"},
        },
    },
    "tenant": {"assign": {"team": ["Robot"]}},
    "assumptions": {"folder_model": "classic", "automation_user_starts_jobs": False},
}
"""In the classic model the tenant's Robot lets a team view and delete queues in every folder."""

QUEUE_STARTER = {
    "type": "folder",
    "permissions": {"Jobs": ["Create"], "Queues": ["Delete", "View"]},
}
"""A folder role takes the place of the tenant's, so a new one has what that gave, too."""

ROWS: dict[str, Row] = {
    "access: the least role that starts jobs, by name": (
        FOLDER,
        replace(ASK, caller="spare"),
        {},
        {},
        "assign spare to HR as Starter",
        {"folders.HR.assign.spare": ["Starter"]},
    ),
    "access of a trigger's maker: that of who executes": (
        FOLDER,
        replace(MYSELF, caller=None, runs_as="spare"),
        {},
        {},
        "assign spare to HR as Automation User",
        {"folders.HR.assign.spare": ["Automation User"]},
    ),
    "permission, of one member of a counted account": (
        PERMISSION,
        BY_TEAM,
        {},
        {},
        "assign team-2 to HR as Starter",
        {"folders.HR.assign.team-2": ["Starter"]},
    ),
    "permission, keeping what he holds": (
        PERMISSION,
        BY_TEAM,
        {"assign": {"team-2": ["Viewer"]}},
        {},
        "assign team-2 to HR as Starter",
        {"folders.HR.assign.team-2": ["Viewer", "Starter"]},
    ),
    "permission in a subfolder, in that very folder": (
        PERMISSION,
        replace(BY_TEAM, folder="HR/Pay"),
        {},
        {},
        "assign team-2 to HR/Pay as Starter",
        {"folders.HR.folders.Pay.assign.team-2": ["Starter"]},
    ),
    "permission, and every role there is would let him deploy": (
        PERMISSION,
        BY_TEAM,
        {"assign": {"team": []}},
        BARRED,
        "assign team-2 to HR as Job Starter",
        {"roles.Job Starter": JOB_STARTER, "folders.HR.assign.team-2": ["Job Starter"]},
    ),
    "permission, and the name of the new role is taken": (
        PERMISSION,
        BY_TEAM,
        {"assign": {"team": []}},
        {**BARRED, "roles": {"Job Starter": {"type": "tenant", "permissions": {}}}},
        "assign team-2 to HR as Job Starter 2",
        {"roles.Job Starter 2": JOB_STARTER, "folders.HR.assign.team-2": ["Job Starter 2"]},
    ),
    "permission, keeping what a mixed role of the tenant gives": (
        PERMISSION,
        replace(BY_TEAM, folder="HR"),
        {"assign": {}},
        QUEUES_BY_TENANT,
        "assign team-2 to HR as Job Starter",
        {"roles.Job Starter": QUEUE_STARTER, "folders.HR.assign.team-2": ["Job Starter"]},
    ),
    "foreground as myself: keeping that as well": (
        ACCOUNT,
        replace(MYSELF, caller="team-1", runs_as="team-1"),
        {"assign": {}},
        QUEUES_BY_TENANT,
        "give team an unattended robot and assign team-1 to HR as Job Starter",
        {
            "accounts.team.unattended": True,
            "roles.Job Starter": QUEUE_STARTER,
            "folders.HR.assign.team-1": ["Job Starter"],
        },
    ),
    "account: one that runs in a folder beside": (
        ACCOUNT,
        ASK,
        NO_ROBOT,
        FIN,
        "assign spare to HR as Automation User",
        {"folders.HR.assign.spare": ["Automation User"]},
    ),
    "account: one that runs nowhere, in the order of the file": (
        ACCOUNT,
        ASK,
        NO_ROBOT,
        {},
        "assign bot-1 to HR as Automation User",
        {"folders.HR.assign.bot-1": ["Automation User"]},
    ),
    "account: one that the mapping allows": (
        ACCOUNT,
        ASK,
        {**NO_ROBOT, **MAPPED_AWAY},
        {},
        "assign spare to HR as Automation User",
        {"folders.HR.assign.spare": ["Automation User"]},
    ),
    "account: a robot for a user of the folder": (
        ACCOUNT,
        ASK,
        {"assign": {"clerks": ["Starter"], "anna": []}},
        ONLY_ANNA,
        "give anna an unattended robot",
        {"accounts.anna.unattended": True},
    ),
    "account: a new one": (
        ACCOUNT,
        ASK,
        NO_ROBOT,
        ONLY_ANNA,
        "add robot, a robot account, and assign it to HR as Automation User",
        {"accounts.robot": {"type": "robot"}, "folders.HR.assign.robot": ["Automation User"]},
    ),
    "account: no role to whom it would take a tenant's mixed one": (
        ACCOUNT,
        ASK,
        {"assign": {}},
        {
            "accounts": {"omar": ACCOUNTS["omar"], "anna": ACCOUNTS["anna"]},
            "machines": FREE,
            "tenant": {"assign": {"clerks": ["Administrator"]}},
            "assumptions": {"folder_model": "classic"},
        },
        "assign omar to HR by name",
        {"folders.HR.assign.omar": []},
    ),
    "named account: not in the folder": (
        ACCOUNT,
        named("spare"),
        {},
        {},
        "assign spare to HR as Automation User",
        {"folders.HR.assign.spare": ["Automation User"]},
    ),
    "named account: a counted one, by its own name": (
        ACCOUNT,
        named("bot"),
        NO_ROBOT,
        {},
        "assign bot to HR as Automation User",
        {"folders.HR.assign.bot": ["Automation User"]},
    ),
    "named account: a member without a robot, which its entry gets": (
        ACCOUNT,
        named("team-1"),
        {},
        {},
        "give team an unattended robot",
        {"accounts.team.unattended": True},
    ),
    "named account: a user, here by a group only": (
        ACCOUNT,
        named("anna"),
        {},
        {},
        "give anna an unattended robot and assign anna to HR as Automation User",
        {"accounts.anna.unattended": True, "folders.HR.assign.anna": ["Automation User"]},
    ),
    "foreground as myself: a robot, by a group only": (
        ACCOUNT,
        replace(MYSELF, caller="omar", runs_as="omar"),
        {},
        {},
        "assign omar to HR as Automation User",
        {"folders.HR.assign.omar": ["Automation User"]},
    ),
    "foreground as myself: no robot": (
        ACCOUNT,
        replace(MYSELF, caller="team-1", runs_as="team-1"),
        {},
        {},
        "give team an unattended robot",
        {"accounts.team.unattended": True},
    ),
    "foreground as myself: what starting takes as well": (
        ACCOUNT,
        replace(MYSELF, caller="spare", runs_as="spare"),
        {},
        BARRED,
        "assign spare to HR as Job Starter and Automation User",
        {
            "roles.Job Starter": JOB_STARTER,
            "folders.HR.assign.spare": ["Job Starter", "Automation User"],
        },
    ),
}


@pytest.mark.parametrize(
    ("question", "request_", "hr", "parts", "words", "changes"), ROWS.values(), ids=ROWS
)
def test_the_smallest_change(
    question: Question,
    request_: Request,
    hr: dict[str, Any],
    parts: dict[str, Any],
    words: str,
    changes: dict[str, object],
) -> None:
    assert told(question, request_, hr, parts) == (words, changes)


BY_APP = replace(ASK, caller="app", runs_as="app", run_as="myself")
HOPELESS: dict[str, tuple[Question, Request, dict[str, Any]]] = {
    "what passes": (FOLDER, ASK, {}),
    "what cannot be asked": (MAPPING, ASK, NO_ROBOT),
    "an application as itself": (ACCOUNT, BY_APP, {}),
    "an application, named": (ACCOUNT, named("app"), {}),
    "access to somebody's workspace": (FOLDER, ASK, {"personal": "omar", "folders": {}}),
    "permission in somebody's workspace": (PERMISSION, ASK, {"personal": "omar", "folders": {}}),
    "a robot in a workspace": (ACCOUNT, ASK, {"personal": "anna", "folders": {}}),
}


@pytest.mark.parametrize(("question", "request_", "hr"), HOPELESS.values(), ids=HOPELESS)
def test_nothing_to_mend(question: Question, request_: Request, hr: dict[str, Any]) -> None:
    assert mended(question, request_, hr, {}) is None
