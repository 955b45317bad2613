"""What a job in line lacks at every moment, in the vendor's codes: a slot, a host, an account."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from simulator.measurement.licences import LicencesLeft
from simulator.measurement.places import slots_in
from simulator.measurement.scopes import short
from simulator.measurement.slices import TimeSlice
from simulator.measurement.steps import Changes, Steps, Values, combined, constant, spans_present
from simulator.measurement.waits import Waits
from simulator.plan.lines import Line
from simulator.records.codes import PendingReason, SlotState
from simulator.records.columns import numbers_of

_NONE: Final = PendingReason.NONE.value
_FULL: Final = PendingReason.TEMPLATE_FULL_CAPACITY.value
_MAINTENANCE: Final = PendingReason.TEMPLATE_MAINTENANCE_MODE.value
_NO_HOSTS: Final = PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE.value
_NO_LICENSE: Final = PendingReason.TEMPLATE_NO_LICENSE.value
_LIMIT: Final = PendingReason.ROBOT_CONCURRENCY_LIMIT.value
_BUSY: Final = PendingReason.ROBOT_BUSY.value


class Needs(NamedTuple):
    """What lines have in common whose jobs lack the same at every moment.

    pools: in order. accounts: those that must all run their one job for the jobs to lack an account
    under one_job_at_a_time; none where that cannot be. nowhere: what jobs wait for without a pool.
    """

    pools: tuple[int, ...]
    takes_account: bool
    accounts: tuple[int, ...]
    nowhere: int


class Lacking:
    """What the jobs of each line lack in a slice, worked out once for lines with the same needs.

    By the vendor's names of pending reasons. A slot of the line in service is free: it is the
    account that is lacking, or, for work that takes none, nothing but its turn. None is: where some
    slot is in service, capacity; else, whatever of these comes first, an end of the maintenance, a
    host that is up (one may be down, booting, or off while a licence is left for it), a licence.
    """

    def __init__(self, part: TimeSlice) -> None:
        self._part, self._eligibility = part, part.eligibility
        self._licences_left = LicencesLeft(self._eligibility, part.records.availability)
        of_lines = [_needs(line, self._eligibility.single) for line in self._eligibility.lines]
        self._needs = numbers_of(dict.fromkeys(of_lines))
        self._group = np.array([self._needs[one] for one in of_lines], dtype=np.int32)
        self._of_pools: dict[tuple[int, ...], tuple[Steps, Steps]] = {}

    def parted(self, waits: Waits) -> Iterator[tuple[Steps, Waits]]:
        """Yield what some jobs lack, as `PendingReason`, and the waits of just these jobs."""
        group = short(self._group[waits.line], len(self._needs))
        order = np.argsort(group, kind="stable")
        ends = np.cumsum(np.bincount(group, minlength=len(self._needs)))
        for needs, rows in zip(self._needs, np.split(order, ends[:-1]), strict=True):
            if len(rows):
                yield self._codes(needs), waits.of(rows)

    def _codes(self, needs: Needs) -> Steps:
        """Return what jobs with these needs lack, code by code."""
        if not needs.pools:
            return constant(needs.nowhere)
        free, without = self._slots(needs.pools)
        return combined(_where_free, free, without, self._beside_a_slot(needs))

    def _slots(self, pools: tuple[int, ...]) -> tuple[Steps, Steps]:
        """Return whether a slot of some pools is free, and what is lacking where none is."""
        if pools not in self._of_pools:
            states = [one.total_of(pools) for one in self._states]
            left = self._licences_left.of(self._eligibility.pools[pools[0]].runtime)
            without = combined(_without_a_slot, constant(len(pools)), left, *states)
            self._of_pools[pools] = self._free.any_of(pools), without
        return self._of_pools[pools]

    def _beside_a_slot(self, needs: Needs) -> Steps:
        """Return what is lacking where a slot is free."""
        if not needs.takes_account:
            return constant(_NONE)
        if not needs.accounts:
            return constant(_BUSY)
        taken = self._taken.total_of(needs.accounts)
        return combined(_without_an_account, constant(len(needs.accounts)), taken)

    @cached_property
    def _free(self) -> Changes:
        return self._part.free.presences(len(self._eligibility.pools))

    @cached_property
    def _states(self) -> tuple[Changes, ...]:
        """Return when pools have a slot in service, in maintenance, down or booting, and any."""
        pools, rows = self._eligibility.pools, self._part.records.availability
        down = (SlotState.DOWN, SlotState.BOOTING)
        return (
            slots_in(pools, rows, (SlotState.USABLE,)),
            slots_in(pools, rows, (SlotState.MAINTENANCE,)),
            slots_in(pools, rows, down),
            slots_in(pools, rows),
        )

    @cached_property
    def _taken(self) -> Changes:
        """Return when each account under one_job_at_a_time runs its one job."""
        kept, lines = self._part.kept, self._eligibility.lines
        kept = kept.of(kept.by_lines(line.takes_account for line in lines))
        kept = kept.of(np.isin(kept.account, list(self._eligibility.single)))
        return spans_present(kept.spans, kept.account, len(self._part.legend.names.accounts))


def _needs(line: Line, single: frozenset[int]) -> Needs:
    pools = tuple(sorted(set(line.pools())))
    accounts = tuple(sorted(set(line.accounts())))
    limited = line.takes_account and single.issuperset(accounts)
    nowhere = _NONE if pools else line.nowhere.value
    return Needs(pools, line.takes_account, accounts if limited else (), nowhere)


def _where_free(free: Values, without: Values, beside: Values) -> Values:
    return np.where(free > 0, beside, without)


def _without_a_slot(
    pools: Values, left: Values, usable: Values, maintenance: Values, down: Values, there: Values
) -> Values:
    """Return the codes where no slot is free; a pool without any row is of a host that is off."""
    is_bootable = (there < pools) & (left > 0)
    conditions = [usable > 0, maintenance > 0, (down > 0) | is_bootable]
    return np.select(conditions, [_FULL, _MAINTENANCE, _NO_HOSTS], _NO_LICENSE)


def _without_an_account(accounts: Values, taken: Values) -> Values:
    return np.where(taken == accounts, _LIMIT, _BUSY)
