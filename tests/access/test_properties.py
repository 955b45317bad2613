"""What holds for every tree of folders and every assignment of roles.

Each of the twelve default roles, roles of one's own, copies, and copies of copies; members of
groups and of counted accounts. `test_rules.py` has the same rules one by one.
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

from access.random_rights import (
    A_ROLE,
    ACCOUNTS,
    CALLED,
    FILES,
    NAMES,
    ROLES,
    TENANT,
    File,
    access,
    folders_of,
    is_within,
    with_role,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.access.grants import Access

CHECKED = settings(max_examples=150, deadline=None, derandomize=True)
PICKED = st.randoms(use_true_random=False)
"""Picks one of the folders of a tree, which has to be drawn first."""

Everything = dict[tuple[str, str], tuple[bool, frozenset[str]]]
"""Whether an account may enter a folder, and what it may do there."""


def everything(rights: Access) -> Everything:
    return {
        (who, at): (rights.has_access(who, at), rights.permissions(who, at))
        for who in rights.accounts
        for at in rights.folders
    }


@CHECKED
@given(FILES, A_ROLE)
def test_a_role_in_a_folder_adds_its_part_and_only_the_mixed_rule_takes_away(
    file: File, role: str
) -> None:
    """To whom it is given, from its folder downwards, and to nobody else anywhere.

    What may be lost, and all of it is: where an account had rights in a folder through mixed roles
    of the tenant (classic model), the first role that has a folder part takes their place.
    """
    before = access(file)
    for place, name in product(folders_of(file), CALLED):
        after = access(with_role(file, place, name, role))
        _differs_by(role, place, name, before, after, file)


def _differs_by(
    role: str, place: str, name: str, before: Access, after: Access, file: File
) -> None:
    part = before.roles[role]
    for (who, at), (_, held) in everything(before).items():
        concerned = who in CALLED[name] and is_within(at, place) and part.type != "tenant"
        from_tenant = {grant.place for grant in before.grants(who, at)} == {TENANT}
        lost = held if concerned and from_tenant else frozenset()
        gained = part.folder if concerned else frozenset()
        assert after.permissions(who, at) == (held - lost) | gained
        assert file["assumptions"]["folder_model"] == "classic" or not lost
    for who in before.accounts:
        assert after.tenant_permissions(who) == before.tenant_permissions(who)


@CHECKED
@given(FILES, A_ROLE)
def test_a_role_at_the_tenant_takes_nothing_away(file: File, role: str) -> None:
    """It adds its tenant part there; its folder part, if it is mixed, where no folder role is."""
    before = access(file)
    for name in CALLED:
        after = access(with_role(file, TENANT, name, role))
        _adds_at_the_tenant(role, name, before, after, file)


def _adds_at_the_tenant(role: str, name: str, before: Access, after: Access, file: File) -> None:
    part, classic = before.roles[role], file["assumptions"]["folder_model"] == "classic"
    for who in before.accounts:
        given_to = who in CALLED[name]
        added = part.tenant if given_to and part.type != "folder" else frozenset()
        assert after.tenant_permissions(who) == before.tenant_permissions(who) | added
        for at in before.folders:
            opens = given_to and classic and part.type == "mixed"
            folder_roles = any(grant.place != TENANT for grant in before.grants(who, at))
            added = part.folder if opens and not folder_roles else frozenset()
            assert after.permissions(who, at) == before.permissions(who, at) | added


@CHECKED
@given(FILES, st.dictionaries(NAMES, st.lists(A_ROLE, max_size=3), min_size=1, max_size=3), PICKED)
def test_what_is_assigned_in_a_folder_gives_nothing_outside_it(
    file: File, assigned: File, random: Random
) -> None:
    """No right, no way in, no robot and no machine: not to a sibling, not to a parent."""
    place = random.choice(sorted(folders_of(file)))
    richer = file
    for name, roles in assigned.items():
        richer = with_role(richer, place, name, "Starter")
        for role in roles:
            richer = with_role(richer, place, name, role)
    before, after = access(file), access(richer)
    everybodys = everything(after)
    for (who, at), rights in everything(before).items():
        if not is_within(at, place) or not any(who in CALLED[name] for name in assigned):
            assert everybodys[who, at] == rights
    for at in before.folders:
        assert after.machines(at) == before.machines(at)
        if not is_within(at, place):
            assert after.executors(at) == before.executors(at)


@CHECKED
@given(FILES)
def test_rights_and_robots_grow_downwards(file: File) -> None:
    """In the modern model without exception; in the classic one only the tenant's part may go."""
    rights = access(file)
    for at in rights.folders:
        parent = at.rpartition("/")[0]
        if not parent:
            continue
        assert set(rights.executors(at)) >= set(rights.executors(parent))
        for who in rights.accounts:
            inherited = [one for one in rights.grants(who, parent) if one.place != TENANT]
            assert rights.has_access(who, at) or not rights.has_access(who, parent)
            assert set(inherited) <= set(rights.grants(who, at))
            if inherited or file["assumptions"]["folder_model"] == "modern":
                assert rights.permissions(who, at) >= rights.permissions(who, parent)


@CHECKED
@given(FILES)
def test_rights_are_those_of_the_grants_and_robots_those_by_own_name(file: File) -> None:
    rights, places = access(file), folders_of(file)
    for at in rights.folders:
        above = [place for place in places if is_within(at, place)]
        own_names = {name for place in above for name in places[place]["assign"]}
        groups = {"clerks", "leads", "robots"}
        directly = {who for name in own_names - groups for who in CALLED[name]}
        assert set(rights.executors(at)) == directly & {"ben", "bot-1", "bot-2"}
        for who in rights.accounts:
            grants = rights.grants(who, at)
            assert rights.permissions(who, at) == frozenset().union(
                *(g.permissions for g in grants)
            )
            assert all(who in CALLED[grant.principal] for grant in grants)
            assert {grant.place for grant in grants} <= {*above, TENANT}
            assert rights.has_access(who, at) or not grants


def shuffled(value: Any, random: Random) -> Any:
    """The same mapping with its keys, and the roles in its lists, in another order."""
    if isinstance(value, list):
        return random.sample(value, len(value))
    if not isinstance(value, dict):
        return value
    return {key: shuffled(value[key], random) for key in random.sample(list(value), len(value))}


@CHECKED
@given(FILES, PICKED)
def test_no_order_of_a_file_changes_a_right(file: File, random: Random) -> None:
    """Of roles, of accounts, of an account's groups, of folders, of names, of what each holds."""
    before = access(file)
    after = access(shuffled({**file, "roles": ROLES, "accounts": ACCOUNTS}, random))
    assert everything(after) == everything(before)
    for who in before.accounts:
        assert after.tenant_permissions(who) == before.tenant_permissions(who)
    for at in before.folders:
        assert set(after.executors(at)) == set(before.executors(at))


@CHECKED
@given(FILES, PICKED)
def test_a_role_held_twice_is_held_once(file: File, random: Random) -> None:
    places = {**folders_of(file), TENANT: file["tenant"]}
    held = [
        (place, name, role)
        for place, home in places.items()
        for name, roles in home["assign"].items()
        for role in roles
    ]
    assume(held)
    twice = access(with_role(file, *random.choice(held)))
    assert everything(twice) == everything(access(file))
