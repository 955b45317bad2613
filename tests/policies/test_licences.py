"""Licences as they are taken: so many as there are slots, while there are any."""

from __future__ import annotations

import math
from typing import Any

import pytest
from builders import scenario

from simulator.policies.licences import Licences, licences_of


def licences(machines: dict[str, Any], held: dict[str, int]) -> Licences:
    return licences_of(scenario(machines=machines, folders={}, licences=held))


ROWS: dict[str, tuple[int, list[int], list[int], int]] = {
    "enough for all": (6, [2, 2, 2], [2, 2, 2], 0),
    "the vendor's example": (4, [2, 2, 2], [2, 2, 0], 0),
    "one host in part": (5, [2, 2, 2], [2, 2, 1], 0),
    "some left": (9, [2, 2, 2], [2, 2, 2], 3),
    "none at all": (0, [2, 1], [0, 0], 0),
    "a small host after a large one": (3, [4, 2], [3, 0], 0),
}
"""Licences, what each machine's one host asks for in turn, what it gets, and what is left."""


@pytest.mark.parametrize(("held", "asked", "given", "left"), ROWS.values(), ids=ROWS)
def test_machines_take_licences_in_turn(
    held: int, asked: list[int], given: list[int], left: int
) -> None:
    found = licences(
        {f"vm-{nth}": {"slots": slots} for nth, slots in enumerate(asked)}, {"unattended": held}
    )
    assert [found.of_machine(name, "unattended") for name in found.machines] == given
    assert (found.taken("unattended"), found.left("unattended")) == (sum(given), left)


@pytest.mark.parametrize(
    ("held", "given"),
    [(9, [2, 2, 2]), (8, [2, 2, 1]), (7, [2, 2, 0]), (4, [1, 0, 0]), (2, [0, 0, 0])],
)
def test_so_do_the_hosts_of_a_machine(held: int, given: list[int]) -> None:
    """Three of two slots each, behind a machine that takes three licences."""
    machines = {"first": {"slots": 3}, "vm": {"hosts": 3, "slots": 2}}
    found = licences(machines, {"unattended": held})
    assert [found.of_host("vm", "unattended", place) for place in range(3)] == given
    assert found.of_machine("vm", "unattended") == sum(given)


def test_of_a_pool_those_always_there_take_licences_with_all_others() -> None:
    """Two hosts of two slots and one of three take 7 of 10; the rest is for whoever boots."""
    machines = {"burst": {"pool": {"min": 2, "max": 9}, "slots": 2}, "vm": {"slots": 3}}
    found = licences(machines, {"unattended": 10})
    assert [found.of_machine(name, "unattended") for name in machines] == [4, 3]
    assert [found.of_host("burst", "unattended", place) for place in range(3)] == [2, 2, 0]
    assert found.left("unattended") == 3


def test_each_runtime_type_has_licences_of_its_own() -> None:
    machines = {"vm": {"slots": {"unattended": 2, "headless": 2}}}
    found = licences(machines, {"unattended": 1, "headless": 2})
    assert [found.of_host("vm", runtime, 0) for runtime in ("unattended", "headless")] == [1, 2]


def test_of_a_type_that_is_not_named_there_is_any_number() -> None:
    found = licences({"vm": {"hosts": 10_000, "slots": {"agent": 1}}}, {"unattended": 1})
    assert found.of_machine("vm", "agent") == 10_000
    assert found.left("agent") == math.inf
