"""Processes: what a job of one needs, how long it may wait, and what follows its end."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.processes import Process, Suspends, Then


def test_a_job_waits_for_ever_and_starts_nothing_unless_told_otherwise() -> None:
    plain = Process.model_validate({"duration": "5m"})
    assert (plain.pending_limit, plain.pending_expiry, plain.queue, plain.then) == (None,) * 4


def test_what_follows_a_job_comes_once_at_its_end_at_its_own_process_s_priority() -> None:
    then = Then.model_validate({"start": "archive"})
    assert (then.process, then.jobs, then.run_as, then.priority) == (
        "archive",
        1,
        "dynamic",
        "inherited",
    )
    assert then.after == Process.model_validate({"duration": "0s"}).duration


def test_what_follows_a_job_may_have_all_a_start_has() -> None:
    keys = {"jobs": 3, "run_as": "myself", "priority": "High", "runtime": "serverless"}
    then = Then.model_validate({"start": "archive", "after": {"uniform": ["1m", "2m"]}, **keys})
    assert (then.jobs, then.run_as, then.priority, then.runtime) == (3, "myself", 65, "serverless")


def test_with_a_limit_of_0_none_may_wait() -> None:
    assert Process.model_validate({"duration": "5m", "pending_limit": 0}).pending_limit == 0


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a limit below none": ({"pending_limit": -1}, "greater than or equal to 0"),
    "a limit with a unit": ({"pending_limit": "4 jobs"}, "valid integer"),
    "an expiry without a unit": ({"pending_expiry": 10}, "expected a duration such as '15m'"),
    "what follows as a text": ({"then": "archive"}, "valid dictionary"),
    "nothing follows": ({"then": {"after": "1m"}}, "Field required"),
    "a process in place of start": ({"then": {"process": "archive"}}, "Extra inputs"),
    "a job without end": (
        {"suspends": {"probability": "100%", "for": "1h"}},
        "at most 99%: a job that is Suspended time and again would never end",
    ),
    "nearly without end": ({"suspends": {"probability": 0.995, "for": "1h"}}, "at most 99%"),
    "suspended, for how long": ({"suspends": {"probability": 0.5}}, "Field required"),
    "suspended by a bare share": ({"suspends": "40%"}, "valid dictionary"),
    "a key's name in Python": ({"suspends": {"probability": 0.5, "for_": "1h"}}, "Extra inputs"),
}


@pytest.mark.parametrize(("keys", "why"), BAD.values(), ids=BAD)
def test_a_process_that_is_refused(keys: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Process.model_validate({"duration": "5m", **keys})


def test_a_long_running_job_may_go_on_anywhere_unless_told_otherwise() -> None:
    keys = {"probability": "99%", "for": {"exponential": "30m"}}
    suspends = Suspends.model_validate(keys)
    assert (suspends.probability, suspends.same_place) == (0.99, False)
    assert suspends.model_dump(mode="json")["for"]["exponential"] == "30m"
    assert Suspends.model_validate({**keys, "probability": 0}).probability == 0
