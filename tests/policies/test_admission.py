"""May it become a job, and where could it run: one row for each way to be refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import catalogue, folder, scenario
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.access.grants import access_of
from simulator.access.refusals import Refusal
from simulator.model.triggers import ExecutionTarget
from simulator.policies.admission import Eligible, Request, admit, request_for

STARTER = {"type": "folder", "permissions": {"Jobs": ["Create"]}}
VIEWER = {"type": "folder", "permissions": {"Jobs": ["View"]}}
ACCOUNTS = {
    "bot": {"type": "robot", "count": 2},
    "spare": {"type": "robot", "groups": ["robots"]},
    "anna": {"type": "user", "groups": ["clerks"]},
    "omar": {"type": "user", "unattended": True, "groups": ["clerks"]},
    "carl": {"type": "user"},
    "app": {"type": "application"},
}
MACHINES = {
    "vm": {"hosts": 2, "slots": 2},
    "lab": {"names": ["lab-a"], "slots": {"non_production": 1}},
    "far": {},
    "empty": {"hosts": 0},
    "none": {"slots": 0},
}
ASSIGN = {
    "bot": [],
    "clerks": ["Starter"],
    "robots": [],
    "carl": ["Viewer"],
    "app": ["Starter"],
}
ASK = Request(
    folder="HR",
    process="P",
    caller="anna",
    runs_as="anna",
    run_as="dynamic",
    runtime="unattended",
    foreground=False,
)
BY_TRIGGER = replace(ASK, caller=None)
MYSELF = replace(ASK, run_as="myself")
ON_VM = ExecutionTarget(machine="vm")


def ask(request: Request, changes: dict[str, Any] | None = None) -> Refusal | Eligible:
    parts = {"assign": ASSIGN, "machines": ["vm", "lab"], "folders": {"Payroll": {}}}
    hr = folder(**{**parts, **(changes or {})})
    estate = scenario(
        folders={"HR": hr},
        accounts=ACCOUNTS,
        machines=MACHINES,
        roles={"Starter": STARTER, "Viewer": VIEWER},
    )
    return admit(request, estate, access_of(estate, catalogue()))


NO_ROBOT = {"assign": {name: held for name, held in ASSIGN.items() if name != "bot"}}
NO_MACHINE: dict[str, Any] = {"machines": []}
MAPPED_AWAY = {"machines": {"vm": {"accounts": ["spare"]}}}
NOBODY = {"assign": {"robots": []}, "machines": []}

REFUSED = {
    "no access": (replace(ASK, caller="spare"), {"assign": {"bot": []}}, 400, "1100"),
    "no permission": (replace(ASK, caller="carl"), {}, 403, "0"),
    "no account": (ASK, NO_ROBOT, 409, "1671"),
    "no account, a machine asked for": (replace(ASK, run_as=ON_VM), NO_ROBOT, 409, "1671"),
    "account not in the folder": (
        replace(ASK, run_as=ExecutionTarget(account="spare")),
        {},
        409,
        "InvalidStartJobRobotIds",
    ),
    "account without a robot": (
        replace(ASK, run_as=ExecutionTarget(account="anna")),
        {"assign": {**ASSIGN, "anna": ["Starter"]}},
        409,
        "InvalidStartJobRobotIds",
    ),
    "foreground as myself, no robot": (replace(MYSELF, foreground=True), {}, 409, "1230"),
    "foreground as myself, robot by group only": (
        replace(MYSELF, foreground=True, caller="omar", runs_as="omar"),
        {},
        409,
        "1230",
    ),
    "an application as itself": (replace(MYSELF, caller="app", runs_as="app"), {}, 409, "1230"),
    "no machine": (ASK, NO_MACHINE, 409, "2818"),
    "no machine, as myself": (MYSELF, NO_MACHINE, 409, "2818"),
    "no runtime of the type": (replace(ASK, runtime="headless"), {}, 409, "2818"),
    "a machine with 0 slots": (ASK, {"machines": ["none"]}, 409, "2818"),
    "machine not in the folder": (
        replace(ASK, run_as=ExecutionTarget(machine="far")),
        {},
        409,
        "2818",
    ),
    "machine without the type": (
        replace(ASK, run_as=ExecutionTarget(machine="lab")),
        {},
        409,
        "2818",
    ),
    "mapping": (ASK, MAPPED_AWAY, 409, "AccountMachineMapping"),
    "mapping, as myself": (MYSELF, MAPPED_AWAY, 409, "AccountMachineMapping"),
    "mapping, a named pair": (
        replace(ASK, run_as=ExecutionTarget(account="bot-2", machine="vm")),
        {"machines": {"vm": {"accounts": ["bot-1"]}}},
        409,
        "AccountMachineMapping",
    ),
    "trigger as myself, no access": (replace(MYSELF, caller=None), NOBODY, 400, "1100"),
    "trigger, no account": (BY_TRIGGER, NO_ROBOT, 409, "1671"),
    # Two things missing: the first check of the order speaks.
    "access before permission": (replace(ASK, caller="carl"), NOBODY, 400, "1100"),
    "permission before account": (
        replace(ASK, caller="carl"),
        {"assign": {"carl": []}},
        403,
        "0",
    ),
    "account before machine": (BY_TRIGGER, NOBODY, 409, "1671"),
    "machine before mapping": (
        replace(ASK, runtime="headless"),
        MAPPED_AWAY,
        409,
        "2818",
    ),
}


@pytest.mark.parametrize(("request_", "changes", "status", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(request_: Request, changes: dict[str, Any], status: int, code: str) -> None:
    outcome = ask(request_, changes)
    assert isinstance(outcome, Refusal)
    assert (outcome.status, outcome.code) == (status, code)


MISSING = {
    "permission": (replace(ASK, caller="carl"), {}, "Jobs.Create in HR"),
    "access": (replace(ASK, caller="carl"), NOBODY, "access to HR"),
    "account": (ASK, NO_ROBOT, "an account with an unattended robot in HR"),
    "named account": (
        replace(ASK, run_as=ExecutionTarget(account="spare")),
        {},
        "spare with an unattended robot in HR",
    ),
    "machine": (ASK, NO_MACHINE, "a machine with unattended slots in HR"),
    "named machine": (
        replace(ASK, run_as=ExecutionTarget(machine="far")),
        {},
        "far with unattended slots in HR",
    ),
    "mapping": (ASK, MAPPED_AWAY, "an account-machine mapping that lets an account run in HR"),
}


@pytest.mark.parametrize(("request_", "changes", "missing"), MISSING.values(), ids=MISSING)
def test_a_refusal_says_what_is_missing(
    request_: Request, changes: dict[str, Any], missing: str
) -> None:
    outcome = ask(request_, changes)
    assert isinstance(outcome, Refusal)
    assert outcome.missing == missing


BOTS = ("bot-1", "bot-2")
ADMITTED = {
    "dynamic": (ASK, {}, (("vm", BOTS),)),
    "in a subfolder, by what flows down": (
        replace(ASK, folder="HR/Payroll"),
        {"machines": {"vm": {"propagate": True}}},
        (("vm", BOTS),),
    ),
    "a trigger needs no right of its maker": (
        replace(BY_TRIGGER, runs_as="app"),
        {},
        (("vm", BOTS),),
    ),
    "another runtime type": (replace(ASK, runtime="non_production"), {}, (("lab", BOTS),)),
    "any member of a counted account": (
        replace(ASK, run_as=ExecutionTarget(account="bot")),
        {},
        (("vm", BOTS),),
    ),
    "one member": (
        replace(ASK, run_as=ExecutionTarget(account="bot-2")),
        {},
        (("vm", ("bot-2",)),),
    ),
    "the order of the file": (
        ASK,
        {"machines": ["empty", "vm"], "assign": {"omar": [], **ASSIGN}},
        (("empty", ("omar", *BOTS)), ("vm", ("omar", *BOTS))),
    ),
    "mapping leaves one machine": (
        ASK,
        {"machines": {"far": {"accounts": ["spare"]}, "vm": {"accounts": ["bot-2", "spare"]}}},
        (("vm", ("bot-2",)),),
    ),
    "background as myself, by group, without a robot": (MYSELF, NO_ROBOT, (("vm", ("anna",)),)),
    "foreground as myself with a robot in the folder": (
        replace(MYSELF, foreground=True, caller="omar", runs_as="omar"),
        {"assign": {**ASSIGN, "omar": []}},
        (("vm", ("omar",)),),
    ),
    "no host at present": (ASK, {"machines": ["empty"]}, (("empty", BOTS),)),
}


@pytest.mark.parametrize(("request_", "changes", "places"), ADMITTED.values(), ids=ADMITTED)
def test_admitted(request_: Request, changes: dict[str, Any], places: tuple[Any, ...]) -> None:
    assert ask(request_, changes) == Eligible(places, None)


HOSTS = {"its own name": "1", "with its machine": "vm/1"}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_one_host(host: str) -> None:
    target = ExecutionTarget(machine="vm", host=host)
    assert ask(replace(ASK, run_as=target)) == Eligible((("vm", BOTS),), "1")


def test_a_request_takes_its_runtime_from_the_submission_then_from_the_process() -> None:
    process = {"duration": "1m", "type": "foreground", "runtime": "headless"}
    start = {"process": "P", "by": "owner", "stream": {"every": "1h"}}
    starts = {"s": start, "t": {**start, "runtime": "agent"}}
    made = scenario(folders={"F": folder(processes={"P": process}, starts=starts)}).folders["F"]
    requests = [
        request_for("F", made.starts[name], made.processes["P"], "owner", "owner")
        for name in starts
    ]
    assert [request.runtime for request in requests] == ["headless", "agent"]
    assert all(request.foreground for request in requests)


def test_as_myself_without_anybody_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="runs_as"):
        ask(replace(MYSELF, caller=None, runs_as=None))


HELD = st.lists(st.sampled_from(["Starter", "Viewer", "Automation User"]), max_size=2)


@settings(max_examples=60, deadline=None)
@given(
    assign=st.dictionaries(st.sampled_from(["anna", "omar", "carl", "clerks", "bot"]), HELD),
    who=st.sampled_from(["anna", "omar", "carl"]),
    foreground=st.booleans(),
)
def test_nobody_without_the_permission_ever_starts_a_job(
    assign: dict[str, Any], who: str, *, foreground: bool
) -> None:
    estate = scenario(
        folders={"HR": folder(assign=assign, machines=["vm"])},
        accounts=ACCOUNTS,
        machines=MACHINES,
        roles={"Starter": STARTER, "Viewer": VIEWER},
    )
    access = access_of(estate, catalogue())
    request = replace(ASK, caller=who, runs_as=who, foreground=foreground)
    for run_as in ("dynamic", "myself"):
        outcome = admit(replace(request, run_as=run_as), estate, access)
        may = "Jobs.Create" in access.permissions(who, "HR")
        assert may or (isinstance(outcome, Refusal) and outcome.code in {"1100", "0"})
        assert isinstance(outcome, Refusal) or all(accounts for _, accounts in outcome.places)


@pytest.mark.parametrize(
    ("request_", "changes", "missing"),
    [
        (replace(MYSELF, foreground=True), {}, "an unattended robot of anna in HR"),
        (
            replace(MYSELF, caller="app", runs_as="app"),
            {},
            "an account that can run jobs in HR (the application app cannot)",
        ),
        (MYSELF, MAPPED_AWAY, "an account-machine mapping that lets anna run in HR"),
    ],
    ids=["no robot", "application", "mapping"],
)
def test_a_refusal_as_oneself_names_the_person(
    request_: Request, changes: dict[str, Any], missing: str
) -> None:
    refusal = ask(request_, changes)
    assert isinstance(refusal, Refusal)
    assert refusal.missing == missing
