"""What befalls hosts by itself: maintenance by the clock on the wall, failures by chance.

Each maintenance entry of a machine, and each host that can fail, is a SimPy process of its own.
They go on for as long as the run has anything to do.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import simpy

from simulator.engine.clock import Clock, Phase
from simulator.engine.draws import Luck
from simulator.engine.hosts import Hosts
from simulator.engine.losses import Losses
from simulator.engine.orchestrator import Orchestrator
from simulator.errors import EndlessRun
from simulator.model.machines import Failures
from simulator.plan.maintenance import Windows
from simulator.plan.plan import Plan
from simulator.policies.ordering import lines_of
from simulator.units import LONGEST_S

_Events = Generator[simpy.Event, None, None]


class Upkeep:
    """The processes that take hosts out of service and bring them back."""

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        hosts: Hosts,
        orchestrator: Orchestrator,
        luck: Luck,
    ) -> None:
        self._clock, self._plan, self._hosts, self._luck = clock, plan, hosts, luck
        self._orchestrator = orchestrator
        self._losses = Losses(hosts, orchestrator.slots, orchestrator.left)
        self._lives = [0] * len(plan.hosts)
        self._draws: dict[int, tuple[Iterator[float], Iterator[float]]] = {}
        self._going_on = 0
        for number, machine in enumerate(plan.machines):
            for windows in machine.windows:
                self._go_on(self._maintain(number, windows))
        for number, host in enumerate(plan.hosts):
            if host.connected:
                self.watch(number)

    def _go_on(self, events: _Events) -> None:
        self._going_on += 1
        self._clock.process(events)

    # --- maintenance ----------------------------------------------------------------------------

    def _maintain(self, machine: int, windows: Windows) -> _Events:
        clock, orchestrator = self._clock, self._orchestrator
        begins = (
            (clock.wait(begin_s - clock.now, Phase.MAINTENANCE), end_s)
            for begin_s, end_s in windows.spans_s()
        )
        window = next(begins, None)
        while window is not None:
            begin, end_s = window
            yield begin
            if self._is_over():
                break
            self._hosts.begin_maintenance(machine)
            for host in self._plan.machines[machine].hosts:
                self._losses.take_off(host, "kill" if windows.kills else "finish")
            orchestrator.match_soon()
            yield clock.wait(end_s - clock.now, Phase.MAINTENANCE)
            self._hosts.end_maintenance(machine)
            window = next(begins, None)  # on the clock before any match: it may begin at once
            orchestrator.match_soon()
        self._going_on -= 1

    # --- failures -------------------------------------------------------------------------------

    def watch(self, host: int) -> None:
        """Let a host that has just been connected fail in its time, if it ever does."""
        machine = self._plan.hosts[host].machine
        failures = self._plan.machines[machine].failures
        if failures is not None:
            self._lives[host] += 1
            if host not in self._draws:
                self._draws[host] = self._drawn(host, failures)
            self._go_on(self._fail(host, self._lives[host], failures))

    def _drawn(self, host: int, failures: Failures) -> tuple[Iterator[float], Iterator[float]]:
        entity = f"host:{self._plan.legend.names.hosts[host]}"
        one_by_one = self._luck.one_after_the_other
        return one_by_one(entity, "up", failures.up), one_by_one(entity, "down", failures.down)

    def _fail(self, host: int, life: int, failures: Failures) -> _Events:
        clock, orchestrator = self._clock, self._orchestrator
        up_s, down_s = self._draws[host]
        failure = clock.wait(next(up_s), Phase.FAILURE)
        while True:
            yield failure
            if not self._lives_on(host, life) or self._is_over():
                break
            self._hosts.fail(host)
            self._losses.take_off(host, failures.running_jobs)
            repair = clock.wait(next(down_s), Phase.REPAIR)  # on the clock before any match
            orchestrator.match_soon()
            yield repair
            if not self._lives_on(host, life):
                break
            self._hosts.repair(host)
            self._losses.let_go_on(host)
            failure = clock.wait(next(up_s), Phase.FAILURE)  # the same
            orchestrator.match_soon()
        self._going_on -= 1

    def _lives_on(self, host: int, life: int) -> bool:
        """Return whether a host has not been stopped since; it may have been booted again."""
        return self._hosts.is_connected(host) and self._lives[host] == life

    # --- the end of a run -----------------------------------------------------------------------

    def _is_over(self) -> bool:
        """Return whether nothing that is left can change any more, but for hosts going on and off.

        Every process here but the one that asks has one event on the clock. Once there is none
        beside theirs, but for a match of nobody, no job runs, so that only a host that is out of
        service could let one start.

        Raises:
            EndlessRun: it has not been so for a hundred years after the window.
        """
        clock = self._clock
        if clock.now > self._plan.until_s + LONGEST_S:
            raise EndlessRun.waiting()
        orchestrator = self._orchestrator
        others = clock.events_due() - orchestrator.matches_due
        is_quiet = others < self._going_on and not orchestrator.dispatcher.places.stirred
        return (
            clock.now >= self._plan.until_s
            and is_quiet
            and not self._losses.any_paused
            and not self._may_yet_start()
        )

    def _may_yet_start(self) -> bool:
        """Return whether hosts that are not in service could take a job, or have it Faulted."""
        dispatcher = self._orchestrator.dispatcher
        places = dispatcher.places
        away = places.existing & ~places.open
        faults = self._plan.assumptions.busy_session == "fault"  # also where there is no session
        helped_by = self._plan.masks.pools if faults else places.startable
        return any(
            (helped_by[line] & away or places.startable[line] & places.bootable)
            and not dispatcher.is_held_back(line)
            for line in lines_of(dispatcher.waiting)
        )
