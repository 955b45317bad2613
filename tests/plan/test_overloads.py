"""Load against room, before a run: small estates reckoned by hand."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.overloads import Overload, overloads

if TYPE_CHECKING:
    from simulator.model.scenario import Scenario

OWNER = {"owner": {"type": "user"}}


def found(estate: Scenario) -> tuple[Overload, ...]:
    return overloads(estate, access_of(estate, catalogue()))


def busy(load: float, *machines: str, **process: Any) -> dict[str, Any]:
    """A folder whose jobs keep that many slots busy: so many an hour, an hour each on average."""
    return folder(
        machines=list(machines or ("M1",)),
        processes={"P": {"duration": {"exponential": "1h"}, **process}},
        triggers={"T": event({"poisson": f"{load} per hour"})},
    )


def event(stream: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"process": "P", "event": stream, "created_by": "owner", **keys}


def one_folder(*, machines: dict[str, Any] | None = None, **parts: Any) -> Scenario:
    more = {key: parts.pop(key) for key in ("dispatch", "assumptions", "licences") if key in parts}
    accounts = parts.pop("accounts", {"robot": {"type": "robot"}})
    fleet = machines or {"M1": {"hosts": 1, "slots": 1}}
    inside = folder(machines=list(fleet), **parts)
    return scenario(machines=fleet, accounts={**accounts, **OWNER}, folders={"F": inside}, **more)


def told(estate: Scenario) -> list[tuple[tuple[str, ...], float, float]]:
    return [(one.folders, round(one.need, 6), round(one.room, 6)) for one in found(estate)]


VM = {"vm": {"hosts": 3, "slots": 2}}


def test_folders_that_share_a_machine_are_named_together() -> None:
    """5 + 2.2 slots of 3 hosts with 2 each."""
    (one,) = found(scenario(machines=VM, folders={"HR": busy(5, "vm"), "Finance": busy(2.2, "vm")}))
    assert (one.folders, one.need, one.room) == (("HR", "Finance"), pytest.approx(7.2), 6)
    assert [(node.kind, node.names) for node, _ in one.narrow] == [("slot", ("vm",))]
    assert one.waiting == one.folders
    assert {(each.source, each.caller) for each in one.submissions} == {
        ("HR:T", "owner"),
        ("Finance:T", "owner"),
    }


def test_only_those_without_another_machine_are_in_trouble() -> None:
    machines = {"M1": {"slots": 1}, "M2": {"slots": 1}}
    estate = scenario(machines=machines, folders={"A": busy(1.2), "B": busy(0.3, "M1", "M2")})
    assert told(estate) == [(("A",), 1.2, 1)]


def test_each_set_of_folders_is_told_of_by_itself() -> None:
    machines = {"M1": {"slots": 1}, "M2": {"slots": 2}}
    folders = {"A": busy(1.2), "B": busy(2.5, "M2"), "C": busy(0.5, "M2")}
    estate = scenario(machines=machines, folders=folders)
    assert told(estate) == [(("A",), 1.2, 1), (("B", "C"), 3, 2)]


ORDERS = {
    "priority": ("priority", ("Finance",)),
    "oldest": ("oldest", ("HR", "Finance")),
    "random": ("random", ("HR", "Finance")),
    # Turns for 1 start an hour each take 2 of 6 slots; HR gets the 4 left of its 5.
    "in turn": ("round_robin", ("HR",)),
}


@pytest.mark.parametrize(("order", "waiting"), ORDERS.values(), ids=ORDERS)
def test_who_waits_follows_from_the_order(order: str, waiting: tuple[str, ...]) -> None:
    folders = {"HR": busy(5, "vm", priority=65), "Finance": busy(2.2, "vm")}
    (one,) = found(scenario(machines=VM, folders=folders, dispatch={"order": order}))
    assert (one.folders, one.waiting) == (("HR", "Finance"), waiting)


def test_below_the_level_that_does_not_fit_nothing_is_served() -> None:
    """By priority HR's 5 of 6 fit, Finance's 2.2 do not, nor does the little that comes last."""
    folders = {
        "HR": busy(5, "vm", priority=65),
        "Finance": busy(2.2, "vm"),
        "Tidying": busy(0.01, "vm", priority=5),
        "Elsewhere": busy(0.01, "vm", "spare", priority=5),
    }
    estate = scenario(machines={**VM, "spare": {}}, folders=folders)
    (one,) = found(estate)
    assert one.waiting == ("Finance", "Tidying")
    assert one.need == pytest.approx(7.21)


SERVED: dict[str, dict[str, Any]] = {
    "nine tenths": {"triggers": {"T": event({"poisson": "5.4 per hour"})}},
    "all of it, without chance": {"triggers": {"T": event({"every": "10m"})}},
    "all of it, each a little late": {
        "triggers": {"T": event({"every": "10m", "jitter": {"uniform": ["0s", "5m"]}})}
    },
    "all of it, whichever is first, however it ends": {
        "processes": {"P": {"duration": "10m", "faults": "10%"}},
        "triggers": {"T": event({"every": "10m"})},
        "dispatch": {"order": "random"},
    },
    "a job works on through the night while there are items": {
        "machines": {"M1": {"maintenance": [{"cron": "0 0 0 * * ?", "duration": "12h"}]}},
        "queues": {"Q": {}},
        "processes": {"P": {"duration": "0s", "queue": "Q"}},
        "triggers": {"T": {"process": "P", "queue": {"name": "Q"}, "created_by": "owner"}},
        "arrivals": {
            "A": {
                "queue": "Q",
                "by": "owner",
                "items": {"poisson": "4 per hour"},
                "item_duration": "9m",
            },
        },
    },
    "the longest jobs run on through the night": {
        "machines": {"M1": {"maintenance": [{"cron": "0 0 0 * * ?", "duration": "12h"}]}},
        "processes": {"P": {"duration": {"lognormal": {"mean": "1h", "cv": 5}}}},
        "triggers": {"T": event({"poisson": "13.6 per day"})},
    },
    "a busy session faults": {
        "machines": {"M1": {"slots": 2, "windows_sessions": 1}},
        "processes": {"P": {"duration": "10m", "type": "foreground"}},
        "triggers": {"T": event({"poisson": "60 per hour"})},
        "assumptions": {"busy_session": "fault"},
    },
    "a busy account faults": {
        "machines": {"M1": {"slots": 2}},
        "processes": {"P": {"duration": "10m", "type": "foreground"}},
        "triggers": {"T": event({"poisson": "60 per hour"})},
        "assumptions": {"busy_session": "fault"},
    },
    "a guard keeps it few": {
        "triggers": {"T": event({"every": "1m"}, pending_guard="per_trigger")}
    },
    "a cron has a guard by itself": {
        "triggers": {"T": {"process": "P", "time": {"cron": "0 * * * * ?"}, "created_by": "owner"}}
    },
    "a limit refuses what is too much": {
        "processes": {"P": {"duration": "10m", "pending_limit": 5}},
        "triggers": {"T": event({"poisson": "60 per hour"})},
    },
    "patience ends": {
        "processes": {"P": {"duration": "10m", "pending_expiry": "1h"}},
        "triggers": {"T": event({"poisson": "60 per hour"})},
    },
    "users wait for their own jobs": {
        "triggers": {"T": event({"users": 50, "think": "1m"})},
    },
    "it was once": {
        "triggers": {"T": event({"at": ["2026-01-05T08:00"] * 500})},
    },
    "it ends within the run": {
        "triggers": {"T": event({"poisson": "60 per hour"}, until="2026-01-05T12:00")},
    },
    "all are refused": {
        "accounts": {"robot": {"type": "robot"}, "nobody": {"type": "user"}},
        "starts": {"S": {"process": "P", "by": "nobody", "stream": {"poisson": "60 per hour"}}},
    },
    "it is stopped in time": {
        "triggers": {"T": event({"poisson": "60 per hour"}, stop_after="50s")},
    },
    "no slot at all, which is told elsewhere": {
        "machines": {"M1": {"hosts": 0}},
        "triggers": {"T": event({"poisson": "60 per hour"})},
    },
}


@pytest.mark.parametrize("parts", SERVED.values(), ids=SERVED)
def test_what_is_served_or_given_up_is_no_overload(parts: dict[str, Any]) -> None:
    """Jobs of 10 minutes on one slot."""
    assert found(one_folder(**parts)) == ()


FOREGROUND = {"P": {"duration": "10m", "type": "foreground"}}
LOADS: dict[str, tuple[dict[str, Any], float, float, list[str]]] = {
    # No session is ever busy where a slot is free, so that jobs wait for slots.
    "what could fault at a busy session, and never does": (
        {
            "processes": {"P": {"duration": "10m", "type": "foreground"}},
            "triggers": {"T": event({"poisson": "9 per hour"})},
            "assumptions": {"busy_session": "fault"},
        },
        1.5,
        1,
        ["account"],
    ),
    "all of it, with chance": (
        {"triggers": {"T": event({"poisson": "6 per hour"})}},
        1,
        1,
        ["slot"],
    ),
    # 5 working days of 8 h at 30 an hour are 1,200 jobs of 10 min in the 168 h of a week.
    "a profile counts by the week": (
        {"triggers": {"T": event({"profile": {"mon-fri": {"09:00-17:00": "30 per hour"}}})}},
        200 / 168,
        1,
        ["slot"],
    ),
    # 300 jobs of 10 min a working day: 250 h a week of 168 h.
    "a cron counts by the cycle": (
        {
            "triggers": {
                "T": {
                    "process": "P",
                    "jobs": 300,
                    "time": {"cron": "0 0 8 ? * MON-FRI"},
                    "created_by": "owner",
                    "pending_guard": "none",
                }
            }
        },
        250 / 168,
        1,
        ["slot"],
    ),
    "start-up and latency hold the slot too": (
        {
            "processes": {"P": {"duration": "5m", "start_up": "3m"}},
            "triggers": {"T": event({"poisson": "6 per hour"})},
            "dispatch": {"latency": "3m"},
        },
        1.1,
        1,
        ["slot"],
    ),
    # Two stretches on average.
    "all stretches of running count": (
        {
            "processes": {
                "P": {"duration": "10m", "suspends": {"probability": "50%", "for": "1h"}}
            },
            "triggers": {"T": event({"poisson": "4 per hour"})},
        },
        4 / 3,
        1,
        ["slot"],
    ),
    # Three in four end Successful, each followed by two jobs of 10 min.
    "what follows counts": (
        {
            "processes": {
                "P": {"duration": "10m", "faults": "25%", "then": {"start": "Q", "jobs": 2}},
                "Q": {"duration": "10m"},
            },
            "triggers": {"T": event({"poisson": "3 per hour"})},
        },
        1.25,
        1,
        ["slot"],
    ),
    "a cycle that never ends": (
        {
            "processes": {"P": {"duration": "10m", "then": {"start": "P"}}},
            "triggers": {"T": event({"poisson": "1 per day"})},
        },
        math.inf,
        1,
        ["slot"],
    ),
    # Of 60 minutes 45 are up.
    "a host is down for a quarter of the time": (
        {
            "machines": {"M1": {"failures": {"up": {"exponential": "45m"}, "down": "15m"}}},
            "triggers": {"T": event({"poisson": "5 per hour"})},
        },
        5 / 6,
        0.75,
        ["slot"],
    ),
    # 6 h a day, into which jobs of 10 min reach for about as long.
    "maintenance takes its time": (
        {
            "machines": {"M1": {"maintenance": [{"cron": "0 0 0 * * ?", "duration": "6h"}]}},
            "triggers": {"T": event({"poisson": "5 per hour"})},
        },
        5 / 6,
        1 - (6 * 60 - 10) / (24 * 60),
        ["slot"],
    ),
    "the faster machine counts": (
        {
            "machines": {"slow": {"duration_factor": 2}, "fast": {"duration_factor": 0.5}},
            "triggers": {"T": event({"poisson": "25 per hour"})},
        },
        25 / 12,
        2,
        ["slot", "slot"],
    ),
    "slots without a licence are none": (
        {
            "machines": {"M1": {"slots": 4}},
            "licences": {"unattended": 3},
            "triggers": {"T": event({"poisson": "20 per hour"})},
        },
        10 / 3,
        3,
        ["slot"],
    ),
    "hosts that boot count, as far as there are licences": (
        {
            "machines": {"M1": {"pool": {"min": 1, "max": 9}, "slots": 2}},
            "licences": {"unattended": 5},
            "triggers": {"T": event({"poisson": "36 per hour"})},
        },
        6,
        5,
        ["slot", "licence"],
    ),
    "each host has so many sessions": (
        {
            "machines": {"M1": {"hosts": 2, "slots": 4, "windows_sessions": 1}},
            "accounts": {"robot": {"type": "robot", "count": 9}},
            "processes": FOREGROUND,
            "triggers": {"T": event({"poisson": "15 per hour"})},
        },
        2.5,
        2,
        ["session"],
    ),
    "an account has one foreground job on each host": (
        {
            "machines": {"M1": {"hosts": 2, "slots": 4}},
            "processes": FOREGROUND,
            "triggers": {"T": event({"poisson": "15 per hour"})},
        },
        2.5,
        2,
        ["account"],
    ),
    "or one anywhere": (
        {
            "machines": {"M1": {"hosts": 9, "slots": 4}},
            "accounts": {"robot": {"type": "robot", "count": 2, "one_job_at_a_time": True}},
            "processes": FOREGROUND,
            "triggers": {"T": event({"poisson": "15 per hour"})},
        },
        2.5,
        2,
        ["account"],
    ),
    "one host is asked for": (
        {
            "machines": {"M1": {"names": ["a", "b"]}},
            "triggers": {
                "T": event({"poisson": "9 per hour"}, run_as={"machine": "M1", "host": "b"})
            },
        },
        1.5,
        1,
        ["slot"],
    ),
}


@pytest.mark.parametrize(("parts", "need", "room", "kinds"), LOADS.values(), ids=LOADS)
def test_need_and_room(parts: dict[str, Any], need: float, room: float, kinds: list[str]) -> None:
    """Jobs of 10 minutes, unless the parts say otherwise; need and room by hand."""
    (one,) = found(one_folder(**parts))
    assert (one.need, one.room) == (pytest.approx(need), pytest.approx(room, rel=1e-3))
    assert [node.kind for node, _ in one.narrow] == kinds


ITEMS = {"queue": "Q", "by": "owner", "items": {"poisson": "30 per hour"}, "item_duration": "6m"}
"""3 slots' worth of items."""


def queue_folder(at_most: int, **arrival: Any) -> dict[str, Any]:
    return folder(
        machines=["vm"],
        queues={"Q": {"retries": 1}},
        processes={"P": {"duration": "1m", "queue": "Q"}},
        arrivals={"A": {**ITEMS, **arrival}},
        triggers={
            "T": {
                "process": "P",
                "created_by": "owner",
                "queue": {"name": "Q", "at_most": at_most},
            }
        },
    )


def test_items_need_the_jobs_that_their_trigger_may_have() -> None:
    """3 of 2 at a time; 6 slots would do. The queue and its jobs are those in trouble."""
    (one,) = found(scenario(machines=VM, folders={"F": queue_folder(2)}))
    assert (one.need, one.room) == (pytest.approx(3), 2)
    assert [(node.kind, node.names) for node, _ in one.narrow] == [("at_most", ("F:T",))]
    assert one.narrow[0][0].path == ("folders", "F", "triggers", "T", "queue", "at_most")
    assert one.queues == {"F:Q"}
    assert [each.source for each in one.submissions] == ["F:T"]


QUEUES: dict[str, tuple[int, dict[str, Any], float | None]] = {
    "as many jobs as it takes": (4, {}, None),
    "all slots, and half of the items tried again": (99, {"faults": "50%", "jobs": 2}, 9),
    "nobody may add half of them": (2, {"by": "half"}, None),
}


@pytest.mark.parametrize(("at_most", "arrival", "need"), QUEUES.values(), ids=QUEUES)
def test_items_take_slots(at_most: int, arrival: dict[str, Any], need: float | None) -> None:
    accounts = {
        "robot": {"type": "robot"},
        "owner": {"type": "user", "groups": ["half"]},
        "nobody": {"type": "user", "groups": ["half"]},
    }
    folders = {"F": queue_folder(at_most, **arrival)}
    one = found(scenario(machines=VM, accounts=accounts, folders=folders))
    assert [each.need for each in one] == ([] if need is None else [pytest.approx(need)])


def test_jobs_that_never_wait_too_long_suffer_with_the_others() -> None:
    """Users of a closed loop in the line of an overload wait ever longer as well."""
    crowd = folder(triggers={"T": event({"users": 2, "think": "1h"})})
    (one,) = found(scenario(folders={"A": busy(1.2), "Crowd": crowd}))
    assert one.folders == ("A",)
    assert {each.source for each in one.submissions} == {"A:T", "Crowd:T"}


def test_sets_of_folders_against_every_subset() -> None:
    """40 random estates of 4 folders and 3 machines: what Hall's condition says is found."""
    random = np.random.default_rng(20260105)
    seen = set()
    for _ in range(40):
        slots = random.integers(1, 4, size=3)
        uses = random.random((4, 3)) < 0.6
        uses[~uses.any(axis=1), 0] = True
        loads = random.integers(1, 30, size=4) / 10 + 0.05
        machines = {f"M{one}": {"slots": int(count)} for one, count in enumerate(slots)}
        folders = {
            f"F{one}": busy(float(load), *(f"M{two}" for two in np.flatnonzero(uses[one])))
            for one, load in enumerate(loads)
        }
        broken = any(
            loads[list(some)].sum() > slots[uses[list(some)].any(axis=0)].sum()
            for size in range(1, 5)
            for some in combinations(range(4), size)
        )
        assert bool(found(scenario(machines=machines, folders=folders))) == broken
        seen.add(broken)
    assert seen == {True, False}
