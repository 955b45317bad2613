"""The queues that jobs stand in, roughly, one at each thing that they take, by closed forms.

All that may use the same slots is one queue for them, and whoever may use others too spreads its
load evenly over all of them. What a job takes besides its slot, an account, a Windows session, a
place among the jobs of a queue trigger, is a queue as well; the longest of these waits is the wait.
Each hour of the week counts as if it never ended (Green & Kolesar 1991, "The pointwise stationary
approximation for queues with nonstationary arrivals", Management Science 37).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from simulator.experiments.sizing.crossings import Crossing, ways_of
from simulator.experiments.sizing.source_load import SourceLoad
from simulator.plan.demands import Demand
from simulator.plan.offered_load import OfferedLoad
from simulator.plan.slot_network import Kind, SlotNetwork
from simulator.plan.weekly_shape import Floats
from simulator.statistics.theory import GeneralQueue
from simulator.units import HOUR_S

_KINDS: Final[tuple[Kind, ...]] = ("slot", "account", "session", "at_most", "licence")
_ROUNDING: Final = 1e-9
_DIGITS: Final = 9
"""Of loads and variations: sums of floats that differ by less are the same."""

_AS_MUCH: Final = 0.8
"""A load is taken to go on for as long as there is so much of it."""

_MEAN_OF_REFLECTED: Final = 2 / 3 * math.sqrt(2 / math.pi)
"""Over a span of time, of Brownian motion without drift, in standard deviations at its end."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What a source's jobs may take of one kind, and all that is asked of it.

    room: how many jobs it takes at once. load: how many there would be if none waited, by hour of
    the week, (168,). mean_s: how long each holds it. variation: as `GeneralQueue` has it. above,
    upto: the share of the load that goes before the source's, and that share with its own.
    """

    room: float
    load: Floats
    mean_s: float = 0.0
    variation: float = 0.0
    above: float = 0.0
    upto: float = 0.0

    def mean_wait_s(self, load: float, lasting_s: float) -> float:
        """Return the mean wait at a load that goes on for so long; infinite where it only grows."""
        return min((one.mean_wait_s for one in self._forms(load, lasting_s)), default=math.inf)

    def share_over(self, threshold_s: float, load: float, lasting_s: float) -> float:
        """Return the share of jobs that wait longer than so many seconds, likewise."""
        forms = self._forms(load, lasting_s)
        return min((one.share_over(threshold_s) for one in forms), default=1.0)

    def _forms(self, load: float, lasting_s: float) -> Iterator[GeneralQueue | Surge]:
        """Yield what bounds the waits: those of all time, and those that come about meanwhile.

        Room that is not a whole number is that of as many slower servers as it takes. With
        priorities, waits are longer or shorter by the factor of `theory.priority_waits`.
        """
        servers = math.ceil(self.room - _ROUNDING)
        if servers <= 0:
            return
        use = load / self.room
        if use < 1 - _ROUNDING:
            turn = (1 - use) / ((1 - self.above * use) * (1 - self.upto * use))
            slower_s = self.mean_s * servers / self.room
            yield GeneralQueue(servers, use * servers, slower_s, self.variation * turn)
        if math.isfinite(lasting_s):
            spread_s = math.sqrt(2 * self.variation * load * self.mean_s * lasting_s) / self.room
            yield Surge(max(use - 1, 0.0) * lasting_s / 2 + _MEAN_OF_REFLECTED * spread_s)


@dataclass(frozen=True, slots=True)
class Surge:
    """Waits while more comes than fits for a while: from nothing to twice their mean, all alike.

    What is over adds up in proportion to the time, and chance by its square root, as Brownian
    motion that is reflected at zero does (Harrison, "Brownian Motion and Stochastic Flow Systems",
    1985).
    """

    mean_wait_s: float

    def share_over(self, threshold_s: float) -> float:
        """Return the share of jobs that wait longer than `threshold_s`."""
        return max(1 - threshold_s / (2 * self.mean_wait_s), 0.0) if self.mean_wait_s else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """The waits of one source's jobs: all its stages; where there is none no host takes them."""

    source: SourceLoad
    stages: tuple[Stage, ...]

    def mean_s(self) -> float:
        """Return the mean wait, infinite where a queue only grows."""
        means = (
            math.fsum(share * stage.mean_wait_s(*load) for *load, share in self._loads(stage))
            for stage in self.stages
        )
        return max(means, default=math.inf)

    def share_over(self, threshold_s: float) -> float:
        """Return the share of jobs that wait longer than so many seconds."""
        shares = (
            math.fsum(
                share * stage.share_over(threshold_s, *load) for *load, share in self._loads(stage)
            )
            for stage in self.stages
        )
        return max(shares, default=1.0)

    def _loads(self, stage: Stage) -> Iterator[tuple[float, float, float]]:
        """Yield each load that the source's jobs meet, how long it lasts, and the share of them."""
        loads, place = np.unique(stage.load.round(_DIGITS), return_inverse=True)
        shares = np.bincount(place, weights=self.source.due) / self.source.due.sum()
        for load, share in zip(loads.tolist(), shares.tolist(), strict=True):
            if share:
                yield load, _longest_run(stage.load >= _AS_MUCH * load) * HOUR_S, share


def _longest_run(busy: npt.NDArray[np.bool_]) -> float:
    """Return how many hours on end are busy at most, week after week; infinite where all are."""
    idle = np.flatnonzero(~busy)
    if not len(idle):
        return math.inf
    return float((np.diff(idle, append=idle[0] + len(busy)) - 1).max())


class SlotUse(NamedTuple):
    """The mean number of slots of one runtime type in use on a machine, and how many there are."""

    machine: str
    runtime: str
    load: float
    room: float


@dataclass(frozen=True, slots=True)
class Estate:
    """The waits of every source of an estate, and the mean use of all slots."""

    waits: tuple[Waits, ...]
    use: tuple[SlotUse, ...]


def estate_of(offered: OfferedLoad, everyone: Sequence[SourceLoad], *, by_priority: bool) -> Estate:
    """Return an estate; without priorities whoever came first goes first."""
    demands = {one.part.reaches: Demand(0, one.part.reaches) for one in everyone}
    making, places = offered.network(list(demands.values()))
    rows = {reaches: row for row, reaches in enumerate(demands)}
    sources = _Sources(everyone, [rows[one.part.reaches] for one in everyone], by_priority)
    ways = ways_of(making.network(), making.nodes)
    stages: list[list[Stage]] = [[] for _ in everyone]
    for kind in _KINDS:
        for number, stage in sources.stages(Crossing(ways.passed(kind, places), ways.room)):
            stages[number].append(stage)
    slots = Crossing(ways.passed("slot", places), ways.room)
    loads = sources.by_place([one.part.load for one in everyone]) @ slots.spread
    waits = zip(everyone, map(tuple, stages), strict=True)
    return Estate(tuple(Waits(*one) for one in waits), tuple(_use(making, loads.tolist())))


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    """All sources, and in which row of a crossing each has its place."""

    everyone: Sequence[SourceLoad]
    rows: Sequence[int]
    by_priority: bool

    def by_place(self, values: Sequence[object]) -> Floats:
        """Return the sums of something by place, (places, …), given for each source."""
        each = np.array(values, dtype=float)
        sums = np.zeros((max(self.rows) + 1, *each.shape[1:]))
        np.add.at(sums, self.rows, each)
        return sums

    def stages(self, crossing: Crossing) -> Iterator[tuple[int, Stage]]:
        """Yield the stage at a crossing of each source that has one there."""
        meets, room = crossing.meets, crossing.passed @ crossing.room
        hourly = meets @ self.by_place([one.load for one in self.everyone])
        sums = meets @ self.by_place([one.sums for one in self.everyone])
        turns = {one: self._turn(one, meets) for one in set(map(self._priority, self.everyone))}
        for number, (one, row) in enumerate(zip(self.everyone, self.rows, strict=True)):
            if not crossing.passed[row].any():
                continue
            load = hourly[row] + one.due - one.load
            above, upto = (turn[row] for turn in turns[self._priority(one)])
            yield number, _stage(room[row], load, sums[row], (above, upto))

    def _priority(self, one: SourceLoad) -> int:
        return one.part.priority if self.by_priority else 0

    def _turn(self, priority: int, meets: Floats) -> tuple[Floats, Floats]:
        """Return by place the load of higher priorities, and that with this one, (places,)."""
        loads = [(self._priority(one), one.part.load) for one in self.everyone]
        above = self.by_place([load if own > priority else 0.0 for own, load in loads])
        upto = self.by_place([load if own >= priority else 0.0 for own, load in loads])
        return meets @ above, meets @ upto


def _stage(room: float, load: Floats, sums: Floats, turn: tuple[float, float]) -> Stage:
    """Return a stage: sums as `SourceLoad` has them, turn the load that goes first, and with it."""
    if not room:
        return Stage(0.0, load)
    per_s, total, squares, irregular = sums.tolist()
    mean_s = total / per_s
    variation = max((irregular / per_s + squares / total / mean_s - 1) / 2, 0.0)
    above, upto = (one / total for one in turn)
    return Stage(room, load, mean_s, round(variation, _DIGITS), above, upto)


def _use(making: SlotNetwork, loads: Sequence[float]) -> Iterator[SlotUse]:
    for node, room, load in zip(making.nodes, making.capacities, loads, strict=True):
        if node.kind == "slot":
            _, _, runtime = cast("tuple[str, bool, str]", node.more)  # as `SlotNetwork` has it
            yield SlotUse(node.names[0], runtime, load, room)
