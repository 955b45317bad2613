from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.machines import Machine

HOSTS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "one by default": ({}, ("1",)),
    "counted": ({"hosts": 3}, ("1", "2", "3")),
    "none": ({"hosts": 0}, ()),
    "named": ({"names": ["vm-b", "vm-a"]}, ("vm-b", "vm-a")),
}


@pytest.mark.parametrize(("entry", "names"), HOSTS.values(), ids=HOSTS)
def test_hosts(entry: dict[str, Any], names: tuple[str, ...]) -> None:
    machine = Machine.model_validate(entry)
    assert machine.host_names() == names
    assert machine.host_count == len(names)


FOUND = {
    "its own name": ("1", "1"),
    "with the machine": ("vm/1", "1"),
    "another number": ("3", None),
    "of another machine": ("lab/1", None),
    "nothing": ("vm/", None),
}


@pytest.mark.parametrize(("given", "own"), FOUND.values(), ids=FOUND)
def test_a_host_by_name(given: str, own: str | None) -> None:
    assert Machine(hosts=2).own_host_name("vm", given) == own


SLOTS: dict[str, tuple[Any, dict[str, int]]] = {
    "a bare number means unattended": (2, {"unattended": 2}),
    "by runtime type": ({"headless": 1, "agent": 0}, {"headless": 1, "agent": 0}),
}


@pytest.mark.parametrize(("given", "slots"), SLOTS.values(), ids=SLOTS)
def test_slots(given: object, slots: dict[str, int]) -> None:
    assert Machine.model_validate({"slots": given}).slots == slots
    assert Machine().slots == {"unattended": 1}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "hosts and names": ({"hosts": 1, "names": ["a"]}, "either hosts or names"),
    "a host twice": ({"names": ["a", "a"]}, "lists a host twice"),
    "too many": ({"hosts": 100_001}, "less than or equal to 100000"),
    "less than none": ({"hosts": -1}, "greater than or equal to 0"),
    "no such runtime type": ({"slots": {"attended": 1}}, "'unattended'"),
    "no slots": ({"slots": -1}, "greater than or equal to 0"),
    "no sessions": ({"windows_sessions": -1}, "greater than or equal to 0"),
}


@pytest.mark.parametrize(("entry", "why"), BAD.values(), ids=BAD)
def test_a_machine_that_is_refused(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Machine.model_validate(entry)


@pytest.mark.parametrize(
    ("keys", "background", "foreground"),
    [
        ({}, True, True),
        ({"windows_sessions": 1}, True, True),
        ({"windows_sessions": 0}, True, False),
        ({"hosts": 0}, False, False),
        ({"names": []}, False, False),
    ],
    ids=["one host", "a session", "no session", "no host", "no names"],
)
def test_what_can_run_at_all(keys: dict[str, Any], *, background: bool, foreground: bool) -> None:
    machine = Machine.model_validate(keys)
    assert machine.can_run(foreground=False) is background
    assert machine.can_run(foreground=True) is foreground
