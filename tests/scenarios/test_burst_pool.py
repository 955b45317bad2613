"""What `scenarios/burst-pool.yaml` says at its head, run as its reader would."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from simulator import Study, load, run

FILE = Path(__file__).parents[2] / "scenarios" / "burst-pool.yaml"
WINDOW_H = 6 * 168
CLOSE, INVOICES = "Finance:month-end", "Finance:invoices"


@cache
def ran(variant: str | None) -> Study:
    return run(load(FILE, variant=variant), replications=5)


def mean(variant: str | None, scope: str, name: str, measure: str) -> float:
    row = ran(variant).summary.find(scope, name, measure)
    assert row is not None
    return row.mean


EXPECTED = {
    None: ("met", "met", 3.8, 170),
    "no-pool": ("missed", "missed", 9.5, 0),
    "bigger-pool": ("met", "met", 2.4, 184),
    "fixed-hosts": ("met", "met", 3.75, 6 * WINDOW_H),
    "stop-sooner": ("met", "met", 3.8, 118),
}
"""By variant: the verdicts, the P95 of the close's wait in hours, and the host-hours of the pool.

By hand: 300 jobs of 8 minutes are 40 hours, of which 95 % begin within 38 hours of slots, less what
runs at that moment; over four slots 9.5 hours, over ten 3.8, over sixteen 2.4.
"""


@pytest.mark.parametrize("variant", EXPECTED)
def test_waits_and_hours_are_as_the_file_says(variant: str | None) -> None:
    *verdicts, wait_h, pool_h = EXPECTED[variant]
    assert [one.outcome for one in ran(variant).verdicts] == verdicts
    wait_s = mean(variant, "trigger", CLOSE, "pending.p95")
    assert wait_s / 3600 == pytest.approx(wait_h, rel=0.04)
    core_h = mean(variant, "machine", "core-vm", "hosts.hours")
    assert core_h == 2 * WINDOW_H
    assert mean(variant, "tenant", "", "hosts.hours") - core_h == pytest.approx(pool_h, rel=0.06)


def test_without_a_pool_month_end_holds_up_the_invoices() -> None:
    """By hours where by minutes before: they stand behind the close on two days of 25."""
    assert mean("no-pool", "trigger", INVOICES, "pending.p95") > 3 * 3600
    assert mean(None, "trigger", INVOICES, "pending.p95") < 2 * 60


def test_fixed_hosts_gain_little_more_than_a_boot() -> None:
    """A boot takes two to five minutes, and the jobs of the close begin that much later."""
    waits_s = [mean(variant, "trigger", CLOSE, "pending.p95") for variant in (None, "fixed-hosts")]
    assert 60 < waits_s[0] - waits_s[1] < 5 * 60


def test_more_than_half_of_the_pools_hours_are_idle() -> None:
    busy_h = mean(None, "machine", "burst-vm", "slots.busy") * WINDOW_H
    assert busy_h < 0.5 * mean(None, "machine", "burst-vm", "hosts.hours")
    seconds = [
        mean(variant, "trigger", INVOICES, "pending.p95") for variant in ("stop-sooner", None)
    ]
    assert 0 < seconds[0] - seconds[1] < 30
