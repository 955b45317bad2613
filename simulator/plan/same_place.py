"""Jobs that go on only where they ran before: each place they may have run in is a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

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
    for line, path in _lines(scenario, access, traces).items():
        places[path] += _count(line.eligible, scenario)
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


class _Line(NamedTuple):
    """What jobs have to have in common to stand in one line; see `routing.Needs`."""

    folder: str
    priority: int
    foreground: bool
    runtime: str
    run_as: str
    eligible: Eligible


def _lines(scenario: Scenario, access: Access, traces: Traces) -> dict[_Line, Path]:
    """Return the lines of jobs that go on where they ran, each with the first process in it."""
    lines: dict[_Line, Path] = {}
    for one in submitters(scenario, access):
        if one.process.suspends is not None and one.process.suspends.same_place:
            path = (*place_of(one.parts), "processes", one.item.process)
            for line in _lines_of(one, scenario, access, traces):
                lines.setdefault(line, path)
    return lines


def _lines_of(
    one: Submitter, scenario: Scenario, access: Access, traces: Traces
) -> Iterator[_Line]:
    foreground = one.process.type == "foreground"
    trace = traces.get(one.stream.trace) if isinstance(one.stream, Trace) else None
    for caller, verdict in verdicts(one, scenario, access):
        for priority in (trace and trace.priorities) or (one.priority,):
            if isinstance(verdict, Eligible):
                run_as = one.run_as_text(caller)
                yield _Line(one.folder, priority, foreground, one.runtime, run_as, verdict)


def _count(eligible: Eligible, scenario: Scenario) -> int:
    """Return how many pairs of a host and an account there are."""
    return sum(
        len(accounts) * (scenario.machines[name].host_count if eligible.host is None else 1)
        for name, accounts in eligible.places
    )
