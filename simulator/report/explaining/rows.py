"""The life of a job, and the longest waits of a run, as plain data for JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simulator.audit.outcomes import refusal_row
from simulator.json_text import SCHEMA_VERSION
from simulator.report.clock_times import RunClock, run_clock

if TYPE_CHECKING:
    from simulator.explaining.explained import (
        Break,
        Charge,
        Explanation,
        Holding,
        JobName,
        Needed,
        Overtaking,
        SlotFinding,
        Span,
        Stretch,
    )
    from simulator.explaining.longest_waits import LongWait
    from simulator.records.columns import Window


def explanation_row(told: Explanation) -> dict[str, Any]:
    """Return all that is told of a job.

    Instants are local times with their offset, null for what did not happen; what ends in `_s` is
    a span in seconds. The `charges` add up to `pending_s`.
    """
    clock = run_clock(told.window)
    return {
        "schema_version": SCHEMA_VERSION,
        "replication": told.replication,
        **_job(told.who),
        **_submission(told, clock),
        **_outcome(told, clock),
        "charges": _charges(told.charges),
        "overtaken_by": [_overtaking(one, clock) for one in told.overtakings.first],
        "overtaken_by_folder": dict(told.overtakings.by_folder),
        "stretch_count": told.stretch_count,
        "stretches": [_stretch(one, clock) for one in told.stretches],
        "spans": [_span(one, clock) for one in told.spans],
        "interruptions": [_break(one, clock) for one in told.breaks],
    }


def _submission(told: Explanation, clock: RunClock) -> dict[str, Any]:
    one = told.submission
    return {
        "submitted": _at(clock, one.at_s),
        "source": one.source,
        "source_kind": one.kind.label,
        "right": {"account": one.account, "is_asked": one.is_asked, "by": one.by},
        **refusal_row(told.refusal),
        "needed": None if told.needed is None else _needed(told.needed),
    }


def _outcome(told: Explanation, clock: RunClock) -> dict[str, Any]:
    return {
        "state": told.state.label,
        "pending_reason": told.pending_reason or None,
        "pending_s": told.waited_s,
        "resumed_s": told.resumed_s,
        "running_s": told.running_s,
        "started": _at(clock, told.started_s),
        "ended": _at(clock, told.ended_s),
        "host": told.host or None,
        "account": told.account or None,
    }


def _stretch(one: Stretch, clock: RunClock) -> dict[str, Any]:
    return {
        "from": _at(clock, one.from_s),
        "to": _at(clock, one.to_s),
        "seconds": one.length_s,
        "slots": [_slot(slot, clock) for slot in one.slots],
    }


def _span(one: Span, clock: RunClock) -> dict[str, Any]:
    return {
        "host": one.host,
        "slot": one.slot,
        "account": one.account or None,
        "from": _at(clock, one.from_s),
        "ran_from": _at(clock, one.ran_from_s),
        "to": _at(clock, one.to_s),
    }


def _break(one: Break, clock: RunClock) -> dict[str, Any]:
    return {
        "cause": one.cause.label,
        "left": _at(clock, one.left_s),
        "back": _at(clock, one.back_s),
        "again": _at(clock, one.again_s),
    }


def waits_row(waits: Iterable[LongWait], window: Window, replication: int) -> dict[str, Any]:
    """Return the longest waits, the longest first."""
    clock = run_clock(window)
    return {
        "schema_version": SCHEMA_VERSION,
        "replication": replication,
        "waits": [
            {
                **_job(one.who),
                "submitted": _at(clock, one.from_s),
                "pending_s": one.waited_s,
                "charges": _charges(one.charges),
            }
            for one in waits
        ],
    }


def _at(clock: RunClock, at_s: float) -> str | None:
    return None if math.isnan(at_s) else clock.local(at_s).isoformat()


def _job(who: JobName) -> dict[str, Any]:
    return {"job": who.job, "process": who.process, "folder": who.folder}


def _needed(needed: Needed) -> dict[str, Any]:
    return {**needed._asdict(), "places": [place._asdict() for place in needed.places]}


def _charges(charges: Iterable[Charge]) -> list[dict[str, Any]]:
    return [
        {
            "cause": one.cause.label,
            "held_by": one.held_by or None,
            "seconds": one.seconds,
        }
        for one in charges
    ]


def _holding(one: Holding, clock: RunClock) -> dict[str, Any]:
    return {
        **_job(one.who),
        "account": one.account or None,
        "from": _at(clock, one.from_s),
        "to": _at(clock, one.to_s),
    }


def _overtaking(one: Overtaking, clock: RunClock) -> dict[str, Any]:
    return {
        **_job(one.who),
        "priority": one.priority,
        "host": one.host,
        "at": _at(clock, one.at_s),
        "reason": one.reason.value,
        "by": [_holding(holding, clock) for holding in one.by],
    }


def _slot(one: SlotFinding, clock: RunClock) -> dict[str, Any]:
    return {
        "host": one.host or None,
        "slot": None if one.slot < 0 else one.slot,
        "cause": one.cause.label,
        "by": [_holding(holding, clock) for holding in one.by],
    }
