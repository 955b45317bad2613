"""What the load alone tells of a target: certain to be missed, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.experiments.sizing.bounds import certain_misses
from simulator.loading import load

CASES = Path(__file__).parents[1] / "data" / "validation" / "scenarios"

SHARED = """\
version: 1
time: {start: 2026-01-05, duration: 1d, warm_up: 1h}
machines: {vm: {slots: 3}, own: {slots: 1}}
accounts: {robot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 1h}, priority: High}}
    triggers: {calls: {process: P, event: {poisson: 2 per hour}, created_by: olga}}
  Finance:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 1h}}}
    triggers: {calls: {process: P, event: {poisson: 2 per hour}, created_by: olga}}
  Legal:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [own]
    processes: {P: {duration: {exponential: 1m}}}
    triggers: {calls: {process: P, event: {poisson: 2 per hour}, created_by: olga}}
targets:
  - {folder: Finance, measure: pending.p95, at_most: 1d}
"""
"""HR and Finance need four of three slots together; HR, which goes first, needs two."""

TOO_MUCH = "HR and Finance together need 4 slots of the 3 they share (vm)"


@pytest.mark.parametrize("slots", range(1, 16))
def test_a_fleet_is_excluded_as_far_as_its_load_is_no_less_than_its_slots(slots: int) -> None:
    """A35: 1.2 jobs a minute of 9 minutes are a load of 10.8."""
    file = CASES / "A35-size-p95.yaml"
    why = certain_misses(load(file, overrides=[f"machines.M1.slots={slots}"]))
    told = f"F needs 10.8 slots of the {slots} it has (M1)" if slots < 10.8 else ""
    assert why == told


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("run.seed=1", TOO_MUCH),
        ("targets=[{folder: HR, measure: pending.p95, at_most: 1d}]", ""),
        ("targets=[{folder: Legal, measure: pending.p95, at_most: 1s}]", ""),
        ("targets=[{measure: pending.mean, at_most: 30d}]", TOO_MUCH),
        ("targets=[{folder: Finance, measure: pending.p95, at_least: 1s}]", ""),
        ("targets=[{machine: vm, measure: slots.utilisation, at_most: 80%}]", ""),
        ("machines.vm.slots=4", "HR and Finance together need 4 slots of the 4 they share (vm)"),
        ("machines.vm.slots=5", ""),
        ("time.warm_up=0s", ""),
        ("folders.Finance.triggers.calls.pending_guard=per_trigger", ""),
    ],
    ids=[
        "comes-last",
        "goes-first",
        "elsewhere",
        "tenant",
        "at-least",
        "no-wait",
        "just-full",
        "room",
        "window-alone",
        "guarded",
    ],
)
def test_only_waits_that_grow_whatever_the_order_are_certain(
    tmp_path: Path, override: str, expected: str
) -> None:
    """A study of its window alone has no long run, and a guard lets nothing pile up."""
    file = scenario_file(tmp_path, SHARED)
    assert certain_misses(load(file, overrides=[override])) == expected


UNLICENSED = "'own' gets no unattended licence"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("{measure: pending.mean, at_most: 10h}", True),
        ("{folder: Legal, measure: pending.p95, at_most: 10h}", True),
        ("{folder: HR, measure: pending.p95, at_most: 10h}", False),
        ("{measure: pending.mean, at_least: 1s}", False),
        ("{measure: slots.utilisation, at_most: 100%}", False),
    ],
    ids=["tenant", "own-folder", "elsewhere", "at-least", "no-wait"],
)
@pytest.mark.parametrize("warm_up", ["1h", "0s"])
def test_jobs_that_nothing_can_run_keep_no_limit_of_waits(
    tmp_path: Path, target: str, told: bool, warm_up: str
) -> None:
    """The five licences go to `vm`, so that Legal's jobs never start: no mean would tell of it."""
    overrides = [f"targets=[{target}]", "machines.vm.slots=5", "licences.unattended=5"]
    file = scenario_file(tmp_path, SHARED)
    why = certain_misses(load(file, overrides=[*overrides, f"time.warm_up={warm_up}"]))
    assert why == (f"Legal:calls: every job will stay Pending: {UNLICENSED}" if told else "")
