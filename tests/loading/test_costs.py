"""Costs name something that is counted; what an override takes away may keep its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.errors import ScenarioError
from simulator.loading import load
from simulator.loading.costs import counted, leads_to_number
from simulator.loading.override_paths import parse_path

FILE = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {slots: 2}, spare.vm: {hosts: 2}}
accounts: {olga: {type: user}, bot: {type: robot, count: 2}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm, spare.vm]
    processes: {p: {duration: 5m}}
    triggers: {t: {process: p, event: {every: 1h}, created_by: olga}}
costs:
"""


def costed(folder: Path, *lines: str, more: str = "") -> Path:
    return scenario_file(folder, FILE + "".join(f"  {line}\n" for line in lines) + more)


@pytest.mark.parametrize(
    "path",
    [
        "machines.vm.hosts",
        "machines.vm.slots",
        "machines.vm.slots.unattended",
        "machines.vm.windows_sessions",
        "machines.'spare.vm'.hosts",
        "licences.unattended",
        "accounts.bot.count",
        "folders.HR.triggers.t.jobs",
    ],
)
def test_what_is_counted_may_have_a_cost(tmp_path: Path, path: str) -> None:
    """Written in the file or not: `hosts` of vm and the licences are not."""
    assert load(costed(tmp_path, f"{path}: 900")).scenario.costs == {path: 900}


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("machines.vm.hots", "'machines.vm' has no key 'hots'", "did you mean 'hosts'?"),
        ("machines.wm.hosts", "'machines' has no 'wm'", "did you mean 'vm'?"),
        ("machines.vm", "'machines.vm' is no number", "a cost is of something counted"),
        ("licences.unatended", "is no number", "did you mean 'unattended'?"),
        ("folders.HR.processes.p.duration", "is no number", "a cost is of something counted"),
        ("folders.HR..t", "is no path", "a path looks like"),
    ],
    ids=lambda text: text.split(" ")[0],
)
def test_any_other_path_is_an_error_where_it_stands(
    tmp_path: Path, path: str, message: str, hint: str
) -> None:
    """Line 12 is the first of the costs, and its key begins in column 3."""
    file = costed(tmp_path, f"{path}: 900")
    with pytest.raises(ScenarioError) as refused:
        load(file)
    (issue,) = refused.value.issues
    assert issue.code == "unknown-path"
    assert message in issue.message
    assert hint in issue.hint or "there is vm" in issue.hint
    assert issue.position is not None
    assert (issue.position.line, issue.position.column) == (12, 3)


def test_one_thing_has_one_cost(tmp_path: Path) -> None:
    """Bare slots are the unattended ones, and quotes make no difference."""
    file = costed(tmp_path, "machines.vm.slots: 1", "machines.'vm'.slots.unattended: 2")
    with pytest.raises(ScenarioError, match="has two costs") as refused:
        load(file)
    (issue,) = refused.value.issues
    assert issue.position is not None
    assert issue.position.line == 13


@pytest.mark.parametrize(
    "overrides", [["machines.vm.hosts=3"], ["machines.'spare.vm'=null", "folders.HR.machines=[vm]"]]
)
def test_costs_survive_overrides_even_of_what_they_take_away(
    tmp_path: Path, overrides: list[str]
) -> None:
    loaded = load(costed(tmp_path, "machines.'spare.vm'.hosts: 900"), overrides=overrides)
    assert loaded.scenario.costs == {"machines.'spare.vm'.hosts": 900}


VARIANTS = """\
variants:
  alone: {machines."spare.vm": null, folders.HR.machines: [vm]}
  dear: {costs: {machines.vm.hosts: 1200}}
  wrong: {costs: {machines.vm.host: 1200}}
"""


def test_variants_keep_costs_or_have_their_own(tmp_path: Path) -> None:
    sound = VARIANTS.partition("  wrong")[0]
    file = costed(tmp_path, "machines.'spare.vm'.hosts: 900", more=sound)
    assert load(file, variant="alone").scenario.costs == {"machines.'spare.vm'.hosts": 900}
    assert load(file, variant="dear").scenario.costs == {"machines.vm.hosts": 1200}


def test_costs_of_a_variant_are_checked_too(tmp_path: Path) -> None:
    file = costed(tmp_path, "machines.vm.hosts: 900", more=VARIANTS)
    with pytest.raises(ScenarioError) as refused:
        load(file)
    (issue,) = refused.value.issues
    assert (issue.variant, issue.hint) == ("wrong", "did you mean 'hosts'?")
    assert issue.position is not None
    assert issue.position.line == 16


def test_costs_may_come_from_the_command_line(tmp_path: Path) -> None:
    file = costed(tmp_path, "machines.vm.hosts: 900")
    set_to = """costs."machines.'spare.vm'.hosts"=700"""
    assert load(file, overrides=[set_to]).scenario.costs["machines.'spare.vm'.hosts"] == 700


def test_a_cost_below_zero_is_none(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        load(costed(tmp_path, "machines.vm.hosts: -1"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("machines.vm.slots", ("machines", "vm", "slots", "unattended")),
        ("machines.vm.slots.agent", ("machines", "vm", "slots", "agent")),
        ("machines.vm.hosts", ("machines", "vm", "hosts")),
        ("folders.machines.slots", ("folders", "machines", "slots")),
    ],
)
def test_bare_slots_count_the_unattended_ones(path: str, expected: tuple[str, ...]) -> None:
    assert counted(parse_path(path)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("machines.vm.pool.max", True),
        ("folders.HR.folders.Payroll.triggers.t.queue.at_most", True),
        ("machines.vm.failures.up", False),
        ("time.duration", False),
        ("folders.HR.triggers.t.event.poisson", False),
        ("question", False),
    ],
)
def test_spans_and_rates_and_texts_are_no_numbers(path: str, expected: bool) -> None:
    assert leads_to_number(parse_path(path)) is expected
