"""Whom a variant admits, in an estate of a day whose submissions are counted by hand.

The clerks' starts come every half hour, 48 a day, anna and ben in turn; they may only look on. The
guest, who is in no folder, tries each hour, 24 a day. The owner's trigger fires each hour.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.access.refusals import Refusal
from simulator.experiments.admissions import Admissions, Fate
from simulator.experiments.compare import Comparison, compare_scenarios
from simulator.experiments.variants import scenarios_to_compare

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
    assert found.jobs == (jobs, jobs, jobs)


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
