"""How many slots a line is eligible for at every moment, and which machines have none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from simulator.measurement.figures import EXISTING
from simulator.measurement.licences import LicencesLeft
from simulator.measurement.places import pools_of_rows, slots_in
from simulator.measurement.scopes import total_by
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Changes, Steps, Values, changes_of, combined, constant
from simulator.plan.eligibility import Eligibility
from simulator.plan.lines import Place
from simulator.records.codes import BlameCause, SlotState
from simulator.records.columns import Records

_PRESENT: Final = -1
"""Stands for a machine that has a slot, where the cause of having none is meant."""


class ExistingSlots:
    """The slots of every pool that exist, looked up for whole places.

    Most fleets never change: what is so for a place throughout is not followed over time.
    """

    def __init__(self, eligibility: Eligibility, records: Records) -> None:
        self._eligibility, self._rows = eligibility, records.availability
        self._licences_left = LicencesLeft(eligibility, records.availability)
        self._of_place: dict[tuple[int, ...], Steps] = {}
        rows, size = self._rows, len(eligibility.pools)
        exists = np.isin(rows.state, EXISTING)
        pool = pools_of_rows(eligibility.pools, rows)
        lasting_s = np.where(exists, rows.to_s - rows.from_s, 0.0)
        self._steady = total_by(pool, size, lasting_s) == records.end_s
        most = np.zeros(size)
        np.maximum.at(most, pool[exists], rows.slots[exists])
        self._slots = np.where(self._steady, most, 0.0)
        spans = Spans(rows.from_s[exists], rows.to_s[exists])
        self._changes = changes_of(spans, pool[exists], rows.slots[exists], size)

    def parts(self, places: Sequence[Place]) -> Steps:
        """Return in how many equal parts waiting for these places is charged, at every moment.

        One for each slot that exists, and one for each machine without any.
        """
        if not places:
            return constant(1)
        counts = [self._of(place.pools) for place in places]
        fixed = sum(max(int(one.value[0]), 1) for one in counts if len(one.value) == 1)
        changing = [one for one in counts if len(one.value) > 1]
        return combined(_added_up, constant(fixed), *changing)

    def absences(self, place: Place) -> Steps:
        """Return why a place has no slot at every moment, as `BlameCause`; -1 where it has one."""
        number = self._of(place.pools)
        if (number.value > 0).all():
            return constant(_PRESENT)
        if not place.pools:
            return constant(BlameCause.NO_HOST)
        left = self._licences_left.of(self._eligibility.pools[place.pools[0]].runtime)
        booting, unlicensed = (one.any_of(place.pools) for one in self._not_there)
        return combined(_why_absent, number, booting, unlicensed, left)

    def _of(self, pools: tuple[int, ...]) -> Steps:
        if pools not in self._of_place:
            numbers = np.array(pools, dtype=np.intp)
            steady = bool(self._steady[numbers].all())
            self._of_place[pools] = (
                constant(int(self._slots[numbers].sum()))
                if steady
                else self._changes.total_of(pools)
            )
        return self._of_place[pools]

    @cached_property
    def _not_there(self) -> tuple[Changes, Changes]:
        """Return when pools have slots that boot, and slots without a licence."""
        pools = self._eligibility.pools
        return (
            slots_in(pools, self._rows, (SlotState.BOOTING,)),
            slots_in(pools, self._rows, (SlotState.UNLICENSED,)),
        )


def _added_up(fixed: Values, *numbers: Values) -> Values:
    """Return a number and the sum of others, each of these at least 1."""
    return fixed + np.sum([np.maximum(one, 1) for one in numbers], axis=0, dtype=np.int64)


def _why_absent(number: Values, booting: Values, unlicensed: Values, left: Values) -> Values:
    causes = (BlameCause.BOOTING, BlameCause.UNLICENSED, BlameCause.UNLICENSED)
    conditions = [booting > 0, unlicensed > 0, left == 0]
    why = np.select(conditions, list(causes), BlameCause.NO_HOST)
    return np.where(number > 0, _PRESENT, why)
