from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.targets import Target

LIMITS: dict[str, tuple[dict[str, Any], float]] = {
    "a duration": ({"measure": "pending.p95", "at_most": "10m"}, 600.0),
    "a share": ({"measure": "slots.utilisation", "machine": "M1", "at_most": "85%"}, 0.85),
    "a share as a number": ({"measure": "pending.share", "at_most": 0.5}, 0.5),
    "a number": ({"measure": "jobs.per_hour", "at_least": 12}, 12.0),
    "licences": ({"measure": "licences.peak", "runtime": "unattended", "at_most": 4}, 4.0),
    "hours": ({"measure": "hosts.hours", "machine": "M1", "at_most": 120.5}, 120.5),
}


@pytest.mark.parametrize(("target", "limit"), LIMITS.values(), ids=LIMITS)
def test_the_limit_is_in_the_unit_of_the_measure(target: dict[str, Any], limit: float) -> None:
    assert Target.model_validate(target).limit == limit


SCOPES: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "the tenant": ({}, ("tenant", "")),
    "a folder": ({"folder": "HR/Payroll"}, ("folder", "HR/Payroll")),
    "with subfolders": ({"folder": "HR", "with_subfolders": True}, ("folder+", "HR")),
    "a band": ({"priority": "High"}, ("priority", "65")),
    "a runtime type": ({"runtime": "headless"}, ("runtime", "headless")),
    "a host": ({"host": "shared-vm/1"}, ("host", "shared-vm/1")),
}


@pytest.mark.parametrize(("scope", "meant"), SCOPES.values(), ids=SCOPES)
def test_scope(scope: dict[str, Any], meant: tuple[str, str]) -> None:
    target = Target.model_validate({"measure": "pending.mean", "at_most": "1m", **scope})
    assert target.scope == meant


@pytest.mark.parametrize("measure", ["pending.over", "resumed.over"])
def test_a_threshold_is_part_of_the_name(measure: str) -> None:
    target = {"measure": measure, "threshold": "10m", "at_most": "5%"}
    assert Target.model_validate(target).row == f"{measure}(10m)"


WAIT = {"measure": "pending.mean", "at_most": "1m"}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "two scopes": ({**WAIT, "folder": "F", "machine": "M1"}, "names several"),
    "two limits": ({**WAIT, "at_least": "0s"}, "either at_most or at_least"),
    "no limit": ({"measure": "pending.mean"}, "either at_most or at_least"),
    "subfolders of nothing": ({**WAIT, "with_subfolders": True}, "goes with folder"),
    "no such measure": ({**WAIT, "measure": "pending.men"}, "did you mean 'pending.mean'"),
    "a scope the measure lacks": (
        {"measure": "slots.utilisation", "account": "a", "at_most": 1},
        "has no scope account",
    ),
    "no threshold": ({"measure": "pending.over", "at_most": "5%"}, "which need one"),
    "none of a later wait": ({"measure": "resumed.over", "at_most": "5%"}, "which need one"),
    "a threshold too many": ({**WAIT, "threshold": "10m"}, "goes with pending.over"),
    "a number for a duration": ({"measure": "pending.mean", "at_most": 60}, "such as '10m'"),
    "licences of the tenant": (
        {"measure": "licences.peak", "at_most": 4},
        "has no scope tenant, only machine, host, runtime",
    ),
    "a duration for a share": ({"measure": "pending.share", "at_most": "10m"}, "expected a share"),
    "a share for a number": ({"measure": "jobs.per_hour", "at_most": "5%"}, "expected a number"),
    "an unknown key": ({**WAIT, "scope": "HR"}, "Extra inputs"),
}


@pytest.mark.parametrize(("target", "why"), WRONG.values(), ids=WRONG)
def test_refused(target: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Target.model_validate(target)
