"""Where a search begins, by closed forms: exact where they are, near where they are not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.experiments.sizing.first_guess import guess, seems_to_keep
from simulator.loading import Loaded, load, open_scenario
from simulator.statistics.theory import GeneralQueue

CASES = Path(__file__).parents[1] / "data" / "validation" / "scenarios"
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def first(file: Path, path: str, *overrides: str, most: int = 40) -> int | None:
    """The smallest value from 1 on that is guessed to do."""
    source = open_scenario(file)
    fleets = [
        partial(source.load, overrides=[*overrides, f"{path}={value}"], check_variants=False)
        for value in range(1, most + 1)
    ]
    place = guess(fleets)
    return None if place is None else place + 1


@pytest.mark.parametrize(("name", "expected"), [("p95", 14), ("mean", 14), ("p90", 16)])
def test_of_an_exponential_queue_the_guess_is_exact(name: str, expected: int) -> None:
    """A35, by Erlang C: see the table of its case."""
    assert first(CASES / f"A35-size-{name}.yaml", "machines.M1.slots") == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("measure: pending.share, at_most: 20%", 15),
        ("measure: pending.over, threshold: 1m, at_most: 20%", 14),
        ("measure: pending.over, threshold: 1m, at_most: 19%", 15),
        ("measure: pending.p50, at_most: 1m", 13),
        ("machine: M1, measure: slots.utilisation, at_most: 80%", 14),
        ("process: 'F:P', measure: pending.p95, at_most: 5m", 14),
        ("trigger: 'F:T', measure: pending.p95, at_most: 5m", 14),
        ("machine: M1, measure: pending.p95, at_most: 5m", 14),
        ("priority: 45, measure: pending.p95, at_most: 5m", 14),
        ("runtime: unattended, measure: pending.p95, at_most: 5m", 14),
    ],
)
def test_every_figure_of_waits_has_its_closed_form(target: str, expected: int) -> None:
    """A35: P(W > 1 min) is 33.3, 19.2 and 10.6 % at 13, 14 and 15 slots; 10.8 / 14 is 77 %.

    By Erlang C jobs wait at all with probability 0.640, 0.426, 0.273, 0.169 at 12 to 15 slots.
    """
    file = CASES / "A35-size-p95.yaml"
    assert first(file, "machines.M1.slots", f"targets=[{{{target}}}]") == expected


@pytest.mark.parametrize(
    "target",
    [
        "measure: pending.max, at_most: 1h",
        "measure: pending.mean, at_least: 1m",
        "measure: jobs.refused_share, at_most: 1%",
        "machine: M1, measure: slots.utilisation, at_least: 50%",
        "measure: turnaround.mean, at_most: 1h",
    ],
)
def test_of_anything_else_nothing_is_said(target: str) -> None:
    file = CASES / "A35-size-p95.yaml"
    assert first(file, "machines.M1.slots", f"targets=[{{{target}}}]") is None


def test_a_closed_loop_says_nothing_of_its_load() -> None:
    file = CASES / "A35-size-p95.yaml"
    stream = "{users: 3, think: {exponential: 1h}}"
    users = f"folders.F.triggers.T={{process: P, created_by: owner, event: {stream}}}"
    assert first(file, "machines.M1.slots", users) is None


def test_where_none_seems_enough_the_largest_is_where_to_begin() -> None:
    assert first(CASES / "A35-size-p95.yaml", "machines.M1.slots", most=12) == 12


def test_a_fleet_that_is_not_valid_says_nothing_and_neither_does_none() -> None:
    source = open_scenario(CASES / "A35-size-p95.yaml")
    assert guess([partial(source.load, overrides=["machines.M1.slots=-1"])]) is None
    assert guess([]) is None


def test_few_fleets_are_looked_at() -> None:
    """The last of 1,000, and then log2 of them: 11 at most."""
    source = open_scenario(CASES / "A35-size-p95.yaml")
    looked: list[int] = []

    def fleet(slots: int) -> Loaded:
        looked.append(slots)
        return source.load(overrides=[f"machines.M1.slots={slots}"], check_variants=False)

    assert guess([partial(fleet, slots) for slots in range(1, 1001)]) == 13
    assert len(looked) <= 11


SHARED = """\
version: 1
time: {start: 2026-01-05, duration: 1d, warm_up: 1h}
machines: {vm: {slots: 6}, own: {slots: 1}}
accounts: {robot: {type: robot, count: 3, one_job_at_a_time: true}, olga: {type: user}}
folders:
  HR:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 10m}}}
    triggers: {calls: {process: P, event: {poisson: 6 per hour}, created_by: olga}}
  Finance:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    queues: {letters: }
    processes:
      P: {duration: {exponential: 10m}}
      read: {duration: 0s, queue: letters}
    triggers:
      calls: {process: P, event: {poisson: 6 per hour}, created_by: olga}
      some: {process: read, queue: {name: letters, at_most: 2}, created_by: olga}
    arrivals:
      post:
        queue: letters
        by: robot
        items: {poisson: 6 per hour}
        item_duration: {exponential: 10m}
  Legal:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [own]
    processes: {P: {duration: 5m}}
    triggers: {calls: {process: P, event: {every: 10m}, created_by: olga}}
targets: [{measure: pending.mean, at_most: 1m}]
"""
"""HR, Finance and its items ask for one of six slots each; Legal's jobs come one by one."""

VM = GeneralQueue(servers=6, load=3, mean_duration_s=600)


def seems(file: Path, limit_s: float, scope: str = "folder: HR", *more: str) -> bool | None:
    targets = f"targets=[{{{scope}, measure: pending.mean, at_most: {limit_s:.3f}s}}]"
    return seems_to_keep(load(file, overrides=[targets, *more]))


@pytest.mark.parametrize(
    ("scope", "more", "expected_s"),
    [
        ("folder: HR", [], VM.mean_wait_s),
        ("folder: HR", ["machines.vm.slots=9"], GeneralQueue(9, 3, 600).mean_wait_s),
        ("folder: HR", ["machines.vm.duration_factor=1.5"], GeneralQueue(6, 4.5, 900).mean_wait_s),
        ("process: 'HR:P'", ["folders.HR.processes.P.type=foreground"], 1 / 11 * 300),
        (
            "folder: HR",
            ["folders.HR.processes.P.type=foreground", "machines.vm.windows_sessions=2"],
            1 / 3 * 600,
        ),
    ],
    ids=["shared", "more-slots", "slower", "robots", "sessions"],
)
def test_folders_on_the_same_slots_are_one_queue(
    tmp_path: Path, scope: str, more: list[str], expected_s: float
) -> None:
    """The last two are M/M/3 and M/M/2 at a load of 1: C is 1/11 and 1/3, those 300 and 600 s."""
    file = scenario_file(tmp_path, SHARED)
    assert seems(file, expected_s * 1.01, scope, *more) is True
    assert seems(file, expected_s * 0.99, scope, *more) is False


def test_who_goes_first_waits_less(tmp_path: Path) -> None:
    """Cobham: of a use of 1/2, 1/6 goes first and the rest together come last."""
    file = scenario_file(tmp_path, SHARED)
    first_s = VM.mean_wait_s * (1 - 1 / 2) / (1 - 1 / 6)
    high = "folders.HR.processes.P.priority=High"
    assert seems(file, first_s * 1.01, "folder: HR", high) is True
    assert seems(file, first_s * 0.99, "folder: HR", high) is False
    last_s = first_s / (1 - 1 / 2)
    assert seems(file, last_s * 1.01, "folder: Finance", high) is True
    assert seems(file, last_s * 0.99, "folder: Finance", high) is False
    assert seems(file, first_s * 1.01, "folder: HR", high, "dispatch.order=oldest") is False


def test_regular_jobs_that_never_meet_never_wait(tmp_path: Path) -> None:
    assert seems(scenario_file(tmp_path, SHARED), 0.0, "folder: Legal") is True


def test_items_wait_for_a_place_of_their_trigger(tmp_path: Path) -> None:
    """M/M/2 at a load of 1: a mean wait of 200 s."""
    file = scenario_file(tmp_path, SHARED)
    for limit, expected in (("199s", False), ("201s", True)):
        target = (
            f"targets=[{{queue: 'Finance:letters', measure: items.wait.mean, at_most: {limit}}}]"
        )
        assert seems_to_keep(load(file, overrides=[target])) is expected


def test_without_any_host_nothing_is_kept(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, SHARED)
    assert seems(file, 1e6, "folder: HR", "machines.vm.hosts=0") is False
    assert seems(file, 1e6, "folder: HR", "machines.vm.slots=0") is None, "all are refused"


def test_fleets_that_refuse_all_jobs_are_no_place_to_begin() -> None:
    source = open_scenario(CASES / "A35-size-p95.yaml")
    slots = [0, 0, 0, 0, 0, 13, 14, 15]
    fleets = [partial(source.load, overrides=[f"machines.M1.slots={one}"]) for one in slots]
    assert guess(fleets) == 6


def test_jobs_of_a_guarded_schedule_count(tmp_path: Path) -> None:
    """24 jobs of 10 minutes at eight o'clock take 2 slots for two hours, on a machine of their own.

    Their mean wait is 55 minutes.
    """
    file = scenario_file(tmp_path, SHARED)
    cron = (
        "folders.Legal.triggers.calls={process: P, time: {cron: 0 0 8 ? * MON-FRI}, jobs: 24, "
        "created_by: olga}"
    )
    more = (cron, "machines.own.slots=2", "folders.Legal.processes.P.duration=10m")
    assert seems(file, 20 * 60, "folder: Legal", *more) is False
    assert seems(file, 90 * 60, "folder: Legal", *more) is True


@pytest.mark.parametrize(
    ("name", "path", "least", "most"),
    [
        ("flagship-shared-machines", "machines.shared-vm.hosts", 2, 4),
        ("burst-pool", "machines.burst-vm.pool.max", 4, 8),
        ("shared-machine-two-units", "machines.M1.windows_sessions", 2, 2),
    ],
)
def test_of_estates_that_go_by_the_clock_the_guess_is_near(
    name: str, path: str, least: int, most: int
) -> None:
    """Simulated with 10 replications: 3 hosts, a pool of 5 or 6, two sessions."""
    found = first(SCENARIOS / f"{name}.yaml", path)
    assert found is not None
    assert least <= found <= most
