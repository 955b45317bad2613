"""The life of a job in sentences; names stand as they are, to be made harmless when shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from simulator.audit.members import first_of, in_runs
from simulator.explaining.explained import Reason
from simulator.records.codes import BlameCause, Interruption, JobState, SourceKind
from simulator.report.clock_times import RunClock, run_clock
from simulator.report.wording import plural, quantity

if TYPE_CHECKING:
    from simulator.explaining.explained import (
        Explanation,
        Holding,
        JobName,
        NeededPlace,
        Overtaking,
        SlotFinding,
        Submission,
    )

MOST_NAMED: Final = 3
"""Accounts, hosts or jobs that a sentence names."""

MOST_STEPS: Final = 24
"""Spans of running, breaks and later waits that are told one by one."""

_SOURCES: Final = {
    SourceKind.MANUAL: "pressing Start on",
    SourceKind.SCHEDULE: "the time trigger",
    SourceKind.QUEUE: "the queue trigger",
    SourceKind.INTEGRATION_TRIGGER: "the event trigger",
    SourceKind.HTTP_TRIGGER: "a call of the API trigger",
    SourceKind.JOB: "the end of a job of",
}

_CAUSES: Final = {
    BlameCause.LATENCY: "its own: it waits out the dispatch latency",
    BlameCause.MAINTENANCE: "not held, but the host is in maintenance",
    BlameCause.DOWN: "the host is down",
    BlameCause.UNLICENSED: "there is no licence for it",
    BlameCause.BOOTING: "the host is booting",
    BlameCause.NO_HOST: "the host is off, or there is none",
    BlameCause.NO_MACHINE: "no machine of the folder takes such jobs",
    BlameCause.FREE: "free, and nothing known kept the job off it",
}

_STATES: Final = {
    JobState.PENDING: "still Pending",
    JobState.RUNNING: "still Running",
    JobState.SUSPENDED: "still Suspended",
    JobState.RESUMED: "still waiting as Resumed",
}


def heading(told: Explanation) -> str:
    """Return which job it is, and in one sentence what became of it."""
    which = f"Job {told.who.job} of {told.who.process}, replication {told.replication}"
    if told.state is JobState.REFUSED:
        return f"{which}: refused"
    waited = f"Pending for {quantity(told.waited_s, 's')}" if told.waited_s else "not Pending"
    return f"{which}: {waited}, {_state(told)}"


def _state(told: Explanation) -> str:
    return _STATES.get(told.state, f"then {told.state.label}")


def life(told: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what happened to a job, step by step: a word, and what is told."""
    clock = run_clock(told.window)
    yield "Submitted", f"{clock.day(told.submission.at_s)}, by {submitted_by(told.submission)}"
    yield "Right", right(told.submission, told.who.folder)
    if told.refusal is not None:
        yield "Refused", f"{told.refusal.sentence}; a refused submission never waits"
    if told.needed is not None:
        yield "Needed", _needed(told)
        yield from (("Where", _place(place)) for place in told.needed.places)
    if told.state is not JobState.REFUSED:
        yield "Waited", _waited(told, clock)
        yield from _course(told, clock)
        yield "Ended", _ended(told, clock)


def submitted_by(one: Submission) -> str:
    """Return what a job was submitted by, and whom it asked for."""
    what = f"{_SOURCES[one.kind]} {one.source}"
    if one.kind is SourceKind.MANUAL:
        return f"{one.account} {what}"
    if one.kind is SourceKind.JOB:
        return f"{what}, which ran under {one.account}"
    return f"{what} by {one.account}" if one.is_asked else what


def right(one: Submission, folder: str) -> str:
    """Return under which right a job was submitted."""
    if one.is_asked:
        return f"Jobs.Create in {folder}, asked of {one.account}: {one.by}"
    return f"a firing asks nobody; {one.account} made the trigger: {one.by}"


def _needed(told: Explanation) -> str:
    needed = told.needed
    if needed is None:
        return ""
    parts = [f"{'an' if needed.runtime[0] in 'aeiou' else 'a'} {needed.runtime} slot"]
    if needed.takes_session:
        parts.append("a Windows session on its host")
    if needed.takes_account:
        parts.append("an account to itself there")
    return f"{', '.join(parts)}; run as {needed.run_as}, priority {needed.priority}"


def _place(place: NeededPlace) -> str:
    accounts = first_of(in_runs(place.accounts), MOST_NAMED)
    if not place.hosts:
        return f"{place.machine}, which has no host, under {accounts}"
    hosts = first_of(in_runs(place.hosts), MOST_NAMED)
    return f"{plural(place.slots, 'slot')} on {hosts}, under {accounts}"


def _waited(told: Explanation, clock: RunClock) -> str:
    if not told.waited_s:
        return "not at all: it had its place at once"
    from_s = told.submission.at_s
    until = clock.time(from_s + told.waited_s, from_s)
    code = f"; at first for {told.pending_reason}" if told.pending_reason else ""
    return f"{quantity(told.waited_s, 's')}, until {until}{code}"


def _course(told: Explanation, clock: RunClock) -> Iterator[tuple[str, str]]:
    """Yield where it ran, and why and how long it was away in between, in order of time."""
    steps = sorted([*_spans(told, clock), *_breaks(told, clock)], key=lambda step: step[:2])
    for _, _, word, text in steps[:MOST_STEPS]:
        yield word, text
    if len(steps) > MOST_STEPS:
        yield "…", f"and {plural(len(steps) - MOST_STEPS, 'step')} more"


_Step: TypeAlias = tuple[float, int, str, str]
"""When something happened, its turn among what happened then, a word, and what is told."""


def _spans(told: Explanation, clock: RunClock) -> Iterator[_Step]:
    for one in told.spans:
        from_s = min(one.ran_from_s, one.to_s)
        ends = f"{clock.time(from_s, told.submission.at_s)} to {clock.time(one.to_s, from_s)}"
        place = f"on {one.host}, slot {one.slot}, under {one.account}"
        if from_s < one.to_s:
            yield one.from_s, 2, "Ran", f"{ends} {place}"
        else:
            at = clock.time(one.to_s, told.submission.at_s)
            yield one.from_s, 2, "Lost", f"{at} its place {place}, before it ran"


def _breaks(told: Explanation, clock: RunClock) -> Iterator[_Step]:
    for one in told.breaks:
        left = clock.time(one.left_s, told.submission.at_s)
        if one.cause is Interruption.RESTARTED:
            yield one.left_s, 0, "Restarted", f"{left}: it lost its host, and begins anew"
        else:
            back = _or_end(clock, one.back_s, one.left_s)
            yield one.left_s, 0, "Suspended", f"{left} to {back}"
        if one.back_s != one.again_s and not math.isnan(one.back_s):
            until_s = told.end_s if math.isnan(one.again_s) else one.again_s
            waited = quantity(until_s - one.back_s, "s")
            again = _or_end(clock, one.again_s, told.submission.at_s)
            yield one.back_s, 1, "Waited", f"{waited} in line again, until {again}"


def _or_end(clock: RunClock, at_s: float, beside_s: float) -> str:
    return "the end of the run" if math.isnan(at_s) else clock.time(at_s, beside_s)


def _ended(told: Explanation, clock: RunClock) -> str:
    if math.isnan(told.ended_s):
        return f"not by the end of the run, {clock.day(told.end_s)}: {_state(told)}"
    at = clock.time(told.ended_s, told.submission.at_s)
    if told.state is JobState.EXPIRED:
        waited = quantity(told.waited_s, "s")
        return f"{at} Expired: withdrawn after {waited} Pending (its process's pending_expiry)"
    if told.state is JobState.FAULTED and not told.account:
        return f"{at} Faulted on {told.host}: no Windows session was free there (busy_session)"
    return f"{at} {told.state.label}, after Running for {quantity(told.running_s, 's')}"


# --- slots, and who overtook ------------------------------------------------------------------


def job(who: JobName) -> str:
    """Return a job with its process."""
    return f"job {who.job} of {who.process}"


def slot_words(one: SlotFinding, clock: RunClock, at_s: float) -> str:
    """Return what was with a slot: who held it, or what kept a job off it though it was free."""
    if one.cause is BlameCause.JOB:
        return f"{job(one.by[0].who)}, {_span(one.by[0], clock, at_s)}"
    if one.cause is BlameCause.ACCOUNT:
        busy = [f"{by.account} has {job(by.who)}" for by in one.by]
        return f"free, but no account is: {first_of(busy, MOST_NAMED)}"
    if one.cause is BlameCause.SESSION:
        if not one.by:
            return "free, but the host has no Windows session"
        return f"free, but no Windows session is: {_jobs(one.by)}"
    if one.cause is BlameCause.HELD_BACK:
        return f"free, but {job(one.by[0].who)} goes first (dispatch.blocked)"
    return _CAUSES[one.cause]


def _span(one: Holding, clock: RunClock, at_s: float) -> str:
    return f"{clock.time(one.from_s, at_s)} to {clock.time(one.to_s, at_s)}"


def _jobs(by: Sequence[Holding]) -> str:
    return first_of([job(one.who) for one in by], MOST_NAMED)


def overtaking_words(one: Overtaking, told: Explanation) -> str:
    """Return why a job got a slot first that was submitted later."""
    own = 0 if told.needed is None else told.needed.priority
    return {
        Reason.PRIORITY: f"priority {one.priority} over {own}",
        Reason.ACCOUNT: f"no account was free there: {_jobs(one.by)}",
        Reason.SESSION: f"no Windows session was left there: {_jobs(one.by) or 'it has none'}",
        Reason.HELD_BACK: f"this job had to let {_jobs(one.by)} go first",
        Reason.ORDER: f"dispatch.order is {told.order}",
    }[one.reason]
