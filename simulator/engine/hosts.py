"""Hosts at run time: which are connected, up and out of maintenance, and so take jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simulator.engine.clock import Clock
from simulator.engine.dispatcher import Dispatcher
from simulator.engine.journal import Journal
from simulator.plan.masks import mask
from simulator.plan.plan import Plan
from simulator.records.codes import SlotState

_OFF: Final = -1
"""The state of a host that is neither connected nor booting."""

_USABLE, _BOOTING = int(SlotState.USABLE), int(SlotState.BOOTING)
_MAINTENANCE, _DOWN = int(SlotState.MAINTENANCE), int(SlotState.DOWN)


class Hosts:
    """The state of every host; the dispatcher is told which pools are open, the journal of all.

    What becomes of the jobs on a host is not theirs to say: see `engine.losses`.
    """

    def __init__(self, clock: Clock, plan: Plan, journal: Journal, dispatcher: Dispatcher) -> None:
        self._clock, self._plan, self._journal = clock, plan, journal
        self._dispatcher, self._places = dispatcher, dispatcher.places
        self.pools_of: list[list[int]] = [[] for _ in plan.hosts]
        for number, pool in enumerate(plan.pools):
            self.pools_of[pool.host].append(number)
        self.slots = [pool.licensed for pool in plan.pools]
        """By pool, the slots that have a licence, now or, while the host is booting, soon."""

        self.under_maintenance = 0
        """The pools of machines in maintenance, whether their hosts are connected or not, as bits.
        """

        self._windows = [0] * len(plan.machines)
        self._is_down = [False] * len(plan.hosts)
        self._is_connected = [False] * len(plan.hosts)
        self._connected_s = [0.0] * len(plan.hosts)
        self._state, self._since_s = [_OFF] * len(plan.hosts), [0.0] * len(plan.hosts)
        for number, host in enumerate(plan.hosts):
            if host.connected:
                self.connect(number)

    def is_connected(self, host: int) -> bool:
        """Return whether a host is connected, be it up or not."""
        return self._is_connected[host]

    def is_idle(self, host: int) -> bool:
        """Return whether nobody holds a slot of a host."""
        return all(self._places.is_unheld(pool, self.slots[pool]) for pool in self.pools_of[host])

    # --- coming and going -----------------------------------------------------------------------

    def boot(self, host: int, slots: Sequence[int]) -> None:
        """Have a host boot that will offer so many slots of each of its pools."""
        for pool, licensed in zip(self.pools_of[host], slots, strict=True):
            self.slots[pool] = licensed
        self._change(host, _BOOTING)

    def connect(self, host: int) -> None:
        """Connect a host, up and with nothing on it."""
        for pool in self.pools_of[host]:
            self._places.connect(pool, self.slots[pool])
        self._is_connected[host], self._is_down[host] = True, False
        self._connected_s[host] = self._clock.now
        self._update(host)

    def disconnect(self, host: int) -> None:
        """Stop a host on which nobody holds a slot."""
        self._note_unlicensed(host, self._clock.now)
        self._is_connected[host] = False
        self._change(host, _OFF)

    def fail(self, host: int) -> None:
        """Take a host down."""
        self._is_down[host] = True
        self._update(host)

    def repair(self, host: int) -> None:
        """Bring a host up again."""
        self._is_down[host] = False
        self._update(host)

    def begin_maintenance(self, machine: int) -> None:
        """Take the hosts of a machine into maintenance; windows may overlap."""
        self._windows[machine] += 1
        self.under_maintenance |= self._all_pools(machine)
        self._update_each(machine)

    def end_maintenance(self, machine: int) -> None:
        """End one of the windows that are open over a machine."""
        self._windows[machine] -= 1
        if not self._windows[machine]:
            self.under_maintenance &= ~self._all_pools(machine)
        self._update_each(machine)

    def _all_pools(self, machine: int) -> int:
        hosts = self._plan.machines[machine].hosts
        return mask(pool for host in hosts for pool in self.pools_of[host])

    def _update_each(self, machine: int) -> None:
        for host in self._plan.machines[machine].hosts:
            if self._is_connected[host]:
                self._update(host)

    # --- states ---------------------------------------------------------------------------------

    def _update(self, host: int) -> None:
        """Take a connected host into the state that it is in now."""
        if self._is_down[host]:
            self._change(host, _DOWN)
        elif self._windows[self._plan.hosts[host].machine]:
            self._change(host, _MAINTENANCE)
        else:
            self._change(host, _USABLE)

    def _change(self, host: int, state: int) -> None:
        before = self._state[host]
        if state == before:
            return
        self._note(host, self._clock.now)
        self._state[host], self._since_s[host] = state, self._clock.now
        pools = [pool for pool in self.pools_of[host] if self.slots[pool]]
        places, bits = self._places, mask(pools)
        places.existing = places.existing & ~bits if state == _OFF else places.existing | bits
        if before == _MAINTENANCE:
            places.maintained &= ~bits
        if state == _MAINTENANCE:
            places.maintained |= bits
        if before == _USABLE:
            for pool in pools:
                places.shut(pool)
        if state == _USABLE:
            self._dispatcher.let_in(pools)

    def _note(self, host: int, now: float) -> None:
        """Note the state that a host leaves, or that is left when the run ends."""
        if self._state[host] != _OFF:
            state, since_s = SlotState(self._state[host]), self._since_s[host]
            for pool in self.pools_of[host]:
                self._journal.slots_were(pool, self.slots[pool], state, since_s, now)

    def _note_unlicensed(self, host: int, now: float) -> None:
        for pool in self.pools_of[host]:
            without = self._plan.pools[pool].slots - self.slots[pool]
            since_s = self._connected_s[host]
            self._journal.slots_were(pool, without, SlotState.UNLICENSED, since_s, now)

    def close(self, end_s: float) -> None:
        """Note the states that last when the run ends."""
        for host, is_connected in enumerate(self._is_connected):
            self._note(host, end_s)
            if is_connected:
                self._note_unlicensed(host, end_s)
