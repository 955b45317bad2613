"""An estate in which any check can be made to fail, and what mends it there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget
from simulator.policies.admission import Question, Request
from simulator.policies.changes import Mend
from simulator.policies.mending import mend

ROLES = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}},
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
    "Chief": {"copy_of": "Folder Administrator"},
}
ACCOUNTS: dict[str, Any] = {
    "bot": {"type": "robot", "count": 2},
    "spare": {"type": "robot", "groups": ["robots"]},
    "anna": {"type": "user", "groups": ["clerks"]},
    "omar": {"type": "user", "unattended": True, "groups": ["clerks"]},
    "team": {"type": "user", "count": 2},
    "app": {"type": "application"},
}
MACHINES = {
    "vm": {"hosts": 2, "slots": 2},
    "lab": {"slots": {"non_production": 1}},
    "far": {"accounts": ["spare"]},
    "none": {"hosts": 0},
    "near": {},
}
HR = {"assign": {"bot": [], "clerks": ["Starter"], "team": ["Viewer"]}, "machines": ["vm", "lab"]}
ASK = Request("HR", "P", "anna", "anna", "dynamic", "unattended", foreground=False)
BY_TEAM = replace(ASK, caller="team-2", runs_as="team-2")
MYSELF = replace(ASK, run_as="myself", foreground=True)
MAPPED_AWAY = {"machines": {"vm": {"accounts": ["spare"]}}}


def named(account: str | None = None, machine: str | None = None) -> Request:
    return replace(ASK, run_as=ExecutionTarget(account=account, machine=machine))


def estate(hr: dict[str, Any], **parts: Any) -> Scenario:
    own = folder(**{**HR, "folders": {"Pay": {"processes": {"P": {"duration": "1m"}}}}, **hr})
    folders = {"HR": own, **parts.pop("others", {})}
    return scenario(
        **{"folders": folders, "accounts": ACCOUNTS, "machines": MACHINES, "roles": ROLES, **parts}
    )


def mended(
    question: Question, request: Request, hr: dict[str, Any], parts: dict[str, Any]
) -> Mend | None:
    made = estate(hr, **parts)
    return mend(question, request, made, access_of(made, catalogue()))


def told(
    question: Question, request: Request, hr: dict[str, Any], parts: dict[str, Any]
) -> tuple[str, dict[str, object]] | None:
    """What mends it: in words, and the value of each dotted path."""
    found = mended(question, request, hr, parts)
    if found is None:
        return None
    return found.words, {".".join(map(str, one.path)): one.value for one in found.changes}


FOLDER, PERMISSION, ACCOUNT, MACHINE, MAPPING = Question
Row = tuple[Question, Request, dict[str, Any], dict[str, Any], str, dict[str, object]]
"""Question, request, changes to HR, other parts; then the words and the overrides expected."""

NO_ROBOT = {"assign": {"clerks": ["Starter"]}}
BARRED = {"roles": {"Chief": ROLES["Chief"]}, "assumptions": {"automation_user_starts_jobs": False}}
FREE = {"vm": {}, "lab": {}}
ONLY_ANNA = {"accounts": {"anna": ACCOUNTS["anna"]}, "machines": FREE}
FIN = {"others": {"Fin": folder(assign={"spare": ["Automation User"]}, machines=[])}}
JOB_STARTER = {"type": "folder", "permissions": {"Jobs": ["Create"]}}
