"""Masks against the plain way to make them, bit by bit; and what large fleets ask of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

import pytest

from simulator.plan.lines import Line, Place
from simulator.plan.masks import Masks, mask, masks_of
from simulator.plan.places import Host, Pool

HOSTS = 40
POOLS_A_HOST = 2
HOSTS_A_MACHINE = 5


def plain_mask(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def plain_segments(pools: Iterable[int]) -> tuple[int, ...]:
    """Cut a sequence of pools wherever it falls."""
    segments: list[list[int]] = []
    for pool in pools:
        if segments and pool >= segments[-1][-1]:
            segments[-1].append(pool)
        else:
            segments.append([pool])
    return tuple(map(plain_mask, segments))


def plain_masks(lines: Sequence[Line], pools: Sequence[Pool], hosts: Sequence[Host]) -> Masks:
    """Ask every line about every pool, folder, host and account."""

    def lines_with(ask: Iterable[bool]) -> int:
        return plain_mask(number for number, is_so in enumerate(ask) if is_so)

    who = [{account for place in line.places for account in place.accounts} for line in lines]
    keeping = {
        account for line, of in zip(lines, who, strict=True) if line.takes_account for account in of
    }
    on = [{pools[pool].host for pool in line.pools()} for line in lines]
    return Masks(
        pools=tuple(plain_mask(line.pools()) for line in lines),
        accounts=tuple(map(plain_mask, who)),
        segments=tuple(plain_segments(line.pools()) for line in lines),
        allowed=tuple(
            {place.machine: place.accounts for place in line.places if place.pools}
            for line in lines
        ),
        lines_of_pool=tuple(
            lines_with(pool in set(line.pools()) for line in lines) for pool in range(len(pools))
        ),
        lines_of_folder=tuple(
            lines_with(line.folder == folder for line in lines)
            for folder in range(max((line.folder for line in lines), default=-1) + 1)
        ),
        lines_of_host=tuple(
            lines_with(
                line.takes_account and host in of for line, of in zip(lines, on, strict=True)
            )
            for host in range(len(hosts))
        ),
        lines_of_account={
            account: lines_with(
                line.takes_account and account in of for line, of in zip(lines, who, strict=True)
            )
            for account in keeping
        },
    )


def random_line(random: Random) -> Line:
    """Some machines in any order; of each all hosts, or one, or none, and one kind of its slots."""
    places = []
    for machine in random.sample(range(HOSTS // HOSTS_A_MACHINE), random.randrange(4)):
        first = machine * HOSTS_A_MACHINE * POOLS_A_HOST + random.randrange(POOLS_A_HOST)
        every = tuple(first + POOLS_A_HOST * host for host in range(HOSTS_A_MACHINE))
        pools = random.choice([every, every, (random.choice(every),), ()])
        accounts = tuple(random.sample(range(50), random.randrange(1, 40)))
        places.append(Place(machine, pools, accounts))
    front = random.random() < 0.5
    return Line(random.randrange(6), 45, front, front, tuple(places))


@pytest.mark.parametrize("seed", range(20))
def test_masks_are_those_made_bit_by_bit(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a test, and the same each time
    hosts = [Host(number // HOSTS_A_MACHINE, None) for number in range(HOSTS)]
    pools = [Pool(number // POOLS_A_HOST, 0, 1, 0, 1) for number in range(HOSTS * POOLS_A_HOST)]
    lines = [random_line(random) for _ in range(random.randrange(60))]
    assert masks_of(lines, pools, hosts) == plain_masks(lines, pools, hosts)


@pytest.mark.parametrize(
    "numbers",
    [[], [0], [5, 3, 5], range(33), range(7, 5000, 13), [4999, *range(100)]],
    ids=["none", "the first", "one twice", "one byte more", "far apart", "not in order"],
)
def test_a_mask_has_just_these_bits(numbers: Sequence[int]) -> None:
    assert mask(numbers) == plain_mask(numbers)


class Unread(tuple[int, ...]):
    """Pools of which nobody may ask all."""

    __slots__ = ()

    def __hash__(self) -> int:
        raise AssertionError("there may be 100,000 of them, and as many places that are compared")


def test_places_are_told_apart_without_reading_all_their_pools() -> None:
    pools = Unread(range(9))
    assert len({Place(0, pools, (1,)), Place(0, pools, (1,)), Place(0, pools, (2,))}) == 2


def test_lines_of_the_same_places_share_their_masks() -> None:
    """Else 50,000 lines over 50,000 pools would hold each mask several times, gigabytes in all."""
    hosts, pools = [Host(0, None)] * 100, [Pool(host, 0, 1, 0, 1) for host in range(100)]
    every = tuple(range(100))
    lines = [Line(0, priority, False, False, (Place(0, every, (0,)),)) for priority in (65, 45)]  # noqa: FBT003 - the columns of a line
    made = masks_of(lines, pools, hosts)
    assert made.pools[0] is made.pools[1] is made.segments[0][0] is made.segments[1][0]
    assert len({id(of_pool) for of_pool in made.lines_of_pool}) == 1
