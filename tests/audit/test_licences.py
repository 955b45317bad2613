"""Which slots have a licence, and what one more would bring."""

from __future__ import annotations

from typing import Any

import pytest
from builders import scenario

from simulator.audit.licences import ElasticDemand, HostLicences, LicenceUse, licence_uses


def use(licences: int, **machines: Any) -> LicenceUse:
    """What becomes of so many unattended licences."""
    (found,) = licence_uses(
        scenario(machines=machines, folders={}, licences={"unattended": licences})
    )
    return found


def test_the_vendors_example_leaves_the_third_host_without() -> None:
    """4 licences, 3 hosts of 2 slots each: the first two hosts take them all."""
    found = use(4, vm={"hosts": 3, "slots": 2})
    assert found.hosts == (
        HostLicences("vm/1", 2, 2),
        HostLicences("vm/2", 2, 2),
        HostLicences("vm/3", 2, 0),
    )
    assert found.without == (HostLicences("vm/3", 2, 0),)
    assert found.left == 0


def test_a_host_may_have_a_part_and_named_hosts_keep_their_names() -> None:
    found = use(3, vm={"names": ["blue", "red"], "slots": 2})
    assert found.without == (HostLicences("vm/red", 2, 1),)


def test_machines_take_theirs_in_the_order_of_the_file() -> None:
    """Of 3 licences the two of `b` go first, since it stands first; `a` gets one."""
    found = use(3, b={"slots": 2}, a={"slots": 2})
    assert [(host.host, host.licensed) for host in found.hosts] == [("b/1", 2), ("a/1", 1)]


def test_slots_of_another_runtime_type_take_none() -> None:
    found = use(1, vm={"slots": {"headless": 5}}, box={"slots": 1})
    assert found.hosts == (HostLicences("box/1", 1, 1),)


@pytest.mark.parametrize(
    ("licences", "short", "brings_a_host"),
    [
        (1, True, False),
        (2, True, True),
        (3, True, False),
        (4, True, True),
        (6, False, False),
    ],
    ids=["the first is partly licensed", "no more", "one half-licensed", "one", "all there are"],
)
def test_an_elastic_pool_takes_what_those_always_there_leave(
    licences: int, short: bool, brings_a_host: bool
) -> None:
    """One host of 2 slots always, two more at most: they need 2 + 4 licences.

    Where an even number is left, one more lets a further host boot, with one slot; where an odd
    one is, the last host to boot gets its second slot. With 1 the host always there lacks one.
    """
    found = use(licences, vm={"pool": {"min": 1, "max": 3}, "slots": 2})
    assert found.elastic == (ElasticDemand("vm", 2, 2),)
    assert bool(found.short) is short
    assert found.brings_a_host is brings_a_host or bool(found.without)


def test_of_several_pools_none_is_sure_to_get_the_next() -> None:
    found = use(0, a={"pool": {"max": 1}}, b={"pool": {"max": 1}})
    assert [pool.machine for pool in found.short] == ["a", "b"]
    assert not found.brings_a_host


def test_types_without_a_number_are_not_told_of() -> None:
    assert licence_uses(scenario()) == ()
