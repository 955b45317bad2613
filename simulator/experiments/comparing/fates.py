"""What becomes of everything that submits jobs or adds items, in two studies side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from simulator.access.refusals import Refusal
from simulator.records.codes import SourceKind
from simulator.records.columns import Ints, Legend

Fate: TypeAlias = Refusal | Literal["accepted", "absent"]
"""What becomes of a source's submissions, or items, for one caller; absent where there are none."""


class Origin(NamedTuple):
    """What submits or adds.

    A start, a trigger and the process whose end submits may share a name, never a kind: `kind` is
    the vendor's; of an arrival it is the queue to which it adds.
    """

    folder: str
    name: str
    kind: str


class Way(NamedTuple):
    """One source for one caller."""

    source: Origin
    caller: str


class Outcome(NamedTuple):
    """What becomes of a way in one study, and the rows of its routes: one for each priority."""

    fate: Fate
    routes: tuple[int, ...]


class Group(NamedTuple):
    """Ways of one source that fare alike in either study."""

    source: Origin
    before: Fate
    after: Fate


@dataclass(frozen=True, slots=True)
class Members:
    """Whose ways a group's are, and their routes in each study."""

    callers: list[str]
    before: list[int]
    after: list[int]


_ABSENT: Final = Outcome("absent", ())
_COMES_OR_GOES: Final[frozenset[Fate]] = frozenset({"accepted", "absent"})


def fates_of_jobs(legend: Legend) -> dict[Way, Outcome]:
    """Return what admission says to every way of submitting."""
    names, routes = legend.names, legend.routes
    rows = _rows(routes.folder, routes.source, routes.principal, routes.refusal)
    decided: dict[Way, Outcome] = {}
    for route, (folder, source, principal, refusal) in enumerate(rows):
        kind = names.source_kinds[source].label
        of_source = Origin(names.folders[folder], names.sources[source], kind)
        way = Way(of_source, names.principals[principal])
        before = decided[way].routes if way in decided else ()
        decided[way] = Outcome(_fate(refusal, legend), (*before, route))
    return decided


def fates_of_items(legend: Legend) -> dict[Way, Outcome]:
    """Return what becomes of every way of adding items."""
    names, routes = legend.names, legend.item_routes
    rows = _rows(routes.queue, routes.arrival, routes.principal, routes.refusal)
    return {
        Way(
            Origin(
                names.folders[names.queue_folder[queue]],
                names.arrivals[arrival],
                names.queues[queue],
            ),
            names.principals[principal],
        ): Outcome(_fate(refusal, legend), (route,))
        for route, (queue, arrival, principal, refusal) in enumerate(rows)
    }


def _rows(*columns: Ints) -> zip[tuple[int, ...]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def _fate(refusal: int, legend: Legend) -> Fate:
    return "accepted" if refusal < 0 else legend.names.refusals[refusal]


def groups_of(old: Mapping[Way, Outcome], new: Mapping[Way, Outcome]) -> dict[Group, Members]:
    """Return the ways of every source that counts, those that fare alike together.

    A source counts if it fares otherwise for a caller, or has other callers; then with all of
    them, since callers take turns and one more leaves the others fewer. Not so the executors of
    whom the end of a job may submit as one: they come and go with the fleet.
    """
    ways = dict.fromkeys((*old, *new))
    fates = {way: (old.get(way, _ABSENT), new.get(way, _ABSENT)) for way in ways}
    in_both = {way.source for way in old} & {way.source for way in new}
    counting = {
        way.source
        for way, (was, now) in fates.items()
        if was.fate != now.fate and not (way.source in in_both and _is_fleet(way, was, now))
    }
    groups: dict[Group, Members] = {}
    for way, (was, now) in fates.items():
        if way.source in counting:
            group = Group(way.source, was.fate, now.fate)
            members = groups.setdefault(group, Members([], [], []))
            members.callers.append(way.caller)
            members.before.extend(was.routes)
            members.after.extend(now.routes)
    return groups


def _is_fleet(way: Way, was: Outcome, now: Outcome) -> bool:
    """Return whether only an executor came or went under whom a job may start another."""
    return way.source.kind == SourceKind.JOB.label and {was.fate, now.fate} == _COMES_OR_GOES
