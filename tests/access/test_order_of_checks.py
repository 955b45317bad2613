"""Admission asks in the vendor's order, and the first failure is the one reported.

Access to the folder, the right, an account, a machine, a mapping (endpoint StartJobs, and the page
Start-job errors). Whatever is missing besides changes nothing; want of capacity refuses nobody.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from access.rules import Outcome, Rule, outcome
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.plan.making import make_plan
from simulator.records.codes import JobState

ORDER = ("access", "right", "account", "machine", "mapping")
REFUSED = {
    "access": "400/1100",
    "right": "403/0",
    "machine": "409/2818",
    "mapping": "409/AccountMachineMapping",
}
FORMS: dict[str, tuple[dict[str, Any], str, Outcome]] = {
    # What is asked for; what is said without an account; who runs it if nothing is wrong.
    "any account": ({"run_as": "dynamic"}, "409/1671", {"vm": ["bot-1", "bot-2"]}),
    "a named account": (
        {"run_as": {"account": "bot-2"}},
        "409/InvalidStartJobRobotIds",
        {"vm": ["bot-2"]},
    ),
    "foreground as myself": (
        {"run_as": "myself", "type": "foreground"},
        "409/1230",
        {"vm": ["omar"]},
    ),
}


def rule(form: str, wrong: tuple[str, ...]) -> Rule:
    """A start in a folder in which these things are wrong, and no others."""
    is_himself = form == "foreground as myself"
    who = "omar" if is_himself else "anna"
    role = "Viewer" if "right" in wrong else "Starter"
    principal = "clerks" if "account" in wrong else who
    assigned = [] if "access" in wrong else [f"{principal}: [{role}]"]
    if not is_himself and "account" not in wrong:
        assigned.append("bot: []")
    machine = "lab" if "machine" in wrong else "vm"
    mapping = "{accounts: [spare]}" if "mapping" in wrong else "{}"
    text = f"HR: {{assign: {{{', '.join(assigned)}}}, machines: {{{machine}: {mapping}}}}}"
    return Rule("Start-job errors", text, "", who=who, **FORMS[form][0])


@pytest.mark.parametrize("form", FORMS)
def test_nothing_wrong_nothing_refused(form: str) -> None:
    assert outcome(rule(form, ())) == FORMS[form][2]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "wrong",
    [*combinations(ORDER, 1), *combinations(ORDER, 2), ORDER],
    ids=" before ".join,
)
def test_the_first_failure_is_reported(form: str, wrong: tuple[str, ...]) -> None:
    expected = {**REFUSED, "account": FORMS[form][1]}
    assert outcome(rule(form, wrong)) == expected[wrong[0]]


CAPACITY: dict[str, tuple[dict[str, Any], str, list[JobState]]] = {
    "no host": ({"hosts": 0}, "background", [JobState.PENDING] * 2),
    "no Windows session": ({"windows_sessions": 0}, "foreground", [JobState.PENDING] * 2),
    "one slot for two": ({"slots": 1}, "background", [JobState.SUCCESSFUL] * 2),
}


@pytest.mark.parametrize(("machine", "kind", "states"), CAPACITY.values(), ids=CAPACITY)
def test_want_of_capacity_refuses_nobody(
    machine: dict[str, Any], kind: str, states: list[JobState]
) -> None:
    """Job states: such a job is Pending; two at once, of which at least the second has to wait."""
    press = {"process": "P", "by": "owner", "jobs": 2, "stream": {"at": ["2026-01-05T08:00"]}}
    process = {"duration": "10m", "type": kind}
    estate = scenario(
        machines={"M1": machine},
        folders={"F": folder(processes={"P": process}, starts={"S": press})},
    )
    jobs = simulate(make_plan(estate, access_of(estate, catalogue()), {}), 1, 1).jobs
    assert jobs.state.tolist() == states
    assert jobs.pending_s[1] >= 600
