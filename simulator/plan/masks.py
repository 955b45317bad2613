"""Which line may use what, as bits of integers: the eligibility of a whole estate, worked out once.

Bit n of a mask of lines is line n, of a mask of pools pool n, of accounts account n.

What lines have in common is worked out once, or large fleets would take long to plan: lines of the
same places have the same masks, and places of the same machine name the very same tuple of pools.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Final, NamedTuple, TypeAlias

from simulator.plan.lines import Line
from simulator.plan.places import Host, Pool

_FEW: Final = 32
"""So many bits are set one by one; each makes a new integer of the whole length."""


@dataclass(frozen=True, slots=True)
class Masks:
    """The eligibility of every line, from both sides.

    By line: `pools` and `accounts` it may use; `segments`, its pools cut into masks so that the
    lowest bit of the first segment with a free pool is the first free pool in the folder's order;
    `allowed`, for each machine the accounts in order.
    The other way round: the lines served by a pool, by a folder; and among the lines that keep
    their account to themselves, those of a host and of an account.
    """

    pools: tuple[int, ...]
    accounts: tuple[int, ...]
    segments: tuple[tuple[int, ...], ...]
    allowed: tuple[Mapping[int, tuple[int, ...]], ...]
    lines_of_pool: tuple[int, ...]
    lines_of_folder: tuple[int, ...]
    lines_of_host: tuple[int, ...]
    lines_of_account: Mapping[int, int]


def masks_of(lines: Sequence[Line], pools: Sequence[Pool], hosts: Sequence[Host]) -> Masks:
    """Return the masks of some lines over a fleet."""
    runs = _runs_of_pools(lines)
    one_of_each = {line.places: line for line in lines}
    by_places = {places: _own(line, runs, pools, hosts) for places, line in one_of_each.items()}
    own = [by_places[line.places] for line in lines]
    of_pool, of_host = _lines_served(lines, pools, len(hosts))
    return Masks(
        pools=tuple(one.pools for one in own),
        accounts=tuple(one.accounts for one in own),
        segments=tuple(one.segments for one in own),
        allowed=tuple(one.allowed for one in own),
        lines_of_pool=of_pool,
        lines_of_folder=_lines_of_folder(lines),
        lines_of_host=of_host,
        lines_of_account=_lines_of_account(lines, own),
    )


def mask(numbers: Iterable[int]) -> int:
    """Return the integer that has just these bits set."""
    found = tuple(numbers)
    if len(found) <= _FEW:
        return reduce(or_, (1 << number for number in found), 0)
    bits = bytearray(max(found) // 8 + 1)
    for number in found:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


class _Own(NamedTuple):
    """What `Masks` holds of one line, and its accounts by themselves, each once."""

    pools: int
    accounts: int
    segments: tuple[int, ...]
    allowed: Mapping[int, tuple[int, ...]]
    members: tuple[int, ...]


class _Run(NamedTuple):
    """A rising run of pools: the first, the last, and all of them as bits."""

    first: int
    last: int
    bits: int


_Runs: TypeAlias = Mapping[int, Sequence[_Run]]
"""The rising runs of a place's pools, by the identity of the tuple that holds these.

To look them up by what is in them would take as long as to cut them again.
"""


def _runs_of_pools(lines: Iterable[Line]) -> _Runs:
    named = {id(place.pools): place.pools for line in lines for place in line.places}
    return {identity: _runs(pools) for identity, pools in named.items()}


def _runs(pools: Sequence[int]) -> list[_Run]:
    """Cut a sequence of pools into rising runs."""
    if not pools:
        return []
    falls = (place for place, (one, after) in enumerate(pairwise(pools), 1) if after < one)
    pieces = (pools[begin:end] for begin, end in pairwise((0, *falls, len(pools))))
    return [_Run(piece[0], piece[-1], mask(piece)) for piece in pieces]


def _own(line: Line, runs: _Runs, pools: Sequence[Pool], hosts: Sequence[Host]) -> _Own:
    segments = _segments(run for place in line.places for run in runs[id(place.pools)])
    members = tuple(line.accounts())
    return _Own(
        pools=segments[0] if len(segments) == 1 else reduce(or_, segments, 0),
        accounts=mask(members),
        segments=segments,
        allowed={
            hosts[pools[place.pools[0]].host].machine: place.accounts
            for place in line.places
            if place.pools
        },
        members=members,
    )


def _segments(runs: Iterable[_Run]) -> tuple[int, ...]:
    """Return runs as masks; those that rise from one to the next are one."""
    segments: list[int] = []
    last = -1
    for run in runs:
        if segments and run.first >= last:
            segments[-1] |= run.bits
        else:
            segments.append(run.bits)
        last = run.last
    return tuple(segments)


def _lines_served(
    lines: Sequence[Line], pools: Sequence[Pool], host_count: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the lines of each pool; and of each host, of those that keep their account."""
    of_pool, of_host = [0] * len(pools), [0] * host_count
    numbers, keeping = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    named: dict[int, Sequence[int]] = {}
    for number, line in enumerate(lines):
        for place in line.places:
            named[id(place.pools)] = place.pools
            numbers[id(place.pools)].append(number)
            if line.takes_account:
                keeping[id(place.pools)].append(number)
    for identity, at in named.items():
        _add(mask(numbers[identity]), of_pool, at)
        _add(mask(keeping[identity]), of_host, {pools[pool].host for pool in at})
    return tuple(of_pool), tuple(of_host)


def _add(bits: int, masks: list[int], numbers: Iterable[int]) -> None:
    """Set bits in masks; those that had none share one integer."""
    for number in numbers:
        masks[number] = masks[number] | bits if masks[number] else bits


def _lines_of_folder(lines: Sequence[Line]) -> tuple[int, ...]:
    of_folder: list[list[int]] = [
        [] for _ in range(max((line.folder for line in lines), default=-1) + 1)
    ]
    for number, line in enumerate(lines):
        of_folder[line.folder].append(number)
    return tuple(map(mask, of_folder))


def _lines_of_account(lines: Sequence[Line], own: Sequence[_Own]) -> dict[int, int]:
    """Return the lines of each account, of the lines that keep their account to themselves."""
    of_account = defaultdict[int, list[int]](list)
    for number, line in enumerate(lines):
        for account in own[number].members if line.takes_account else ():
            of_account[account].append(number)
    return {account: mask(numbers) for account, numbers in of_account.items()}
