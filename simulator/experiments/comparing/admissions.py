"""Which submissions and items a variant admits that the baseline refuses, or the other way.

And how many: a source with other callers counts too, since they take turns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from simulator.audit.members import in_runs
from simulator.experiments.comparing.fates import (
    Fate,
    Group,
    Members,
    fates_of_items,
    fates_of_jobs,
    groups_of,
)
from simulator.experiments.comparing.pairing import Difference, difference_at
from simulator.experiments.study import Study
from simulator.measurement import Figures
from simulator.measurement.figures import Counts
from simulator.records.columns import Floats, Legend
from simulator.statistics import paired_difference

NONE: Final = Difference(0.0, 0.0, 0.0)


class AdmissionChange(NamedTuple):
    """Submissions of one source that fare otherwise in a variant, or that others share now.

    `source_kind` is the vendor's; what the end of a job submits is of kind `Job`, its `source` the
    process that has ended. `who` are its callers, those that count up as `dev-1 … dev-4`, for all
    of whom `before` and `after` are the same. `jobs` is how many more jobs are admitted, a
    replication.
    """

    folder: str
    source: str
    source_kind: str
    who: tuple[str, ...]
    before: Fate
    after: Fate
    jobs: Difference


class ItemChange(NamedTuple):
    """Items of one arrival that fare otherwise, or that others add now; as an `AdmissionChange`.

    `items` is how many more are let in, a replication.
    """

    folder: str
    arrival: str
    queue: str
    who: tuple[str, ...]
    before: Fate
    after: Fate
    items: Difference


class Admissions(NamedTuple):
    """What a variant changes in who is admitted, and in whose items are let in.

    `jobs` and `items` are how many more in all, a replication.
    """

    changes: tuple[AdmissionChange, ...]
    jobs: Difference
    item_changes: tuple[ItemChange, ...] = ()
    items: Difference = NONE


_Groups: TypeAlias = Mapping[Group, Members]
_Changed: TypeAlias = tuple[Group, Members, Difference]
"""A group, whose it is, and how many more are admitted."""

_Admitted: TypeAlias = Callable[[Figures], Counts]
"""Takes how many of each route were not refused from the figures of one replication."""


def admissions(baseline: Study, variant: Study) -> Admissions | None:
    """Return what a variant changes in admission, paired by replication; None where nothing does.

    A source counts if it fares otherwise for a caller, or has other callers; then with all of
    them, since callers take turns and one more leaves the others fewer.
    """
    legends = baseline.legend, variant.legend
    if _decide_alike(*legends):
        return None
    submitting = groups_of(*map(fates_of_jobs, legends))
    adding = groups_of(*map(fates_of_items, legends))
    if not submitting and not adding:
        return None
    studies = baseline, variant
    of_jobs, jobs = _compared(submitting, _jobs, studies)
    of_items, items = _compared(adding, _items, studies)
    return Admissions(
        tuple(
            AdmissionChange(*group.source, in_runs(members.callers), *group[1:], more)
            for group, members, more in of_jobs
        ),
        jobs,
        tuple(
            ItemChange(*group.source, in_runs(members.callers), *group[1:], more)
            for group, members, more in of_items
        ),
        items,
    )


def _decide_alike(old: Legend, new: Legend) -> bool:
    """Return whether the same sources have the same callers, all of whom fare the same."""
    return (
        all(getattr(old.names, part) == getattr(new.names, part) for part in _NAMES)
        and all(
            np.array_equal(getattr(old.routes, column), getattr(new.routes, column))
            for column in _COLUMNS
        )
        and all(
            np.array_equal(getattr(old.item_routes, column), getattr(new.item_routes, column))
            for column in _ITEM_COLUMNS
        )
    )


_NAMES: Final = (
    *("folders", "sources", "source_kinds", "principals", "refusals"),
    *("queues", "arrivals"),
)
_COLUMNS: Final = ("folder", "source", "principal", "refusal")
_ITEM_COLUMNS: Final = ("arrival", "queue", "principal", "refusal")


def _jobs(figures: Figures) -> Counts:
    return figures.submissions - figures.refusals


def _items(figures: Figures) -> Counts:
    return figures.items_added - figures.items_refused


def _compared(
    groups: _Groups, admitted: _Admitted, studies: tuple[Study, Study]
) -> tuple[list[_Changed], Difference]:
    """Return the groups that fare otherwise or have more or fewer admitted, and how many in all."""
    if not groups:
        return [], NONE
    baseline, variant = studies
    confidence = baseline.loaded.scenario.run.confidence
    before = _summed(baseline, admitted, [members.before for members in groups.values()])
    after = _summed(variant, admitted, [members.after for members in groups.values()])
    each = paired_difference(after, before, confidence)
    every = (
        (group, members, difference_at(each, place))
        for place, (group, members) in enumerate(groups.items())
    )
    changed = [one for one in every if one[0].before != one[0].after or one[2].mean != 0]
    all_after, all_before = (values.sum(axis=1, keepdims=True) for values in (after, before))
    return changed, difference_at(paired_difference(all_after, all_before, confidence), 0)


def _summed(study: Study, admitted: _Admitted, groups: Sequence[Sequence[int]]) -> Floats:
    """Return how many of each group were admitted in each replication, (R, groups)."""
    by_route = np.stack([admitted(one) for one in study.figures])
    columns = [by_route[:, list(rows)].sum(axis=1) for rows in groups]
    return np.stack(columns, axis=1).astype(np.float64)
