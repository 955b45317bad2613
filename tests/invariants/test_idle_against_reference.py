"""Random estates in which most jobs wait: what stood free, against the plain reference."""

from __future__ import annotations

import pytest
from builders import catalogue, scenario
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate
from invariants.random_waits import crowded_estates
from invariants.reference_idle import reference_idle

from simulator.access.grants import access_of
from simulator.audit.openings import openings_of
from simulator.engine import simulate
from simulator.measurement.idling.idle import idle_of
from simulator.plan.eligibility import eligibility_of
from simulator.plan.openings import Rule

CLOSE_S = 1e-6
"""A grid point: what the product may differ by."""

SUPPRESSED = [HealthCheck.too_slow]


def test_what_stood_free_in_crowded_estates_is_as_the_reference_has_it() -> None:
    assert _seen(120) == set(Rule) - {Rule.ROLE}


@pytest.mark.validate
def test_what_stood_free_in_two_thousand_estates_is_as_the_reference_has_it() -> None:
    assert _seen(2_000) == set(Rule) - {Rule.ROLE}


def _seen(examples: int) -> set[Rule]:
    """Compare the seconds of all openings; return the rules by which anything stood free.

    No account is in a group there, which would be for ROLE.
    """
    seen = set[Rule]()

    @settings(
        deadline=None,
        derandomize=True,
        suppress_health_check=SUPPRESSED,
        max_examples=examples,
    )
    @given(crowded_estates())
    def equal(estate: Estate) -> None:
        seen.update(_equal(estate))

    equal()
    return seen


def _equal(estate: Estate) -> set[Rule]:
    whole, plan = scenario(**estate.file), estate.plan
    found = openings_of(whole, access_of(whole, catalogue()), plan).found
    openings = [one.opening for one in found]
    records = simulate(plan, 1, 0)
    told = idle_of(openings, eligibility_of(plan), plan.legend, records).seconds.tolist()
    expected = reference_idle(plan, records, openings)
    different = [
        (opening, one, other)
        for opening, one, other in zip(openings, told, expected, strict=True)
        if abs(one - other) > CLOSE_S
    ]
    assert not different
    return {one.rule for one, seconds in zip(openings, told, strict=True) if seconds}
