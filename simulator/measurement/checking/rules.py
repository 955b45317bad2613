"""Whether jobs ran where, and under whom, they may: accounts, Windows sessions, mappings."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from simulator.measurement.checking.at_once import Change, Lack, Rows, Several, lacking, overlaps
from simulator.measurement.checking.checks import Check, first_of, none_of
from simulator.measurement.checking.held_slots import HeldSlots
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import NONE, Legend


class RuleChecks:
    """Whether what may be there once, or so often, was, and whether no rule was broken."""

    def __init__(self, eligibility: Eligibility, legend: Legend) -> None:
        self._eligibility, self._names = eligibility, legend.names
        self._twice, self._beyond = Several(), Lack()
        self._takes_account = _marked([line.takes_account for line in eligibility.lines])
        self._takes_session = _marked([line.takes_session for line in eligibility.lines])
        self._sizes = (
            len(eligibility.lines) + 1,
            len(eligibility.pools) + 1,
            len(legend.names.accounts) + 1,
        )
        self._kinds = np.empty(0, dtype=np.int64)

    def add(self, held: HeldSlots) -> None:
        """Take in the spans of a slice."""
        self._add_accounts(held.of(self._takes_account[held.line]))
        beyond = _sessions_beyond(self._eligibility, held.of(self._takes_session[held.line]))
        self._beyond = max(self._beyond, beyond, key=lambda one: one.number)
        keys = np.ravel_multi_index((held.line + 1, held.pool + 1, held.account + 1), self._sizes)
        self._kinds = np.union1d(self._kinds, _different(keys, math.prod(self._sizes)))

    def found(self) -> Iterator[Check]:
        """Yield the checks of all slices."""
        names = self._names
        where = first_of(names.accounts, "account", self._twice.first)
        yield none_of("once.account", self._twice.count, where)
        where = first_of(names.hosts, "host", self._beyond.things)
        yield none_of("rules.sessions", self._beyond.number, where)
        yield self._mapping()

    def _add_accounts(self, held: HeldSlots) -> None:
        """Note who keeps his account to himself and meets another under it."""
        accounts = len(self._names.accounts)
        here = held.host * np.int64(accounts) + held.account
        single = held.of(np.isin(held.account, list(self._eligibility.single)))
        for some, groups, size in (
            (held, here, len(self._names.hosts) * accounts),
            (single, single.account, accounts),
        ):
            twice = overlaps(some.spans, groups, size)
            self._twice.add(some.account[twice[some.is_new[twice]]])

    def _mapping(self) -> Check:
        """Return whether the line of each job allows the pool and the account it had."""
        found = np.unravel_index(self._kinds, self._sizes)
        different = zip(*((column - 1).tolist() for column in found), strict=True)
        is_allowed, pools = _Allowed(self._eligibility), self._eligibility.pools
        wrong = [pool for line, pool, account in different if not is_allowed(line, pool, account)]
        hosts = [pools[pool].host for pool in wrong if pool != NONE]
        return none_of("rules.mapping", len(wrong), first_of(self._names.hosts, "host", hosts))


def _marked(marks: list[bool]) -> npt.NDArray[np.bool_]:
    """Return the marks of all lines, with one more for -1, that of no line: it takes nothing."""
    return np.array([*marks, False], dtype=np.bool_)


def _sessions_beyond(eligibility: Eligibility, held: HeldSlots) -> Lack:
    """Return how many more Windows sessions jobs that need one had than there are on a host."""
    sessions = np.array(
        [-1 if one.windows_sessions is None else one.windows_sessions for one in eligibility.hosts],
        dtype=np.int64,
    )
    held = held.of(sessions[held.host] >= 0)
    hosts, ones = np.flatnonzero(sessions >= 0), np.ones(len(held.job), dtype=np.int64)
    always = np.full(len(hosts), np.inf)
    things = np.concatenate((hosts.astype(np.int32), held.host))
    number = np.concatenate((sessions[hosts], ones))
    come = Change(np.concatenate((-always, held.spans.to_s)), things, number)
    go = Change(np.concatenate((always, held.spans.from_s)), things, number)
    return lacking(come, go, len(sessions))


def _different(keys: Rows, size: int) -> Rows:
    """Return the different ones of keys below `size`; counting is cheaper where that is small."""
    return np.unique(keys) if size > len(keys) else np.flatnonzero(np.bincount(keys))


class _Allowed:
    """Tells whether a line may use a pool under an account, by its places alone."""

    def __init__(self, eligibility: Eligibility) -> None:
        self._lines = eligibility.lines
        self._machine_of = [eligibility.hosts[pool.host].machine for pool in eligibility.pools]
        self._places: dict[int, dict[int, tuple[frozenset[int], frozenset[int]]]] = {}

    def __call__(self, line: int, pool: int, account: int) -> bool:
        if NONE in {line, pool}:
            return False
        if line not in self._places:
            self._places[line] = {
                place.machine: (frozenset(place.pools), frozenset(place.accounts))
                for place in self._lines[line].places
            }
        nothing = frozenset[int](), frozenset[int]()
        pools, accounts = self._places[line].get(self._machine_of[pool], nothing)
        return pool in pools and account in accounts
