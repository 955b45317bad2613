"""What Pending jobs waited for, by rule and by hand: an hour of one folder's jobs or two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders_records import NAN, Break, Job
from builders_waits import Estate, Held, Slots, a_line, waiting

from simulator.measurement.reasons import pending_reasons
from simulator.records.codes import Interruption, JobState, PendingReason, SlotState
from simulator.records.columns import Records

FULL = PendingReason.TEMPLATE_FULL_CAPACITY
NO_HOSTS = PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE
MAINTENANCE = PendingReason.TEMPLATE_MAINTENANCE_MODE
NO_LICENSE = PendingReason.TEMPLATE_NO_LICENSE
LIMIT = PendingReason.ROBOT_CONCURRENCY_LIMIT
BUSY = PendingReason.ROBOT_BUSY
NONE = PendingReason.NONE
NO_FOREGROUND = PendingReason.DYNAMIC_JOB_FOREGROUND_AUTOMATION_TYPE_INVALID

ONE_LINE = Estate([a_line(0)])
WAITS = Job(600.0, 3000.0, route=0)
"""A job that waits from 600 s to 3000 s."""

Seconds = dict[PendingReason, float]


def waited(
    estate: Estate, run: Records, folder: int = 0, from_s: float = 0.0, to_s: float = 3600.0
) -> tuple[Seconds, Seconds]:
    """The seconds of first waits by code, and those of later ones, without the zeros."""
    figures = pending_reasons(estate.eligibility, estate.legend(from_s, to_s), run)
    first, later = (
        {PendingReason(code): float(seconds[code]) for code in np.flatnonzero(seconds)}
        for seconds in (figures.pending_s[folder], figures.resumed_s[folder])
    )
    return first, later


def in_state(state: SlotState, from_s: float = 0.0, to_s: float = 3600.0, host: int = 0) -> Slots:
    return Slots(host=host, from_s=from_s, to_s=to_s, state=state)


OF_SLOTS: list[tuple[str, list[Slots], Seconds]] = [
    ("all held", [Slots()], {FULL: 2400}),
    ("maintenance", [in_state(SlotState.MAINTENANCE)], {MAINTENANCE: 2400}),
    ("down", [in_state(SlotState.DOWN)], {NO_HOSTS: 2400}),
    ("booting", [in_state(SlotState.BOOTING)], {NO_HOSTS: 2400}),
    ("host off", [], {NO_HOSTS: 2400}),
    ("no licence", [in_state(SlotState.UNLICENSED)], {NO_LICENSE: 2400}),
    ("partly licensed", [in_state(SlotState.UNLICENSED), Slots()], {FULL: 2400}),
    (
        "one after the other",
        [
            in_state(SlotState.USABLE, to_s=1000.0),
            in_state(SlotState.MAINTENANCE, 1000.0, 1500.0),
            in_state(SlotState.DOWN, 1500.0, 2000.0),
            in_state(SlotState.USABLE, 2000.0),
        ],
        {FULL: 400 + 1000, MAINTENANCE: 500, NO_HOSTS: 500},
    ),
    (
        "off, then booting, then there",
        [in_state(SlotState.BOOTING, 900.0, 1000.0), in_state(SlotState.USABLE, 1000.0)],
        {NO_HOSTS: 400, FULL: 2000},
    ),
]


@pytest.mark.parametrize(("slots", "expected"), [row[1:] for row in OF_SLOTS],
                         ids=[row[0] for row in OF_SLOTS])  # fmt: skip
def test_without_a_free_slot(slots: list[Slots], expected: Seconds) -> None:
    """The slot is held, as long as there is one and longer; by whom does not matter."""
    run = waiting(WAITS, held=[Held(0, 0.0, 3600.0)], slots=slots)
    assert waited(ONE_LINE, run) == (expected, {})


BEST_OF_TWO: list[tuple[SlotState, SlotState, PendingReason]] = [
    (SlotState.USABLE, SlotState.MAINTENANCE, FULL),
    (SlotState.MAINTENANCE, SlotState.DOWN, MAINTENANCE),
    (SlotState.DOWN, SlotState.UNLICENSED, NO_HOSTS),
    (SlotState.BOOTING, SlotState.UNLICENSED, NO_HOSTS),
    (SlotState.UNLICENSED, SlotState.UNLICENSED, NO_LICENSE),
]


@pytest.mark.parametrize(("one", "other", "code"), BEST_OF_TWO)
def test_of_two_hosts_the_nearer_to_service_decides(
    one: SlotState, other: SlotState, code: PendingReason
) -> None:
    run = waiting(
        WAITS,
        held=[Held(0, 0.0, 3600.0)],
        slots=[in_state(one, host=0), in_state(other, host=1)],
    )
    assert waited(Estate([a_line(0, 1)], slots=(1, 1)), run) == ({code: 2400}, {})


def test_a_host_that_is_off_lacks_a_licence_while_others_have_them_all() -> None:
    """Of two licences, hosts of another line have one all the time, and one from 1000 s on."""
    estate = Estate([a_line(0), a_line(1)], slots=(1, 2), licences=2)
    run = waiting(WAITS, slots=[Slots(1), Slots(1, from_s=1000.0)])
    assert waited(estate, run) == ({NO_HOSTS: 400, NO_LICENSE: 2000}, {})


def test_a_host_in_maintenance_that_finishes_its_jobs_has_no_free_slot() -> None:
    """Its job ends at 1000 s; the slot is free only once the maintenance is over at 2000 s."""
    slots = [in_state(SlotState.MAINTENANCE, to_s=2000.0), in_state(SlotState.USABLE, 2000.0)]
    run = waiting(WAITS, held=[Held(0, 0.0, 1000.0)], slots=slots)
    assert waited(ONE_LINE, run) == ({MAINTENANCE: 1400, NONE: 1000}, {})


def test_where_one_job_follows_another_no_slot_is_free() -> None:
    held = [Held(0, 0.0, 1000.0), Held(0, 1000.0, 2000.0), Held(0, 2000.0, 3600.0)]
    assert waited(ONE_LINE, waiting(WAITS, held=held)) == ({FULL: 2400}, {})


def test_slots_of_other_lines_do_not_count() -> None:
    """Pool 1 is free all the time, and of no use to line 0."""
    run = waiting(WAITS, held=[Held(0, 0.0, 3600.0)], slots=[Slots(0), Slots(1)])
    assert waited(Estate([a_line(0), a_line(1)], slots=(1, 1)), run) == ({FULL: 2400}, {})


def test_a_line_without_any_place_waits_for_what_the_plan_says() -> None:
    estate = Estate([a_line(nowhere=NO_FOREGROUND), a_line(0)])
    assert waited(estate, waiting(WAITS)) == ({NO_FOREGROUND: 2400}, {})


def test_work_without_an_account_that_waits_beside_a_free_slot_is_held_back() -> None:
    assert waited(ONE_LINE, waiting(WAITS)) == ({NONE: 2400}, {})


ACCOUNTS: list[tuple[str, tuple[int, ...], tuple[int, ...], Seconds]] = [
    ("no limit", (0,), (), {BUSY: 2400}),
    ("its one job from 900 s to 1900 s", (0,), (0,), {BUSY: 1400, LIMIT: 1000}),
    ("another one is left", (0, 1), (0, 1), {BUSY: 2400}),
    ("another one is not limited", (0, 1), (0,), {BUSY: 2400}),
]


@pytest.mark.parametrize(("accounts", "single", "expected"), [row[1:] for row in ACCOUNTS],
                         ids=[row[0] for row in ACCOUNTS])  # fmt: skip
def test_beside_a_free_slot_it_is_the_account(
    accounts: tuple[int, ...], single: tuple[int, ...], expected: Seconds
) -> None:
    """Account 0 runs a foreground job from 900 s to 1900 s; the second slot is always free."""
    estate = Estate([a_line(0, takes_account=True, accounts=accounts)], (2,), single)
    runs = Job(900.0, 900.0, 1900.0, host=0, account=0)
    run = waiting(WAITS, runs, held=[Held(1, 900.0, 1900.0)], slots=[Slots(slots=2)])
    assert waited(estate, run) == (expected, {})


def test_background_work_does_not_use_up_the_one_job_of_its_account() -> None:
    estate = Estate([a_line(0, takes_account=True), a_line(0)], (2,), (0,))
    runs = Job(900.0, 900.0, 1900.0, route=1, host=0, account=0)
    run = waiting(WAITS, runs, held=[Held(1, 900.0, 1900.0)], slots=[Slots(slots=2)])
    assert waited(estate, run) == ({BUSY: 2400}, {})


PAUSED = [Held(1, 900.0, 1200.0), Held(1, 1600.0, 1900.0)]


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        ([], {LIMIT: 1000, BUSY: 1400}),
        (
            [Break(1, 1200.0, 1200.0, 1600.0, Interruption.RESTARTED)],
            {LIMIT: 600, BUSY: 1800},
        ),
    ],
    ids=["paused", "restarted"],
)
def test_a_paused_job_keeps_its_account_and_a_restarted_one_does_not(
    breaks: list[Break], expected: Seconds
) -> None:
    """Host 0 is down from 1200 s to 1600 s; a slot of host 1 is free all the time."""
    estate = Estate([a_line(0, 1, takes_account=True)], (1, 1), (0,))
    runs = Job(900.0, 900.0, 1900.0, host=0, account=0)
    run = waiting(WAITS, runs, held=PAUSED, slots=[Slots(0), Slots(1)], breaks=breaks)
    assert waited(estate, run)[0] == expected


def test_a_job_still_paused_at_the_end_of_the_run_keeps_its_account() -> None:
    estate = Estate([a_line(0, 1, takes_account=True)], (1, 1), (0,))
    runs = Job(900.0, 900.0, NAN, host=0, account=0, state=JobState.RUNNING)
    run = waiting(WAITS, runs, held=PAUSED[:1], slots=[Slots(0), Slots(1)])
    assert waited(estate, run) == ({BUSY: 300, LIMIT: 2100}, {})


def test_within_the_dispatch_latency_a_job_waits_for_nothing() -> None:
    """It waits for the slot until 2900 s, has it then, and runs from 3000 s; no slot is free."""
    held = [Held(1, 0.0, 2900.0), Held(0, 2900.0, 3600.0, ran_from_s=3000.0)]
    run = waiting(WAITS, Job(0.0, 0.0, 2900.0), held=held)
    assert waited(ONE_LINE, run) == ({FULL: 2300, NONE: 100}, {})


def test_a_host_lost_within_the_latency_belongs_to_the_first_wait() -> None:
    """Host 0 fails at 1000 s, 50 s after the match, and is back at 2000 s."""
    slots = [
        Slots(to_s=1000.0),
        in_state(SlotState.DOWN, 1000.0, 2000.0),
        in_state(SlotState.USABLE, 2000.0),
    ]
    held = [
        Held(1, 0.0, 950.0),
        Held(0, 950.0, 1000.0, ran_from_s=1000.0),
        Held(0, 2000.0, 3600.0, ran_from_s=2050.0),
    ]
    jobs = [Job(600.0, 2050.0, route=0), Job(0.0, 0.0, 950.0)]
    expected = {FULL: 350, NONE: 50 + 50, NO_HOSTS: 1000}
    assert waited(ONE_LINE, waiting(*jobs, held=held, slots=slots)) == (expected, {})


@pytest.mark.parametrize("cause", list(Interruption), ids=lambda cause: cause.label)
def test_later_waits_are_counted_apart(cause: Interruption) -> None:
    """Its first wait is from 600 s to 700 s, its later one from 1000 s to 1300 s, latency 20 s."""
    held = [
        Held(1, 0.0, 680.0),
        Held(0, 680.0, 1000.0, ran_from_s=700.0),
        Held(1, 1000.0, 1280.0),
        Held(0, 1280.0, 3600.0, ran_from_s=1300.0),
    ]
    jobs = [Job(600.0, 700.0, route=0, host=0), Job(0.0, 0.0, 1280.0)]
    run = waiting(*jobs, held=held, breaks=[Break(0, 1000.0, 1000.0, 1300.0, cause)])
    assert waited(ONE_LINE, run) == ({FULL: 80, NONE: 20}, {FULL: 280, NONE: 20})


def test_a_job_resumed_at_its_place_waits_for_that_place_alone() -> None:
    """It ran on host 0, which is down when it comes back; host 1 is free all the time."""
    estate = Estate([a_line(0, 1), a_line(0)], (1, 1), again={(0, 0, 0): 1})
    slots = [Slots(0, to_s=900.0), in_state(SlotState.DOWN, 900.0, 2000.0)]
    slots += [in_state(SlotState.USABLE, 2000.0), Slots(1)]
    job = Job(600.0, 600.0, route=0, host=0, account=0)
    held = [Held(0, 600.0, 800.0), Held(0, 2000.0, 3600.0)]
    run = waiting(job, held=held, slots=slots, breaks=[Break(0, 800.0, 1000.0, 2000.0)])
    assert waited(estate, run) == ({}, {NO_HOSTS: 1000})


def test_a_job_restarted_before_it_was_ever_suspended_goes_anywhere() -> None:
    """So while host 0 is down it lacks nothing but its turn: host 1 is free."""
    estate = Estate([a_line(0, 1), a_line(0)], (1, 1), again={(0, 0, 0): 1})
    slots = [Slots(0, to_s=900.0), in_state(SlotState.DOWN, 900.0), Slots(1)]
    job = Job(600.0, 600.0, route=0, host=0, account=0)
    broken = [Break(0, 900.0, 900.0, NAN, Interruption.RESTARTED)]
    run = waiting(job, held=[Held(0, 600.0, 900.0)], slots=slots, breaks=broken)
    assert waited(estate, run) == ({}, {NONE: 2700})


def test_only_the_window_counts() -> None:
    run = waiting(WAITS, held=[Held(0, 0.0, 3600.0)])
    assert waited(ONE_LINE, run, from_s=1000.0, to_s=1500.0) == ({FULL: 500}, {})


def test_each_folder_has_its_own_lines() -> None:
    """The job of folder 0 waits 2400 s for a slot, that of folder 2 100 s for a licence."""
    estate = Estate([a_line(0), a_line(1, folder=2)], slots=(1, 1))
    slots = [Slots(0), in_state(SlotState.UNLICENSED, host=1)]
    run = waiting(WAITS, Job(3500.0, route=1, pending_s=100.0), held=[Held(0, 0.0, 3600.0)],
                  slots=slots)  # fmt: skip
    assert waited(estate, run, folder=0) == ({FULL: 2400}, {})
    assert waited(estate, run, folder=2) == ({NO_LICENSE: 100}, {})


def test_jobs_of_the_window_that_waited_are_counted_by_their_code_at_submission() -> None:
    """Those submitted before the window or started at once are none of them."""
    jobs = [Job(10.0, 20.0), Job(200.0, 300.0), Job(250.0, 300.0), Job(400.0, 400.0)]
    run = waiting(*(replace(job, route=0) for job in jobs), held=[Held(0, 0.0, 3600.0)])
    reasons = np.array([FULL, FULL, NO_LICENSE, NONE], dtype=np.int8)
    run = replace(run, jobs=replace(run.jobs, reason=reasons))
    figures = pending_reasons(ONE_LINE.eligibility, ONE_LINE.legend(from_s=100.0), run)
    counted = {PendingReason(code): figures.submitted[0, code] for code in (FULL, NO_LICENSE)}
    assert counted == {FULL: 1, NO_LICENSE: 1}
    assert figures.submitted.sum() == 2


def test_where_nobody_waits_there_is_nothing() -> None:
    run = waiting(Job(0.0, 0.0, 100.0, route=0))
    figures = pending_reasons(ONE_LINE.eligibility, ONE_LINE.legend(), run)
    assert not any(table.any() for table in (figures.pending_s, figures.resumed_s))
    assert not figures.submitted.any()


def test_folders_in_sight_keep_their_figures() -> None:
    estate = Estate([a_line(0), a_line(0, folder=2)])
    run = waiting(WAITS, Job(3500.0, route=1, pending_s=100.0), held=[Held(0, 0.0, 3600.0)])
    seen = pending_reasons(estate.eligibility, estate.legend(), run).of(("Finance",))
    assert seen.folders == ("Finance",)
    assert seen.pending_s[:, FULL].tolist() == [100.0]
