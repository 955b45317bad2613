"""Ctrl-C waits while something must not be left half done."""

from __future__ import annotations

import signal
import threading

import pytest

from simulator.experiments.interrupts import deaf_children, interrupts_held


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
