"""What stood free while jobs waited, asked anew at every instant at which anything changes.

Plain: who may have which slot is a matching of slots with accounts, found by trying.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from invariants.recorded import Recorded, Stay

from simulator.plan.lines import Line, Place
from simulator.plan.openings import Opening, Rule
from simulator.plan.plan import Plan
from simulator.records.codes import SlotState
from simulator.records.columns import Records

OUT = {SlotState.MAINTENANCE, SlotState.DOWN}


def reference_idle(plan: Plan, records: Records, openings: Sequence[Opening]) -> list[float]:
    """The seconds of each opening in the window."""
    run, window = Recorded(plan, records), plan.legend.window
    waits = [wait for job in run.jobs for wait in run.waits(job)]
    instants = {at_s for _, span in waits for at_s in span[:2]}
    instants |= {at_s for row in run.held for at_s in (row.from_s, row.to_s)}
    instants |= {at_s for row in run.presences for at_s in (row.from_s, row.to_s)}
    instants |= {at_s for stays in run.stays.values() for one in stays for at_s in one.span[:2]}
    inside = {at_s for at_s in instants if window.from_s <= at_s <= window.to_s}
    total = [0.0] * len(openings)
    for from_s, to_s in pairwise(sorted(inside | {window.from_s, window.to_s})):
        moment = Moment(run, from_s)
        lines = [line for line, span in waits if span.from_s <= from_s < span.to_s]
        for number, opening in enumerate(openings):
            waiting = sum(line in opening.lines for line in lines)
            if waiting:
                total[number] += min(moment.usable(opening), waiting) * (to_s - from_s)
    return total


class Moment:
    """What is free and taken at an instant."""

    def __init__(self, run: Recorded, at_s: float) -> None:
        self.run, self.plan = run, run.plan
        self.held = [row for row in run.held if row.from_s <= at_s < row.to_s]
        self.presences = [row for row in run.presences if row.from_s <= at_s < row.to_s]
        every = (stay for stays in run.stays.values() for stay in stays)
        self.stays = [stay for stay in every if stay.from_s <= at_s < stay.to_s]

    def usable(self, opening: Opening) -> int:
        line = self.plan.lines[opening.lines[0]]
        if opening.is_of_robot:
            (robot,) = opening.accounts
            is_idle = all(stay.first.account != robot for stay in self.stays)
            return int(is_idle and any(self._lacking(one, line) for one in opening.places))
        if opening.rule is Rule.LIMIT:
            return sum(self._limited(one, line, opening.accounts) for one in opening.places)
        (place,) = opening.places
        slots = [
            host for host, count in self._slots(opening.rule, place, line) for _ in range(count)
        ]
        if not line.takes_account:
            return len(slots)
        return _most_matched([self._takers(host, place.accounts) for host in slots])

    def _slots(self, rule: Rule, place: Place, line: Line) -> Iterator[tuple[int, int]]:
        """Each host of a place with how many slots of it count."""
        for pool in place.pools:
            host = self.plan.pools[pool].host
            sessions = self._sessions(host) if line.takes_session else 10**9
            if rule is Rule.SESSION:
                yield host, self._free(pool) if sessions <= 0 else 0
            elif rule is Rule.LICENCE:
                yield host, min(self._unlicensed(pool), max(sessions, 0))
            else:
                yield host, min(self._free(pool), max(sessions, 0))

    def _free(self, pool: int) -> int:
        slots = self._number(pool, {SlotState.USABLE})
        return max(slots - sum(self.run.pool_of(row) == pool for row in self.held), 0)

    def _unlicensed(self, pool: int) -> int:
        host = self.plan.pools[pool].host
        is_out = any(row.host == host and row.state in OUT for row in self.presences)
        return 0 if is_out else self._number(pool, {SlotState.UNLICENSED})

    def _number(self, pool: int, states: set[SlotState]) -> int:
        of = self.plan.pools[pool]
        return sum(
            row.slots
            for row in self.presences
            if (row.host, row.runtime) == (of.host, of.runtime) and row.state in states
        )

    def _sessions(self, host: int) -> int:
        limit = self.plan.hosts[host].windows_sessions
        taken = sum(
            stay.first.host == host and self._line(stay).takes_session for stay in self.stays
        )
        return 10**9 if limit is None else limit - taken

    def _takers(self, host: int, accounts: Sequence[int]) -> list[Hashable]:
        """Who could take a slot of a host: an account anywhere, or an account on that host."""
        return [
            account if account in self.plan.single else (account, host)
            for account in accounts
            if not self._is_busy(account, host)
        ]

    def _is_busy(self, account: int, host: int, *, only_there: bool = False) -> bool:
        anywhere = account in self.plan.single and not only_there
        return any(
            stay.first.account == account
            and self._line(stay).takes_account
            and (anywhere or stay.first.host == host)
            for stay in self.stays
        )

    def _lacking(self, place: Place, line: Line) -> int:
        """How many slots lack nothing but an account."""
        return sum(
            count
            for host, count in self._slots(Rule.FOLDER, place, line)
            if not self._takers(host, place.accounts)
        )

    def _limited(self, place: Place, line: Line, members: Sequence[int]) -> int:
        """How many slots members could take if they might have a job on each host."""
        return sum(
            min(
                count,
                sum(
                    not self._is_busy(one, host, only_there=True)
                    for one in members
                    if one in place.accounts
                ),
            )
            for host, count in self._slots(Rule.FOLDER, place, line)
            if not self._takers(host, place.accounts)
        )

    def _line(self, stay: Stay) -> Line:
        return self.plan.lines[self.run.line_number(stay.first.job)]


def _most_matched(wanted: Sequence[Sequence[Hashable]]) -> int:
    """How many can have one of what they want each, at most."""
    having: dict[Hashable, int] = {}

    def found(one: int, tried: set[Hashable]) -> bool:
        for thing in wanted[one]:
            if thing not in tried:
                tried.add(thing)
                if thing not in having or found(having[thing], tried):
                    having[thing] = one
                    return True
        return False

    return sum(found(one, set()) for one in range(len(wanted)))
