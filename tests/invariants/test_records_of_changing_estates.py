"""What holds in every run, whatever hosts do, checked on its records alone.

Times are drawn at random here, those of jobs and those of hosts, and so are orders and places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import chain, takewhile
from math import inf, isnan

import pytest
from builders_checks import failing
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate
from invariants.random_fleets import chancy_estates
from invariants.recorded import (
    CONNECTED,
    EXISTING,
    Recorded,
    Span,
    Stay,
    covered,
    fewest_at_once,
    most_at_once,
)

from simulator.engine import simulate
from simulator.plan.lines import Line
from simulator.records.codes import JobState, SlotState

CHECKED = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@CHECKED
@given(chancy_estates())
def test_what_holds_in_every_run(estate: Estate) -> None:
    _check(estate)


@pytest.mark.validate
@settings(CHECKED, max_examples=10_000)
@given(chancy_estates())
def test_what_holds_in_ten_thousand_runs(estate: Estate) -> None:
    _check(estate)


def _check(estate: Estate) -> None:
    run = Recorded(estate.plan, simulate(estate.plan, 1, 0))
    for holds in HOLDS:
        holds(run)
    _licences_suffice(run, estate.file["licences"])


# --- nothing is held twice ------------------------------------------------------------------------


def _no_slot_is_held_twice(run: Recorded) -> None:
    at_slot = defaultdict(list)
    for stay in chain.from_iterable(run.stays.values()):
        at_slot[stay.first.host, stay.first.slot].append(stay.span)
    assert all(most_at_once(spans) == 1 for spans in at_slot.values())


def _sessions_suffice(run: Recorded) -> None:
    for host, spans in _by(run, lambda line: line.takes_session, lambda stay: stay.first.host):
        sessions = run.plan.hosts[host].windows_sessions
        assert sessions is None or most_at_once(spans) <= sessions


def _accounts_are_kept(run: Recorded) -> None:
    """Nobody is there twice on a host, and nobody at two under one_job_at_a_time."""
    keeps = _by(
        run, lambda line: line.takes_account, lambda stay: (stay.first.host, stay.first.account)
    )
    assert all(most_at_once(spans) == 1 for _, spans in keeps)
    for account, spans in _by(
        run, lambda line: line.takes_account, lambda stay: stay.first.account
    ):
        assert account not in run.plan.single or most_at_once(spans) == 1


def _by(
    run: Recorded, counts: Callable[[Line], bool], key: Callable[[Stay], object]
) -> list[tuple[object, list[Span]]]:
    """The spans of the stays of jobs in some lines, by some key."""
    found: dict[object, list[Span]] = defaultdict(list)
    for job, stays in run.stays.items():
        if stays and counts(run.plan.lines[run.line_number(job)]):
            for stay in stays:
                found[key(stay)].append(stay.span)
    return list(found.items())


def _licences_suffice(run: Recorded, licences: dict[str, int]) -> None:
    """Of hosts that boot too."""
    names = run.plan.legend.names.runtimes
    takes = EXISTING | {SlotState.BOOTING}
    for runtime, name in enumerate(names):
        spans = [
            Span(row.from_s, row.to_s, row.slots)
            for row in run.presences
            if row.runtime == runtime and row.state in takes
        ]
        assert most_at_once(spans) <= licences.get(name, inf)


# --- hosts ----------------------------------------------------------------------------------------


def _jobs_run_on_licensed_slots_of_hosts_that_are_up(run: Recorded) -> None:
    present = _present(run, {SlotState.USABLE, SlotState.MAINTENANCE})
    usable = _present(run, {SlotState.USABLE})
    for row in run.held:
        pool = run.pool_of(row)
        assert covered((row.ran_from_s, row.to_s), present[pool])
        assert covered((row.from_s, row.ran_from_s), usable[pool])
    for stay in chain.from_iterable(run.stays.values()):
        assert any(
            span.from_s <= stay.from_s < span.to_s for span in usable[run.pool_of(stay.first)]
        )
    for pool in present:
        spans = [
            stay.span
            for stay in chain.from_iterable(run.stays.values())
            if run.pool_of(stay.first) == pool
        ]
        assert most_at_once(spans) <= max(span.count for span in present[pool])


def _present(run: Recorded, states: set[SlotState]) -> dict[int, list[Span]]:
    """When the slots of each pool were in one of some states."""
    numbers = {(pool.host, pool.runtime): number for number, pool in enumerate(run.plan.pools)}
    found = defaultdict(list)
    for row in run.presences:
        if row.state in states:
            found[numbers[row.host, row.runtime]].append(Span(row.from_s, row.to_s, row.slots))
    return found


def _windows_that_kill_leave_nothing_running(run: Recorded) -> None:
    for machine in run.plan.machines:
        for windows in machine.windows:
            until = takewhile(lambda span: span[0] < run.end_s, windows.spans_s())
            for begin_s, end_s in until if windows.kills else ():
                on_it = [row for row in run.held if row.host in machine.hosts]
                assert not any(row.from_s < end_s and begin_s < row.to_s for row in on_it)


def _pools_are_never_too_large_nor_too_small(run: Recorded) -> None:
    for machine in run.plan.machines:
        if machine.elastic is not None:
            there = [span for host in machine.hosts for span in _there(run, host)]
            boots = {
                (row.host, row.from_s, row.to_s)
                for row in run.presences
                if row.host in machine.hosts and row.state == SlotState.BOOTING
            }
            booting = [Span(from_s, to_s) for _, from_s, to_s in boots]
            assert most_at_once([*there, *booting]) <= len(machine.hosts)
            assert fewest_at_once(there, run.end_s) >= machine.elastic.least


def _there(run: Recorded, host: int) -> list[Span]:
    """When a host was connected: whatever is told of any of its slots."""
    found: list[Span] = []
    rows = [row for row in run.presences if row.host == host and row.state in CONNECTED]
    for row in sorted(rows, key=lambda row: row.from_s):
        goes_on = bool(found) and row.from_s <= found[-1].to_s
        last = found.pop() if goes_on else Span(row.from_s, row.to_s)
        found.append(Span(last.from_s, max(last.to_s, row.to_s)))
    return found


# --- nobody waits for nothing ---------------------------------------------------------------------


def _nobody_waits_beside_a_fitting_slot(run: Recorded) -> None:
    """At the end of any instant, unless another job holds it up (`block`)."""
    if run.plan.dispatch.blocked == "block":
        return
    waits = {one for job in run.jobs for one in run.waits(job)}
    stays = [stay for stays in run.stays.values() for stay in stays]
    usable = _present(run, {SlotState.USABLE})
    for at_s in _instants(run):
        lines = {number for number, span in waits if span.from_s <= at_s < span.to_s}
        here = [stay for stay in stays if stay.from_s <= at_s < stay.to_s]
        for number in lines:
            assert not _fits(run, run.plan.lines[number], at_s, here, usable), (at_s, number)


def _instants(run: Recorded) -> list[float]:
    times = {row.from_s for row in run.presences}
    times |= {stay.to_s for stays in run.stays.values() for stay in stays}
    times |= set(run.records.jobs.submitted_s.tolist())
    times |= {one.back_s for rows in run.left.values() for one in rows}
    return sorted(at_s for at_s in times if at_s < run.end_s)


def _fits(
    run: Recorded, line: Line, at_s: float, here: list[Stay], usable: dict[int, list[Span]]
) -> bool:
    """Whether a job of a line could start, beside the stays that there are."""
    return any(
        _has_slot(run, pool, at_s, here, usable)
        and _has_session(run, line, pool, here)
        and any(_has_account(run, line, pool, account, here) for account in place.accounts)
        for place in line.places
        for pool in place.pools
    )


def _has_slot(
    run: Recorded, pool: int, at_s: float, here: list[Stay], usable: dict[int, list[Span]]
) -> bool:
    slots = sum(span.count for span in usable[pool] if span.from_s <= at_s < span.to_s)
    return slots > sum(run.pool_of(stay.first) == pool for stay in here)


def _has_session(run: Recorded, line: Line, pool: int, here: list[Stay]) -> bool:
    host = run.plan.pools[pool].host
    sessions = run.plan.hosts[host].windows_sessions
    taken = sum(stay.first.host == host and _line(run, stay).takes_session for stay in here)
    return not line.takes_session or sessions is None or taken < sessions


def _has_account(run: Recorded, line: Line, pool: int, account: int, here: list[Stay]) -> bool:
    keeps = [
        stay.first
        for stay in here
        if stay.first.account == account and _line(run, stay).takes_account
    ]
    host = run.plan.pools[pool].host
    alone = account in run.plan.single
    return not line.takes_account or not any(alone or row.host == host for row in keeps)


def _line(run: Recorded, stay: Stay) -> Line:
    return run.plan.lines[run.line_number(stay.first.job)]


# --- the books ------------------------------------------------------------------------------------

ENDED = {
    *(JobState.SUCCESSFUL, JobState.FAULTED, JobState.STOPPED),
    *(JobState.REFUSED, JobState.EXPIRED),
}
LEFT_OVER = {JobState.PENDING, JobState.RESUMED}


def _every_job_is_in_one_state(run: Recorded) -> None:
    """Where the run is drained, an end, or in line for what never comes."""
    jobs = run.records.jobs
    for state, ended_s in zip(jobs.state.tolist(), jobs.ended_s.tolist(), strict=True):
        assert (state in ENDED) == (not isnan(ended_s))
        assert state in ENDED | LEFT_OVER or not run.plan.drain


def _times_add_up(run: Recorded) -> None:
    """Spans to Running; with waits, suspensions and pauses to the whole time until the end."""
    jobs = run.records.jobs
    for job, stays in run.stays.items():
        ran_s = sum(row.to_s - row.ran_from_s for stay in stays for row in stay.rows)
        assert jobs.running_s[job] == ran_s
        if not isnan(jobs.ended_s[job]):
            away_s = sum(one.back_s - one.left_s for one in run.left[job])
            paused_s = sum(stay.paused_s for stay in stays)
            waited_s = jobs.pending_s[job] + jobs.resumed_s[job]
            whole_s = waited_s + ran_s + away_s + paused_s
            assert jobs.ended_s[job] - jobs.submitted_s[job] == whole_s


def _no_job_is_lost(run: Recorded) -> None:
    """Whoever leaves a slot has ended, is Suspended, is back in line, or still holds it."""
    jobs = run.records.jobs
    for job, stays in run.stays.items():
        ends = {jobs.ended_s[job].item(), *(one.left_s for one in run.left[job])}
        ends |= {run.end_s} if jobs.state[job] == JobState.RUNNING else set()
        for stay, later in zip(stays, [*stays[1:], None], strict=False):
            sent_back = stay.first.ran_from_s == stay.to_s
            is_known = later is not None or jobs.state[job] != JobState.RUNNING
            assert stay.to_s in ends or (sent_back and is_known)


def _every_self_check_holds(run: Recorded) -> None:
    assert not failing(run.plan, run.records)


HOLDS: tuple[Callable[[Recorded], None], ...] = (
    _no_slot_is_held_twice,
    _sessions_suffice,
    _accounts_are_kept,
    _jobs_run_on_licensed_slots_of_hosts_that_are_up,
    _windows_that_kill_leave_nothing_running,
    _pools_are_never_too_large_nor_too_small,
    _nobody_waits_beside_a_fitting_slot,
    _every_job_is_in_one_state,
    _times_add_up,
    _no_job_is_lost,
    _every_self_check_holds,
)
