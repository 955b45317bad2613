"""What `scenarios/patch-night.yaml` says at its head, run as its reader would."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from simulator import Study, load, run

FILE = Path(__file__).parents[2] / "scenarios" / "patch-night.yaml"

EXPECTED = {
    None: ("missed", "missed", "missed"),
    "one-more-licence": ("met", "missed", "missed"),
    "shorter-window": ("missed", "met", "met"),
    "both": ("met", "met", "met"),
}
"""The verdicts by variant: of the close's wait, of HR's jobs Pending, and of its Resumed ones."""


@cache
def ran(variant: str | None) -> Study:
    return run(load(FILE, variant=variant))


def mean(variant: str | None, scope: str, name: str, measure: str) -> float:
    row = ran(variant).summary.find(scope, name, measure)
    assert row is not None
    return row.mean


@pytest.mark.parametrize("variant", EXPECTED)
def test_each_mends_what_the_other_does_not(variant: str | None) -> None:
    assert tuple(one.outcome for one in ran(variant).verdicts) == EXPECTED[variant]


WAITS_H = {None: 9.7, "one-more-licence": 2.7, "shorter-window": 5.3, "both": 2.7}


@pytest.mark.parametrize("variant", WAITS_H)
def test_the_close_waits_as_the_file_says(variant: str | None) -> None:
    """Within an hour: where a host is down on one Sunday of eight, it is that one that counts."""
    found_s = mean(variant, "trigger", "Finance:sunday", "pending.p95")
    assert found_s / 3600 == pytest.approx(WAITS_H[variant], abs=1)


def test_the_slots_are_mostly_free_and_one_does_not_exist() -> None:
    """The window takes 6 of 168 hours, but for the night that is an hour shorter by the clock."""
    machine = ("machine", "shared-vm")
    assert mean(None, *machine, "slots.utilisation") == pytest.approx(0.3, abs=0.01)
    assert mean(None, *machine, "slots.connected") == 5
    assert mean(None, *machine, "slots.unlicensed") == 1
    assert mean("one-more-licence", *machine, "slots.unlicensed") == 0
    parts = [mean(None, *machine, f"slots.{state}") for state in ("usable", "maintenance", "down")]
    assert sum(parts) == pytest.approx(1)
    assert parts[1] == pytest.approx(6 / 168, rel=0.03)


def test_five_licences_are_the_most_in_use_and_then_six() -> None:
    peaks = [mean(variant, "runtime", "unattended", "licences.peak") for variant in (None, "both")]
    assert peaks == [5, 6]


def test_forty_jobs_are_suspended_and_hold_no_slot() -> None:
    """Four an hour, suspended once on average for ten hours each: 40 at a time (Little's law)."""
    assert mean(None, "folder", "HR", "suspended.jobs") == pytest.approx(40, rel=0.05)
    assert mean(None, "folder", "HR", "running.jobs") < 1.5
