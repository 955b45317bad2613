from __future__ import annotations

import pytest
from theory.pairing import holds, pairing

from simulator.experiments.executing.workforce import ALONE


def test_a_week_of_the_flagship_needs_five_times_fewer_replications_in_pairs() -> None:
    """Without the clerks' starts the others meet the same luck: nearly all of it is shared."""
    settings = ["time.duration=1w", "time.warm_up=1d"]
    found = pairing(10, ALONE, ["clerks-may-not-start"], settings)
    rows = {row["figure"]: row for row in found}
    for folder in ("HR", "Finance"):
        assert rows[f"folder {folder} pending.mean"]["times"] > 5


@pytest.mark.parametrize(
    ("figure", "surely", "possible", "verdict"),
    [
        ("folder HR pending.mean", 5.0, 80.0, True),
        ("folder HR pending.mean", 4.9, 80.0, False),
        ("folder HR pending.mean", 2.4, 3.1, True),
        ("folder HR pending.p95", 1.5, 7.5, True),
    ],
)
def test_five_times_is_asked_where_it_is_possible(
    figure: str, surely: float, possible: float, verdict: bool
) -> None:
    assert holds({"figure": figure, "surely": surely, "possible": possible}) is verdict
