"""Where the jobs of everything that submits may run: machines, single hosts, accounts they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from simulator.access.grants import Access
from simulator.errors import Path
from simulator.model.processes import Then
from simulator.model.scenario import Scenario
from simulator.model.triggers import Trigger
from simulator.plan.followers import followers
from simulator.plan.submitters import Submitter, places_taken, submitters, verdicts
from simulator.policies.admission import Eligible


class Spot(NamedTuple):
    """A machine, or one host of it by its own name, and the accounts of which jobs take one there.

    `host` is empty where any will do, `accounts` where none is taken.
    """

    machine: str
    host: str
    accounts: tuple[str, ...]


class AtMost(NamedTuple):
    """A queue trigger, where it stands, and how many of its jobs there may be at a time."""

    trigger: str
    path: Path
    jobs: int


class Reach(NamedTuple):
    """All the spots of a job, and what it asks for there; `at_most` of a queue trigger's."""

    runtime: str
    foreground: bool
    spots: tuple[Spot, ...]
    at_most: AtMost | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """Something that submits, and the reach of each caller who is not refused.

    A caller whose jobs no machine takes is not there either.
    """

    source: Submitter
    reaches: Mapping[str, Reach]

    @property
    def share(self) -> float:
        """Return which share of what it submits may run, if all its callers take turns."""
        return len(self.reaches) / len(self.source.callers) if self.source.callers else 0.0


def admitted(scenario: Scenario, access: Access) -> tuple[Admitted, ...]:
    """Return everything that submits; of a `then` the callers are those it can really follow."""
    everyone = submitters(scenario, access)
    pressing = (one for one in everyone if not isinstance(one.item, Then))
    following = followers(everyone, scenario, access)
    return tuple(
        Admitted(one, dict(_reaches(one, scenario, access))) for one in (*pressing, *following)
    )


def _reaches(one: Submitter, scenario: Scenario, access: Access) -> Iterator[tuple[str, Reach]]:
    foreground = one.process.type == "foreground"
    takes_account = scenario.assumptions.takes_account(foreground=foreground)
    for caller, verdict in verdicts(one, scenario, access):
        if not isinstance(verdict, Eligible):
            continue
        spots = tuple(
            Spot(machine, verdict.host or "", accounts if takes_account else ())
            for machine, accounts in places_taken(verdict, scenario, foreground=foreground)
        )
        if spots:
            yield caller, Reach(one.runtime, foreground, spots, _at_most(one))


def _at_most(one: Submitter) -> AtMost | None:
    item = one.item
    if not isinstance(item, Trigger) or item.queue is None:
        return None
    return AtMost(one.path, (*one.place, "queue", "at_most"), item.queue.at_most)
