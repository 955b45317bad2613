"""What `access --why` says of a job that stays Pending for ever is what comes of it in a run."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.audit.host_findings import hosts_in_words
from simulator.audit.why import walk
from simulator.engine.simulate import simulate
from simulator.model.machines import Machine
from simulator.plan.making import make_plan
from simulator.records.codes import JobState, PendingReason

NO_LICENCE: dict[str, Any] = {"licences": {"unattended": 0}}
NO_SESSION = {"windows_sessions": 0}
BACKGROUND = {"process_types": "background"}
FOREGROUND = {"process_types": "foreground"}
ESTATES: dict[str, tuple[dict[str, Any], Literal["background", "foreground"], dict[str, Any]]] = {
    "a host": ({"a": {}}, "background", {}),
    "a pool": ({"a": {"pool": {"max": 2}}}, "background", {}),
    "a pool with the licences that are left": (
        {"a": {"pool": {"max": 2}}, "b": {"accounts": []}},
        "background",
        {"licences": {"unattended": 2}},
    ),
    "a later machine": ({"a": {"hosts": 0}, "b": {}}, "background", {}),
    "no host": ({"a": {"hosts": 0}}, "background", {}),
    "no licence": ({"a": {}}, "background", NO_LICENCE),
    "no licence to boot with": ({"a": {"pool": {"max": 2}}}, "background", NO_LICENCE),
    "all licences for other machines": (
        {"b": {"hosts": 2, "accounts": []}, "a": {}},
        "background",
        {"licences": {"unattended": 2}},
    ),
    "no session": ({"a": NO_SESSION}, "foreground", {}),
    "background machines": ({"a": BACKGROUND, "b": BACKGROUND}, "foreground", {}),
    "foreground machines": ({"a": FOREGROUND}, "background", {}),
    "one of the other kind, one without a host": (
        {"a": BACKGROUND, "b": {"hosts": 0}},
        "foreground",
        {},
    ),
    "one of the other kind, one without a licence": (
        {"b": BACKGROUND, "a": {}},
        "foreground",
        {"licences": {"unattended": 1}},
    ),
    "one without a host, one without a licence": (
        {"a": {"hosts": 0}, "b": {}},
        "background",
        NO_LICENCE,
    ),
    "one without a session, one without a licence": (
        {"a": NO_SESSION, "b": {}},
        "foreground",
        {"licences": {"unattended": 1}},
    ),
    "a pool without a session": (
        {"a": {"pool": {"max": 1}, **NO_SESSION}},
        "foreground",
        {},
    ),
    "a pool's own host without a session": (
        {"a": {"pool": {"min": 1, "max": 2}, **NO_SESSION}},
        "foreground",
        {},
    ),
    "neither session nor licence": ({"a": NO_SESSION}, "foreground", NO_LICENCE),
}


@pytest.mark.parametrize(("machines", "kind", "parts"), ESTATES.values(), ids=ESTATES)
def test_it_waits_in_a_run_for_what_the_walk_says(
    machines: dict[str, Any], kind: str, parts: dict[str, Any]
) -> None:
    """One start at 08:00, run to its end: it is over, or Pending for the reason told."""
    press = {"process": "P", "by": "owner", "stream": {"at": ["2026-01-05T08:00"]}}
    process = {"duration": "10m", "type": kind}
    own = folder(machines=list(machines), processes={"P": process}, starts={"S": press})
    made = scenario(machines=machines, folders={"F": own}, **parts)
    access = access_of(made, catalogue())
    told = walk(made, access, "owner", "F", "P").pending_reason
    jobs = simulate(make_plan(made, access, {}), 1, 1).jobs
    (state,) = jobs.state.tolist()
    assert state == (JobState.PENDING if told else JobState.SUCCESSFUL)
    if told:
        (reason,) = jobs.reason.tolist()
        assert told == PendingReason(reason).label


HOSTS = {
    "1 host": {},
    "0 hosts": {"hosts": 0},
    "3 hosts": {"hosts": 3},
    "2 hosts": {"names": ["x", "y"]},
    "0 to 10 hosts": {"pool": {"max": 10}},
    "0 to 1 host": {"pool": {"max": 1}},
    "4 hosts": {"pool": {"min": 4, "max": 4}},
}


@pytest.mark.parametrize(("words", "keys"), HOSTS.items(), ids=HOSTS)
def test_hosts_in_words(words: str, keys: dict[str, Any]) -> None:
    assert hosts_in_words(Machine.model_validate(keys)) == words
