"""What an opening would let jobs use, over time: slots, or an account, that stand free."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from simulator.measurement.idling.host_events import Events, HostEvents
from simulator.measurement.slices import Kept, TimeSlice
from simulator.measurement.steps import Changes, Steps, Values, combined, constant, spans_present
from simulator.plan.lines import Line, Place
from simulator.plan.openings import Opening, Rule
from simulator.records.columns import Ints

_UNLIMITED: Final = np.iinfo(np.int32).max


class Usable:
    """How many slots, or accounts, there are at each moment that an opening would let jobs use."""

    def __init__(self, part: TimeSlice) -> None:
        self._part, self._eligibility = part, part.eligibility
        limits = [host.windows_sessions for host in self._eligibility.hosts]
        self._sessions: Ints = np.array(
            [_UNLIMITED if limit is None else limit for limit in limits], dtype=np.int32
        )
        self._slots: dict[tuple[Rule, Place, bool, bool], Steps] = {}
        self._beside: dict[tuple[Place, bool], Steps] = {}

    def of(self, opening: Opening) -> Steps:
        """Return how many there are, over time."""
        line = self._eligibility.lines[opening.lines[0]]
        if opening.is_of_robot:
            return self._idle_robots(opening, line)
        if opening.rule is Rule.LIMIT:
            parts = [self._beyond_limit(one, opening.accounts, line) for one in opening.places]
            return combined(_added_up, *parts)
        (place,) = opening.places
        key = opening.rule, place, line.takes_session, line.takes_account
        if key not in self._slots:
            self._slots[key] = self._of_place(opening.rule, place, line)
        return self._slots[key]

    # --- slots ----------------------------------------------------------------------------------

    def _of_place(self, rule: Rule, place: Place, line: Line) -> Steps:
        """Return how many slots of a place there are that jobs of a line could begin on."""
        events = self._events.around(place.pools)
        if rule is Rule.SESSION:
            left = events.sessions_left(self._sessions)
            number = np.where(left > 0, 0, events.usable(place.pools))
        elif rule is Rule.LICENCE:
            number = self._in_sessions(events, events.unlicensed(place.pools), line)
        else:
            number = self._in_sessions(events, events.usable(place.pools), line)
        return self._under_accounts(events, number, place, line)

    def _in_sessions(self, events: Events, slots: Values, line: Line) -> Values:
        """Return how many of some slots, free on each host, have the session they need."""
        if not line.takes_session:
            return slots
        return np.minimum(slots, events.sessions_left(self._sessions))

    def _under_accounts(self, events: Events, slots: Values, place: Place, line: Line) -> Steps:
        """Return how many of some slots, free on each host, have an idle account as well.

        On each host the accounts that are idle there; and of those under one_job_at_a_time, idle
        everywhere, each on one of the slots that are left over.
        """
        if not line.takes_account:
            return events.over_hosts(slots)
        everywhere, single = self._parted(place.accounts)
        idle = len(everywhere) - events.busy(everywhere)
        of_their_own = events.over_hosts(np.minimum(slots, idle))
        if not single:
            return of_their_own
        all_slots = events.over_hosts(slots)
        return combined(_no_more_than, all_slots, of_their_own, self._idle_singles(single))

    def _beyond_limit(self, place: Place, members: Sequence[int], line: Line) -> Steps:
        """Return the slots that accounts could take which only their one job elsewhere keeps off.

        No other account is idle there. members: those whose limit it is.
        """
        members = [one for one in members if one in place.accounts]
        if not members or not place.pools:
            return constant(0)
        events = self._events.around(place.pools)
        slots = self._without_account(events, place, line)
        elsewhere = len(members) - events.busy(members)
        return self._while_singles_busy(events.over_hosts(np.minimum(slots, elsewhere)), place)

    # --- accounts -------------------------------------------------------------------------------

    def _idle_robots(self, opening: Opening, line: Line) -> Steps:
        """Return 1 while an account is idle beside a slot on which it would be of use, else 0."""
        beside = [self._lacking_account(place, line) for place in opening.places]
        running = self._running.any_of(opening.accounts)
        return combined(_idle_beside, running, *beside)

    def _lacking_account(self, place: Place, line: Line) -> Steps:
        """Return how many slots of a place lack nothing but an account."""
        key = place, line.takes_session
        if key not in self._beside:
            if place.pools:
                events = self._events.around(place.pools)
                slots = events.over_hosts(self._without_account(events, place, line))
                self._beside[key] = self._while_singles_busy(slots, place)
            else:
                self._beside[key] = constant(0)
        return self._beside[key]

    def _without_account(self, events: Events, place: Place, line: Line) -> Values:
        """Return the slots on each host that have all but an account.

        Those under one_job_at_a_time left aside.
        """
        everywhere, _ = self._parted(place.accounts)
        slots = self._in_sessions(events, events.usable(place.pools), line)
        return np.where(events.busy(everywhere) < len(everywhere), 0, slots)

    def _while_singles_busy(self, slots: Steps, place: Place) -> Steps:
        """Return slots only while every account under one_job_at_a_time runs its one job."""
        _, single = self._parted(place.accounts)
        return combined(_unless_any, slots, self._idle_singles(single)) if single else slots

    def _parted(self, accounts: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the accounts with one job on each host, and those with one job anywhere."""
        single = self._eligibility.single
        several = [one for one in accounts if one not in single]
        return several, [one for one in accounts if one in single]

    def _idle_singles(self, accounts: Sequence[int]) -> Steps:
        """Return how many of some accounts under one_job_at_a_time are idle."""
        count = len(accounts)
        return combined(lambda taken: count - taken, self._taken.total_of(accounts))

    @cached_property
    def _events(self) -> HostEvents:
        return HostEvents(self._part)

    @cached_property
    def _taken(self) -> Changes:
        """Return when each account is kept by a job to itself."""
        kept, lines = self._part.kept, self._eligibility.lines
        return self._taken_by(kept.of(kept.by_lines(line.takes_account for line in lines)))

    @cached_property
    def _running(self) -> Changes:
        """Return when any job runs, or is paused, under each account."""
        return self._taken_by(self._part.kept)

    def _taken_by(self, kept: Kept) -> Changes:
        """Return when each account is taken by a job, of those that keep one."""
        kept = kept.of(kept.account >= 0)
        return spans_present(kept.spans, kept.account, len(self._part.legend.names.accounts))


def _added_up(*numbers: Values) -> Values:
    total: Values = np.sum(numbers, axis=0, dtype=np.int64)
    return total


def _no_more_than(slots: Values, some: Values, more: Values) -> Values:
    fewer: Values = np.minimum(slots, some + more)
    return fewer


def _unless_any(slots: Values, idle: Values) -> Values:
    left: Values = np.where(idle > 0, 0, slots)
    return left


def _idle_beside(running: Values, *slots: Values) -> Values:
    is_idle: Values = ((running == 0) & (_added_up(*slots) > 0)).astype(np.int32)
    return is_idle
