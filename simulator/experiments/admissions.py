"""Which submissions a variant admits that the baseline refuses, or the other way, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np

from simulator.access.refusals import Refusal
from simulator.audit.members import in_runs
from simulator.experiments.pairing import Difference, difference_at
from simulator.experiments.study import Study
from simulator.records.columns import Floats, Legend, SourceKind
from simulator.statistics import paired_difference

Fate: TypeAlias = Refusal | Literal["accepted", "absent"]
"""What becomes of a source's submissions for one caller; absent where there are none."""


class AdmissionChange(NamedTuple):
    """Submissions of one source that fare otherwise in a variant, or that others share now.

    `source_kind` is the vendor's; `who` are its callers, those that count up as `dev-1 … dev-4`,
    for all of whom `before` and `after` are the same. `jobs` is how many more jobs are admitted, a
    replication.
    """

    folder: str
    source: str
    source_kind: str
    who: tuple[str, ...]
    before: Fate
    after: Fate
    jobs: Difference


class Admissions(NamedTuple):
    """What a variant changes in who is admitted; `jobs` is how many more in all, a replication."""

    changes: tuple[AdmissionChange, ...]
    jobs: Difference


class _Way(NamedTuple):
    """One source for one caller."""

    folder: str
    source: str
    kind: SourceKind
    caller: str


class _Decided(NamedTuple):
    """What becomes of the submissions of a way in one study, and the row of its route."""

    fate: Fate
    route: int


_ABSENT = _Decided("absent", -1)


class _Group(NamedTuple):
    """Ways of one source that fare alike in either study."""

    folder: str
    source: str
    kind: SourceKind
    before: Fate
    after: Fate


@dataclass(frozen=True, slots=True)
class _Routes:
    """The routes of a group in each study, and whose they are."""

    callers: list[str]
    before: list[int]
    after: list[int]


def admissions(baseline: Study, variant: Study) -> Admissions | None:
    """Return what a variant changes in admission, paired by replication; None where nothing does.

    A source counts if it fares otherwise for a caller, or has other callers; then with all of
    them, since callers take turns and one more leaves the others fewer.
    """
    legends = baseline.legend, variant.legend
    if _decide_alike(*legends):
        return None
    groups = _groups(_fates(legends[0]), _fates(legends[1]))
    if not groups:
        return None
    confidence = baseline.loaded.scenario.run.confidence
    before = _admitted(baseline, [routes.before for routes in groups.values()])
    after = _admitted(variant, [routes.after for routes in groups.values()])
    each = paired_difference(after, before, confidence)
    totals = [values.sum(axis=1, keepdims=True) for values in (after, before)]
    rows = (
        _change(group, routes, difference_at(each, place))
        for place, (group, routes) in enumerate(groups.items())
    )
    return Admissions(
        changes=tuple(row for row in rows if row.before != row.after or row.jobs.mean != 0),
        jobs=difference_at(paired_difference(totals[0], totals[1], confidence), 0),
    )


def _decide_alike(old: Legend, new: Legend) -> bool:
    """Return whether the same sources have the same callers, all of whom fare the same."""
    return all(getattr(old.names, part) == getattr(new.names, part) for part in _NAMES) and all(
        np.array_equal(getattr(old.routes, column), getattr(new.routes, column))
        for column in _COLUMNS
    )


_NAMES: Final = ("folders", "sources", "source_kinds", "principals", "refusals")
_COLUMNS: Final = ("folder", "source", "principal", "refusal")


def _fates(legend: Legend) -> dict[_Way, _Decided]:
    """Return what becomes of every way."""
    names, routes = legend.names, legend.routes
    rows = zip(
        routes.folder.tolist(),
        routes.source.tolist(),
        routes.principal.tolist(),
        routes.refusal.tolist(),
        strict=True,
    )
    return {
        _Way(
            names.folders[folder],
            names.sources[source],
            names.source_kinds[source],
            names.principals[principal],
        ): _Decided("accepted" if refusal < 0 else names.refusals[refusal], route)
        for route, (folder, source, principal, refusal) in enumerate(rows)
    }


def _groups(old: Mapping[_Way, _Decided], new: Mapping[_Way, _Decided]) -> dict[_Group, _Routes]:
    """Return the ways of every source that counts, those that fare alike together."""
    ways = dict.fromkeys((*old, *new))
    fates = {way: (old.get(way, _ABSENT), new.get(way, _ABSENT)) for way in ways}
    counting = {way[:3] for way, (was, now) in fates.items() if was.fate != now.fate}
    groups: dict[_Group, _Routes] = {}
    for way, (was, now) in fates.items():
        if way[:3] in counting:
            group = _Group(*way[:3], was.fate, now.fate)
            routes = groups.setdefault(group, _Routes([], [], []))
            routes.callers.append(way.caller)
            routes.before.append(was.route)
            routes.after.append(now.route)
    return groups


def _admitted(study: Study, groups: Sequence[Sequence[int]]) -> Floats:
    """Return how many jobs each group of routes was admitted in each replication, (R, groups)."""
    by_route = np.stack([one.submissions - one.refusals for one in study.figures])
    columns = [by_route[:, [route for route in rows if route >= 0]].sum(axis=1) for rows in groups]
    return np.stack(columns, axis=1).astype(np.float64)


def _change(group: _Group, routes: _Routes, jobs: Difference) -> AdmissionChange:
    return AdmissionChange(
        folder=group.folder,
        source=group.source,
        source_kind=group.kind.label,
        who=in_runs(routes.callers),
        before=group.before,
        after=group.after,
        jobs=jobs,
    )
