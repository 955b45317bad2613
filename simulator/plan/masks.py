"""Which line may use what, as bits of integers: the eligibility of a whole estate, worked out once.

Bit n of a mask of lines is line n, of a mask of pools pool n, of accounts account n.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.plan.lines import Line
from simulator.plan.places import Host, Pool


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
    of_pool, of_host, of_account = [0] * len(pools), [0] * len(hosts), dict[int, int]()
    of_folder = [0] * (max((line.folder for line in lines), default=-1) + 1)
    for number, line in enumerate(lines):
        bit = 1 << number
        of_folder[line.folder] |= bit
        for pool in line.pools():
            of_pool[pool] |= bit
            if line.takes_account:
                of_host[pools[pool].host] |= bit
        if line.takes_account:
            for account in line.accounts():
                of_account[account] = of_account.get(account, 0) | bit
    return Masks(
        pools=tuple(mask(line.pools()) for line in lines),
        accounts=tuple(mask(line.accounts()) for line in lines),
        segments=tuple(tuple(_segments(line.pools())) for line in lines),
        allowed=tuple(_allowed(line, pools, hosts) for line in lines),
        lines_of_pool=tuple(of_pool),
        lines_of_folder=tuple(of_folder),
        lines_of_host=tuple(of_host),
        lines_of_account=of_account,
    )


def mask(numbers: Iterable[int]) -> int:
    """Return the integer that has just these bits set."""
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def _segments(pools: Iterable[int]) -> Iterator[int]:
    """Cut a sequence of pools into rising runs, a mask each."""
    segment, last = 0, -1
    for pool in pools:
        if pool < last:
            yield segment
            segment = 0
        segment |= 1 << pool
        last = pool
    if segment:
        yield segment


def _allowed(
    line: Line, pools: Sequence[Pool], hosts: Sequence[Host]
) -> dict[int, tuple[int, ...]]:
    """Return for each machine the accounts that may run the line's jobs there, in order."""
    return {
        hosts[pools[place.pools[0]].host].machine: place.accounts
        for place in line.places
        if place.pools
    }
