"""Figures of the items of queues: every number worked out by hand beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders_records import MAIL, NAMES, POST, POST_BY_ANNA, Item, legend, records

from simulator.measurement import Figures, Summary, measure, summarise
from simulator.records.codes import ItemStatus
from simulator.records.columns import Records

WINDOW = legend(from_s=100.0, to_s=1100.0)
"""HR:invoices promises 600 s, Finance:bills nothing."""

SOME_ITEMS = (
    Item(50.0, 150.0, 250.0),  # 0: of the warm-up: its time counts, it does not
    Item(100.0, 160.0, 400.0, deadline_s=400.0),  # 1: on the first instant; just in time
    Item(200.0, 260.0, 300.0, ItemStatus.RETRIED, deadline_s=900.0),  # 2: failed, added anew
    Item(  # 3: the attempt after it, done 1,000 s after the first was added
        300.0, 1150.0, 1200.0, first=2, retry=1, deadline_s=900.0
    ),
    Item(400.0, status=ItemStatus.NEW, deadline_s=2000.0),  # 4: nobody takes it
    Item(500.0, 620.0, 700.0, ItemStatus.FAILED),  # 5: no deadline
    Item(600.0, 700.0, 800.0, ItemStatus.ABANDONED, deadline_s=5000.0),  # 6: and not decided
    Item(700.0, 720.0, 740.0, route=POST, deadline_s=730.0, deferred_s=10.0),  # 7: late by 10 s
    Item(700.0, route=POST_BY_ANNA, status=ItemStatus.REFUSED, deadline_s=800.0),  # 8
    Item(900.0, status=ItemStatus.NEW, route=POST, deferred_s=1000.0),  # 9: deferred to 1900
    Item(1100.0, 1110.0, 1120.0),  # 10: on the last instant: not observed
)


def run(*items: Item, end_s: float = 3600.0) -> Records:
    return records(items=items, end_s=end_s)


def figures() -> Figures:
    return measure(WINDOW, run(*SOME_ITEMS), ())


@pytest.mark.parametrize(
    ("count", "invoices", "bills"),
    [
        ("added", 5, 2),  # 1, 2, 4, 5, 6; 7, 9
        ("refused", 0, 1),
        ("successful", 2, 1),  # 1, and 2 by its second attempt; 7
        ("failed", 1, 0),
        ("retried", 1, 0),
        ("due", 3, 1),  # 1, 2, and 4, which the run outlasts; 6 is not decided; 7
        ("late", 2, 1),  # 2 and 4; 7
        ("promised", 5, 0),
        ("kept", 2, 0),  # 1 after 300 s, 5 after 200 s; 2 after 1000 s; 4 and 6 never
        ("ended", 3, 1),  # 0, 1 and 5; 7
    ],
)
def test_items_are_counted_by_queue(count: str, invoices: int, bills: int) -> None:
    assert getattr(figures().queues.items, count).tolist() == [invoices, bills]


def test_waits_are_of_attempts_from_when_each_was_added() -> None:
    """HR's 1, 2, 3, 5 and 6 waited 60, 60, 850, 120 and 100 s; Finance's 7, deferred, 20 s."""
    waits = figures().queues.waits
    assert waits.count.tolist() == [5, 1]
    assert waits.total_s.tolist() == [1190.0, 20.0]
    assert waits.largest_s.tolist() == [850.0, 20.0]
    assert waits.quantiles_s[0, 0] == 100.0


def test_turnarounds_are_of_items_from_their_first_adding_to_their_end() -> None:
    """HR's 1, 2 (with 3) and 5 took 300, 1000 and 200 s; Finance's 7 took 40 s."""
    turnarounds = figures().queues.turnarounds
    assert turnarounds.count.tolist() == [3, 1]
    assert turnarounds.total_s.tolist() == [1500.0, 40.0]


def test_new_items_are_counted_over_the_window() -> None:
    """HR: 50 of item 0, then 60, 60, 800, 700, 120, 100; Finance: 20 and, deferred, 200."""
    assert figures().queues.new_s.tolist() == [50 + 60 + 60 + 800 + 700 + 120 + 100, 220.0]


def test_the_backlog_is_what_a_job_could_take() -> None:
    """At 100 s items 0 and 1 wait; at 1100 s 3, 4 and 10 do, and 9 is deferred."""
    assert figures().queues.backlog.tolist() == [[2, 3], [0, 0]]


def test_what_is_not_decided_by_the_end_of_the_run_is_nobodys_fault() -> None:
    """Added at 0, due at 500 and promised by 600: by 550 it is late, and not decided otherwise."""
    open_item = Item(0.0, status=ItemStatus.NEW, deadline_s=500.0)
    counts = measure(legend(to_s=550.0), run(open_item, end_s=550.0), ()).queues.items
    assert [counts.due[0], counts.late[0], counts.promised[0]] == [1, 1, 0]


def summary(*replications: Records) -> Summary:
    return summarise([measure(WINDOW, one, ()) for one in replications], WINDOW, 0.95)


QUIET = replace(run(Item(200.0, 300.0, 500.0, deadline_s=700.0), end_s=1200.0), replication=1)


@pytest.mark.parametrize(
    ("name", "measured", "expected", "n"),
    [
        ("HR:invoices", "items.added", (5 + 1) / 2, 2),
        ("HR:invoices", "items.per_hour", (3 + 1) / 2 * 3.6, 2),
        ("HR:invoices", "items.waiting", (1890.0 + 100.0) / 2 / 1000.0, 2),
        ("HR:invoices", "items.wait.mean", (1190.0 + 100.0) / 6, 2),
        ("HR:invoices", "items.wait.max", 850.0, 2),
        ("HR:invoices", "items.wait.p50", (100.0 + 100.0) / 2, 2),
        ("HR:invoices", "items.turnaround.mean", (1500.0 + 300.0) / 4, 2),
        ("HR:invoices", "items.late", (2 + 0) / 2, 2),
        ("HR:invoices", "items.late_share", (2 + 0) / (3 + 1), 2),
        ("HR:invoices", "items.sla_share", (2 + 1) / (5 + 1), 2),
        ("Finance:bills", "items.late_share", 1.0, 1),
        ("Finance:bills", "items.refused", 1 / 2, 2),
    ],
)
def test_a_summary_has_a_row_a_queue_and_measure(
    name: str, measured: str, expected: float, n: int
) -> None:
    """Beside the run above one of a single item, which waits 100 s, takes 300 s, is in time."""
    row = summary(run(*SOME_ITEMS), QUIET).find("queue", name, measured)
    assert row is not None
    assert row.mean == pytest.approx(expected, rel=1e-12)
    assert row.n == n


def test_a_queue_without_an_sla_has_no_share_of_it() -> None:
    assert summary(run(*SOME_ITEMS)).find("queue", "Finance:bills", "items.sla_share") is None


def test_a_queue_without_items_has_no_rows() -> None:
    names = {row.name for row in summary(QUIET).rows if row.scope == "queue"}
    assert names == {"HR:invoices"}


def test_a_run_without_queues_has_no_rows_of_them() -> None:
    bare = replace(WINDOW, names=replace(NAMES, queues=(), queue_folder=(), queue_sla_s=()))
    rows = summarise([measure(bare, run(), ())], bare, 0.95).rows
    assert {row.scope for row in rows}.isdisjoint({"queue"})


def test_retries_that_end_in_the_warm_up_belong_to_it() -> None:
    """First added at 90 s: neither it nor the attempt of 110 s is one of the window's."""
    before = run(
        Item(90.0, 95.0, 105.0, ItemStatus.RETRIED, route=MAIL),
        Item(110.0, 120.0, 130.0, first=0, retry=1),
    )
    queues = measure(WINDOW, before, ()).queues
    assert [queues.items.added[0], queues.items.retried[0], queues.waits.count[0]] == [0, 0, 0]
    assert queues.items.ended[0] == 1
