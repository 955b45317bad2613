"""The part of a plan that tells who could run where."""

from __future__ import annotations

import math

import pytest
from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.eligibility import eligibility_of
from simulator.plan.fleet import RUNTIMES
from simulator.plan.making import make_plan


@pytest.mark.parametrize(
    ("licences", "expected"), [({}, math.inf), ({"unattended": 3}, 3), ({"unattended": 9}, 9)]
)
def test_licences_are_those_of_the_tenant_taken_or_not(
    licences: dict[str, int], expected: float
) -> None:
    """The hosts that are always there take 4 of them, as far as there are any."""
    whole = scenario(
        machines={"M1": {"hosts": 2, "slots": 2}},
        accounts=ACCOUNTS,
        folders={"F": folder()},
        licences=licences,
    )
    plan = make_plan(whole, access_of(whole, catalogue()), {})
    assert eligibility_of(plan).licences[RUNTIMES.index("unattended")] == expected
