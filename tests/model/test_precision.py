"""Replications as many as figures need: which measures can be asked to be precise."""

from __future__ import annotations

from typing import Any

import pytest
from builders import scenario
from pydantic import ValidationError

from simulator.model.precision import PRECISE, Precision
from simulator.model.scenario import TimeFrame


def test_what_a_file_need_not_say() -> None:
    run = scenario(run={"replications": {"precision": "5%"}}).run
    assert run.replications == Precision(precision=0.05, of=None, at_most=200)
    assert run.most_replications == 200


def test_it_reads_back_as_it_is_written() -> None:
    asked = Precision(precision=0.05, of="pending.p95", at_most=50)
    estate = scenario(run={"replications": asked.model_dump(mode="json")})
    assert estate.run.replications == asked


def test_the_tenants_measures_with_an_interval_can_be_precise() -> None:
    assert {"pending.mean", "pending.p95", "slots.utilisation", "jobs.refused_share"} <= {*PRECISE}
    none = {"pending.max", "pending.over", "licences.peak", "licences.taken", "items.late"}
    assert not none & {*PRECISE}


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "the largest value": ({"of": "pending.max"}, "no interval to be narrow"),
    "a peak": ({"of": "licences.peak"}, "no interval to be narrow"),
    "a threshold": ({"of": "pending.over"}, "needs a threshold: set a target"),
    "not the tenant's": ({"of": "items.late"}, "none of the tenant's measures, only of queue"),
    "no such measure": ({"of": "pending.p96"}, r"did you mean 'pending\.p9"),
    "not precise at all": ({"precision": 0}, "greater than 0"),
    "fewer than ten": ({"at_most": 9}, "greater than or equal to 10"),
}


@pytest.mark.parametrize(("keys", "why"), WRONG.values(), ids=WRONG)
def test_refused(keys: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Precision.model_validate({"precision": "5%", **keys})


def test_a_warm_up_to_be_found_is_no_time_yet() -> None:
    time = TimeFrame.model_validate({"start": "2026-01-05", "duration": "1d", "warm_up": "auto"})
    assert (time.warm_up, time.warm_up_s) == ("auto", 0.0)
    assert time.model_dump(mode="json")["warm_up"] == "auto"
    given = TimeFrame.model_validate({"start": "2026-01-05", "duration": "1d", "warm_up": "90m"})
    assert given.warm_up_s == 5_400.0
    assert given.model_dump(mode="json")["warm_up"] == "1h30m"
