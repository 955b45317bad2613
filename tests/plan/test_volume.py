"""A scenario that would not fit into a machine is refused before it runs."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, scenario

from simulator.plan.volume import volume

YEAR = {"start": "2026-01-05T00:00", "duration": "365d"}


def of(**trigger: Any) -> list[str]:
    parts = folder(triggers={"T": {"process": "P", "created_by": "owner", **trigger}})
    return [
        ".".join(map(str, issue.path))
        for issue in volume(scenario(folders={"F": parts}, time=YEAR), {})
    ]


@pytest.mark.parametrize(
    ("trigger", "too_many"),
    [
        ({"event": {"poisson": "3 per second"}}, False),  # 94.6 million
        ({"event": {"poisson": "4 per second"}}, True),  # 126 million
        ({"event": {"every": "10m"}, "jobs": 1000}, False),  # 52.6 million
        ({"event": {"every": "5m"}, "jobs": 1000}, True),  # 105 million
        ({"event": {"interarrival": {"exponential": "300ms"}}}, True),
        ({"event": {"users": 1000, "think": "5m"}}, True),
        ({"api": {"poisson": "4 per second", "by": "owner"}}, True),
        ({"time": {"cron": "* * * * * ?"}}, False),  # 31.5 million
        ({"time": {"cron": "* * * * * ?"}, "jobs": 4}, True),
    ],
)
def test_more_than_a_hundred_million_submissions_are_an_error(
    trigger: dict[str, Any], too_many: bool
) -> None:
    assert of(**trigger) == (["folders.F.triggers.T"] if too_many else [])


def test_an_immense_number_is_told_in_short() -> None:
    parts = folder(starts={"S": {"process": "P", "by": "owner", "stream": {"poisson": HUGE}}})
    (issue,) = volume(scenario(folders={"F": parts}, time=YEAR), {})
    assert "about 3.15e+307 submissions" in issue.message
    assert len(issue.message) < 200


HUGE = "1e300 per second"
