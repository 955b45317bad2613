"""From studies of alternatives to options, ranked.

First come those that miss fewest targets, then those that leave fewest folders waiting without end,
then those that take most off the folders' P95 Pending, each folder counting by its jobs. Targets of
machines and hosts do not count: an alternative may cut the machine they are about.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from simulator.experiments.advising.advice import FolderChange, Option, Standing
from simulator.experiments.advising.alternatives import Alternative
from simulator.experiments.comparing.compare import Comparison
from simulator.experiments.comparing.pairing import NO_DIFFERENCE, Difference, difference_at
from simulator.experiments.study import Study
from simulator.model.definitions import QUANTILE_PERCENTS
from simulator.records.columns import Floats
from simulator.statistics import mean_of_replications

P95: Final = "pending.p95"
MEAN: Final = "pending.mean"

_OF_FLEET: Final = frozenset({"machine", "host"})
_COLUMN: Final = QUANTILE_PERCENTS.index(95)


def standing_today(today: Study) -> Standing:
    """Return what alternatives are held against: things as they are, without any change."""
    return Standing(_not_met(today), _endless(today), Difference(0.0, 0.0, 0.0))


def options_of(
    done: Sequence[tuple[Alternative, Study]], today: Study, found: Comparison
) -> tuple[Option, ...]:
    """Return alternatives with what each does, the best first; `found` has them after today."""
    before = standing_today(today)
    options = []
    for place, (alternative, study) in enumerate(done):
        folders = tuple(_changes(found, today, study, place))
        standing = Standing(_not_met(study), _endless(study), _change(today, study))
        gains = standing.endless < before.endless or any(map(_falls, folders))
        better = gains and standing.is_better_than(before)
        options.append(Option(alternative, folders, standing, better))
    return tuple(sorted(options, key=lambda one: one.standing.key))


def _falls(one: FolderChange) -> bool:
    """Return whether a folder's P95 clearly falls; without a test, whether it falls at all."""
    return one.p95.mean < 0 and (one.p95.clear or math.isnan(one.p95.p))


def jobs_of(study: Study) -> dict[str, float]:
    """Return how many jobs of each folder start a replication; only of those that have any."""
    rows = ((one, study.summary.find("folder", one, "jobs.started")) for one in _folders(study))
    return {one: row.mean for one, row in rows if row is not None and row.mean > 0}


def _folders(study: Study) -> tuple[str, ...]:
    return study.legend.names.folders


def _changes(found: Comparison, today: Study, study: Study, place: int) -> Iterator[FolderChange]:
    for folder, jobs in jobs_of(today).items():
        p95, mean = (found.find("folder", folder, measure) for measure in (P95, MEAN))
        if p95 is not None:
            yield FolderChange(
                folder=folder,
                jobs=jobs,
                before_s=p95.values[0],
                after_s=p95.values[place + 1],
                p95=p95.differences[place],
                mean=NO_DIFFERENCE if mean is None else mean.differences[place],
                why=study.long_run.reason("folder", folder, P95),
            )


def _not_met(study: Study) -> int:
    of_people = (one for one in study.verdicts if one.target.scope[0] not in _OF_FLEET)
    return sum(one.outcome != "met" for one in of_people)


def _endless(study: Study) -> int:
    return sum(bool(study.long_run.reason("folder", one, P95)) for one in _folders(study))


def _change(today: Study, study: Study) -> Difference:
    """Return the mean change of P95 Pending over folders by their jobs, paired by replication.

    A replication in which no job of a folder starts tells nothing of that folder.
    """
    jobs = jobs_of(today)
    if not jobs:
        return NO_DIFFERENCE
    weights = np.array(list(jobs.values())) / math.fsum(jobs.values())
    changes = np.nan_to_num(_p95s(study, list(jobs)) - _p95s(today, list(jobs))) @ weights
    confidence = today.loaded.scenario.run.confidence
    return difference_at(mean_of_replications(changes[:, np.newaxis], confidence), 0)


def _p95s(study: Study, folders: Sequence[str]) -> Floats:
    """Return the P95 Pending of each replication and folder, (R, N); NaN where no job started."""
    rows = []
    for figures in study.figures:
        found = {
            name: value
            for block in figures.scopes
            if block.scope == "folder"
            for name, value in zip(
                block.names, block.waits.quantiles_s[:, _COLUMN].tolist(), strict=True
            )
        }
        rows.append([found.get(folder, math.nan) for folder in folders])
    return np.array(rows, dtype=np.float64)
