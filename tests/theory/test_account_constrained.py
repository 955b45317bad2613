"""The law of waits in case A22 against the figures the catalogue has of it."""

from __future__ import annotations

import pytest
from theory.account_constrained import Kind, stationary, waits
from theory.figures import expected


@pytest.mark.parametrize("kind", ["A", "B"])
def test_the_law_has_the_mean_and_the_share_of_the_catalogue(kind: Kind) -> None:
    known = {one.metric: one.value for one in expected() if one[:2] == ("A22", f"F{kind}")}
    assert waits(kind).mean * 60 == pytest.approx(known["mean_pending_wait"], rel=1e-9)
    assert waits(kind).over(0) == pytest.approx(known["p_wait_gt_0"], rel=1e-9)


@pytest.mark.parametrize("kind", ["A", "B"])
def test_a_quantile_is_what_that_share_does_not_exceed(kind: Kind) -> None:
    law = waits(kind)
    assert law.over(law.quantile(0.95)) == pytest.approx(0.05, rel=1e-9)


def test_the_slots_are_busy_as_the_load_says() -> None:
    """0.04 x 15 + 0.06 x 10 = 1.2 of two slots."""
    busy = sum(share * len(running) for (running, _, _), share in stationary().items())
    assert busy == pytest.approx(1.2, rel=1e-9)
