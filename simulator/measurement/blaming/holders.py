"""Which jobs had what a job takes beside its slot: accounts, and the Windows sessions of hosts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.measurement.blaming.chargeable import Payer, chargeable
from simulator.measurement.slices import Kept, TimeSlice
from simulator.measurement.steps import Steps, changes_of, combined, constant, spans_present
from simulator.plan.lines import Place
from simulator.records.columns import Ints, numbers_of


class Accounts:
    """The jobs that keep an account to themselves: on their host, or one anywhere where it is so.

    A thing is an account under one_job_at_a_time, or a pair of a host and another account.
    """

    def __init__(self, part: TimeSlice) -> None:
        lines, legend = part.eligibility.lines, part.legend
        kept = part.kept.of(part.kept.by_lines(line.takes_account for line in lines))
        self._single, self._count = part.eligibility.single, len(legend.names.accounts)
        single = np.isin(kept.account, list(self._single))
        host = np.where(single, -1, kept.host).astype(np.int64)
        keys, things = np.unique((host + 1) * self._count + kept.account, return_inverse=True)
        self._things = numbers_of(keys.tolist())
        self.taken = spans_present(kept.spans, things, len(keys))
        payer = Payer(_folders(part, kept))
        self.pieces = chargeable(kept.spans, payer, legend.window, things, len(keys))

    def on(self, host: int, place: Place) -> tuple[int, ...] | None:
        """Return the things that must all be taken for a host to have no account left for a place.

        None where one of them never is.
        """
        keys = [
            (0 if account in self._single else host + 1) * self._count + account
            for account in place.accounts
        ]
        found = tuple(self._things[key] for key in keys if key in self._things)
        return found if len(found) == len(keys) else None

    def all_taken(self, things: Sequence[int]) -> Steps:
        """Return whether all of some things are taken, 1 or 0."""
        return _at_least(self.taken.total_of(things), len(things))


class Sessions:
    """The jobs that have a Windows session of a host."""

    def __init__(self, part: TimeSlice) -> None:
        eligibility, lines = part.eligibility, part.eligibility.lines
        kept = part.kept.of(part.kept.by_lines(line.takes_session for line in lines))
        self._hosts, size = eligibility.hosts, len(eligibility.hosts)
        self._slots = [0] * len(eligibility.hosts)
        for pool in eligibility.pools:
            self._slots[pool.host] += pool.slots
        self._full: dict[int, Steps] = {}
        ones = np.ones(len(kept.host), dtype=np.int32)
        self._taken = changes_of(kept.spans, kept.host, ones, size)
        payer = Payer(_folders(part, kept))
        self.pieces = chargeable(kept.spans, payer, part.legend.window, kept.host, size)

    def limit(self, host: int) -> int | None:
        """Return how many sessions a host has; None where there are as many as it has slots."""
        limit = self._hosts[host].windows_sessions
        return None if limit is None or limit >= self._slots[host] else limit

    def all_taken(self, host: int) -> Steps:
        """Return whether no session of a host is left, 1 or 0."""
        limit = self.limit(host)
        if limit is None:
            return constant(0)
        if host not in self._full:
            taken = self._taken.total_of((host,))
            self._full[host] = _at_least(taken, limit) if limit else constant(1)
        return self._full[host]


def _folders(part: TimeSlice, kept: Kept) -> Ints:
    """Return the folder of each job that kept something."""
    folders: Ints = part.legend.routes.folder[part.records.jobs.route[kept.job]]
    return folders


def _at_least(number: Steps, least: int) -> Steps:
    return combined(lambda one: (one >= least).astype(np.int8), number)
