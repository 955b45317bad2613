"""The clock: SimPy's environment, and what it does quicker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import simpy
from simpy.core import StopSimulation

from simulator.engine.clock import FIRST, Clock, Instant


def test_now_is_simpys() -> None:
    clock = Clock()
    seen: list[tuple[float, float]] = []
    Instant(clock, lambda _event: seen.append((clock.now, clock._now))).due_at(5.0, 0)
    clock.run_on()
    assert seen == [(5.0, 5.0)]


def happenings(*, by_simpy: bool) -> list[tuple[float, str]]:
    """A process and instants of several phases, two of them at one time."""
    clock, told = Clock(), list[tuple[float, str]]()

    def process() -> Iterator[simpy.Event]:
        for _ in range(3):
            yield clock.wait(2.0, 4)
            told.append((clock.now, "process"))

    def tell(what: str) -> Instant:
        return Instant(clock, lambda _event: told.append((clock.now, what)))

    clock.process(process())
    for at_s, phase, what in (
        (4.0, 9, "late"),
        (4.0, 1, "early"),
        (4.0, 1, "next"),
        (1.0, 0, "first"),
    ):
        tell(what).due_at(at_s, phase)
    tell("beyond").due_in(7.0, 0)
    if by_simpy:
        clock.run()
    else:
        clock.run_on()
    return told


def test_everything_happens_in_the_order_of_simpys_own_run() -> None:
    told = happenings(by_simpy=False)
    assert told == happenings(by_simpy=True)
    assert [what for at_s, what in told if at_s == 4] == ["early", "next", "process", "late"]


def test_what_stands_beside_the_heap_happens_in_its_turn() -> None:
    """It comes at 1, 2 and 3 s in phase 5; on the heap are 2 s in phases 0 and 9, and 4 s."""
    clock, told = Clock(), list[tuple[float, int]]()
    times = iter([2.0, 3.0])

    def on_next(event: Instant) -> None:
        told.append((clock.now, 5))
        at_s = next(times, None)
        if at_s is not None:
            event.callbacks = event.happen
            clock.ahead = at_s, 5, FIRST, event

    Instant(clock, on_next).due_at(1.0, 5)
    for at_s, phase in ((2.0, 9), (2.0, 0), (4.0, 0)):
        Instant(clock, lambda _event, phase=phase: told.append((clock.now, phase))).due_at(
            at_s, phase
        )
    clock.run_on()
    assert told == [(1, 5), (2, 0), (2, 5), (2, 9), (3, 5), (4, 0)]


def test_whether_anything_else_is_due_now() -> None:
    clock = Clock()
    later = Instant(clock, lambda _event: None)
    assert clock.nothing_else_now()
    assert clock.events_due() == 0
    clock.ahead = 3.0, 5, FIRST, later
    assert clock.nothing_else_now()
    assert clock.events_due() == 1
    clock.ahead = 0.0, 5, FIRST, later
    assert not clock.nothing_else_now()
    clock.ahead = None
    later.due_in(0.0, 1)
    assert not clock.nothing_else_now()


def test_an_event_may_stop_it_and_a_process_that_fails_is_told_of() -> None:
    clock, told = Clock(), list[str]()
    Instant(clock, StopSimulation.callback).due_at(1.0, 0)
    Instant(clock, lambda _event: told.append("later")).due_at(2.0, 0)
    clock.run_on()
    assert (clock.now, told) == (1.0, [])

    def fails() -> Iterator[simpy.Event]:
        yield clock.wait(0.5, 0)
        raise ZeroDivisionError("half past one")

    clock.process(fails())
    with pytest.raises(ZeroDivisionError, match="half past one"):
        clock.run_on()
