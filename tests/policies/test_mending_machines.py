"""The smallest change that mends a machine or a mapping: one row for each way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from policies.mending_estates import (
    ASK,
    MACHINE,
    MACHINES,
    MAPPED_AWAY,
    MAPPING,
    Row,
    mended,
    named,
    told,
)

from simulator.policies.admission import Question, Request
from simulator.policies.changes import Change, Mend

ROWS: dict[str, Row] = {
    "machine: the first with a host that lets an account run": (
        MACHINE,
        ASK,
        {"machines": []},
        {"machines": {name: MACHINES[name] for name in ("far", "none", "near")}},
        "add near to HR",
        {"folders.HR.machines.near": {}},
    ),
    "machine: a new one": (
        MACHINE,
        replace(ASK, runtime="headless"),
        {},
        {},
        "add machine, a machine with one headless slot, to HR",
        {"machines.machine": {"slots": {"headless": 1}}, "folders.HR.machines.machine": {}},
    ),
    "machine: a number is no name behind a list": (
        MACHINE,
        replace(ASK, runtime="headless"),
        {"machines": {"vm": {"propagate": True}, "lab": {"accounts": ["bot"]}}},
        {"machines": {**MACHINES, "0": {"slots": {"headless": 1}}}},
        "add 0 to HR",
        {"folders.HR.machines": {"vm": {"propagate": True}, "lab": {"accounts": ["bot"]}, "0": {}}},
    ),
    "named machine: not in the folder": (
        MACHINE,
        named(machine="far"),
        {},
        {},
        "add far to HR",
        {"folders.HR.machines.far": {}},
    ),
    "named machine: without the runtime type": (
        MACHINE,
        named(machine="lab"),
        {},
        {},
        "give lab one unattended slot",
        {"machines.lab.slots": {"non_production": 1, "unattended": 1}},
    ),
    "named machine: neither": (
        MACHINE,
        replace(named(machine="far"), runtime="agent"),
        {},
        {},
        "give far one agent slot and add far to HR",
        {"machines.far.slots": {"unattended": 1, "agent": 1}, "folders.HR.machines.far": {}},
    ),
    "mapping: the folder's own": (
        MAPPING,
        ASK,
        MAPPED_AWAY,
        {},
        "let bot-1 run on vm from HR",
        {"folders.HR.machines.vm.accounts": ["spare", "bot-1"]},
    ),
    "mapping: the folder's is narrower than the tenant's": (
        MAPPING,
        ASK,
        {"machines": {"far": {}, "vm": {"accounts": ["spare"]}}},
        {},
        "let bot-1 run on vm from HR",
        {"folders.HR.machines.vm.accounts": ["spare", "bot-1"]},
    ),
    "mapping: the tenant's": (
        MAPPING,
        ASK,
        {"machines": ["far"]},
        {},
        "let bot-1 run on far",
        {"machines.far.accounts": ["spare", "bot-1"]},
    ),
    "mapping: both": (
        MAPPING,
        named("bot-2"),
        {"machines": {"far": {"accounts": ["bot-1"]}}},
        {},
        "let bot-2 run on far",
        {
            "folders.HR.machines.far.accounts": ["bot-1", "bot-2"],
            "machines.far.accounts": ["spare", "bot-2"],
        },
    ),
    "mapping: a parent's entry stays as it is": (
        MAPPING,
        replace(ASK, folder="HR/Pay"),
        {"machines": {"vm": {"propagate": True, "accounts": ["spare"]}}},
        {},
        "let bot-1 run on vm from HR/Pay",
        {"folders.HR.folders.Pay.machines.vm": {"accounts": ["spare", "bot-1"]}},
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


def test_a_workspace_gets_a_machine_as_any_folder_does() -> None:
    hr = {"personal": "anna", "assign": {}, "folders": {}, "machines": []}
    found = mended(MACHINE, replace(ASK, run_as="myself"), hr, {})
    assert found == Mend("add vm to HR", (Change(("folders", "HR", "machines", "vm"), {}),))
