"""Whether jobs ran where, and under whom, they may: accounts, Windows sessions, mappings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt

from simulator.measurement.checking.at_once import Change, Rows, lacking, overlaps
from simulator.measurement.checking.checks import Check, first_of, none_of
from simulator.measurement.checking.held_slots import HeldSlots
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import NONE, Legend, Names


def rule_checks(eligibility: Eligibility, legend: Legend, held: HeldSlots) -> Iterator[Check]:
    """Yield whether what may be there once, or so often, was, and whether no rule was broken."""
    lines, names = eligibility.lines, legend.names
    takes_account = _marked([line.takes_account for line in lines])[held.line]
    yield _accounts(eligibility, names, held.of(takes_account))
    takes_session = _marked([line.takes_session for line in lines])[held.line]
    yield _sessions(eligibility, names, held.of(takes_session))
    yield _mapping(eligibility, names, held)


def _marked(marks: list[bool]) -> npt.NDArray[np.bool_]:
    """Return the marks of all lines, with one more for -1, that of no line: it takes nothing."""
    return np.array([*marks, False], dtype=np.bool_)


def _accounts(eligibility: Eligibility, names: Names, held: HeldSlots) -> Check:
    """Return whether nobody who keeps his account to himself meets another under it."""
    accounts = len(names.accounts)
    here = held.host * np.int64(accounts) + held.account
    single = held.of(np.isin(held.account, list(eligibility.single)))
    twice = (
        held.account[overlaps(held.spans, here, len(names.hosts) * accounts)],
        single.account[overlaps(single.spans, single.account, accounts)],
    )
    where = first_of(names.accounts, "account", chain(*twice))
    return none_of("once.account", sum(map(len, twice)), where)


def _sessions(eligibility: Eligibility, names: Names, held: HeldSlots) -> Check:
    """Return whether every host had a Windows session for each job on it that needs one."""
    sessions = np.array(
        [-1 if one.windows_sessions is None else one.windows_sessions for one in eligibility.hosts],
        dtype=np.int64,
    )
    held = held.of(sessions[held.host] >= 0)
    hosts, ones = np.flatnonzero(sessions >= 0), np.ones(len(held.job), dtype=np.int64)
    always = np.full(len(hosts), np.inf)
    things = np.concatenate((hosts.astype(np.int32), held.host))
    number = np.concatenate((sessions[hosts], ones))
    beyond, where = lacking(
        come=Change(np.concatenate((-always, held.spans.to_s)), things, number),
        go=Change(np.concatenate((always, held.spans.from_s)), things, number),
        size=len(sessions),
    )
    return none_of("rules.sessions", beyond, first_of(names.hosts, "host", where))


def _mapping(eligibility: Eligibility, names: Names, held: HeldSlots) -> Check:
    """Return whether the line of each job allows the pool and the account it had."""
    sizes = len(eligibility.lines) + 1, len(eligibility.pools) + 1, len(names.accounts) + 1
    keys = np.ravel_multi_index((held.line + 1, held.pool + 1, held.account + 1), sizes)
    found = np.unravel_index(_different(keys, math.prod(sizes)), sizes)
    different = zip(*((column - 1).tolist() for column in found), strict=True)
    is_allowed = _Allowed(eligibility)
    wrong = [pool for line, pool, account in different if not is_allowed(line, pool, account)]
    hosts = [eligibility.pools[pool].host for pool in wrong if pool != NONE]
    return none_of("rules.mapping", len(wrong), first_of(names.hosts, "host", hosts))


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
