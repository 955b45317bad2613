"""Ctrl-C waits while something must not be left half done."""

from __future__ import annotations

import enum
import signal
import threading
from collections.abc import Iterator

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.experiments.executing.interrupts import deaf_children, interrupts_held
from simulator.measurement import measure
from simulator.plan.making import make_plan


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """Have Ctrl-C raise as in a terminal: a shell has what it runs in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_comes_after_the_block() -> None:
    done = []

    def finish() -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("the rest")

    with pytest.raises(KeyboardInterrupt), interrupts_held():
        finish()
    assert done == ["the rest"]


def test_without_ctrl_c_nothing_happens_and_the_handler_is_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts_held():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_in_the_block_comes_through() -> None:
    with pytest.raises(ValueError, match="full"), interrupts_held():
        raise ValueError("full")


def test_other_threads_may_use_it_too() -> None:
    entered = threading.Event()

    def hold() -> None:
        with interrupts_held():
            entered.set()

    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    assert entered.is_set()


def test_children_inherit_a_blocked_signal_and_this_process_gets_it_back() -> None:
    with deaf_children():
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_numpy_meets_no_enumeration_while_a_replication_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """NumPy asks what it meets for `__array_…__`, and drops an interrupt raised in the answer.

    Up to Python 3.11 the class of enumerations answers in Python.
    """
    asked: list[str] = []

    def answer(_: type[enum.Enum], name: str) -> None:
        asked.append(name)
        raise AttributeError(name)

    parts = folder(
        processes={"P": {"duration": "10m", "faults": "50%", "stop_after": "9m"}},
        triggers={
            "T": {"process": "P", "time": {"cron": "0 0 * * * ?"}, "created_by": "owner"},
            "E": {"process": "P", "event": {"every": "1h"}, "created_by": "robot"},
        },
        starts={"S": {"process": "P", "by": "owner", "stream": {"every": "1h"}}},
    )
    estate = scenario(folders={"F": parts})
    plan = make_plan(estate, access_of(estate, catalogue()), {})
    monkeypatch.setattr(type(enum.IntEnum), "__getattr__", answer, raising=False)
    measure(plan.legend, simulate(plan, 1, 1), (60.0,))
    monkeypatch.undo()
    assert [name for name in asked if name.startswith("__array")] == []
