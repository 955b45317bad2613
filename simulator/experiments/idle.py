"""What stood free while jobs waited, over all replications, and the one change that opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from simulator.access.grants import Access
from simulator.audit.named_openings import NamedOpening
from simulator.audit.opening_mends import mend_of
from simulator.audit.openings import Openings
from simulator.measurement import Figures
from simulator.measurement.summary import SummaryRow, summary_row
from simulator.model.scenario import Scenario
from simulator.plan.openings import Rule
from simulator.policies.changes import Change
from simulator.records.columns import Floats
from simulator.statistics import mean_of_replications
from simulator.units import HOUR_S


class IdleRow(NamedTuple):
    """What stood free while jobs of a folder waited, and the change that would let them use it.

    what: a machine, of whose slots the hours are; an account where `is_of_robot`. jobs: what they
    need. hours: of one replication, with their interval. change: in words; changes: as overrides.
    alike: how many more would do as well, as far as the file tells.
    """

    rule: Rule
    what: str
    is_of_robot: bool
    folder: str
    jobs: str
    hours: SummaryRow
    change: str
    changes: tuple[Change, ...]
    alike: int


class Idle(NamedTuple):
    """All that stood free while jobs waited, most hours first; they do not add up.

    left_out: changes that were not looked at, as there are so many.
    """

    rows: tuple[IdleRow, ...]
    left_out: int


def idle_of_study(
    openings: Openings,
    figures: Sequence[Figures],
    scenario: Scenario,
    access: Access,
) -> Idle:
    """Return what of some openings stood free, of any replication."""
    found = [one.idle.seconds for one in figures if one.idle is not None]
    rows = tuple(_rows(openings.found, np.stack(found), scenario, access)) if found else ()
    return Idle(rows, openings.left_out)


def _rows(
    openings: Sequence[NamedOpening], seconds: Floats, scenario: Scenario, access: Access
) -> Iterator[IdleRow]:
    confidence = scenario.run.confidence
    means = mean_of_replications(seconds / HOUR_S, confidence)
    for place in np.argsort(-means.mean, kind="stable").tolist():
        one = openings[place]
        mend = mend_of(one, scenario, access) if means.mean[place] > 0 else None
        if mend is not None:
            is_of_robot = one.opening.is_of_robot
            measure = "idle.robots" if is_of_robot else "idle.slots"
            hours = summary_row(("folder", one.folder, measure, "h"), means, place, confidence)
            yield IdleRow(
                rule=one.opening.rule,
                what=one.what,
                is_of_robot=is_of_robot,
                folder=one.folder,
                jobs=one.jobs,
                hours=hours,
                change=mend.words,
                changes=mend.changes,
                alike=one.alike,
            )
