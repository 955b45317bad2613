"""What `scenarios/invoices-before-the-cut-off.yaml` says at its head, run as its reader would."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import Study, load, run

FILE = Path(__file__).parents[2] / "scenarios" / "invoices-before-the-cut-off.yaml"

EXPECTED = {
    None: ("met", "missed"),
    "eager-trigger": ("met", "met"),
    "fourth-slot": ("met", "missed"),
    "ledger-at-night": ("met", "missed"),
}
"""The verdicts of the file's two targets, by variant: late share, and 95 % wait of the items."""


def ran(variant: str | None) -> Study:
    return run(load(FILE, variant=variant), replications=10)


@pytest.mark.parametrize("variant", EXPECTED)
def test_only_the_trigger_helps(variant: str | None) -> None:
    found = ran(variant)
    assert tuple(one.outcome for one in found.verdicts) == EXPECTED[variant]


def test_the_slot_is_the_ledgers_gain() -> None:
    """Ledger jobs wait some 20 minutes less, items less than one: both on the same draws."""
    as_written, with_slot = ran(None).summary, ran("fourth-slot").summary

    def gain_s(scope: str, name: str, measure: str) -> float:
        rows = (one.find(scope, name, measure) for one in (as_written, with_slot))
        before, after = (row.mean for row in rows if row is not None)
        return before - after

    assert 15 * 60 < gain_s("folder", "Ledger", "pending.mean") < 30 * 60
    assert 0 < gain_s("queue", "Invoices:invoices", "items.wait.mean") < 60
