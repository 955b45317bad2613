"""The life of single jobs in small scenarios, worked out by hand: who held what, who overtook."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder
from builders_explained import charged, explained, of_folder, overtakers, starts, story, told

from simulator.explaining.job_story import explain
from simulator.records.codes import JobState

ROBOTS = {"robot": {"type": "robot", "count": 2}, "owner": {"type": "user"}}
FOREGROUND = {"P": {"duration": "10m", "type": "foreground"}, "B": {"duration": "10m"}}


def test_a_job_waits_for_another_folder() -> None:
    """F's job has the only slot from 8:00 to 8:10, when G's, of 8:01, has its turn."""
    one = explained(1, folders={"F": of_folder("08:00"), "G": of_folder("08:01")})
    assert story(one) == ["08:01-08:10 M1/1.0 slot held by 0"]
    assert charged(one) == {("slot held", "F"): 540.0}
    assert overtakers(one) == []
    assert (one.who.process, one.stretch_count, one.waited_s) == ("G:P", 1, 540.0)
    assert one.stretches[0].slots[0].by[0].account == "robot"
    assert [(span.host, span.from_s, span.to_s) for span in one.spans] == [
        ("M1/1", 8 * 3600 + 600, 8 * 3600 + 1200)
    ]


def test_a_higher_priority_overtakes_and_older_jobs_do_not() -> None:
    """0 has the slot; 1 and 2 wait when 3, of a high priority, comes, and goes before both."""
    high = starts("P", "08:03", priority="High")
    parts = {"starts": {"press": starts("P", "08:00", "08:01", "08:02"), "urgent": high}}
    one = explained(2, folders={"F": folder(**parts)})
    assert story(one) == [
        "08:02-08:10 M1/1.0 slot held by 0",
        "08:10-08:20 M1/1.0 slot held by 3",
        "08:20-08:30 M1/1.0 slot held by 1",
    ]
    assert overtakers(one) == ["3 at 08:10 on M1/1: higher priority"]
    assert one.overtakings.by_folder == (("F", 1),)
    assert charged(one) == {("slot held", "F"): 28 * 60.0}


SHARED: list[tuple[str, dict[str, Any], str, str]] = [
    ("session", {"windows_sessions": 1}, "session busy by 0", "session busy by 0"),
    ("account", {"windows_sessions": 2}, "account busy by 0", "account busy by 0"),
]


@pytest.mark.parametrize(
    ("machine", "finding", "reason"), [row[1:] for row in SHARED], ids=[row[0] for row in SHARED]
)
def test_a_free_slot_without_what_goes_with_it(
    machine: dict[str, Any], finding: str, reason: str
) -> None:
    """Two slots, one of them free till 8:02, when a background job takes it that needs no more."""
    parts = {
        "processes": FOREGROUND,
        "starts": {"press": starts("P", "08:00", "08:01"), "later": starts("B", "08:02")},
    }
    accounts = ROBOTS if "session" in finding else {**ROBOTS, "robot": {"type": "robot"}}
    one = explained(
        1,
        folders={"F": folder(**parts)},
        machines={"M1": {"hosts": 1, "slots": 2, **machine}},
        accounts=accounts,
    )
    assert story(one) == [
        "08:01-08:02 M1/1.0 slot held by 0",
        f"08:01-08:02 M1/1.1 {finding}",
        "08:02-08:10 M1/1.0 slot held by 0",
        "08:02-08:10 M1/1.1 slot held by 2",
    ]
    assert overtakers(one) == [f"2 at 08:02 on M1/1: {reason}"]
    cause = finding.partition(" by ")[0]
    assert charged(one) == {("slot held", "F"): 30.0 + 480.0, (cause, "F"): 30.0}


def test_held_back_by_an_older_job_of_the_folder() -> None:
    """1 may run on M1 alone, where 0 is; 2 could have M2, but 1 goes first; G's 3 takes it."""
    on_one = {"run_as": {"machine": "M1"}}
    own = {
        "machines": ["M1", "M2"],
        "starts": {
            "fixed": starts("P", "08:00", "08:01", **on_one),
            "free": starts("P", "08:02"),
        },
    }
    one = explained(
        2,
        machines={"M1": {}, "M2": {}},
        folders={"F": folder(**own), "G": of_folder("08:03", machines=["M2"])},
        dispatch={"blocked": "block"},
    )
    assert story(one) == [
        "08:02-08:03 M1/1.0 slot held by 0",
        "08:02-08:03 M2/1.0 held back by 1",
        "08:03-08:10 M1/1.0 slot held by 0",
        "08:03-08:10 M2/1.0 slot held by 3",
        "08:10-08:13 M1/1.0 slot held by 1",
        "08:10-08:13 M2/1.0 slot held by 3",
    ]
    assert overtakers(one) == ["3 at 08:03 on M2/1: held back by 1"]


def test_another_order_is_a_reason_of_its_own() -> None:
    """Under round_robin G, which was never served, goes before F's older job."""
    one = explained(
        1,
        folders={"F": of_folder("08:00", "08:01"), "G": of_folder("08:02")},
        dispatch={"order": "round_robin"},
    )
    assert overtakers(one) == ["2 at 08:10 on M1/1: order"]
    assert one.order == "round_robin"


def test_the_latency_is_spent_on_its_own_slot() -> None:
    one = explained(0, folders={"F": of_folder("08:00")}, dispatch={"latency": "30s"})
    assert story(one) == ["08:00-08:00:30 M1/1.0 dispatch latency"]
    assert charged(one) == {("dispatch latency", ""): 30.0}
    assert [(span.from_s, span.ran_from_s) for span in one.spans] == [(28800.0, 28830.0)]


def test_whoever_gets_a_slot_while_the_job_has_one_is_past_caring() -> None:
    """Both of 8:00 have a slot, and wait out their latency."""
    parts = {"F": of_folder("08:00"), "G": of_folder("08:00")}
    two = {"M1": {"slots": 2}}
    assert overtakers(explained(0, folders=parts, machines=two, dispatch={"latency": "1m"})) == []


OUT_OF_SERVICE: list[tuple[str, dict[str, Any], list[str], dict[tuple[str, str], float]]] = [
    (
        "maintenance",
        {"machines": {"M1": {"maintenance": [{"cron": "0 0 8 * * ?", "duration": "1h"}]}}},
        ["08:10-09:00 M1/1.0 maintenance"],
        {("maintenance", ""): 3000.0},
    ),
    (
        "booting",
        {"machines": {"M1": {"pool": {"min": 0, "max": 1, "boot": "5m", "idle_stop": "1h"}}}},
        ["08:10-08:15 M1/1.0 booting"],
        {("booting", ""): 300.0},
    ),
    (
        "no licence",
        {"licences": {"unattended": 0}},
        ["08:10-24:00 M1/1.0 unlicensed"],
        {("unlicensed", ""): 15.0 * 3600 + 50 * 60},
    ),
    (
        "no host",
        {"machines": {"M1": {"hosts": 0}}},
        ["08:10-24:00 M1 no host"],
        {("no host", ""): 15.0 * 3600 + 50 * 60},
    ),
    (
        "no machine",
        {"machines": {"M1": {"process_types": "foreground"}}},
        ["08:10-24:00  no machine"],
        {("no machine", ""): 15.0 * 3600 + 50 * 60},
    ),
]


@pytest.mark.parametrize(
    ("parts", "expected", "seconds"),
    [row[1:] for row in OUT_OF_SERVICE],
    ids=[row[0] for row in OUT_OF_SERVICE],
)
def test_slots_that_cannot_be_had(
    parts: dict[str, Any], expected: list[str], seconds: dict[tuple[str, str], float]
) -> None:
    one = explained(0, folders={"F": of_folder("08:10")}, **parts)
    assert story(one) == expected
    assert charged(one) == seconds


DOWN_AT_NINE: dict[str, Any] = {
    "M1": {"failures": {"up": "9h", "down": "1h", "running_jobs": "pause"}}
}


def test_a_paused_job_rests_on_a_host_that_is_down() -> None:
    """0 runs from 8:55, is paused from nine to ten and has its slot back till 10:05."""
    parts = of_folder("08:55", "08:57")
    one = explained(1, folders={"F": parts}, machines=DOWN_AT_NINE)
    assert story(one) == [
        "08:57-09:00 M1/1.0 slot held by 0",
        "09:00-10:00 M1/1.0 host down",
        "10:00-10:05 M1/1.0 slot held by 0",
    ]
    assert charged(one) == {("host down", ""): 3600.0, ("slot held", "F"): 480.0}


def test_a_paused_job_keeps_its_account() -> None:
    """On M2 a slot is free, but the one robot under one_job_at_a_time rests on M1."""
    robot = {"type": "robot", "one_job_at_a_time": True}
    one = explained(
        1,
        folders={"F": of_folder("08:55", "09:10", processes=FOREGROUND, machines=["M1", "M2"])},
        machines={**DOWN_AT_NINE, "M2": {}},
        accounts={"robot": robot, "owner": {"type": "user"}},
    )
    assert story(one) == [
        "09:10-10:00 M1/1.0 host down",
        "09:10-10:00 M2/1.0 account busy by 0",
        "10:00-10:05 M1/1.0 slot held by 0",
        "10:00-10:05 M2/1.0 account busy by 0",
    ]


def test_later_breaks_are_told_with_their_waits() -> None:
    """0 loses its host at nine, is back in line at once, and begins anew at ten."""
    restart = {"M1": {"failures": {"up": "9h", "down": "1h", "running_jobs": "restart"}}}
    one = explained(0, folders={"F": of_folder("08:55")}, machines=restart)
    nine, ten = 9 * 3600.0, 10 * 3600.0
    assert [(a.cause.label, a.left_s, a.back_s, a.again_s) for a in one.breaks] == [
        ("Restarted", nine, nine, ten)
    ]
    assert [(span.from_s, span.to_s) for span in one.spans] == [
        (nine - 300, nine),
        (ten, ten + 600),
    ]
    assert (one.waited_s, one.resumed_s, one.running_s) == (0.0, 3600.0, 900.0)


def test_of_two_slots_the_one_without_a_licence_is_the_last() -> None:
    one = explained(
        1,
        folders={"F": of_folder("08:00", "08:01")},
        machines={"M1": {"slots": 2}},
        licences={"unattended": 1},
    )
    assert story(one) == ["08:01-08:10 M1/1.0 slot held by 0", "08:01-08:10 M1/1.1 unlicensed"]
    assert one.picture is not None
    causes = [[bar.cause.label for bar in row.bars] for row in one.picture.rows]
    assert causes == [["slot held", "slot held"], ["unlicensed"]]


def test_a_refused_start_tells_what_was_missing() -> None:
    """The guest has no access to the folder; nobody's wait is told of."""
    accounts = {"robot": {"type": "robot"}, "owner": {"type": "user"}, "guest": {"type": "user"}}
    press = {**starts("P", "08:00"), "by": "guest"}
    one = explained(0, folders={"F": folder(starts={"press": press})}, accounts=accounts)
    assert one.state is JobState.REFUSED
    assert one.refusal is not None
    assert one.refusal.in_words == "400/1100: access to F"
    assert (one.submission.account, one.submission.is_asked) == ("guest", True)
    assert one.submission.by == "not assigned to F or a folder above it, by name or by a group"
    assert (one.needed, one.picture, one.stretches) == (None, None, ())


def test_an_expired_job_waited_for_as_long_as_its_process_lets_it() -> None:
    patient = {"P": {"duration": "10m", "pending_expiry": "4m"}}
    one = explained(1, folders={"F": of_folder("08:00", "08:01", processes=patient)})
    assert (one.state, one.waited_s) == (JobState.EXPIRED, 240.0)
    assert story(one) == ["08:01-08:05 M1/1.0 slot held by 0"]
    assert one.spans == ()


def test_by_what_right_a_start_and_a_trigger_submit() -> None:
    """A start asks whoever presses; a trigger's firing nobody: its maker was asked once."""
    event = {"at": ["2026-01-05T09:00"]}
    trigger = {"process": "P", "created_by": "owner", "event": event}
    found = told(folders={"F": of_folder("08:00", triggers={"T": trigger})})
    start, firing = (explain(found, job).submission for job in (0, 1))
    assert (start.account, start.is_asked) == ("owner", True)
    assert start.by == "Folder Administrator in F by name"
    assert (firing.source, firing.account, firing.is_asked) == ("F:T", "owner", False)
    assert firing.by == "Folder Administrator in F by name"


def test_what_a_job_needs() -> None:
    parts = of_folder("08:00", processes=FOREGROUND)
    needed = explained(0, folders={"F": parts}, accounts=ROBOTS).needed
    assert needed is not None
    assert (needed.takes_session, needed.takes_account, needed.priority) == (True, True, 45)
    assert [(place.hosts, place.slots, place.accounts) for place in needed.places] == [
        (("M1/1",), 1, ("robot-1", "robot-2"))
    ]


def test_a_job_that_has_its_place_at_once_has_no_picture() -> None:
    one = explained(0, folders={"F": of_folder("08:00")})
    assert (one.waited_s, one.stretches, one.charges, one.picture) == (0.0, (), (), None)


def test_only_the_longest_stretches_are_told() -> None:
    """Of 16 jobs of ten minutes the first is over at 8:10: 15 are ahead of the one of 8:16."""
    times = [f"08:{minute:02}" for minute in range(17)]
    one = explained(16, folders={"F": of_folder(*times)})
    assert (one.stretch_count, len(one.stretches)) == (15, 12)
    begins = [stretch.from_s for stretch in one.stretches]
    assert begins == sorted(begins)
    assert sum(charged(one).values()) == one.waited_s


def test_the_picture_has_the_slot_it_got_and_some_of_many_others() -> None:
    """30 slots are full when the last job comes; the first to be free is the last of all."""
    times = ["08:00"] * 29 + ["07:59", "08:01"]
    one = explained(30, folders={"F": of_folder(*times)}, machines={"M1": {"slots": 30}})
    assert one.picture is not None
    assert (len(one.picture.rows), one.picture.slot_count) == (20, 30)
    own = [bar.who == one.who for row in one.picture.rows for bar in row.bars]
    assert sum(own) == 1


def test_a_job_of_another_number_is_no_job() -> None:
    with pytest.raises(IndexError):
        explained(5, folders={"F": of_folder("08:00")})
