"""What follows the end of jobs, with the accounts those jobs may really have run under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from simulator.access.grants import Access
from simulator.model.processes import Then
from simulator.model.scenario import Scenario
from simulator.plan.submitters import Submitter, verdicts
from simulator.policies.admission import Eligible


def followers(
    everyone: Sequence[Submitter], scenario: Scenario, access: Access
) -> Iterator[Submitter]:
    """Yield each `then` with those of its callers that a job it follows may run under.

    What submits that job may name an account, or be refused, so that they are fewer than all who
    run jobs in the folder. Where none is left, nothing comes before it, and it is left out.
    """
    starting: dict[str, list[Submitter]] = defaultdict(list)
    for one in everyone:
        starting[one.process_path].append(one)
    for one in everyone:
        if isinstance(one.item, Then):
            before = _executors(starting[one.path], scenario, access)
            callers = tuple(caller for caller in one.callers if caller in before)
            if callers:
                yield replace(one, callers=callers)


def _executors(starting: Iterable[Submitter], scenario: Scenario, access: Access) -> frozenset[str]:
    """Return the accounts that what is submitted may run under."""
    places = {
        place
        for one in starting
        for _, verdict in verdicts(one, scenario, access)
        if isinstance(verdict, Eligible)
        for place in verdict.places
    }
    return frozenset(account for _, accounts in places for account in accounts)
