"""A queue from file to figures, worked out by hand: deadlines, retries, and who may see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_files import scenario_file

import simulator
from simulator.experiments.study import Study

BY_HAND = """\
version: 1
name: queue-by-hand
time: {start: 2026-01-05T00:00, duration: 2h}
run: {replications: 2, seed: 1}
machines: {M1: {slots: 1}}
accounts:
  owner: {type: user}
  clerk: {type: user}
  boss: {type: user}
  bot: {type: robot}
roles:
  Onlooker: {type: folder, permissions: {Jobs: [View]}}
  Reader: {type: folder, permissions: {Queues: [View], Transactions: [View]}}
folders:
  HR:
    assign:
      owner: [Folder Administrator]
      bot: [Automation User]
      clerk: [Onlooker]
      boss: [Onlooker, Reader]
    machines: [M1]
    processes: {post: {duration: 60s, queue: invoices}}
    triggers:
      by-items: {process: post, queue: {name: invoices}, created_by: owner}
    queues: {invoices: {retries: 1, sla: 5m}}
    arrivals:
      mail:
        queue: invoices
        by: owner
        items: {at: [2026-01-05T00:10, 2026-01-05T00:11, 2026-01-05T00:12]}
        item_duration: 2m
      bad:
        queue: invoices
        by: owner
        items: {at: [2026-01-05T01:00]}
        item_duration: 4m
        faults: 100%
        deadline: 8m
targets:
  - {queue: "HR:invoices", measure: items.late_share, at_most: 5%}
  - {queue: "HR:invoices", measure: items.wait.p95, at_most: 3m}
variants:
  slow: {folders.HR.arrivals.mail.item_duration: 4m}
"""
"""A job comes at 10:00 (minutes), works for one, then takes the three items of mail, 2 min each.

They wait 1, 2 and 3 min and are done after 3, 4 and 5 min: the last just within the SLA. Another
job comes at 60:00 and takes the bad item after a minute; it fails after 4, is retried at once, and
fails after 4 more: 9 min after it was added, which was to be done in 8.
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scenario_file(tmp_path_factory.mktemp("queue"), BY_HAND)


@pytest.fixture(scope="module")
def study(file: Path) -> Study:
    return simulator.run(file)


def found(study: Study, measure: str) -> float | None:
    row = study.summary.find("queue", "HR:invoices", measure)
    return None if row is None else row.mean


EXPECTED = {
    "items.added": 4,
    "items.done": 3,
    "items.failed": 1,
    "items.retried": 1,
    "items.per_hour": 2.0,
    "items.waiting": (60 + 120 + 180 + 60 + 0) / 7200,
    "items.wait.mean": (60 + 120 + 180 + 60 + 0) / 5,
    "items.wait.p95": 120 + 0.8 * 60,
    "items.turnaround.mean": (180 + 240 + 300 + 540) / 4,
    "items.late": 1,
    "items.late_share": 1 / 4,
    "items.sla_share": 3 / 4,
}


@pytest.mark.parametrize("measure", EXPECTED)
def test_figures_told_beforehand(study: Study, measure: str) -> None:
    assert found(study, measure) == pytest.approx(EXPECTED[measure], rel=1e-12)


def test_the_table_has_every_attempt(study: Study) -> None:
    items = study.table("queue_items").query("replication == 1")
    assert items[["first", "retry", "taken_s", "done_s", "job"]].to_numpy().tolist() == [
        [0, 0, 660.0, 780.0, 0],
        [1, 0, 780.0, 900.0, 0],
        [2, 0, 900.0, 1020.0, 0],
        [3, 0, 3660.0, 3900.0, 1],
        [3, 1, 3900.0, 4140.0, 1],
    ]
    assert items["status"].tolist() == ["Successful"] * 3 + ["Retried", "Failed"]
    assert (items["deadline_s"] - items["added_s"]).tolist() == [300.0] * 3 + [480.0, 180.0]


def test_targets_of_queues_are_judged(study: Study) -> None:
    assert [one.outcome for one in study.verdicts] == ["missed", "met"]


@pytest.mark.parametrize(("who", "sees"), [("clerk", False), ("boss", True)])
def test_items_are_seen_by_who_may_see_queues(
    file: Path, study: Study, who: str, *, sees: bool
) -> None:
    """Both see the jobs of HR."""
    seen = simulator.run(file, seen_by=who)
    assert found(seen, "items.late_share") == (found(study, "items.late_share") if sees else None)
    assert len(seen.table("queue_items")) == (2 * 5 if sees else 0)
    assert len(seen.verdicts) == (2 if sees else 0)
    assert len(seen.jobs()) == len(study.jobs()) == 2 * 2


def test_variants_are_compared_queue_by_queue(file: Path) -> None:
    """Items of 4 minutes wait 1, 4 and 7: 156 s on average; two are late as the bad one is."""
    comparison = simulator.compare(file)
    wait = comparison.find("queue", "HR:invoices", "items.wait.mean")
    late = comparison.find("queue", "HR:invoices", "items.late_share")
    assert wait is not None
    assert late is not None
    assert (wait.values, wait.differences[0].mean) == ((84.0, 156.0), 72.0)
    assert (late.values, late.differences[0].mean) == ((0.25, 0.75), 0.5)
