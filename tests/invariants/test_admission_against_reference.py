"""The routes of random estates, held against a plain restatement of who may run where."""

from __future__ import annotations

from hypothesis import given, settings
from invariants.random_estates import Estate, estates
from invariants.random_work import busy_estates
from invariants.reference_admission import (
    STATUS,
    Outcome,
    Submission,
    item_additions,
    outcome,
    submissions,
)

from simulator.plan.lines import Place
from simulator.plan.plan import Plan


@settings(max_examples=400, deadline=None, derandomize=True)
@given(estates() | busy_estates())
def test_every_route_leads_where_the_reference_says(estate: Estate) -> None:
    plan = estate.plan
    expected = list(submissions(estate.file))
    assert [_named(row, plan) for row in range(len(plan.legend.routes.line))] == [
        (f"{one.path}:{one.name}", one.caller) for one in expected
    ]
    for row, submission in enumerate(expected):
        assert _outcome(row, plan) == outcome(submission), submission
        if plan.legend.routes.line[row] >= 0:
            _has_the_needs_of(submission, row, plan, estate.file["assumptions"])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(busy_estates())
def test_whoever_may_not_add_items_is_told_why(estate: Estate) -> None:
    names, table = estate.plan.legend.names, estate.plan.legend.item_routes
    told = [
        (
            names.arrivals[arrival],
            names.principals[principal],
            "" if refusal < 0 else names.refusals[refusal].code,
        )
        for arrival, principal, refusal in zip(
            table.arrival, table.principal, table.refusal, strict=True
        )
    ]
    assert told == list(item_additions(estate.file))


def _named(row: int, plan: Plan) -> tuple[str, str]:
    names, table = plan.legend.names, plan.legend.routes
    return names.sources[table.source[row]], names.principals[table.principal[row]]


def _outcome(row: int, plan: Plan) -> Outcome:
    """A route's outcome in the words of the reference."""
    names, table = plan.legend.names, plan.legend.routes
    if table.line[row] < 0:
        refusal = names.refusals[table.refusal[row]]
        assert refusal.status == STATUS.get(refusal.code, 409)
        return refusal.code
    return [_in_words(place, plan) for place in plan.lines[table.line[row]].places]


def _in_words(place: Place, plan: Plan) -> tuple[list[str], list[str]]:
    names = plan.legend.names
    hosts = [names.hosts[plan.pools[pool].host] for pool in place.pools]
    return hosts, [names.accounts[account] for account in place.accounts]


def _has_the_needs_of(
    submission: Submission, row: int, plan: Plan, assumptions: dict[str, bool]
) -> None:
    """What its jobs take on a host is what the process and the trigger or start ask for."""
    names, line = plan.legend.names, plan.lines[plan.legend.routes.line[row]]
    takes_account = submission.foreground or assumptions["background_needs_account"]
    assert names.folders[line.folder] == submission.path
    assert line.priority == submission.priority
    assert (line.takes_session, line.takes_account) == (submission.foreground, takes_account)
    runtimes = {names.runtimes[plan.pools[pool].runtime] for pool in line.pools()}
    assert runtimes <= {submission.runtime}
