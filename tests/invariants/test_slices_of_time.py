"""What is measured slice by slice, and part by part, is what is measured of all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from builders import catalogue, scenario
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate
from invariants.random_fleets import changing_estates
from invariants.random_waits import crowded_estates
from invariants.random_work import busy_estates

from simulator.access.grants import access_of
from simulator.audit.openings import openings_of
from simulator.engine import simulate
from simulator.experiments.presences import watched
from simulator.experiments.replicate import Replicate
from simulator.measurement import Figures, slices
from simulator.plan.eligibility import eligibility_of
from simulator.records.columns import Records
from simulator.statistics import chunks

FEW = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def work(estate: Estate) -> Replicate:
    whole = scenario(**estate.file)
    openings = openings_of(whole, access_of(whole, catalogue()), estate.plan).found
    return Replicate(
        plan=estate.plan,
        seed=1,
        thresholds_s=(60.0, 900.0),
        subtrees=(),
        watched=watched(estate.plan),
        openings=tuple(one.opening for one in openings),
    )


def in_slices(estate: Estate, records: Records, rows: int) -> Figures:
    """The figures of a run that is measured so many rows at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "MOST_ROWS", rows)
        patch.setattr(slices, "ROWS_A_LINE", 0)
        patch.setattr(chunks, "MOST_ROWS", rows)
        return work(estate).measured(records).figures


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number of some figures, and where it stands in them."""
    if is_dataclass(value):
        for field in fields(value):
            yield from numbers(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from numbers(one, f"{path}[{place}]")
    else:
        yield path, value


def same_either_way(estate: Estate, rows: int) -> None:
    """To the bit; but where blame is divided by slots, whose number changes, to rounding."""
    records = simulate(estate.plan, 1, 1)
    found, whole = in_slices(estate, records, rows), work(estate).measured(records).figures
    for (path, one), (_, other) in zip(numbers(found), numbers(whole), strict=True):
        if path.startswith((".blame", ".checks")) and not isinstance(other, str):
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-6, err_msg=path)
        else:
            np.testing.assert_array_equal(one, other, err_msg=path)


@FEW
@given(busy_estates())
def test_a_busy_estate(estate: Estate) -> None:
    same_either_way(estate, 3)


@FEW
@given(changing_estates())
def test_an_estate_whose_hosts_come_and_go(estate: Estate) -> None:
    same_either_way(estate, 3)


@FEW
@given(crowded_estates())
def test_an_estate_where_most_jobs_wait(estate: Estate) -> None:
    same_either_way(estate, 20)


@FEW
@given(changing_estates())
def test_a_run_that_is_kept_in_files(estate: Estate) -> None:
    """What is let go of as soon as it was looked at is there again when it is looked at next."""
    on_disk, in_memory = simulate(estate.plan, 1, 1, most_rows=2), simulate(estate.plan, 1, 1)
    found, whole = in_slices(estate, on_disk, 3), in_slices(estate, in_memory, 3)
    for (path, one), (_, other) in zip(numbers(found), numbers(whole), strict=True):
        np.testing.assert_array_equal(one, other, err_msg=path)


@FEW
@given(changing_estates())
def test_slices_follow_on_each_other_and_share_no_time(estate: Estate) -> None:
    """Every wait, and all that jobs kept, is in slices as long as it is in the whole."""
    records, eligibility = simulate(estate.plan, 1, 1), eligibility_of(estate.plan)
    (whole,) = slices.slices_of(eligibility, estate.plan.legend, records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "MOST_ROWS", 3)
        patch.setattr(slices, "ROWS_A_LINE", 0)
        parts = [*slices.slices_of(eligibility, estate.plan.legend, records)]
    assert parts[0].from_s == 0
    assert parts[-1].to_s == records.end_s
    assert [one.to_s for one in parts[:-1]] == [one.from_s for one in parts[1:]]
    for name in ("waits", "kept"):
        lasting_s = [float(getattr(one, name).spans.length_s.sum()) for one in [whole, *parts]]
        assert sum(lasting_s[1:]) == lasting_s[0]
