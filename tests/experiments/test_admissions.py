"""Whom a variant admits, in an estate of a day whose submissions are counted by hand.

The clerks' starts come every half hour, 48 a day, anna and ben in turn; they may only look on. The
guest, who is in no folder, tries each hour, 24 a day. The owner's trigger fires each hour.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.access.refusals import Refusal
from simulator.experiments.comparing.admissions import Admissions
from simulator.experiments.comparing.compare import Comparison, compare_scenarios
from simulator.experiments.comparing.fates import Fate
from simulator.experiments.comparing.variants import scenarios_to_compare

ESTATE = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 3}
machines: {vm: {slots: 4}}
roles:
  Starter: {type: folder, permissions: {Jobs: [View, Create]}}
  Onlooker: {type: folder, permissions: {Jobs: [View]}}
accounts:
  robot: {type: robot}
  owner: {type: user}
  anna: {type: user, groups: [clerks]}
  ben: {type: user, groups: [clerks]}
  guest: {type: user}
folders:
  HR:
    assign: {robot: [Automation User], owner: [Folder Administrator], clerks: [Onlooker]}
    machines: [vm]
    processes: {P: {duration: 10m}}
    triggers: {hourly: {process: P, event: {every: 1h}, created_by: owner}}
    starts:
      clerks: {process: P, by: clerks, stream: {every: 30m}}
      guest: {process: P, by: guest, stream: {every: 1h}}
variants:
  grant: {folders.HR.assign.clerks: [Starter]}
  grant-anna: {folders.HR.assign.anna: [Starter]}
  look: {folders.HR.assign.guest: [Onlooker]}
  join: {folders.HR.assign.clerks: [Starter], "accounts.guest": {type: user, groups: [clerks]}}
  gone: {folders.HR.starts.clerks: null}
  new: {folders.HR.triggers.more: {process: P, event: {every: 2h}, created_by: owner}}
  revoke-owner: {folders.HR.assign.owner: [Onlooker]}
  no-robot: {folders.HR.assign.robot: null}
  fleet: {machines.vm.hosts: 2}
"""
FORBIDDEN = Refusal(403, "0", "Jobs.Create in HR")
OUTSIDE = Refusal(400, "1100", "access to HR")
NOBODY = Refusal(409, "1671", "an account with an unattended robot in HR")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    file = scenario_file(tmp_path_factory.mktemp("estate"), ESTATE)
    return compare_scenarios(scenarios_to_compare(file))


Row = tuple[str, str, Fate, Fate, float]
EXPECTED: dict[str, tuple[float, list[Row]]] = {
    "grant": (48, [("HR:clerks", "anna, ben", FORBIDDEN, "accepted", 48)]),
    "grant-anna": (24, [("HR:clerks", "anna", FORBIDDEN, "accepted", 24)]),
    "look": (0, [("HR:guest", "guest", OUTSIDE, FORBIDDEN, 0)]),
    "join": (
        72,
        [
            ("HR:clerks", "anna, ben", FORBIDDEN, "accepted", 32),
            ("HR:guest", "guest", OUTSIDE, "accepted", 24),
            ("HR:clerks", "guest", "absent", "accepted", 16),
        ],
    ),
    "gone": (0, [("HR:clerks", "anna, ben", FORBIDDEN, "absent", 0)]),
    "new": (12, [("HR:more", "owner", "absent", "accepted", 12)]),
    "no-robot": (-24, [("HR:hourly", "owner", "accepted", NOBODY, -24)]),
}
"""The clerks' 48 are shared by three once the guest is one of them: 16 each."""


@pytest.mark.parametrize("variant", EXPECTED)
def test_what_is_admitted_is_counted_by_source_and_caller(
    compared: Comparison, variant: str
) -> None:
    found = compared.admissions[variant]
    jobs, rows = EXPECTED[variant]
    told = [
        (one.source, ", ".join(one.who), one.before, one.after, one.jobs.mean)
        for one in found.changes
    ]
    assert told == rows
    assert found.jobs[:3] == (jobs, jobs, jobs)


@pytest.mark.parametrize("variant", ["fleet", "revoke-owner"])
def test_nothing_is_said_where_nothing_is_admitted_otherwise(
    compared: Comparison, variant: str
) -> None:
    """A trigger's maker was asked when it was made: what he loses since changes no firing."""
    assert variant not in compared.admissions
    assert (variant in compared.rights) is (variant == "revoke-owner")


def test_callers_who_share_anew_are_told_though_they_fare_the_same(tmp_path: Path) -> None:
    """Both clerks may start. A third one joins them, and each has 16 of the 48 instead of 24."""
    text = ESTATE[: ESTATE.index("variants:")].replace("clerks: [Onlooker]", "clerks: [Starter]")
    text += "variants: {join: {accounts.guest: {type: user, groups: [clerks]}}}\n"
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, text)))
    assert _told(found.admissions["join"], "HR:clerks") == [
        ("anna, ben", "accepted", "accepted", -16),
        ("guest", "absent", "accepted", 16),
    ]


def _told(found: Admissions, source: str) -> list[tuple[str, Fate, Fate, float]]:
    return [
        (", ".join(one.who), one.before, one.after, one.jobs.mean)
        for one in found.changes
        if one.source == source
    ]


def test_the_rights_of_each_variant_are_there(compared: Comparison) -> None:
    (grant,) = compared.rights["grant"]
    assert (grant.folder, grant.who, grant.action, grant.gained) == (
        "HR",
        ("anna", "ben"),
        "start",
        True,
    )
    assert {one.action for one in compared.rights["look"]} == {"see jobs"}
    assert compared.rights.keys().isdisjoint({"gone", "new", "fleet"})


BY_ITSELF = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 2}
machines: {vm: {slots: 9}}
roles:
  Starter: {type: folder, permissions: {Jobs: [View, Create]}}
  Feeder: {type: folder, permissions: {Queues: [View], Transactions: [Create]}}
  Looker: {type: folder, permissions: {Queues: [View]}}
accounts:
  bot: {type: robot, count: 1}
  owner: {type: user}
  anna: {type: user, groups: [clerks]}
  ben: {type: user, groups: [clerks]}
folders:
  HR:
    assign: {bot: [Starter], owner: [Starter], anna: [Feeder], ben: [Looker]}
    machines: [vm]
    processes:
      P: {duration: 1m, then: {start: next}}
      next: {duration: 1m}
      post: {duration: 0s, queue: Q}
    queues: {Q: {}, other: {}}
    starts: {P: {process: P, by: owner, stream: {every: 1h}}}
    triggers:
      P: {process: post, queue: {name: Q}, created_by: owner}
    arrivals:
      P: {queue: Q, by: clerks, items: {every: 30m}, item_duration: 1m}
variants:
  then-no-more: {folders.HR.assign.bot: []}
  nobody-starts: {folders.HR.assign.owner: [Looker]}
  nothing-follows: {folders.HR.processes.P.then: null}
  more-robots: {"accounts.bot": {type: robot, count: 3}}
  more-robots-that-may-not:
    accounts.bot: {type: robot, count: 2}
    folders.HR.assign.bot: []
    folders.HR.assign.bot-1: [Starter]
  ben-adds: {folders.HR.assign.ben: [Feeder]}
  nobody-adds: {folders.HR.assign.anna: [Looker]}
  elsewhere: {folders.HR.arrivals.P.queue: other}
  fleet: {machines.vm.hosts: 2}
"""
"""What starts, what triggers, what follows and what adds are all called HR:P, and all differ."""

MAY_NOT = Refusal(403, "0", "Transactions.Create in HR")


@pytest.fixture(scope="module")
def by_itself(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    file = scenario_file(tmp_path_factory.mktemp("estate"), BY_ITSELF)
    return compare_scenarios(scenarios_to_compare(file))


KINDS: dict[str, list[tuple[str, str, str, Fate, Fate, float]]] = {
    "then-no-more": [("HR:P", "Job", "bot-1", "accepted", FORBIDDEN, -24)],
    "nobody-starts": [("HR:P", "Manual", "owner", "accepted", FORBIDDEN, -24)],
    "nothing-follows": [
        ("HR:P", "Job", "bot-1", "accepted", "absent", -24),
    ],
    "more-robots-that-may-not": [("HR:P", "Job", "bot-2", "absent", FORBIDDEN, 0)],
}
"""24 starts a day, each of which another job follows: a start refused takes nothing from `then`'s.

The submissions that follow are of the start's jobs; they fare as before, though there are none.
"""


@pytest.mark.parametrize("variant", KINDS)
def test_sources_of_one_name_are_told_apart_by_their_kind(
    by_itself: Comparison, variant: str
) -> None:
    found = by_itself.admissions[variant]
    told = [
        (one.source, one.source_kind, ", ".join(one.who), one.before, one.after, one.jobs.mean)
        for one in found.changes
        if one.before != one.after
    ]
    assert told == KINDS[variant]
    assert found.item_changes == ()


ITEMS: dict[str, list[tuple[str, str, Fate, Fate, float]]] = {
    "ben-adds": [("HR:Q", "ben", MAY_NOT, "accepted", 24)],
    "nobody-adds": [("HR:Q", "anna", "accepted", MAY_NOT, -24)],
    "elsewhere": [
        ("HR:Q", "anna", "accepted", "absent", -24),
        ("HR:Q", "ben", MAY_NOT, "absent", 0),
        ("HR:other", "anna", "absent", "accepted", 24),
        ("HR:other", "ben", "absent", MAY_NOT, 0),
    ],
}


@pytest.mark.parametrize("variant", ITEMS)
def test_items_let_in_are_counted_by_arrival_queue_and_who_adds(
    by_itself: Comparison, variant: str
) -> None:
    """The clerks add 48 a day in turn; ben's 24 are refused unless he may."""
    found = by_itself.admissions[variant]
    told = [
        (one.queue, ", ".join(one.who), one.before, one.after, one.items.mean)
        for one in found.item_changes
    ]
    assert told == ITEMS[variant]
    assert found.items.mean == sum(row[-1] for row in ITEMS[variant])
    assert {one.arrival for one in found.item_changes} == {"HR:P"}
    assert found.changes == ()


@pytest.mark.parametrize("variant", ["more-robots", "fleet"])
def test_executors_come_and_go_with_the_fleet(by_itself: Comparison, variant: str) -> None:
    """A new robot may start jobs as the others do: who follows up is decided by where jobs run."""
    assert variant not in by_itself.admissions
