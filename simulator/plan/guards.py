"""The pending guard's counters: how many jobs of a trigger, or of a process, are Pending.

By the vendor's About Triggers page a trigger with a Pending job creates no new one; with N
executions it tops up to N (`Triggers.JobsCountStrategy`: PerTrigger, PerProcess, NoLimit).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from simulator.model.triggers import Trigger
from simulator.plan.submitters import Submitter
from simulator.records.columns import numbers_of

Counter: TypeAlias = tuple[str, str]
"""What is counted: ("trigger", its entity) or ("process", its path)."""

UNGUARDED = -1


def _guarding(one: Submitter) -> Counter | None:
    guard = one.item.guard if isinstance(one.item, Trigger) else "none"
    if guard == "none":
        return None
    return ("trigger", one.entity) if guard == "per_trigger" else ("process", one.process_path)


def counters_in(everyone: Sequence[Submitter]) -> Mapping[Counter, int]:
    """Return the counters that some trigger's guard looks at, numbered."""
    wanted = dict.fromkeys(counter for one in everyone if (counter := _guarding(one)) is not None)
    return numbers_of(wanted)


def counter_of(one: Submitter, counters: Mapping[Counter, int]) -> int:
    """Return the counter a submitter's guard looks at, or `UNGUARDED`."""
    guarding = _guarding(one)
    return UNGUARDED if guarding is None else counters[guarding]


def counted_in(one: Submitter, counters: Mapping[Counter, int]) -> tuple[int, ...]:
    """Return every counter a submitter's jobs are counted in while they are Pending."""
    both = (("trigger", one.entity), ("process", one.process_path))
    return tuple(counters[counter] for counter in both if counter in counters)
