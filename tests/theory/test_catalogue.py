"""Simulated figures against closed forms: a fast subset here, all of them by `make validate`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from theory.catalogue import line, simulate_case
from theory.figures import CASES, SCENARIOS, expected, figures, not_covered
from theory.record_figures import reader_of

FIFTHS = (
    *("A01", "A05", "A06", "A10", "A12", "A16", "A17", "A18", "A20", "A22", "A25", "A26", "A27"),
    *("A30", "A31a", "A31b", "A32-exp", "A32-fixed", "A33"),
)
SHORT = {**dict.fromkeys(FIFTHS, 0.2), "A29": 0.1, "A34": 0.05}
"""One of each kind, and which part of the catalogue's run is enough: M/M/1, fixed and Erlang
durations, priorities, a pending limit, patience and expiry, shared machines, accounts, a batch,
batches, cron, failures, queue triggers, changing rates, a closed loop; suspensions, a chain.
"""

TOLD = {
    *("pending.mean", "pending.share", "items.wait.mean", "turnaround.mean"),
    *("jobs.refused_share", "jobs.expired_share"),
}
"""Of the summary; and whatever is read from the records."""


@pytest.mark.parametrize("case", SHORT)
def test_a_short_run_covers_the_exact_figures(
    case: str, record_property: Callable[[str, object], None]
) -> None:
    """99.9 % intervals of any width, chosen beforehand: hardly one of them is expected to miss."""
    wanted = [
        replace(one, half_width_max=None)
        for one in figures([case])
        if one.measure in TOLD or one.from_records
    ]
    settings = ["run.confidence=99.9%"]
    outcomes = simulate_case(wanted, seed=7, longer=SHORT[case], settings=settings)
    for outcome in outcomes:
        record_property("catalogue", line(outcome))
    assert outcomes
    assert [line(one) for one in outcomes if not one.covers] == []


def test_figures_without_chance_agree_to_the_last_digit(
    record_property: Callable[[str, object], None],
) -> None:
    """An hourly batch of fixed durations: a single replication, and no interval."""
    outcomes = simulate_case(figures(["A24"]), seed=7)
    for outcome in outcomes:
        record_property("catalogue", line(outcome))
    assert len(outcomes) == 7
    assert [line(one) for one in outcomes if one.has_interval or not one.covers] == []


def test_the_table_has_every_figure_that_has_a_formula() -> None:
    assert len(expected()) == 260
    assert not_covered(figures()) == []


def test_what_the_table_lacks_is_told() -> None:
    without = [one for one in figures() if one.case != "A06"]
    assert {one.case for one in not_covered(without)} == {"A06"}


def test_every_scenario_with_a_formula_is_run() -> None:
    assert {path.stem for path in SCENARIOS.glob("A*.yaml")} == set(CASES)


def test_every_figure_of_the_records_can_be_read() -> None:
    for figure in figures():
        if figure.from_records and not figure.measure.startswith("smallest_runtimes"):
            assert callable(reader_of(figure))
