"""Elastic pools: hosts booted while jobs are Pending that they could run, and stopped when idle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial, reduce
from operator import or_

import simpy

from simulator.engine.booting import BootingSlots
from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.draws import Luck
from simulator.engine.hosts import Hosts
from simulator.engine.orchestrator import Orchestrator
from simulator.engine.slots import Slot
from simulator.engine.upkeep import Upkeep
from simulator.plan.masks import mask
from simulator.plan.places import Elastic
from simulator.plan.plan import Plan
from simulator.policies.ordering import lines_of

_BOOT, _IDLE = int(Phase.BOOT), int(Phase.IDLE)


class ElasticPools:
    """Looks after each match whether to boot a host, and after each end whether one is idle."""

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        hosts: Hosts,
        upkeep: Upkeep,
        orchestrator: Orchestrator,
        luck: Luck,
    ) -> None:
        self._clock, self._plan, self._hosts, self._upkeep = clock, plan, hosts, upkeep
        self._orchestrator, self._dispatcher = orchestrator, orchestrator.dispatcher
        self._places = orchestrator.dispatcher.places
        self._left = list(plan.licences_left)
        self._rules = {
            number: machine.elastic
            for number, machine in enumerate(plan.machines)
            if machine.elastic is not None
        }
        self._boots_s = {number: _boots_s(number, plan, luck) for number in self._rules}
        self._connected = dict.fromkeys(self._rules, 0)
        self._booting = BootingSlots()
        self._off: dict[int, int] = defaultdict(int)
        self._stops: dict[int, tuple[float, simpy.Event]] = {}
        self._overdue: dict[int, dict[int, None]] = {number: {} for number in self._rules}
        self._has_too_many: dict[int, None] = {}
        self._with_session = mask(n for n, line in enumerate(plan.lines) if line.takes_session)
        self._lines, self._served_by_each = 0, dict.fromkeys(self._rules, ~0)
        for number in self._rules:
            for host in plan.machines[number].hosts:
                self._begin(number, host)
        self._tell_bootable()
        orchestrator.when_matched = self.review
        orchestrator.when_left = self._on_left

    def _begin(self, machine: int, host: int) -> None:
        """Take in a host as it is at the start of the run."""
        if self._hosts.is_connected(host):
            self._connected[machine] += 1
            self._idles(host)
        else:
            self._switch_off(host)
        self._lines |= self._served_by(host)
        self._served_by_each[machine] &= self._served_by(host)

    def _switch_off(self, host: int) -> None:
        for pool in self._hosts.pools_of[host]:
            self._off[self._plan.pools[pool].runtime] |= 1 << pool

    # --- booting --------------------------------------------------------------------------------

    def review(self) -> None:
        """Stop the hosts that have been idle for too long, and boot those that jobs wait for."""
        for machine in [*self._has_too_many]:
            self._stop_needless(machine)
        waiting = self._dispatcher.waiting & self._lines
        if not waiting or not self._could_boot():
            return
        spare = self._booting.copy()
        for line in lines_of(waiting):
            if not self._places.accounts_at_their_limit(line):
                self._boot_for(line, spare)

    def _could_boot(self) -> int:
        """Return the pools on hosts that may be booted now, as bits."""
        return self._places.bootable & ~self._hosts.under_maintenance

    def _boot_for(self, line: int, spare: BootingSlots) -> None:
        """Have a slot booting for every job of a line, as far as that can be.

        spare: the slots that boot and are nobody's yet.
        """
        short = self._dispatcher.length(line)
        eligible = self._places.startable[line]
        for segment in self._plan.masks.segments[line]:
            short -= spare.take(eligible & segment, short)
        while short and (could := self._could_boot() & eligible):
            pool = self._dispatcher.first(line, could)
            self._boot(self._plan.pools[pool].host, spare)
            short -= spare.take(1 << pool, short)

    def _boot(self, host: int, spare: BootingSlots) -> None:
        pools = self._hosts.pools_of[host]
        slots = [self._take_licences(pool) for pool in pools]
        self._hosts.boot(host, slots)
        for pool, licensed in zip(pools, slots, strict=True):
            self._booting.add(pool, licensed)
            spare.add(pool, licensed)
            self._off[self._plan.pools[pool].runtime] &= ~(1 << pool)
        self._tell_bootable()
        delay_s = next(self._boots_s[self._plan.hosts[host].machine])
        Instant(self._clock, partial(self._on_booted, host)).due_in(delay_s, _BOOT)

    def _take_licences(self, pool: int) -> int:
        """Take as many licences for the slots of a pool as there are; return how many."""
        wanted = self._plan.pools[pool]
        taken = int(min(wanted.slots, self._left[wanted.runtime]))
        self._left[wanted.runtime] -= taken
        return taken

    def _on_booted(self, host: int, _event: simpy.Event) -> None:
        machine = self._plan.hosts[host].machine
        self._booting.remove(mask(self._hosts.pools_of[host]))
        self._connected[machine] += 1
        self._has_too_many[machine] = None
        self._hosts.connect(host)
        self._upkeep.watch(host)
        self._idles(host)
        self._orchestrator.match_soon()

    # --- stopping -------------------------------------------------------------------------------

    def _on_left(self, slot: Slot) -> None:
        host = self._plan.pools[slot.pool].host
        if self._plan.hosts[host].machine in self._rules and self._hosts.is_idle(host):
            self._idles(host)

    def _idles(self, host: int) -> None:
        """Have a host that is idle from now on stopped in its time."""
        rules = self._rules[self._plan.hosts[host].machine]
        stop = Instant(self._clock, partial(self._on_idle, host))
        stop.due_in(rules.idle_stop_s, _IDLE)
        self._stops[host] = self._clock.now + rules.idle_stop_s, stop

    def _on_idle(self, host: int, event: simpy.Event) -> None:
        """Take in that a host's time is over, unless it was held in between."""
        _, last = self._stops.get(host, (0.0, None))
        if last is event and self._hosts.is_idle(host):
            machine = self._plan.hosts[host].machine
            overdue = self._overdue[machine]
            overdue.pop(host, None)  # where it has been overdue before, it is the last again
            overdue[host] = None
            self._has_too_many[machine] = None
            self._stop_needless(machine)
            self._orchestrator.match_soon()

    def _stop_needless(self, machine: int) -> None:
        """Stop hosts of a machine that have been idle for long, but those that are needed.

        It has no longer too many if none of these is left, or no more than it must have.
        """
        least, overdue = self._rules[machine].least, self._overdue[machine]
        waiting = self._dispatcher.waiting
        if waiting & self._served_by_each[machine]:
            return
        for host in [*overdue] if self._connected[machine] > least else ():
            if self._stops[host][0] > self._clock.now or not self._hosts.is_idle(host):
                del overdue[host]
            elif self._connected[machine] > least and not waiting & self._served_by(host):
                self._stop(host, machine)
        if not overdue or self._connected[machine] <= least:
            self._has_too_many.pop(machine, None)

    def _served_by(self, host: int) -> int:
        """Return the lines whose jobs could run on a host, as bits."""
        of_pool = self._plan.masks.lines_of_pool
        lines = reduce(or_, (of_pool[pool] for pool in self._hosts.pools_of[host]), 0)
        has_sessions = self._plan.hosts[host].has_sessions(needed=True)
        return lines if has_sessions else lines & ~self._with_session

    def _stop(self, host: int, machine: int) -> None:
        del self._overdue[machine][host], self._stops[host]
        self._connected[machine] -= 1
        self._hosts.disconnect(host)
        for pool in self._hosts.pools_of[host]:
            self._left[self._plan.pools[pool].runtime] += self._hosts.slots[pool]
        self._switch_off(host)
        self._tell_bootable()

    def _tell_bootable(self) -> None:
        """Tell which pools are off and could have a licence."""
        self._places.bootable = sum(
            pools for runtime, pools in self._off.items() if self._left[runtime] > 0
        )


def _boots_s(machine: int, plan: Plan, luck: Luck) -> Iterator[float]:
    """Return how long each boot of a machine's hosts takes, one after the other."""
    rules = plan.machines[machine].elastic
    assert isinstance(rules, Elastic)  # noqa: S101 - it is asked for elastic machines alone
    entity = f"machine:{plan.legend.names.machines[machine]}"
    return luck.one_after_the_other(entity, "boot", rules.boot)
