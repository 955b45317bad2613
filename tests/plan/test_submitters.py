"""Who submits, in which order, and of whom admission is asked."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import Access, access_of
from simulator.model.scenario import Scenario
from simulator.plan.submitters import Submitter, by_caller, submitters

MADE = {"process": "P", "created_by": "owner"}
PRESSED = {"process": "P", "by": "crew", "stream": {"every": "1h"}}
CREW = {f"dev-{letter}": {"type": "user", "groups": ["crew"]} for letter in "abc"}


def estate(**parts: Any) -> tuple[Scenario, Access]:
    built = scenario(accounts={**ACCOUNTS, **CREW}, folders={"F": folder(**parts)})
    return built, access_of(built, catalogue())


def found(**parts: Any) -> tuple[Submitter, ...]:
    return submitters(*estate(**parts))


def test_each_kind_has_its_turn_within_an_instant() -> None:
    """The order of docs/engine.md: time triggers, queue triggers, streams, then what jobs start."""
    everyone = found(
        processes={"P": {"duration": "1m", "then": {"start": "Q"}}, "Q": {"duration": "1m"}},
        queues={"work": None},
        triggers={
            "called": MADE | {"event": {"every": "1h"}},
            "filled": MADE | {"queue": {"name": "work"}},
            "nightly": MADE | {"time": {"cron": "0 0 6 * * ?"}},
        },
        starts={"desk": PRESSED},
    )
    assert [one.path for one in everyone] == [
        "F:nightly",
        "F:filled",
        "F:called",
        "F:desk",
        "F:P",
    ]


def test_a_closed_loop_has_a_caller_a_user() -> None:
    (desk,) = found(starts={"desk": PRESSED | {"stream": {"users": 2, "think": "1h"}}})
    assert desk.callers == ("dev-a", "dev-b")


ASKED = {"dynamic": ["dev-a"], "myself": ["dev-a", "dev-b", "dev-c"]}


@pytest.mark.parametrize(("run_as", "asked"), ASKED.items(), ids=ASKED)
def test_callers_with_equal_rights_are_decided_once(run_as: str, asked: list[str]) -> None:
    """Unless each runs the job as himself: then his own robot counts."""
    built, access = estate(starts={"desk": PRESSED | {"run_as": run_as}})
    (desk,) = submitters(built, access)
    deciding: list[str] = []

    def decide(caller: str) -> str:
        deciding.append(caller)
        return caller

    callers = [caller for caller, _ in by_caller(desk, access, decide)]
    assert (callers, deciding) == (["dev-a", "dev-b", "dev-c"], asked)
