"""Variants that change the fleet: each is compared in pairs, and no right or admission changes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import scenario_file

from simulator.experiments.comparing.compare import Comparison, compare_scenarios
from simulator.experiments.comparing.variants import scenarios_to_compare

CROWDED = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 12h}
run: {replications: 4, seed: 3}
licences: {unattended: 2}
machines:
  vm: {hosts: 2}
  burst: {hosts: 0}
accounts: {bot: {type: robot}, olga: {type: user}}
folders:
  F:
    assign: {bot: [Automation User], olga: [Automation User]}
    machines: [vm, burst]
    processes: {letters: {duration: {exponential: 10m}}}
    starts: {s: {process: letters, by: olga, stream: {poisson: 9 per hour}}}
variants:
  third-host: {machines.vm.hosts: 3, licences.unattended: 3}
  third-without-licence: {machines.vm.hosts: 3}
  fewer-licences: {licences.unattended: 1}
  pool:
    machines.burst: {pool: {max: 2, boot: 1m, idle_stop: 5m}}
    licences.unattended: 4
  patch-night: {machines.vm.maintenance: [{cron: "0 0 4 * * ?", duration: 3h}]}
"""
CHANGES = ("third-host", "third-without-licence", "fewer-licences", "pool", "patch-night")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    file = scenario_file(tmp_path_factory.mktemp("fleets"), CROWDED)
    return compare_scenarios(scenarios_to_compare(file))


def test_every_variant_has_the_same_work_and_the_same_rights(compared: Comparison) -> None:
    """Submissions are those of the baseline to the job; no right and no admission is touched."""
    row = compared.find("folder", "F", "jobs.submitted")
    assert row is not None
    assert all(difference.is_none for difference in row.differences)
    assert compared.variants[1:] == CHANGES
    assert (compared.rights, compared.admissions) == ({}, {})


SHORTER, LONGER = -1, 1


@pytest.mark.parametrize(
    ("variant", "sign"),
    [
        ("third-host", SHORTER),
        ("fewer-licences", LONGER),
        ("pool", SHORTER),
        ("patch-night", LONGER),
    ],
)
def test_each_change_of_the_fleet_is_told_with_an_interval(
    compared: Comparison, variant: str, sign: int
) -> None:
    """More that can run shortens the wait, less lengthens it: the whole interval says so."""
    row = compared.find("folder", "F", "pending.mean")
    assert row is not None
    difference = row.differences[CHANGES.index(variant)]
    assert difference.low < difference.mean < difference.high
    assert math.copysign(1, difference.low) == math.copysign(1, difference.high) == sign


def test_a_host_without_a_licence_changes_no_wait(compared: Comparison) -> None:
    for measure in ("pending.mean", "pending.p95"):
        row = compared.find("folder", "F", measure)
        assert row is not None
        assert row.differences[CHANGES.index("third-without-licence")].is_none


def test_whether_the_pool_is_worth_it_stands_in_two_rows(compared: Comparison) -> None:
    """What it costs in host-hours, which draws decide, and what it gains at the P95."""
    hours, wait, of_all = (
        compared.find("machine", "burst", "hosts.hours"),
        compared.find("folder", "F", "pending.p95"),
        compared.find("tenant", "", "hosts.hours"),
    )
    assert hours is not None
    assert of_all is not None
    assert wait is not None
    place = CHANGES.index("pool")
    assert of_all.values[0] == 2 * 12
    cost, gain = hours.differences[place], wait.differences[place]
    assert of_all.differences[place] == pytest.approx(cost)
    assert 0 < cost.low < cost.mean < cost.high < 2 * 12
    assert gain.low < gain.mean < gain.high < 0
    assert of_all.differences[CHANGES.index("third-host")][:3] == (12, 12, 12)
    assert hours.differences[CHANGES.index("patch-night")].is_none


def test_the_tables_show_both(tmp_path: Path) -> None:
    options = ("--replications", 2, "--out", tmp_path / "out")
    found = invoked("compare", scenario_file(tmp_path, CROWDED), "pool", *options)
    assert found.exit_code == 0, found.stderr
    assert "P95 Pending by folder" in found.stdout
    assert "Host-hours by machine" in found.stdout
    assert "Host-hours altogether" in found.stdout
    assert "all machines" in found.stdout
    assert "Who may start" not in found.stdout


RESUMED = CROWDED.replace(
    "letters: {duration: {exponential: 10m}}",
    "letters: {duration: {exponential: 5m}, suspends: {probability: 50%, for: 10m}}",
)


def test_how_long_resumed_jobs_wait_is_compared_where_there_are_any(tmp_path: Path) -> None:
    """A third host shortens their waits; where no job is Suspended there is no such table."""
    file = scenario_file(tmp_path, RESUMED)
    found = compare_scenarios(scenarios_to_compare(file, ["third-host"]))
    for measure in ("resumed.mean", "resumed.p95"):
        row = found.find("folder", "F", measure)
        assert row is not None
        assert row.differences[0].high < 0
    options = ("--replications", 2, "--out", tmp_path / "out")
    told = [
        invoked("compare", scenario_file(tmp_path, text), "third-host", *options).stdout
        for text in (RESUMED, CROWDED)
    ]
    assert ["P95 wait to run again by folder" in each for each in told] == [True, False]
