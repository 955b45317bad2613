"""Requests and what refusals say; every rule and way to be refused stands in `tests/access`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import catalogue, folder, scenario

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
MYSELF = replace(ASK, run_as="myself")


def ask(request: Request, changes: dict[str, Any] | None = None) -> Refusal | Eligible:
    parts = {"assign": ASSIGN, "machines": ["vm", "lab"]}
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
