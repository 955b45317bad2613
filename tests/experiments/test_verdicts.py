"""A target is met when the whole interval keeps the limit, missed when none of it does."""

from __future__ import annotations

import math

import pytest

from simulator.experiments.verdicts import verdicts
from simulator.measurement import Summary, SummaryRow
from simulator.model.targets import Target

NAN = math.nan


def row(mean: float, low: float, high: float, name: str = "HR") -> SummaryRow:
    half_width = (high - low) / 2
    return SummaryRow("folder", name, "pending.p95", "s", mean, low, high, half_width, 0.95, 20)


@pytest.mark.parametrize(
    ("limit", "figures", "outcome"),
    [
        ({"at_most": "10m"}, (500, 400, 600), "met"),
        ({"at_most": "10m"}, (500, 400, 600.1), "undecided"),
        ({"at_most": "10m"}, (700, 600, 800), "undecided"),
        ({"at_most": "10m"}, (700, 600.1, 800), "missed"),
        ({"at_least": "10m"}, (700, 600, 800), "met"),
        ({"at_least": "10m"}, (700, 599.9, 800), "undecided"),
        ({"at_least": "10m"}, (500, 400, 599.9), "missed"),
        ({"at_most": "10m"}, (600, NAN, NAN), "met"),
        ({"at_most": "10m"}, (601, NAN, NAN), "missed"),
        ({"at_most": "10m"}, (NAN, NAN, NAN), "undecided"),
    ],
    ids=[
        "at-most-all-below",
        "at-most-high-end-above",
        "at-most-low-end-on-it",
        "at-most-all-above",
        "at-least-low-end-on-it",
        "at-least-low-end-below",
        "at-least-all-below",
        "one-replication-keeps-it",
        "one-replication-does-not",
        "nothing-measured",
    ],
)
def test_outcome(limit: dict[str, str], figures: tuple[float, ...], outcome: str) -> None:
    target = Target.model_validate({"folder": "HR", "measure": "pending.p95", **limit})
    summary = Summary((row(*figures),))
    assert verdicts([target], summary) == ((target, summary.rows[0], outcome, ""),)


def test_a_target_without_a_row_is_undecided() -> None:
    target = Target.model_validate({"folder": "IT", "measure": "pending.p95", "at_most": "1m"})
    (verdict,) = verdicts([target], Summary((row(1, 1, 1),)))
    assert (verdict.row, verdict.outcome) == (None, "undecided")
    assert not verdict.has_data


def test_a_row_without_a_value_is_no_data() -> None:
    target = Target.model_validate({"folder": "HR", "measure": "pending.p95", "at_most": "1m"})
    found = [verdicts([target], Summary((row(mean, NAN, NAN),)))[0] for mean in (1.0, NAN)]
    assert [one.has_data for one in found] == [True, False]
