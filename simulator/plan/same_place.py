"""Jobs that go on only where they ran before: each place they may have run in is a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from simulator.access.grants import Access
from simulator.errors import Issue, Path
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import Trace
from simulator.plan.submitters import Submitter, submitters, verdicts
from simulator.policies.admission import Eligible
from simulator.traces.rows import Traces

MOST_PLACES: Final = 50_000
"""Beyond it a plan takes minutes to make, and gigabytes."""


def same_place(scenario: Scenario, access: Access, traces: Traces) -> list[Issue]:
    """Return an error if Resumed jobs would have to wait in more places than a run can hold.

    It names the process with the most of them.
    """
    places: dict[Path, int] = defaultdict(int)
    for path, number in _places(scenario, access, traces):
        places[path] += number
    total = sum(places.values())
    if total <= MOST_PLACES:
        return []
    most = max(places, key=places.__getitem__)
    return [
        Issue(
            path=(*most, "suspends", "same_place"),
            message=f"a job of {most[-1]!r} may have run in any of {places[most]:,} places, each a "
            f"host and an account on it; {total:,} in all, more than {MOST_PLACES:,}",
            code="too-many-places",
            hint="map accounts to machines, name one in run_as, or leave same_place out",
        )
    ]


def _places(scenario: Scenario, access: Access, traces: Traces) -> Iterator[tuple[Path, int]]:
    """Yield how many places the jobs of a process may have run in, for each way to submit them."""
    for one in submitters(scenario, access):
        suspends = one.process.suspends
        if suspends is not None and suspends.same_place:
            path = (*place_of(one.parts), "processes", one.item.process)
            ways = {
                (verdict, one.run_as_text(caller))
                for caller, verdict in verdicts(one, scenario, access)
                if isinstance(verdict, Eligible)
            }
            for eligible, _ in ways:
                yield path, _count(eligible, scenario) * _priorities(one, traces)


def _count(eligible: Eligible, scenario: Scenario) -> int:
    """Return how many pairs of a host and an account there are."""
    return sum(
        len(accounts) * (scenario.machines[name].host_count if eligible.host is None else 1)
        for name, accounts in eligible.places
    )


def _priorities(one: Submitter, traces: Traces) -> int:
    """Return how many priorities its jobs have: those of its trace, or one."""
    stream = one.stream
    known = traces.get(stream.trace) if isinstance(stream, Trace) else None
    return 1 if known is None else max(1, len(known.priorities))
