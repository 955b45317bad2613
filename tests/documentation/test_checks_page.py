"""The page of self-checks says of each of them what it would catch, and of no other."""

from __future__ import annotations

from check_reference import CATCHES

from simulator.measurement.checking.checks import DEFINITIONS


def test_what_every_check_catches_is_told() -> None:
    assert list(CATCHES) == [one.name for one in DEFINITIONS]
