"""The walk through the checks: what each found, in words, and what comes of it all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.access.refusals import Refusal
from simulator.audit.host_findings import HOST_QUESTION
from simulator.audit.why import PROCESS_QUESTION, Walk, walk, why_json
from simulator.model.quantities import RuntimeType
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


def walked(
    account: str,
    path: str | None = None,
    run_as: RunAs = "dynamic",
    runtime: RuntimeType | None = None,
    **parts: Any,
) -> Walk:
    made = estate(**parts)
    where = path or next(iter(made.folders))
    return walk(made, access_of(made, catalogue()), account, where, "P", run_as, runtime)


SHOWY = folder(
    assign=HR["assign"], machines=["vm"], processes={"P": {"duration": "1m", "type": "foreground"}}
)
TWICE: dict[str, Any] = {
    "folders": {"F": folder(assign={}, machines=["vm"])},
    "tenant": {"assign": {"anna": ["Robot"], "HR clerks": ["Robot"]}},
    "assumptions": {"folder_model": "classic"},
}


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
        (HOST_QUESTION, None),
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
    "by a mixed role, in two ways": (
        walked("anna", **TWICE),
        FOLDER,
        "opened by Robot at the tenant",
    ),
    "permitted by a mixed role, in two ways": (
        walked("anna", **TWICE),
        PERMISSION,
        "Robot at the tenant by name, Robot at the tenant by group HR clerks",
    ),
    "the wrong role, in two ways": (
        walked(
            "anna",
            folders={
                "F": folder(assign={"anna": ["Viewer"], "HR clerks": ["Viewer"]}, machines=[])
            },
        ),
        PERMISSION,
        "no Jobs.Create in Viewer",
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
        "vm (3 unattended slots on each of 2 hosts), idle (1 unattended slot on 0 hosts)",
    ),
    "one slot": (
        walked("anna", machines={"vm": {}, "idle": {}}),
        MACHINE,
        "vm (1 unattended slot on 1 host), idle (1 unattended slot on 1 host)",
    ),
    "one host": (
        walked("anna", run_as=ExecutionTarget(machine="vm", host="2")),
        MACHINE,
        "vm (3 unattended slots on host 2)",
    ),
    "no session for foreground work": (
        walked("anna", folders={"HR": SHOWY}, machines={"vm": {"windows_sessions": 0}}),
        HOST_QUESTION,
        "vm has no Windows session",
    ),
    "hosts that can take it": (walked("anna"), HOST_QUESTION, "vm (2 hosts), idle has no host"),
    "the one host asked for": (
        walked("anna", run_as=ExecutionTarget(machine="vm", host="vm/2")),
        HOST_QUESTION,
        "vm/2",
    ),
    "an elastic pool": (
        walked("anna", machines={"vm": {"pool": {"max": 10}}, "idle": {}}),
        HOST_QUESTION,
        "vm (0 to 10 hosts), idle (1 host)",
    ),
    "slots of an elastic pool": (
        walked("anna", machines={"vm": {"pool": {"min": 1, "max": 10}}, "idle": {}}),
        MACHINE,
        "vm (1 unattended slot on each of 1 to 10 hosts), idle (1 unattended slot on 1 host)",
    ),
    "some hosts have a licence": (
        walked(
            "anna",
            machines={"vm": {"hosts": 3, "slots": 2}, "idle": {}},
            licences={"unattended": 3},
        ),
        HOST_QUESTION,
        "vm (2 of 3 hosts, for want of licences), idle gets no unattended licence",
    ),
    "machines of the other type": (
        walked("anna", machines={"vm": {"process_types": "foreground"}, "idle": {"hosts": 0}}),
        HOST_QUESTION,
        "vm takes no background jobs, idle has no host",
    ),
    "no place to ask about": (
        walked("anna", "HR/Pay"),
        HOST_QUESTION,
        "cannot be asked without a place",
    ),
    "a runtime type of its own": (
        walked("anna", runtime="headless"),
        PROCESS_QUESTION,
        "background work for a headless slot",
    ),
    "no machine with that runtime type": (
        walked("anna", runtime="headless"),
        MACHINE,
        "missing: a machine with headless slots in HR",
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
        (ExecutionTarget(account="bot"), "bot"),
        (ExecutionTarget(machine="vm", host="1"), "any account on vm/1"),
    ],
    ids=["myself", "account", "host"],
)
def test_a_target_in_words(run_as: RunAs, words: str) -> None:
    assert walked("anna", run_as=run_as).run_as == words


def test_json_has_the_mend_as_overrides() -> None:
    data = json.loads(json.dumps(why_json(walked("carl"))))
    assert {key: value for key, value in data.items() if key != "steps"} == {
        "schema_version": 1,
        "account": "carl",
        "folder": "HR",
        "process": "P",
        "run_as": "dynamic",
        "runtime": "unattended",
        "accepted": False,
        "stays_pending": False,
        "pending_reason": None,
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
    assert [step["mend"] for step in data["steps"]] == [None] * 7


NO_HOST: dict[str, Any] = {"machines": {"vm": {"hosts": 0}, "idle": {"hosts": 0}}}
NO_SESSION: dict[str, Any] = {"machines": {"vm": {"windows_sessions": 0}}}
NO_FOREGROUND: dict[str, Any] = {"machines": {"vm": {"process_types": "background"}}}
NO_LICENCE: dict[str, Any] = {"licences": {"unattended": 0}}
BACK = folder(assign=HR["assign"], machines=["vm"])
STAYS: dict[str, tuple[Walk, str]] = {
    "some machine has a host": (walked("anna"), ""),
    "none has": (walked("anna", **NO_HOST), "TemplateNoHostsAvailable"),
    "the one asked for has none": (
        walked("anna", run_as=ExecutionTarget(machine="idle")),
        "TemplateNoHostsAvailable",
    ),
    "no Windows session": (walked("anna", folders={"HR": SHOWY}, **NO_SESSION), "RobotBusy"),
    "background work needs none": (walked("anna", folders={"HR": BACK}, **NO_SESSION), ""),
    "no machine for foreground work": (
        walked("anna", folders={"HR": SHOWY}, **NO_FOREGROUND),
        "DynamicJobForegroundAutomationTypeInvalid",
    ),
    "no machine for background work": (
        walked("anna", machines={"vm": {"process_types": "foreground"}, "idle": {"hosts": 0}}),
        "TemplateNoHostsAvailable",
    ),
    "background work where there is none of the other": (
        walked("anna", folders={"HR": BACK}, **NO_FOREGROUND),
        "",
    ),
    "no licence": (walked("anna", **NO_LICENCE), "TemplateNoLicense"),
    "no licence for a pool": (
        walked("anna", folders={"HR": BACK}, machines={"vm": {"pool": {"max": 2}}}, **NO_LICENCE),
        "TemplateNoLicense",
    ),
    "what is refused is no job": (walked("carl", **NO_HOST), ""),
}


@pytest.mark.parametrize(("of", "waits_for"), STAYS.values(), ids=STAYS)
def test_a_job_that_no_host_can_take_waits_for_this(of: Walk, waits_for: str) -> None:
    told = why_json(of)
    assert (of.pending_reason, told["pending_reason"]) == (waits_for, waits_for or None)
    assert of.stays_pending is told["stays_pending"] is bool(waits_for)
    assert (of.steps[-1].mend is not None) is bool(waits_for) or of.outcome is not None


@pytest.mark.parametrize(
    ("account", "path", "process"),
    [("nobody", "HR", "P"), ("anna", "Nowhere", "P"), ("anna", "HR", "nothing")],
    ids=["account", "folder", "process"],
)
def test_names_that_name_nothing(account: str, path: str, process: str) -> None:
    made = estate()
    with pytest.raises(KeyError):
        walk(made, access_of(made, catalogue()), account, path, process)
