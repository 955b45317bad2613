"""Counts what is done: what a test of effort asserts, since clocks depend on others."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

from simulator.engine import simulate
from simulator.plan.plan import Plan


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Counter[Any]:
    """Count the calls of a module's function by its first argument, of a method by all of them."""
    calls: Counter[Any] = Counter()
    original = getattr(owner, name)

    def counting(*arguments: Any) -> Any:
        calls[arguments[1:] if isinstance(owner, type) else arguments[0]] += 1
        return original(*arguments)

    monkeypatch.setattr(owner, name, counting)
    return calls


class Effort(NamedTuple):
    """What a run does and leaves behind, in all, or by job."""

    events: float
    """Taken from SimPy's heap."""
    calls: float
    """Of Python functions; to resume a generator is one."""
    c_calls: float
    """Of functions of C, such as those of lists and dicts."""
    record_bytes: float
    """Of all columns that come out."""


_EVENTS = frozenset({"heappop", "heapreplace", "heappushpop"})


def effort_of_a_further_job(shorter: Plan, longer: Plan) -> Effort:
    """Count what two runs of one estate do: their difference, by job, has no setting up in it."""
    simulate(shorter, 1, 0)  # imports what it needs, which the first run counted would have in it
    (jobs, less), (more_jobs, more) = effort_of(shorter), effort_of(longer)
    further = (two - one for one, two in zip(less, more, strict=True))
    return Effort(*(value / (more_jobs - jobs) for value in further))


def effort_of(plan: Plan) -> tuple[int, Effort]:
    """Count the jobs of one replication of a plan, and what it does in all."""
    counts: Counter[str] = Counter()

    def count(_frame: object, event: str, function: Any) -> None:
        counts[event] += 1
        if event == "c_call" and function.__name__ in _EVENTS:
            counts["events"] += 1

    sys.setprofile(count)
    try:
        records = simulate(plan, 1, 0)
    finally:
        sys.setprofile(None)
    done = Effort(counts["events"], counts["call"], counts["c_call"], bytes_of(records))
    return len(records.jobs.route), done


def bytes_of(columns: Any) -> int:
    """Return the bytes of all arrays of a table, or of several tables."""
    if isinstance(columns, np.ndarray):
        return columns.nbytes
    if is_dataclass(columns):
        return sum(bytes_of(getattr(columns, one.name)) for one in fields(columns))
    return 0
