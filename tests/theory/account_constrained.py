"""The exact law of waits in case A22: a job needs an account of its folder and one of two slots.

Folder A has one account, folder B as many as it can use; the oldest job that can start does. Jobs
in line are of a kind nobody has looked at yet, each A or B by the toss that made it, until the line
is searched for one that can start; A's that were passed over so stand in front of the rest. So the
state is what runs, how many A's were passed over, and how many of unknown kind stand behind them.
With arrivals that is a Markov chain, whose stationary law a job finds on its arrival (Poisson
arrivals see time averages: Wolff 1982, Operations Research 30). Whoever comes later overtakes no
job except past an A that waits for its account, so the tagged job's own wait is the time to
absorption of a chain without arrivals; its distribution is found by uniformization (Jensen 1953).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy import optimize, sparse, stats
from scipy.sparse import linalg

from simulator.records.columns import Floats

Kind: TypeAlias = Literal["A", "B"]
State: TypeAlias = tuple[str, int, int]
"""What runs ("", "A", "B", "BB", "AB"), the A's passed over, and those of unknown kind behind."""

RATE: Final = {"A": 0.04, "B": 0.06}
ENDS: Final = {"A": 1 / 15, "B": 1 / 10}
"""Arrivals and ends of a running job, a minute."""

SLOTS: Final = 2
SHARE: Final = {kind: RATE[kind] / sum(RATE.values()) for kind in RATE}
DEEP: Final = 70
"""The longest line of either sort that is counted; beyond it lies less than 1e-12 of the time."""

EMPTY: Final[State] = ("", 0, 0)
NOTHING: Final = 1e-12
"""The probability below which nothing is followed further."""

STARTED: Final[State] = ("started", 0, 0)
Move: TypeAlias = tuple[float, State]


@dataclass(frozen=True)
class Waits:
    """The wait of a folder's jobs, in minutes.

    A Poisson clock ticks `tick_rate` times a minute; after n ticks the probability still to wait is
    `left[n]`.
    """

    left: Floats
    mean: float
    tick_rate: float

    def over(self, minutes: float) -> float:
        """Return the probability to wait longer."""
        ticks = stats.poisson.pmf(np.arange(self.left.size), self.tick_rate * minutes)
        return float(ticks @ self.left)

    def quantile(self, share: float) -> float:
        return float(optimize.brentq(lambda minutes: self.over(minutes) - 1 + share, 0, 2000))


@cache
def waits(kind: Kind) -> Waits:
    """Return the wait of the jobs of one folder."""
    found = stationary()
    begin = {state: found[state] for state in found if not _starts(kind, state)}
    chain, states = _generator(list(begin), partial(_without_arrivals, kind))
    open_states = [row for row, state in enumerate(states) if state != STARTED]
    inner = chain[open_states][:, open_states].tocsc()
    now = np.array([begin.get(states[row], 0.0) for row in open_states])
    mean = float(linalg.spsolve(inner.T.tocsc(), -now).sum())
    rate = -inner.diagonal().min()
    step = sparse.eye(len(open_states)) + inner.T / rate
    left = [float(now.sum())]
    while left[-1] > NOTHING:
        now = step @ now
        left.append(float(now.sum()))
    return Waits(np.array(left), mean, rate)


@cache
def stationary() -> dict[State, float]:
    """Return which share of the time the system is in each state."""
    chain, states = _generator([EMPTY], lambda state: (*_arrivals(state), *_ends(state)))
    balance = chain.T.tolil()
    balance[0, :] = 1.0
    right = np.zeros(len(states))
    right[0] = 1.0
    return dict(zip(states, linalg.spsolve(balance.tocsc(), right), strict=True))


def _generator(
    begin: Sequence[State], moves: Callable[[State], Iterable[Move]]
) -> tuple[sparse.csr_matrix, list[State]]:
    """Return the rates between all states that can be reached, and these states."""
    place = {state: row for row, state in enumerate(begin)}
    states, entries = list(begin), list[tuple[int, int, float]]()
    for row, state in enumerate(states):  # the list grows while it is gone through
        for rate, following in moves(state):
            if following not in place:
                place[following] = len(states)
                states.append(following)
            entries += [(row, place[following], rate), (row, row, -rate)]
    rows, columns, rates = zip(*entries, strict=True)
    shape = (len(states), len(states))
    return sparse.coo_matrix((rates, (rows, columns)), shape).tocsr(), states


def _starts(kind: Kind, state: State) -> bool:
    """Return whether a job that comes now starts at once."""
    running, _, _ = state
    return len(running) < SLOTS and (kind == "B" or "A" not in running)


def _arrivals(state: State) -> Iterator[Move]:
    running, passed, unknown = state
    if len(running) == SLOTS:
        if unknown < DEEP:
            yield sum(RATE.values()), (running, passed, unknown + 1)
        return
    yield RATE["B"], ("".join(sorted(running + "B")), passed, 0)
    if "A" not in running:
        yield RATE["A"], ("".join(sorted(running + "A")), 0, 0)
    elif passed < DEEP:
        yield RATE["A"], (running, passed + 1, 0)


def _ends(state: State) -> Iterator[Move]:
    """Yield what follows when a running job ends and the next is looked for."""
    running, passed, unknown = state
    for kind in sorted(set(running)):
        rate = ENDS[kind] * running.count(kind)
        stays = running.replace(kind, "", 1)
        if "A" in stays:
            yield from _search_past_the_account(rate, passed, unknown)
        elif passed:
            yield rate, ("".join(sorted(stays + "A")), passed - 1, unknown)
        elif unknown:
            for following in RATE:
                after = ("".join(sorted(stays + following)), 0, unknown - 1)
                yield rate * SHARE[following], after
        else:
            yield rate, (stays, 0, 0)


def _search_past_the_account(rate: float, passed: int, unknown: int) -> Iterator[Move]:
    """Yield what follows when a B ends beside an A: the first B starts, A's are passed over."""
    for skipped in range(unknown):
        chance = SHARE["A"] ** skipped * SHARE["B"]
        yield rate * chance, ("AB", min(passed + skipped, DEEP), unknown - 1 - skipped)
    yield rate * SHARE["A"] ** unknown, ("A", min(passed + unknown, DEEP), 0)


def _without_arrivals(kind: Kind, state: State) -> Iterator[Move]:
    """Yield the moves of all that stands before a job in line, and of its own start.

    ("A", n, 0) is the job itself passed over: it starts once the A that runs and the n before it
    have ended. What else leaves a slot free is its start.
    """
    running, before, _ = state
    if running == "A":
        yield ENDS["A"], ("A", before - 1, 0) if before else STARTED
    elif state != STARTED:
        for rate, following in _ends(state):
            goes_on = len(following[0]) == SLOTS or (following[0], kind) == ("A", "A")
            yield rate, following if goes_on else STARTED
