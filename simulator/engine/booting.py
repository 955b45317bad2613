"""Slots that boot: how many of them are there to be counted on, and which are spoken for."""

from __future__ import annotations

from bisect import bisect_left


class BootingSlots:
    """The slots of the pools on hosts that boot.

    Pools with as many slots are one mask, so that a job more or a host more costs next to nothing,
    however many boot.
    """

    def __init__(self) -> None:
        self._pools = 0
        self._by_slots: dict[int, int] = {}

    def copy(self) -> BootingSlots:
        """Return the same slots, to be taken as one likes."""
        same = BootingSlots()
        same._pools, same._by_slots = self._pools, self._by_slots.copy()
        return same

    def add(self, pool: int, slots: int) -> None:
        """Count in the slots of a pool, which has none here yet."""
        if slots:
            self._pools |= 1 << pool
            self._by_slots[slots] = self._by_slots.get(slots, 0) | 1 << pool

    def remove(self, pools: int) -> None:
        """Leave out all slots of some pools, given as bits."""
        self._pools &= ~pools
        for slots in self._by_slots:
            self._by_slots[slots] &= ~pools

    def take(self, pools: int, wanted: int) -> int:
        """Take slots of some pools, given as bits, the lowest first; return how many, at most."""
        pools &= self._pools
        there = self._count(pools)
        if there <= wanted:
            self.remove(pools)
            return there
        cut = self._cut(pools, wanted)
        taken = self._count(_lowest(pools, cut))
        self.remove(_lowest(pools, cut))
        self.add(cut - 1, taken - wanted)
        return wanted

    def _cut(self, pools: int, wanted: int) -> int:
        """Return below which number pools have so many slots, of which there are more in all."""

        def slots_below(number: int) -> int:
            return self._count(_lowest(pools, number))

        fewest = (pools & -pools).bit_length()
        most = fewest + wanted  # enough where pools of one slot each follow on each other
        while slots_below(most) < wanted:
            most *= 2
        return bisect_left(range(most), wanted, lo=fewest, key=slots_below)

    def _count(self, pools: int) -> int:
        return sum([slots * (those & pools).bit_count() for slots, those in self._by_slots.items()])


def _lowest(pools: int, number: int) -> int:
    """Return the pools that are numbered below it."""
    return pools & (1 << number) - 1
