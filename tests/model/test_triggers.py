from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.triggers import ExecutionTarget, Start, Trigger

TIME = {"process": "P", "created_by": "olga", "time": {"cron": "0 0 6 * * ?"}}
EVENT = {"process": "P", "created_by": "olga", "event": {"poisson": "3 per hour"}}
CALLED = {"process": "P", "created_by": "olga", "api": {"every": "1h", "by": "app"}}
QUEUE = {"process": "P", "created_by": "olga", "queue": {"name": "Q"}}

DEFAULTS: dict[str, tuple[dict[str, Any], str, bool]] = {
    # The vendor's: a time trigger tops up and disables itself, the others do neither.
    "time": (TIME, "per_trigger", True),
    "event": (EVENT, "none", False),
    "api": (CALLED, "none", False),
    # A queue trigger has `at_most` in place of a guard.
    "queue": (QUEUE, "none", False),
    "queue, as written": ({**QUEUE, "pending_guard": "none", "jobs": 1}, "none", False),
    "as written": (
        {**EVENT, "pending_guard": "per_process", "auto_disable": True},
        "per_process",
        True,
    ),
}


@pytest.mark.parametrize(("entry", "guard", "disables"), DEFAULTS.values(), ids=DEFAULTS)
def test_guard_and_auto_disable(entry: dict[str, Any], guard: str, *, disables: bool) -> None:
    trigger = Trigger.model_validate(entry)
    assert (trigger.guard, trigger.disables_itself) == (guard, disables)


TARGETS: dict[str, tuple[Any, Any]] = {
    "dynamic": ("dynamic", "dynamic"),
    "myself": ("myself", "myself"),
    "an account": ({"account": "bot"}, ExecutionTarget(account="bot")),
    "a host": ({"machine": "m", "host": "1"}, ExecutionTarget(machine="m", host="1")),
}


@pytest.mark.parametrize(("given", "target"), TARGETS.values(), ids=TARGETS)
def test_run_as(given: object, target: object) -> None:
    assert Trigger.model_validate({**TIME, "run_as": given}).run_as == target


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "two kinds": ({**TIME, **EVENT}, "one of time, event, api"),
    "two kinds, one of them api": ({**CALLED, **EVENT}, "one of time, event, api"),
    "three kinds": ({**TIME, **EVENT, **CALLED}, "one of time, event, api"),
    "no kind": ({"process": "P", "created_by": "olga"}, "one of time, event, api"),
    "nobody made it": ({"process": "P", "time": {"cron": "x"}}, "Field required"),
    "too many jobs": ({**TIME, "jobs": 10_001}, "less than or equal to 10000"),
    "no jobs": ({**TIME, "jobs": 0}, "greater than or equal to 1"),
    "runs as nothing": ({**TIME, "run_as": {}}, "needs an account, a machine"),
    "a host without its machine": (
        {**TIME, "run_as": {"account": "a", "host": "1"}},
        "together with its machine",
    ),
    "a queue trigger with jobs": ({**QUEUE, "jobs": 2}, "as many jobs as its queue asks for"),
    "a queue trigger with a guard": (
        {**QUEUE, "pending_guard": "per_trigger"},
        "has at_most, in queue, in place of a pending_guard",
    ),
    "a queue trigger at times": ({**QUEUE, **TIME}, "one of time, event, api, queue"),
    "no such guard": ({**TIME, "pending_guard": "always"}, "'per_trigger'"),
    "an offset": ({**TIME, "from": "2026-01-05T00:00+01:00"}, "without an offset"),
    "stops at once": ({**TIME, "stop_after": "0s"}, "longer than 0s"),
}


@pytest.mark.parametrize(("entry", "why"), BAD.values(), ids=BAD)
def test_a_trigger_that_is_refused(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Trigger.model_validate(entry)


def test_a_start_needs_somebody_who_presses_it() -> None:
    with pytest.raises(ValidationError, match="Field required"):
        Start.model_validate({"process": "P", "stream": {"every": "1h"}})


WORDS = {
    "an account": ({"account": "hr-bot"}, "hr-bot"),
    "a machine": ({"machine": "vm"}, "any account on vm"),
    "both": ({"account": "hr-bot", "machine": "vm"}, "hr-bot on vm"),
    "a host by its own name": ({"machine": "vm", "host": "1"}, "any account on vm/1"),
    "a host by its full name": (
        {"account": "hr-bot", "machine": "vm", "host": "vm/1"},
        "hr-bot on vm/1",
    ),
}


@pytest.mark.parametrize(("given", "words"), WORDS.values(), ids=WORDS)
def test_a_target_in_words(given: dict[str, str], words: str) -> None:
    assert ExecutionTarget.model_validate(given).in_words == words
