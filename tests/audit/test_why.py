"""The walk through the checks: what each found, in words, and what comes of it all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.access.refusals import Refusal
from simulator.audit.why import PROCESS_QUESTION, Walk, walk, why_json
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget, RunAs
from simulator.policies.admission import Question, Request, admit

FOLDER, PERMISSION, ACCOUNT, MACHINE, MAPPING = Question
ACCOUNTS = {
    "bot": {"type": "robot", "count": 5},
    "anna": {"type": "user", "groups": ["HR clerks"]},
    "carl": {"type": "user"},
    "omar": {"type": "user"},
    "app": {"type": "application"},
}
HR = {
    "assign": {
        "bot": ["Automation User"],
        "HR clerks": ["Starter", "Viewer"],
        "carl": ["Viewer"],
        "app": ["Starter"],
    },
    "machines": {"vm": {"accounts": ["bot-1", "bot-2"]}, "idle": {}},
    "folders": {"Pay": {"processes": {"P": {"duration": "1m", "runtime": "agent"}}}},
}


def estate(**parts: Any) -> Scenario:
    mine = folder(assign={}, machines=["vm"], personal="omar")
    return scenario(
        **{
            "folders": {"HR": folder(**HR), "Mine": mine},
            "accounts": ACCOUNTS,
            "machines": {"vm": {"hosts": 2, "slots": 3}, "idle": {"hosts": 0}},
            "roles": {
                "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
                "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
            },
            **parts,
        }
    )


def walked(account: str, path: str = "HR", run_as: RunAs = "dynamic", **parts: Any) -> Walk:
    made = estate(**parts)
    return walk(made, access_of(made, catalogue()), account, path, "P", run_as)


def found(of: Walk, question: str) -> str:
    return next(step.finding for step in of.steps if step.question == question)


def test_every_question_is_asked_in_the_vendors_order() -> None:
    steps = walked("omar", "HR/Pay").steps
    assert [(step.question, step.passed) for step in steps] == [
        (FOLDER, False),
        (PERMISSION, False),
        (PROCESS_QUESTION, True),
        (ACCOUNT, True),
        (MACHINE, False),
        (MAPPING, None),
    ]


OWNER_RUNS = "let omar run it there in the background (run_as: myself), or move the process"
NOT_APPS = "applications run no jobs: name another account, or run it as dynamic"
BOTS = "bot-1, bot-2, bot-3 and 2 more"
FINDINGS = {
    "by a group": (walked("anna"), FOLDER, "assigned to HR by group HR clerks"),
    "by name, in a parent": (walked("carl", "HR/Pay"), FOLDER, "assigned to HR by name"),
    "as a member": (walked("bot-2"), FOLDER, "assigned to HR as one of bot"),
    "not at all": (
        walked("omar"),
        FOLDER,
        "not assigned to HR or a folder above it, by name or by a group",
    ),
    "by a mixed role": (
        walked(
            "omar",
            tenant={"assign": {"omar": ["Administrator"]}},
            assumptions={"folder_model": "classic"},
        ),
        FOLDER,
        "opened by Administrator at the tenant",
    ),
    "one's own workspace": (walked("omar", "Mine"), FOLDER, "the personal workspace of omar"),
    "somebody else's": (
        walked("anna", "Mine"),
        FOLDER,
        f"the personal workspace of omar alone; {OWNER_RUNS}",
    ),
    "the role": (walked("anna"), PERMISSION, "Starter in HR by group HR clerks"),
    "a role at the tenant": (
        walked(
            "omar",
            tenant={"assign": {"omar": ["Administrator"]}},
            assumptions={"folder_model": "classic"},
        ),
        PERMISSION,
        "Administrator at the tenant by name",
    ),
    "the wrong role": (walked("carl"), PERMISSION, "no Jobs.Create in Viewer"),
    "no role": (walked("omar"), PERMISSION, "no role in HR"),
    "the process": (walked("anna"), PROCESS_QUESTION, "background work for an unattended slot"),
    "accounts": (walked("anna"), ACCOUNT, BOTS),
    "oneself": (walked("anna", run_as="myself"), ACCOUNT, "anna"),
    "no account": (
        walked("anna", run_as=ExecutionTarget(account="carl")),
        ACCOUNT,
        "missing: carl with an unattended robot in HR",
    ),
    "an application": (
        walked("app", run_as="myself"),
        ACCOUNT,
        f"missing: an account that can run jobs in HR (the application app cannot); {NOT_APPS}",
    ),
    "machines": (
        walked("anna"),
        MACHINE,
        "vm (3 unattended slots on each of 2 hosts), idle (no host at present)",
    ),
    "one slot": (
        walked("anna", machines={"vm": {}, "idle": {}}),
        MACHINE,
        "vm (1 unattended slot on 1 host), idle (1 unattended slot on 1 host)",
    ),
    "no machine": (
        walked("anna", "HR/Pay"),
        MACHINE,
        "missing: a machine with agent slots in HR/Pay",
    ),
    "pairs": (walked("anna"), MAPPING, f"bot-1, bot-2 on vm, {BOTS} on idle"),
    "no pair": (
        walked("anna", run_as=ExecutionTarget(account="bot-3", machine="vm")),
        MAPPING,
        "missing: an account-machine mapping that lets bot-3 run in HR",
    ),
    "no pair to ask for": (
        walked("anna", "HR/Pay"),
        MAPPING,
        "cannot be asked without an account and a machine",
    ),
}


@pytest.mark.parametrize(("of", "question", "words"), FINDINGS.values(), ids=FINDINGS)
def test_what_was_found(of: Walk, question: str, words: str) -> None:
    assert found(of, question) == words


@pytest.mark.parametrize("run_as", ["dynamic", "myself"])
@pytest.mark.parametrize("account", ["anna", "carl", "omar", "app", "bot-1"])
@pytest.mark.parametrize("path", ["HR", "HR/Pay", "Mine"])
def test_the_outcome_is_that_of_admission(account: str, path: str, run_as: Any) -> None:
    made = estate()
    runtime: Any = "agent" if path == "HR/Pay" else "unattended"
    request = Request(path, "P", account, account, run_as, runtime, foreground=False)
    admitted = admit(request, made, access_of(made, catalogue()))
    outcome = walked(account, path, run_as).outcome
    assert outcome == (admitted if isinstance(admitted, Refusal) else None)


@pytest.mark.parametrize(
    ("run_as", "words"),
    [
        ("myself", "myself"),
        (ExecutionTarget(account="bot"), "account bot"),
        (ExecutionTarget(machine="vm", host="1"), "machine vm, host 1"),
    ],
    ids=["myself", "account", "host"],
)
def test_a_target_in_words(run_as: RunAs, words: str) -> None:
    assert walked("anna", run_as=run_as).run_as == words


def test_json_has_the_mend_as_overrides() -> None:
    data = json.loads(json.dumps(why_json(walked("carl"))))
    assert {key: value for key, value in data.items() if key != "steps"} == {
        "account": "carl",
        "folder": "HR",
        "process": "P",
        "run_as": "dynamic",
        "accepted": False,
        "status": 403,
        "code": "0",
        "missing": "Jobs.Create in HR",
    }
    assert data["steps"][1] == {
        "question": "permission to start",
        "passed": False,
        "finding": "no Jobs.Create in Viewer",
        "status": 403,
        "code": "0",
        "missing": "Jobs.Create in HR",
        "mend": {
            "words": "assign carl to HR as Starter",
            "overrides": ["folders.HR.assign.carl=[Viewer, Starter]"],
        },
    }


def test_json_of_what_is_accepted() -> None:
    data = why_json(walked("anna"))
    assert (data["accepted"], data["status"], data["code"]) == (True, None, None)
    assert [step["mend"] for step in data["steps"]] == [None] * 6


@pytest.mark.parametrize(
    ("account", "path", "process"),
    [("nobody", "HR", "P"), ("anna", "Nowhere", "P"), ("anna", "HR", "nothing")],
    ids=["account", "folder", "process"],
)
def test_names_that_name_nothing(account: str, path: str, process: str) -> None:
    made = estate()
    with pytest.raises(KeyError):
        walk(made, access_of(made, catalogue()), account, path, process)
