"""Slots that boot: how many of them are there to be counted on, and which are spoken for."""

from __future__ import annotations

from bisect import bisect_left


class BootingSlots:
    """The slots of the pools on hosts that boot.

    Pools with as many slots are one mask, so that a job more or a host more costs nothing, however
    many boot.
    """

    def __init__(self) -> None:
        self._pools: dict[int, int] = {}

    def copy(self) -> BootingSlots:
        """Return the same slots, to be taken as one likes."""
        same = BootingSlots()
        same._pools = self._pools.copy()
        return same

    def add(self, pool: int, slots: int) -> None:
        """Count in the slots of a pool, which has none here yet."""
        if slots:
            self._pools[slots] = self._pools.get(slots, 0) | 1 << pool

    def remove(self, pools: int) -> None:
        """Leave out all slots of some pools, given as bits."""
        for slots in self._pools:
            self._pools[slots] &= ~pools

    def take(self, pools: int, wanted: int) -> int:
        """Take slots of some pools, given as bits, the lowest first; return how many, at most."""
        there = self._count(pools)
        if there <= wanted:
            self.remove(pools)
            return there
        cut = bisect_left(
            range(pools.bit_length()), wanted, key=lambda bits: self._count(_lowest(pools, bits))
        )
        taken = self._count(_lowest(pools, cut))
        self.remove(_lowest(pools, cut))
        self.add(cut - 1, taken - wanted)
        return wanted

    def _count(self, pools: int) -> int:
        return sum(slots * (those & pools).bit_count() for slots, those in self._pools.items())


def _lowest(pools: int, bits: int) -> int:
    """Return the pools that are numbered below `bits`."""
    return pools & (1 << bits) - 1
