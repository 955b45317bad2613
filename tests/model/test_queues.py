"""Queues, arrivals and the activation of queue triggers: what a file may say of them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.queues import Arrival, Queue, QueueActivation

MAIL: dict[str, Any] = {
    "queue": "Q",
    "by": "bot",
    "items": {"poisson": "40 per hour"},
    "item_duration": {"exponential": "2m"},
}


def test_a_queue_needs_no_key() -> None:
    assert Queue() == Queue.model_validate({"retries": 0, "sla": None})


def test_an_arrival_adds_one_item_of_normal_priority_that_may_be_worked_at_once() -> None:
    mail = Arrival.model_validate(MAIL)
    assert (mail.jobs, mail.priority, mail.defer, mail.deadline) == (1, 45, 0, None)
    assert (mail.faults, mail.business_faults) == (0, 0)


def test_a_queue_trigger_looks_every_half_hour_unless_told_otherwise() -> None:
    """The vendor's `Queue.ProcessActivationSchedule`, by its page on settings: 30 minutes."""
    asks = QueueActivation(name="Q")
    assert (asks.minimum, asks.per_job, asks.at_most, asks.recheck) == (1, 1, 1, 1800)
    assert not asks.on_job_end
    assert QueueActivation.model_validate({"name": "Q", "recheck": "never"}).recheck == "never"


def test_steps_larger_than_one_need_not_have_a_second_job() -> None:
    assert QueueActivation(name="Q", per_job=5, at_most=1).per_job == 5


def test_shares_may_add_up_to_all_items_though_floats_miss_it() -> None:
    over = 0.5, 0.5000000000000002
    whole = Arrival.model_validate(
        MAIL | dict(zip(("faults", "business_faults"), over, strict=True))
    )
    assert whole.faults + whole.business_faults > 1


BAD_QUEUES: dict[str, tuple[dict[str, Any], str]] = {
    "retries below none": ({"retries": -1}, "greater than or equal to 0"),
    "more retries than the vendor has": ({"retries": 51}, "less than or equal to 50"),
    "due at once": ({"sla": "0s"}, "longer than 0s"),
    "a bare number": ({"sla": 4}, "a duration with a unit"),
}


@pytest.mark.parametrize(("given", "why"), BAD_QUEUES.values(), ids=BAD_QUEUES)
def test_a_queue_that_is_refused(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Queue.model_validate(given)


BAD_ARRIVALS: dict[str, tuple[dict[str, Any], str]] = {
    "nobody adds": ({"by": None}, "expected a name, got nothing"),
    "no length": ({"item_duration": None}, "expected a duration such as"),
    "a closed loop": ({"items": {"users": 3, "think": "1h"}}, "items come in an open stream"),
    "a misspelt stream": ({"items": {"poison": "1 per hour"}}, "did you mean 'poisson'"),
    "more fail than there are": (
        {"faults": "80%", "business_faults": "30%"},
        "faults and business_faults add up to more than 100 %",
    ),
    "no item at a time": ({"jobs": 0}, "greater than or equal to 1"),
    "due at once": ({"deadline": "0s"}, "longer than 0s"),
}


@pytest.mark.parametrize(("changes", "why"), BAD_ARRIVALS.values(), ids=BAD_ARRIVALS)
def test_an_arrival_that_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Arrival.model_validate(MAIL | changes)


BAD_ACTIVATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "no queue": ({}, "Field required"),
    "no item for the first job": ({"name": "Q", "minimum": 0}, "greater than or equal to 1"),
    "no job ever": ({"name": "Q", "at_most": 0}, "greater than or equal to 1"),
    "looks all the time": ({"name": "Q", "recheck": "0s"}, "longer than 0s"),
    "neither a time nor never": ({"name": "Q", "recheck": "always"}, "'never'"),
}


@pytest.mark.parametrize(("given", "why"), BAD_ACTIVATIONS.values(), ids=BAD_ACTIVATIONS)
def test_an_activation_that_is_refused(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        QueueActivation.model_validate(given)
