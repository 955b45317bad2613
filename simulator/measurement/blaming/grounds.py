"""On what grounds jobs with the same needs were Pending: who held what, when, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.blaming.chargeable import Chargeable, Payer, chargeable
from simulator.measurement.blaming.existing_slots import ExistingSlots
from simulator.measurement.blaming.holders import Accounts, Sessions
from simulator.measurement.cumulated import cumulated
from simulator.measurement.places import Numbers, pools_of_rows
from simulator.measurement.scopes import rows_of
from simulator.measurement.slices import TimeSlice
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Changes, Steps, Values, changes_of, combined
from simulator.plan.lines import Line, Place
from simulator.records.codes import BlameCause, SlotState
from simulator.records.columns import NONE, Ints


class Needs(NamedTuple):
    """What lines have in common whose jobs are kept Pending by the same things.

    folder: where jobs of one folder hold each other up; else all are alike, and it is -1.
    """

    folder: int
    places: tuple[Place, ...]
    takes_account: bool
    takes_session: bool


class Ground(NamedTuple):
    """What waiting may be charged to: pieces of spans, with whoever is to pay for each.

    Only so far as `only` tells, which is a number of slots at every moment; in equal `parts`, each
    a piece of its own. Without `only`, a piece is of as many slots as its weight says. at: machine
    and pool, where there is a ground of this cause for each.
    """

    cause: BlameCause
    pieces: Chargeable
    only: Steps | None = None
    parts: int = 1
    at: tuple[int, int] = (NONE, NONE)


def needs_of(line: Line, *, blocks: bool) -> Needs:
    """Return what a line's jobs need; `blocks` as in `Eligibility`."""
    folder = line.folder if blocks else NONE
    return Needs(folder, line.places, line.takes_account, line.takes_session)


class Grounds:
    """All that held slots, or kept jobs off them, in a slice: looked up for any needs."""

    def __init__(self, part: TimeSlice, existing: ExistingSlots) -> None:
        """Take a slice, and the slots that exist, of the whole run."""
        self._part, self._existing = part, existing
        self._eligibility, self._legend, self._records = part.eligibility, part.legend, part.records
        self._free_of_pools: dict[int, Steps] = {}
        whole = Spans(np.array([part.from_s]), np.array([part.to_s]))
        self._whole = chargeable(whole, Payer(), part.legend.window)

    def of(self, needs: Needs, waiting: Steps) -> Iterator[Ground]:
        """Yield all grounds for jobs with these needs to be Pending; they never overlap.

        waiting: not zero whenever any of these jobs is.
        """
        if not needs.places:
            yield Ground(BlameCause.NO_MACHINE, self._whole)
        pools = [pool for place in needs.places for pool in place.pools]
        yield Ground(BlameCause.JOB, self._held.of(pools))
        yield Ground(BlameCause.DOWN, self._down.of(pools))
        yield Ground(BlameCause.MAINTENANCE, self._in_maintenance.of(pools))
        for place in needs.places:
            yield from self._absent(place)
        if needs.takes_account or self._eligibility.blocks:
            offering = self._had_free_slots(pools, waiting)
            for place in needs.places:
                for pool in sorted(offering.intersection(place.pools)):
                    yield from self._beside_free_slots(needs, place, pool, waiting)

    # --- slots that are held, or out of service ------------------------------------------------

    @cached_property
    def _held(self) -> Chargeable:
        held, legend, pools = self._records.occupancy, self._legend, self._eligibility.pools
        spans = Spans(held.from_s, held.to_s)
        payer = Payer(legend.routes.folder[self._part.route], self._machines[held.host])
        return chargeable(spans, payer, legend.window, self._part.pool, len(pools))

    @cached_property
    def _down(self) -> Chargeable:
        rows, pools = self._records.availability, self._eligibility.pools
        kept = rows.state == SlotState.DOWN.value
        return chargeable(
            Spans(rows.from_s[kept], rows.to_s[kept]),
            Payer(machine=self._machines[rows.host[kept]]),
            self._legend.window,
            pools_of_rows(pools, rows)[kept],
            len(pools),
            rows.slots[kept].astype(np.float64),
        )

    @cached_property
    def _in_maintenance(self) -> Chargeable:
        pools = self._eligibility.pools
        free = self._part.free_in(SlotState.MAINTENANCE).numbers()
        hosts = np.array([pool.host for pool in pools], dtype=np.int32)
        return chargeable(
            free.spans,
            Payer(machine=self._machines[hosts[free.thing]]),
            self._legend.window,
            free.thing,
            len(pools),
            free.number.astype(np.float64),
        )

    def _absent(self, place: Place) -> Iterator[Ground]:
        """Yield why a machine had no slot at all; it counts as one."""
        why = self._existing.absences(place)
        for cause in np.unique(why.value):
            if cause >= 0:
                only = combined(lambda one, cause=cause: (one == cause).astype(np.int8), why)
                pieces = self._whole.charged_to(NONE, place.machine)
                yield Ground(BlameCause(cause), pieces, only, at=(place.machine, NONE))

    # --- slots that are free -------------------------------------------------------------------

    def _beside_free_slots(
        self, needs: Needs, place: Place, pool: int, waiting: Steps
    ) -> Iterator[Ground]:
        """Yield what kept jobs off the free slots of a pool: accounts first, then sessions.

        Where it was neither, an older job had to go first; or nothing, as is told in the end by
        what of the waits is left over.
        """
        host, rest, at = self._eligibility.pools[pool].host, waiting, (place.machine, pool)
        things = self._accounts.on(host, place) if needs.takes_account else None
        if things is not None:
            without, rest = _parted(rest, self._accounts.all_taken(things))
            pieces = self._accounts.pieces.of(things).on(place.machine)
            only = self._free_of(pool).during(without)
            yield Ground(BlameCause.ACCOUNT, pieces, only, len(things), at)
        limit = self._sessions.limit(host) if needs.takes_session else None
        if limit is not None:
            without, rest = _parted(rest, self._sessions.all_taken(host))
            pieces = self._sessions.pieces.of((host,)) if limit else self._whole
            only = self._free_of(pool).during(without)
            yield Ground(BlameCause.SESSION, pieces.on(place.machine), only, limit or 1, at)
        if self._eligibility.blocks:
            pieces = self._whole.charged_to(needs.folder, place.machine)
            only = self._free_of(pool).during(rest)
            yield Ground(BlameCause.HELD_BACK, pieces, only, at=at)

    def _free_of(self, pool: int) -> Steps:
        """Return how many slots of a pool are in service and free."""
        if pool not in self._free_of_pools:
            self._free_of_pools[pool] = self._free.total_of((pool,))
        return self._free_of_pools[pool]

    def _had_free_slots(self, pools: Sequence[int], waiting: Steps) -> frozenset[int]:
        """Return which of some pools had a free slot in service while anybody waited."""
        free, rows = self._free_spans, rows_of(pools, self._first_free)
        waited = cumulated(waiting).over(free.spans.of(rows)) > 0
        return frozenset(free.thing[rows[waited]].tolist())

    @cached_property
    def _free(self) -> Changes:
        return changes_of(*self._free_spans, len(self._eligibility.pools))

    @cached_property
    def _free_spans(self) -> Numbers:
        """Return how many slots of which pool were in service and free, pool by pool."""
        return self._part.free.numbers()

    @cached_property
    def _first_free(self) -> npt.NDArray[np.intp]:
        """Return where the spans of each pool begin, and where the last one's end."""
        pools = np.arange(len(self._eligibility.pools) + 1)
        return np.searchsorted(self._free_spans.thing, pools)

    @cached_property
    def _accounts(self) -> Accounts:
        return Accounts(self._part)

    @cached_property
    def _sessions(self) -> Sessions:
        return Sessions(self._part)

    @cached_property
    def _machines(self) -> Ints:
        """Return the machine of each host."""
        return np.array(self._legend.names.host_machine, dtype=np.int32)


def _parted(when: Steps, condition: Steps) -> tuple[Steps, Steps]:
    """Return when a condition, 1 or 0, holds of some time, and when it does not."""
    holds = condition.during(when)
    return holds, combined(_but_not, when, holds)


def _but_not(when: Values, holds: Values) -> Values:
    return np.where((when != 0) & (holds == 0), 1, 0)
