"""What a shared machine is cut in: the same slots, one piece for each, by load."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_advice import applied, estate, folder, opened, slots_of

from simulator.experiments.advising.alternatives import Alternative, NotTried
from simulator.experiments.advising.cutting import apportioned
from simulator.experiments.advising.dedicating import dedicating
from simulator.model.machines import Machine
from simulator.model.triggers import ExecutionTarget

SHARED = {"A": folder("[vm]"), "B": folder("[vm]")}


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [6, 3, 1], [6, 3, 1]),
        (10, [50, 1, 1], [8, 1, 1]),
        (3, [1, 1], [2, 1]),
        (4, [0, 0], [2, 2]),
        (7, [3, 2.4, 1.6], [3, 2, 2]),
    ],
    ids=["exact", "at least one", "the first of equals", "no load", "largest remainder"],
)
def test_parts_of_a_total(total: int, weights: list[float], parts: list[int]) -> None:
    """7 by 3 : 2.4 : 1.6 is 3, 2.4 and 1.6: the seventh goes to the largest remainder, 0.6."""
    assert apportioned(total, weights) == parts


def test_hosts_are_divided_by_load_and_folders_follow(tmp_path: Path) -> None:
    """Five hosts by 4 to 1 are 4 and 1; the template of the greater load keeps its name."""
    machines = "{vm: {hosts: 5, slots: 2, windows_sessions: 1}}"
    source = opened(tmp_path, machines, SHARED)
    (found,) = dedicating(estate(source, {"A": 1, "B": 4}))
    assert isinstance(found, Alternative)
    assert found.words == "Dedicating vm (B 4 hosts, A 1 host)"
    after = applied(source, found)
    assert {name: one.hosts for name, one in after.machines.items()} == {"vm": 4, "vm, A": 1}
    assert {one.windows_sessions for one in after.machines.values()} == {1}
    assert list(after.folders["A"].machines) == ["vm, A"]
    assert list(after.folders["B"].machines) == ["vm"]
    assert slots_of(after) == slots_of(source.load().scenario)


def test_what_befalls_hosts_stays_as_it_is(tmp_path: Path) -> None:
    machines = (
        "{vm: {names: [left, right], slots: 1, duration_factor: 1.5, accounts: [bot], "
        'maintenance: [{cron: "0 0 22 ? * SUN", duration: 4h}], '
        "failures: {up: {exponential: 30d}, down: 2h}}}"
    )
    source = opened(tmp_path, machines, SHARED)
    (found,) = dedicating(estate(source))
    assert isinstance(found, Alternative)
    before, after = source.load().scenario.machines["vm"], applied(source, found).machines
    assert [one.names for one in after.values()] == [("left",), ("right",)]
    assert {_without_hosts(one) for one in after.values()} == {_without_hosts(before)}


def _without_hosts(machine: Machine) -> str:
    return machine.model_copy(update={"names": None, "hosts": None}).model_dump_json()


def test_slots_of_one_host_are_divided_with_their_sessions(tmp_path: Path) -> None:
    """One host of 4 slots and 2 sessions: 3 and 1 by load, a session each."""
    process = "{duration: 10m, type: foreground}"
    shared = {"A": folder("[vm]", process), "B": folder("[vm]", process)}
    source = opened(tmp_path, "{vm: {slots: 4, windows_sessions: 2}}", shared)
    (found,) = dedicating(estate(source, {"A": 3, "B": 1}))
    assert isinstance(found, Alternative)
    assert found.words == "Dedicating vm (A 3 slots, B 1 slot)"
    after = applied(source, found).machines
    assert [sum(one.slots.values()) for one in after.values()] == [3, 1]
    assert [one.windows_sessions for one in after.values()] == [1, 1]


def test_single_slots_where_neither_hosts_nor_their_slots_are_enough(tmp_path: Path) -> None:
    """Two hosts of two slots for three folders: one has two single slots."""
    shared = {name: folder("[vm]") for name in "ABC"}
    source = opened(tmp_path, "{vm: {hosts: 2, slots: 2}}", shared)
    (found,) = dedicating(estate(source, {"A": 2}))
    assert isinstance(found, Alternative)
    after = applied(source, found)
    assert {name: one.hosts for name, one in after.machines.items()} == {
        "vm": 2,
        "vm, B": 1,
        "vm, C": 1,
    }
    assert slots_of(after) == 4


@pytest.mark.parametrize(
    ("machine", "more", "reason"),
    [
        ("{slots: 1}", "run_as: dynamic", "it has 1 slot for the 2 folders that share it"),
        ("{pool: {max: 4}}", "run_as: dynamic", "its hosts come and go with demand"),
        ("{hosts: 2}", "run_as: {machine: vm, host: '2'}", "A:T names its host 2"),
        ("{hosts: 0}", "run_as: dynamic", "it has 0 slots for the 2 folders that share it"),
    ],
    ids=["too few slots", "pool", "pinned to a host", "no host"],
)
def test_what_cannot_be_cut_is_told(tmp_path: Path, machine: str, more: str, reason: str) -> None:
    shared = {"A": folder("[vm]", more=more), "B": folder("[vm]")}
    source = opened(tmp_path, f"{{vm: {machine}}}", shared)
    (found,) = dedicating(estate(source))
    assert found == NotTried("dedicate", "Dedicating vm", reason)


def test_jobs_pinned_to_the_machine_go_where_their_folder_goes(tmp_path: Path) -> None:
    pinned = folder("[vm]", more="run_as: {machine: vm, account: bot}")
    source = opened(tmp_path, "{vm: {hosts: 2}}", {"A": folder("[vm]"), "B": pinned})
    (found,) = dedicating(estate(source, {"A": 2}))
    assert isinstance(found, Alternative)
    assert applied(source, found).folders["B"].triggers["T"].run_as == ExecutionTarget(
        account="bot", machine="vm, B"
    )


def test_subfolders_that_inherit_a_machine_stay_with_their_folder(tmp_path: Path) -> None:
    """Two parties of three folders: two hosts are enough for one each."""
    below = f"folders: {{Sub: {folder('[]')}}}"
    parent = folder("{vm: {propagate: true}}").removesuffix("}") + f", {below}}}"
    source = opened(tmp_path, "{vm: {hosts: 2}}", {"A": parent, "B": folder("[vm]")})
    (found,) = dedicating(estate(source))
    assert isinstance(found, Alternative)
    assert found.words == "Dedicating vm (1 host each)"
    loaded = source.load(overrides=found.texts)
    reached = {one: [name for name, _ in loaded.access.machines(one)] for one in ("A/Sub", "B")}
    assert reached == {"A/Sub": ["vm"], "B": ["vm, B"]}


def test_folders_that_all_inherit_from_one_are_parted_among_themselves(tmp_path: Path) -> None:
    below = f"folders: {{Left: {folder('[own]')}, Right: {folder('[]')}}}"
    parent = f"{{machines: {{vm: {{propagate: true}}}}, {below}}}"
    source = opened(tmp_path, "{vm: {hosts: 2}, own: {}}", {"Top": parent})
    found = next(iter(dedicating(estate(source, {"Top/Left": 4}))))
    assert isinstance(found, Alternative)
    loaded = source.load(overrides=found.texts)
    reached = {
        one: [name for name, _ in loaded.access.machines(one)] for one in loaded.access.folders
    }
    assert reached == {"Top": [], "Top/Left": ["own", "vm"], "Top/Right": ["vm, Top/Right"]}


def test_a_machine_is_left_to_the_one_that_has_no_other(tmp_path: Path) -> None:
    """A may leave the second machine, which B cannot; its one slot cannot be cut."""
    machines = "{first: {slots: 1}, second: {slots: 1}}"
    shared = {"A": folder("[first, second]"), "B": folder("[second]")}
    source = opened(tmp_path, machines, shared)
    cut, left = dedicating(estate(source))
    assert isinstance(cut, NotTried)
    assert isinstance(left, Alternative)
    assert left.words == "Dedicating second to B alone (A leaves it)"
    assert left.texts == ("folders.A.machines=[first]",)


def test_pieces_take_licences_in_the_turn_of_their_machine(tmp_path: Path) -> None:
    """Three licences for four hosts: the one without stays the last machine's."""
    shared = {"A": folder("[vm]"), "B": folder("[vm]"), "C": folder("[last]")}
    machines = "{vm: {hosts: 2}, last: {hosts: 2}}"
    source = opened(tmp_path, machines, shared, "licences: {unattended: 3}\n")
    (found,) = dedicating(estate(source))
    assert isinstance(found, Alternative)
    assert list(applied(source, found).machines) == ["vm", "vm, B", "last"]
