"""Ctrl-C held back where it would leave something half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done, and be raised then.

    The handler is exchanged rather than the signal blocked: any thread may receive a signal, and
    libraries have threads of their own. Outside the main thread Python raises no interrupts.

    Raises:
        KeyboardInterrupt: after the block, if Ctrl-C came in it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = threading.Event()
    before = signal.signal(signal.SIGINT, lambda _signal, _frame: heard.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard.is_set():
        signal.raise_signal(signal.SIGINT)


@contextmanager
def deaf_children() -> Iterator[None]:
    """Start processes that never hear Ctrl-C: they inherit that SIGINT is blocked.

    Where the system has no such thing (Windows), they are as any others.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
