"""Warnings of queues that serve nothing, and of triggers that do not fit theirs."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.model.references import dangling
from simulator.plan.queue_doubts import queue_doubts

WORKS: dict[str, Any] = {"P": {"duration": "0s", "queue": "Q"}}
MAIL = {"queue": "Q", "by": "robot", "items": {"every": "1h"}, "item_duration": "2m"}
POST = {"process": "P", "queue": {"name": "Q"}, "created_by": "owner"}


def told(**parts: Any) -> list[tuple[str, str, str, str]]:
    estate = scenario(folders={"F": folder(**parts)})
    assert dangling(estate, catalogue()) == []
    found = list(queue_doubts(estate))
    assert all(issue.severity == "warning" for issue in found)
    return [
        (".".join(map(str, issue.path)), issue.code, issue.message, issue.hint) for issue in found
    ]


ONE: dict[str, tuple[dict[str, Any], tuple[str, str, str, str]]] = {
    "nothing uses it": (
        {"queues": {"Q": None}},
        (
            "folders.F.queues.Q",
            "unused-queue",
            "nothing uses the queue 'Q'",
            "leave it out, or name it in a process and in an arrival",
        ),
    ),
    "nothing adds to it": (
        {"queues": {"Q": {}}, "processes": WORKS, "triggers": {"T": POST}},
        (
            "folders.F.queues.Q",
            "empty-queue",
            "the queue 'Q' stays empty: nothing adds items to it",
            "add an arrival with queue: Q",
        ),
    ),
    "nothing works it": (
        {"queues": {"Q": {}}, "arrivals": {"A": MAIL}},
        (
            "folders.F.queues.Q",
            "unworked-queue",
            "the items of 'Q' will stay New: no process of F works it",
            "give a process queue: Q",
        ),
    ),
    "its trigger's process works none": (
        {"queues": {"Q": {}}, "arrivals": {"A": MAIL}, "triggers": {"T": POST}},
        (
            "folders.F.triggers.T.process",
            "other-queue",
            (
                "'P' works no queue: its jobs leave the items of 'Q' New, so that they set off job "
                "after job"
            ),
            "give it queue: Q, or name a process that has",
        ),
    ),
    "its trigger's process works another": (
        {
            "queues": {"Q": {}, "R": {}},
            "processes": {"P": {"duration": "0s", "queue": "R"}, "N": WORKS["P"]},
            "arrivals": {"A": MAIL, "B": MAIL | {"queue": "R"}},
            "triggers": {"T": POST},
        },
        (
            "folders.F.triggers.T.process",
            "other-queue",
            (
                "'P' works the queue 'R': its jobs leave the items of 'Q' New, so that they set "
                "off job after job"
            ),
            "give it queue: Q, or name a process that has",
        ),
    ),
    "two queue triggers": (
        {
            "queues": {"Q": {}},
            "processes": WORKS,
            "arrivals": {"A": MAIL},
            "triggers": {"T": POST, "U": POST},
        },
        (
            "folders.F.triggers.U.queue.name",
            "second-queue-trigger",
            "the queue 'Q' has a queue trigger already: 'T'",
            "the vendor allows one for each queue: keep one of them",
        ),
    ),
    "due before it may be worked at": (
        {
            "queues": {"Q": {"sla": "4h"}},
            "processes": WORKS,
            "arrivals": {"A": MAIL | {"defer": "5h"}},
        },
        (
            "folders.F.arrivals.A.defer",
            "always-late",
            "every item will be late: it is due 4h after it was added, and deferred for 5h",
            "defer it for less, or give it a later deadline",
        ),
    ),
}


@pytest.mark.parametrize(("parts", "doubt"), ONE.values(), ids=ONE)
def test_one_doubt(parts: dict[str, Any], doubt: tuple[str, str, str, str]) -> None:
    assert told(**parts) == [doubt]


NONE: dict[str, dict[str, Any]] = {
    "no queue": {},
    "added to and worked": {"arrivals": {"A": MAIL}},
    "with a trigger": {
        "arrivals": {"A": MAIL},
        "triggers": {"T": POST | {"queue": {"name": "Q", "per_job": 5, "at_most": 1}}},
    },
    "a deadline of its own is later": {
        "arrivals": {"A": MAIL | {"deadline": "6h", "defer": "5h"}},
        "queues": {"Q": {"sla": "4h"}},
    },
}


@pytest.mark.parametrize("parts", NONE.values(), ids=NONE)
def test_no_doubt(parts: dict[str, Any]) -> None:
    whole = {"queues": {"Q": None}, "processes": WORKS, **parts} if parts else {}
    assert told(**whole) == []


def test_a_queue_of_the_same_name_in_another_folder_is_another_one() -> None:
    folders = {
        "F": folder(queues={"Q": {}}, arrivals={"A": MAIL}),
        "G": folder(queues={"Q": {}}, processes=WORKS),
    }
    codes = [issue.code for issue in queue_doubts(scenario(folders=folders))]
    assert codes == ["unworked-queue", "empty-queue"]


LATE = {"queue": "F:Q", "measure": "items.late_share", "at_most": "5%"}
KEPT = {"queue": "F:Q", "measure": "items.sla_share", "at_least": "95%"}


@pytest.mark.parametrize(
    ("queue", "arrival", "target", "expected"),
    [
        ({}, {}, LATE, "items.late_share will never be known: 'F:Q' has no item with a deadline"),
        ({}, {"deadline": "1h"}, LATE, None),
        ({"sla": "1h"}, {}, LATE, None),
        ({}, {"deadline": "1h"}, KEPT, "items.sla_share will never be known: 'F:Q' has no sla"),
        ({"sla": "1h"}, {}, KEPT, None),
        ({}, {}, {"queue": "F:Q", "measure": "items.wait.p95", "at_most": "1h"}, None),
        ({}, {}, {"queue": "F:Q", "measure": "items.late", "at_most": 0}, None),  # a number: 0
    ],
)
def test_a_target_on_a_deadline_nothing_has_is_told_of(
    queue: dict[str, str], arrival: dict[str, str], target: dict[str, str], expected: str | None
) -> None:
    parts = {"queues": {"Q": queue}, "processes": WORKS, "arrivals": {"A": {**MAIL, **arrival}}}
    estate = scenario(folders={"F": folder(**parts)}, targets=[target])
    found = [issue.message for issue in queue_doubts(estate)]
    assert found == ([] if expected is None else [expected])
