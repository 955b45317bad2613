"""Where jobs run: hosts, and the pools of slots on them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Host:
    """A connected host; `windows_sessions` is None where sessions are unlimited."""

    machine: int
    windows_sessions: int | None


@dataclass(frozen=True, slots=True)
class Pool:
    """The slots of one runtime type on one host; slots are numbered from `first_slot` on."""

    host: int
    runtime: int
    slots: int
    first_slot: int
