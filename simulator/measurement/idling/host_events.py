"""All that changes on hosts, in order: slots taken and given back, licences, sessions, accounts.

Every number of a host is zero before its first event and after its last, so that running sums over
the events of several hosts, one host after the other, need no new start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.places import pools_of_rows
from simulator.measurement.scopes import Groups, Mask, rows_of, short
from simulator.measurement.slices import TimeSlice
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Steps, Values
from simulator.records.codes import SlotState
from simulator.records.columns import Codes, Floats, Ints

_USABLE: Final = 0
"""Slots of a pool that are in service, less those that jobs hold."""

_UNLICENSED: Final = 1
_OUT: Final = 2
"""Slots of a pool that exist and are out of service."""

_ACCOUNT: Final = 3
"""An account that a job keeps to itself; `_SESSION`: and a Windows session with it."""

_SESSION: Final = 4


class Events(NamedTuple):
    """What changes, (E,) each: when, on which host, by how much, the number of what.

    kind: of one of the kinds above. what: the pool, or the account. They are in order of host, then
    of time. At one instant only the last row of a host tells what is so from then on.
    """

    at_s: Floats
    host: Groups
    kind: Codes
    what: Ints
    by: Ints

    def usable(self, pools: Collection[int]) -> Values:
        """Return after each event how many slots of some pools are free and in service, (E,)."""
        return np.maximum(self._number(self._is(_USABLE, pools)), 0)

    def unlicensed(self, pools: Collection[int]) -> Values:
        """Return after each event how many slots exist but for a licence, (E,).

        None while the other slots of the host are out of service.
        """
        without = self._number(self._is(_UNLICENSED, pools))
        out = self._number(self.kind == _OUT)
        in_service: Values = np.where(out > 0, 0, without)
        return in_service

    def sessions_left(self, limits: Ints) -> Values:
        """Return after each event how many Windows sessions are left; limits: (hosts,)."""
        taken = self._number(self.kind == _SESSION)
        left: Values = np.maximum(limits[self.host] - taken, 0)
        return left

    def busy(self, accounts: Collection[int]) -> Values:
        """Return after each event how many of some accounts are kept by jobs on the host, (E,)."""
        return self._number(self._is(_ACCOUNT, accounts) | self._is(_SESSION, accounts))

    def over_hosts(self, number: Values) -> Steps:
        """Return, over time, the sum over hosts of a number that there is after each event."""
        last = np.append(_differ(self.host) | _differ(self.at_s), True)[: len(self.host)]
        by = np.diff(number[last], prepend=0)
        changed = np.flatnonzero(by)
        at_s, by = self.at_s[last][changed], by[changed]
        order = np.argsort(at_s, kind="stable")
        at_s, total = at_s[order], np.cumsum(by[order])
        last = np.append(_differ(at_s), True)[: len(at_s)]
        return Steps(np.append(-np.inf, at_s[last]), np.append(0, total[last]))

    def rows(self, rows: Groups | slice) -> Events:
        """Return some of the events, in that order."""
        return Events(
            self.at_s[rows], self.host[rows], self.kind[rows], self.what[rows], self.by[rows]
        )

    @classmethod
    def together(cls, tables: Sequence[Events]) -> Events:
        """Return the events of several tables, one table after the other."""
        return cls(
            np.concatenate([one.at_s for one in tables]),
            np.concatenate([one.host for one in tables]),
            np.concatenate([one.kind for one in tables]),
            np.concatenate([one.what for one in tables]),
            np.concatenate([one.by for one in tables]),
        )

    def _is(self, kind: int, what: Collection[int]) -> Mask:
        one_of = self.what == next(iter(what)) if len(what) == 1 else np.isin(self.what, [*what])
        found: Mask = (self.kind == kind) & one_of
        return found

    def _number(self, chosen: Mask) -> Values:
        number: Values = np.cumsum(np.where(chosen, self.by, 0), dtype=np.int64)
        return number


def _differ(values: npt.NDArray[np.generic]) -> Mask:
    """Return whether each value but the first differs from the one before it."""
    found: Mask = values[1:] != values[:-1]
    return found


class HostEvents:
    """The events of all hosts in a slice, put in order once, for any hosts."""

    def __init__(self, part: TimeSlice) -> None:
        self._pools, self._count = part.eligibility.pools, len(part.eligibility.hosts)
        every = Events.together([*_of_slots(part), *_of_accounts(part)])
        order = np.lexsort((every.at_s, short(every.host, self._count)))
        self._events = every.rows(order)
        self._first = np.searchsorted(self._events.host, np.arange(self._count + 1))

    def around(self, pools: Sequence[int]) -> Events:
        """Return all that changes on the hosts of some pools, which are of one runtime type."""
        hosts = sorted(self._pools[pool].host for pool in pools)
        first, last = hosts[0], hosts[-1]
        if last - first < len(hosts):  # one after the other, as a machine's are
            return self._events.rows(slice(self._first[first], self._first[last + 1]))
        return self._events.rows(rows_of(hosts, self._first))


def _of_slots(part: TimeSlice) -> list[Events]:
    held, rows = part.records.occupancy, part.records.availability
    taken = np.full(len(held.job), -1, dtype=np.int32)
    tables = [_lasting(_USABLE, Spans(held.from_s, held.to_s), held.host, part.pool, taken)]
    of_rows = pools_of_rows(part.eligibility.pools, rows)
    for kind, states in (
        (_USABLE, [SlotState.USABLE.value]),
        (_UNLICENSED, [SlotState.UNLICENSED.value]),
        (_OUT, [SlotState.MAINTENANCE.value, SlotState.DOWN.value]),
    ):
        kept = np.isin(rows.state, states)
        spans = Spans(rows.from_s[kept], rows.to_s[kept])
        tables.append(_lasting(kind, spans, rows.host[kept], of_rows[kept], rows.slots[kept]))
    return tables


def _of_accounts(part: TimeSlice) -> list[Events]:
    """Return when jobs keep accounts and sessions: also while they are paused."""
    every, lines = part.kept, part.eligibility.lines
    takes_account = every.by_lines(line.takes_account for line in lines) & (every.account >= 0)
    takes_session = every.by_lines(line.takes_session for line in lines)
    tables = []
    for kind, rows in (
        (_ACCOUNT, takes_account & ~takes_session),
        (_SESSION, takes_account & takes_session),
    ):
        kept = every.of(rows)
        one = np.ones(len(kept.job), dtype=np.int32)
        tables.append(_lasting(kind, kept.spans, kept.host, kept.account, one))
    return tables


def _lasting(
    kind: int, spans: Spans, host: Groups, what: Groups, number: npt.NDArray[np.int32]
) -> Events:
    """Return a number for each span, that is there as long as that lasts."""
    return Events(
        at_s=np.concatenate(spans),
        host=np.concatenate((host, host)),
        kind=np.full(2 * len(host), kind, dtype=np.int8),
        what=np.concatenate((what, what)).astype(np.int32),
        by=np.concatenate((number, -number)),
    )
