"""What a check says: whether two values are the same, by how much they are not, and where."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from builders import folder
from builders_checks import checked, planned

from simulator.engine import simulate
from simulator.measurement.checking.checks import (
    BY_NAME,
    DEFINITIONS,
    compared,
    named,
    none_of,
    rounding,
    worst,
)
from simulator.measurement.checking.every_check import checks_of
from simulator.plan.eligibility import eligibility_of


@pytest.mark.parametrize(
    ("found", "tolerance", "holds"),
    [(10.0, 0.0, True), (10.5, 0.5, True), (10.5, 0.4, False), (math.nan, 99.0, False)],
)
def test_two_values(found: float, tolerance: float, holds: bool) -> None:
    assert compared("flow.end", found, 10.0, tolerance).holds is holds


def test_values_side_by_side_are_told_together_where_none_is_off() -> None:
    check = worst("flow.end", np.array([1, 2]), np.array([1, 2]), str)
    assert (check.found, check.expected, check.difference, check.where) == (3, 3, 0, "")


def test_values_side_by_side_that_make_up_for_each_other_do_not_hold() -> None:
    """1 and 5 are as many as 3 and 3; the worst place is told by its name."""
    check = worst("flow.end", np.array([1, 5, 2]), np.array([3, 3, 2]), named("abc", "folder"))
    assert not check.holds
    assert (check.found, check.expected, check.difference) == (1, 3, 2)
    assert check.where == "folder a"


def test_a_place_without_a_number_is_the_worst() -> None:
    check = worst("flow.end", np.array([9.0, math.nan]), np.array([1.0, 1.0]), str)
    assert not check.holds
    assert check.where == "1"


def test_nothing_side_by_side_holds() -> None:
    assert worst("slots.states", np.empty(0), np.empty(0), str).holds


def test_what_may_not_be_has_no_place_where_it_is_not() -> None:
    assert none_of("once.slot", 0, "host a").where == ""
    assert not none_of("once.slot", 1, "host a").holds


def test_sums_are_held_to_a_microsecond_until_they_are_too_long() -> None:
    assert rounding(100.0) == 1e-6
    assert rounding(1e12) == 100.0


def test_every_check_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(DEFINITIONS)


def test_only_the_verdict_is_told_to_whoever_does_not_see_all() -> None:
    told = compared("flow.end", 1.0, 2.0, where="folder Board").unseen
    assert (told.name, told.holds, told.where) == ("flow.end", False, "")
    assert all(map(math.isnan, (told.found, told.expected, told.difference)))


def test_what_two_jobs_on_one_slot_come_to() -> None:
    """Both come at 8:00 and take 10 min: 10 min are waited, 20 min held, and nobody is left."""
    at = {"stream": {"at": ["2026-01-05T08:00", "2026-01-05T08:00"]}}
    plan = planned(folders={"F": folder(starts={"a": {"process": "P", "by": "owner", **at}})})
    found = checked(plan, simulate(plan, 1, 0))
    values = {name: (check.found, check.expected) for name, check in found.items()}
    assert values["flow.submitted"] == values["flow.started"] == (2, 2)
    assert values["flow.end"] == values["flow.waiting"] == (0, 0)
    assert values["little.time"] == values["blame.sum"] == (600, 600)
    assert values["slots.time"] == (1200, 1200)
    assert values["slots.states"] == (86400, 86400)
    assert all(check.difference == 0 for check in found.values())


def test_a_view_cannot_be_checked() -> None:
    plan = planned()
    seen = replace(simulate(plan, 1, 0), readings=None)
    with pytest.raises(ValueError, match="not whole"):
        checks_of(eligibility_of(plan), plan.legend, seen)
