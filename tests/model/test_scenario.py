from __future__ import annotations

from typing import Any

import pytest
from builders import TIME, scenario
from pydantic import ValidationError


def test_what_a_file_need_not_say() -> None:
    estate = scenario()
    assert (estate.time.warm_up, estate.time.zone, estate.time.drain) == (0.0, "UTC", True)
    assert (estate.run.replications, estate.run.seed, estate.run.confidence) == (20, 1, 0.95)
    assert (estate.dispatch.order, estate.dispatch.match) == ("priority", "instant")
    assert estate.assumptions.automation_user_starts_jobs
    assert estate.assumptions.folder_model == "modern"
    process = estate.folders["F"].processes["P"]
    assert (process.type, process.priority, process.runtime) == ("background", 45, "unattended")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another version": ({"version": 2}, "Input should be 1"),
    "no time observed": ({"time": {**TIME, "duration": "0s"}}, "longer than 0s"),
    "no start": ({"time": {"duration": "1d"}}, "Field required"),
    "no replication": ({"run": {"replications": 0}}, "greater than or equal to 1"),
    "too sure": ({"run": {"confidence": "99.95%"}}, "less than or equal to 0.999"),
    "hardly sure": ({"run": {"confidence": 0.4}}, "greater than or equal to 0.5"),
    "a negative seed": ({"run": {"seed": -1}}, "greater than or equal to 0"),
    "no such order": ({"dispatch": {"order": "fifo"}}, "'priority'"),
    "no such assumption": ({"assumptions": {"folders": "modern"}}, "Extra inputs"),
    "an unknown part": ({"machine": {}}, "Extra inputs"),
}


@pytest.mark.parametrize(("parts", "why"), WRONG.values(), ids=WRONG)
def test_refused(parts: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        scenario(**parts)
