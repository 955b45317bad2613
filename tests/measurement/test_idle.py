"""What stood free while jobs waited, by hand: an hour in which one job or two wait for a slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from builders_records import Break, Job
from builders_waits import Estate, Held, Slots, a_line, waiting

from simulator.measurement.idling.idle import idle_of
from simulator.plan.lines import Place
from simulator.plan.openings import Opening, Rule
from simulator.plan.places import Host
from simulator.records.codes import Interruption, SlotState
from simulator.records.columns import Records

WAITS = Job(600.0, 3000.0, route=0)
"""A job of line 0 that waits from 600 s to 3000 s: 2400 s."""

ELSEWHERE = Place(0, (1,), (0,))
"""Host 1, which line 0 may not use; under account 0."""


def opened(
    estate: Estate,
    run: Records,
    *openings: Opening,
    sessions: Sequence[int | None] = (),
    from_s: float = 0.0,
    to_s: float = 3600.0,
) -> list[float]:
    """The seconds of each opening; `sessions` are those of the hosts."""
    eligibility = estate.eligibility
    if sessions:
        eligibility = replace(eligibility, hosts=tuple(Host(0, limit) for limit in sessions))
    found = idle_of(openings, eligibility, estate.legend(from_s, to_s), run)
    return list(found.seconds.tolist())


def of(rule: Rule, *places: Place, accounts: tuple[int, ...] = ()) -> Opening:
    """An opening for the jobs of line 0."""
    return Opening(rule, (0,), places, accounts)


def in_state(state: SlotState, from_s: float, to_s: float, host: int = 1) -> Slots:
    return Slots(host, 1, from_s, to_s, state)


# --- slots of another machine: folder assignment, mapping, process types -----------------------

BACKGROUND = Estate([a_line(0), a_line(1)], (1, 2))
HOST_0_HELD = Held(1, 0.0, 3600.0)
OTHER = Job(0.0, 0.0, 3600.0, route=1)
"""Whoever holds slots: a job of line 1."""

SLOTS_ELSEWHERE: list[tuple[str, list[Held], list[Slots], float]] = [
    ("free all the time", [], [Slots(0), Slots(1)], 2400),
    ("two are no more use than one", [], [Slots(0), Slots(1, 2)], 2400),
    ("held for 1000 s of it", [Held(1, 1000.0, 2000.0, 1)], [Slots(0), Slots(1)], 1400),
    (
        "one of two held",
        [Held(1, 1000.0, 2000.0, 1)],
        [Slots(0), Slots(1, 2)],
        2400,
    ),
    ("held all along", [Held(1, 0.0, 3600.0, 1)], [Slots(0), Slots(1)], 0),
    ("there from 1000 s on", [], [Slots(0), Slots(1, from_s=1000.0)], 2000),
    (
        "in maintenance for 500 s, a job running on for 100 s of it",
        [Held(1, 0.0, 1100.0, 1)],
        [
            Slots(0),
            Slots(1, to_s=1000.0),
            in_state(SlotState.MAINTENANCE, 1000.0, 1500.0),
            Slots(1, from_s=1500.0),
        ],
        1500,
    ),
    (
        "down, booting, without a licence",
        [],
        [
            Slots(0),
            in_state(SlotState.DOWN, 0.0, 1000.0),
            in_state(SlotState.BOOTING, 1000.0, 2000.0),
            in_state(SlotState.UNLICENSED, 2000.0, 3600.0),
        ],
        0,
    ),
]


@pytest.mark.parametrize(
    ("held", "slots", "expected"),
    [row[1:] for row in SLOTS_ELSEWHERE],
    ids=[row[0] for row in SLOTS_ELSEWHERE],
)
@pytest.mark.parametrize("rule", [Rule.FOLDER, Rule.MAPPING, Rule.PROCESS_TYPES])
def test_slots_elsewhere_count_while_free_and_in_service(
    rule: Rule, held: list[Held], slots: list[Slots], expected: float
) -> None:
    run = waiting(WAITS, OTHER, held=[HOST_0_HELD, *held], slots=slots)
    assert opened(BACKGROUND, run, of(rule, ELSEWHERE)) == [expected]


def test_there_are_no_more_of_them_than_jobs_that_wait() -> None:
    """Two slots: one job waits from 600 s on, a second from 1200 s, both to 3000 s; a third one
    from 2900 s to 3600 s finds the two taken up to 3000 s."""
    jobs = [WAITS, OTHER, Job(1200.0, 3000.0, route=0), Job(2900.0, route=0, pending_s=700.0)]
    run = waiting(*jobs, held=[HOST_0_HELD], slots=[Slots(0), Slots(1, 2)])
    expected = 600.0 + 2 * 1800.0 + 600.0
    assert opened(BACKGROUND, run, of(Rule.FOLDER, ELSEWHERE)) == [expected]


def test_where_nobody_waited_nothing_counts() -> None:
    run = waiting(Job(0.0, 0.0, 3600.0, route=0), OTHER, slots=[Slots(0), Slots(1)])
    assert opened(BACKGROUND, run, of(Rule.FOLDER, ELSEWHERE)) == [0.0]


def test_jobs_of_another_line_do_not_count() -> None:
    run = waiting(WAITS, held=[Held(0, 3000.0, 3600.0)], slots=[Slots(0), Slots(1)])
    assert opened(BACKGROUND, run, Opening(Rule.FOLDER, (1,), (ELSEWHERE,))) == [0.0]


def test_the_jobs_of_several_lines_wait_together() -> None:
    """The same needs at two priorities: one waits from 600 s, the other from 1800 s, to 3000 s."""
    estate = Estate([a_line(0), a_line(0), a_line(1)], (1, 2))
    jobs = [WAITS, Job(1800.0, 3000.0, route=1)]
    run = waiting(*jobs, slots=[Slots(0), Slots(1, 2)])
    both = Opening(Rule.FOLDER, (0, 1), (ELSEWHERE,))
    assert opened(estate, run, both, of(Rule.FOLDER, ELSEWHERE)) == [3600.0, 2400.0]


def test_only_what_lies_in_the_window_counts() -> None:
    run = waiting(WAITS, OTHER, held=[HOST_0_HELD], slots=[Slots(0), Slots(1)])
    found = opened(BACKGROUND, run, of(Rule.FOLDER, ELSEWHERE), from_s=900.0, to_s=1500.0)
    assert found == [600.0]


def test_a_job_that_waits_out_the_latency_has_its_slot() -> None:
    """It has it from 2900 s on."""
    held = [HOST_0_HELD._replace(to_s=2900.0), Held(0, 2900.0, 3600.0, ran_from_s=3000.0)]
    run = waiting(WAITS, OTHER, held=held, slots=[Slots(0), Slots(1)])
    assert opened(BACKGROUND, run, of(Rule.FOLDER, ELSEWHERE)) == [2300.0]


@pytest.mark.parametrize("cause", list(Interruption), ids=lambda cause: cause.label)
def test_later_waits_count_too(cause: Interruption) -> None:
    """It starts at once, leaves at 1000 s, and waits again from then to 1300 s."""
    held = [Held(0, 600.0, 1000.0), Held(1, 1000.0, 1300.0), Held(0, 1300.0, 3600.0)]
    jobs = [Job(600.0, 600.0, route=0, host=0), Job(0.0, 0.0, 1300.0, route=1)]
    broken = [Break(0, 1000.0, 1000.0, 1300.0, cause)]
    run = waiting(*jobs, held=held, breaks=broken, slots=[Slots(0), Slots(1)])
    assert opened(BACKGROUND, run, of(Rule.FOLDER, ELSEWHERE)) == [300.0]


# --- foreground work takes a session and an account there too -----------------------------------

FOREGROUND = Estate(
    [a_line(0, takes_account=True), a_line(1, 2, takes_account=True, accounts=(0, 1, 2))],
    (1, 2, 1),
)


@pytest.mark.parametrize(
    ("host", "account", "allowed", "single", "expected"),
    [
        (1, 1, (1,), (), 1400),
        (1, 1, (1, 2), (), 2400),
        (1, 2, (1,), (), 2400),
        (2, 1, (1,), (), 2400),
        (2, 1, (1,), (1,), 1400),
        (2, 1, (1, 2), (1,), 2400),
    ],
    ids=[
        "the account is busy there",
        "another account is idle there",
        "another account is busy there",
        "busy on another host",
        "busy with its one job elsewhere",
        "with its one job elsewhere, another is idle",
    ],
)
def test_an_idle_account_is_needed_there(
    host: int, account: int, allowed: tuple[int, ...], single: tuple[int, ...], expected: float
) -> None:
    """From 1000 s to 2000 s an account runs a foreground job; a slot of host 1 is always free."""
    runs = Job(1000.0, 1000.0, 2000.0, route=1, host=host, account=account)
    held = [Held(1, 1000.0, 2000.0, host, 0, account)]
    run = waiting(WAITS, runs, held=held, slots=[Slots(1, 2), Slots(2)])
    estate = replace(FOREGROUND, single=single)
    assert opened(estate, run, of(Rule.FOLDER, Place(0, (1,), allowed))) == [expected]


def test_of_accounts_with_one_job_each_serves_one_slot() -> None:
    """Three jobs wait, hosts 1 and 2 have three free slots. Account 1 serves one of each host;
    account 2, which has one job at a time, the slot that is left."""
    jobs = [WAITS] * 3
    run = waiting(*jobs, slots=[Slots(1, 2), Slots(2)])
    place = Place(0, (1, 2), (1, 2))
    for single, count in ((), 3), ((2,), 3), ((1, 2), 2):
        estate = replace(FOREGROUND, single=single)
        assert opened(estate, run, of(Rule.FOLDER, place)) == [count * 2400.0]
    assert opened(FOREGROUND, run, of(Rule.FOLDER, Place(0, (1, 2), (1,)))) == [2 * 2400.0]


@pytest.mark.parametrize(("sessions", "expected"), [(None, 2400), (2, 2400), (1, 1400), (0, 0)])
def test_a_session_is_needed_there(sessions: int | None, expected: float) -> None:
    """From 1000 s to 2000 s somebody else has one of host 1, which has a free slot throughout."""
    runs = Job(1000.0, 1000.0, 2000.0, route=1, host=1, account=2)
    held = [Held(1, 1000.0, 2000.0, 1, 0, 2)]
    run = waiting(WAITS, runs, held=held, slots=[Slots(1, 2)])
    opening = of(Rule.MAPPING, Place(0, (1,), (1,)))
    found = opened(FOREGROUND, run, opening, sessions=(None, sessions, None))
    assert found == [expected]


def test_background_work_takes_neither() -> None:
    """One of the two slots of host 1 is always free; the only session and the account are not."""
    runs = Job(0.0, 0.0, 3600.0, route=1, host=1, account=0)
    held = [Held(1, 0.0, 3600.0, 1, 0, 0)]
    run = waiting(WAITS, runs, held=held, slots=[Slots(1, 2)])
    estate = Estate([a_line(0), a_line(1, takes_account=True)], (1, 2))
    assert opened(estate, run, of(Rule.FOLDER, ELSEWHERE), sessions=(1, 1)) == [2400.0]


# --- licences -----------------------------------------------------------------------------------

OWN = Place(0, (0,), (0,))


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([Slots(0, 2, state=SlotState.UNLICENSED)], 2400),
        ([Slots(0, from_s=1000.0, state=SlotState.UNLICENSED)], 2000),
        ([Slots(0)], 0),
        (
            [
                Slots(0, state=SlotState.UNLICENSED),
                Slots(0, to_s=1000.0),
                in_state(SlotState.DOWN, 1000.0, 1500.0, host=0),
                Slots(0, from_s=1500.0),
            ],
            1900,
        ),
    ],
    ids=["all along", "from 1000 s on", "licensed", "its host down for 500 s"],
)
def test_slots_without_a_licence(slots: list[Slots], expected: float) -> None:
    run = waiting(WAITS, OTHER, held=[HOST_0_HELD], slots=slots)
    assert opened(BACKGROUND, run, of(Rule.LICENCE, OWN)) == [expected]


# --- Windows sessions, and accounts with one job at a time --------------------------------------


@pytest.mark.parametrize(
    ("allowed", "sessions", "expected"),
    [((0, 1), 1, 1400), ((1,), 1, 0), ((0, 1), 2, 0), ((0, 1), None, 0), ((0, 1), 0, 2400)],
    ids=["taken", "the account as well", "one left", "no limit", "a host without any"],
)
def test_a_free_slot_without_a_session(
    allowed: tuple[int, ...], sessions: int | None, expected: float
) -> None:
    """Account 1 has a session of host 0 up to 2000 s, and one of its two slots."""
    estate = Estate([a_line(0, takes_account=True, accounts=allowed)], (2,))
    runs = Job(0.0, 0.0, 2000.0, route=0, host=0, account=1)
    run = waiting(WAITS, runs, held=[Held(1, 0.0, 2000.0, 0, 0, 1)], slots=[Slots(0, 2)])
    opening = of(Rule.SESSION, Place(0, (0,), allowed))
    assert opened(estate, run, opening, sessions=(sessions,)) == [expected]


@pytest.mark.parametrize(
    ("host", "allowed", "single", "sessions", "expected"),
    [
        (1, (0,), (0,), None, 1400),
        (0, (0,), (0,), None, 0),
        (1, (0, 1), (0,), None, 0),
        (1, (0, 1), (0, 1), None, 0),
        (1, (0,), (0,), 0, 0),
    ],
    ids=[
        "busy elsewhere",
        "busy on that host",
        "another is idle",
        "another with one job at a time is idle",
        "no session either",
    ],
)
def test_an_account_with_its_one_job_elsewhere(
    host: int,
    allowed: tuple[int, ...],
    single: tuple[int, ...],
    sessions: int | None,
    expected: float,
) -> None:
    """Account 0 runs a foreground job up to 2000 s; a slot of host 0 is free throughout."""
    line = a_line(0, takes_account=True, accounts=allowed)
    estate = Estate([line, a_line(1, takes_account=True)], (2, 1), single)
    runs = Job(0.0, 0.0, 2000.0, route=1, host=host, account=0)
    held = [Held(1, 0.0, 2000.0, host, 0, 0)]
    run = waiting(WAITS, runs, held=held, slots=[Slots(0, 2), Slots(1)])
    opening = of(Rule.LIMIT, *line.places, accounts=(0,))
    assert opened(estate, run, opening, sessions=(sessions, None)) == [expected]


# --- accounts that stand idle -------------------------------------------------------------------

ROBOT_RULES = [Rule.FOLDER, Rule.ROLE, Rule.MAPPING]


@pytest.mark.parametrize(
    ("held", "sessions", "slots", "expected"),
    [
        ([], None, 2, 1400),
        ([Held(2, 1000.0, 1500.0, 1, 0, 2)], None, 2, 900),
        ([], 1, 2, 0),
        ([], None, 1, 0),
    ],
    ids=["idle", "at work for 500 s", "without a session", "without a free slot"],
)
@pytest.mark.parametrize("rule", ROBOT_RULES)
def test_an_idle_account_beside_a_slot_that_lacks_one(
    rule: Rule, held: list[Held], sessions: int | None, slots: int, expected: float
) -> None:
    """Account 0, the only one allowed, runs on host 0 up to 2000 s; account 2 is idle."""
    line = a_line(0, takes_account=True)
    estate = Estate([line, a_line(1)], (2, 1))
    runs = Job(0.0, 0.0, 2000.0, route=0, host=0, account=0)
    other = Job(1000.0, 1000.0, 1500.0, route=1, host=1, account=2)
    held = [Held(1, 0.0, 2000.0), *held]
    run = waiting(WAITS, runs, other, held=held, slots=[Slots(0, slots), Slots(1)])
    opening = of(rule, *line.places, accounts=(2,))
    assert opened(estate, run, opening, sessions=(sessions, None)) == [expected]


def test_while_an_account_of_the_jobs_is_idle_they_lack_none() -> None:
    line = a_line(0, takes_account=True, accounts=(0, 1))
    run = waiting(WAITS, slots=[Slots(0)])
    opening = of(Rule.FOLDER, *line.places, accounts=(2,))
    assert opened(Estate([line]), run, opening) == [0.0]


def test_an_account_of_a_job_that_is_paused_is_not_idle() -> None:
    """Account 2 runs on host 1, which is down from 1200 s to 1600 s; account 0 on host 0."""
    line = a_line(0, takes_account=True)
    estate = Estate([line, a_line(1)], (2, 1))
    runs = Job(0.0, 0.0, 2000.0, route=0, host=0, account=0)
    paused = Job(1000.0, 1000.0, 1700.0, route=1, host=1, account=2)
    held = [
        Held(1, 0.0, 2000.0),
        Held(2, 1000.0, 1200.0, 1, 0, 2),
        Held(2, 1600.0, 1700.0, 1, 0, 2),
    ]
    run = waiting(WAITS, runs, paused, held=held, slots=[Slots(0, 2), Slots(1)])
    opening = of(Rule.FOLDER, *line.places, accounts=(2,))
    assert opened(estate, run, opening) == [1400.0 - 700.0]


def test_many_may_wait_for_it() -> None:
    """300 jobs from 600 s to 3000 s; it is one account all the same."""
    line = a_line(0, takes_account=True)
    runs = Job(0.0, 0.0, 2000.0, route=0, host=0, account=0)
    held = [Held(300, 0.0, 2000.0)]
    run = waiting(*[WAITS] * 300, runs, held=held, slots=[Slots(0, 2)])
    opening = of(Rule.FOLDER, *line.places, accounts=(2,))
    assert opened(Estate([line], (2,)), run, opening) == [1400.0]
