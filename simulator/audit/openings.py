"""Which one change of one rule would let waiting jobs use more: worked out before the runs.

For jobs with the same needs: what a run has in one line, whatever the priority. Those that go on
only where they ran before (`same_place`) wait for that place alone, so that no rule opens another.
What is admitted under a changed rule is asked of admission itself, in a tenant where that rule is
lifted for everybody (`audit.what_if`); each machine or account found there is one opening.

A large estate has more of them than can be looked at. Machines that are alike, and serve the same
folders alike, are one: the last in the file stands for all, as the search comes to it last; so are
the members of a counted account. Of what is left at most `MOST_OPENINGS` are taken, in turn from
all jobs and rules.
"""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import Final, NamedTuple

from simulator.access.grants import Access
from simulator.audit.named_openings import NamedOpening
from simulator.audit.opening_search import Search
from simulator.model.scenario import Scenario
from simulator.plan.plan import Plan

MOST_OPENINGS: Final = 2000
"""Openings looked at; each is measured in every replication."""


class Openings(NamedTuple):
    """The openings of a scenario; there are `left_out` more that are not looked at."""

    found: tuple[NamedOpening, ...]
    left_out: int


NO_OPENINGS: Final = Openings((), 0)


def openings_of(scenario: Scenario, access: Access, plan: Plan) -> Openings:
    """Return what one change of one rule would open to jobs that may have to wait."""
    search = Search(scenario, access, plan)
    ways = [way for jobs in search.jobs() for way in search.ways(jobs)]
    in_turn = chain.from_iterable(zip_longest(*ways))
    kept = tuple(make() for make in islice(filter(None, in_turn), MOST_OPENINGS))
    return Openings(kept, sum(map(len, ways)) - len(kept))
