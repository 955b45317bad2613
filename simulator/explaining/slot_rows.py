"""The slots that a waiting job could use, as rows of a picture: who held each, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from simulator.explaining.explained import Bar, Picture, SlotRow
from simulator.explaining.scene import NOT_THERE, OUT_OF_SERVICE, Scene
from simulator.plan.places import Pool
from simulator.records.codes import BlameCause, SlotState

MOST_ROWS: Final = 20
"""Slots in a picture: the one the job got, and the first others in the order of the search."""

_CAUSES: Final = {**OUT_OF_SERVICE, **NOT_THERE}


def picture_of(scene: Scene) -> Picture:
    """Return the picture of a wait."""
    pools, wait = scene.eligibility.pools, scene.wait
    every = [
        (number, slot) for number in dict.fromkeys(scene.pools) for slot in pools[number].numbers
    ]
    own = np.flatnonzero(scene.held.job == wait.job)
    got = [(int(scene.pool[row]), int(scene.held.slot[row])) for row in own[:1]]
    chosen = set([*got, *(one for one in every if one not in got)][:MOST_ROWS])
    rows = (_row(scene, *one) for one in every if one in chosen)
    return Picture(wait.from_s, scene.end_s, tuple(rows), len(every))


def _row(scene: Scene, number: int, slot: int) -> SlotRow:
    pool = scene.eligibility.pools[number]
    host = scene.legend.names.hosts[pool.host]
    bars = (*_states(scene, pool, slot - pool.first_slot), *_holders(scene, number, slot))
    from_s, end_s = scene.wait.from_s, scene.end_s
    within = (
        one._replace(from_s=max(one.from_s, from_s), to_s=min(one.to_s, end_s)) for one in bars
    )
    return SlotRow(host, slot, tuple(one for one in within if one.from_s < one.to_s))


def _states(scene: Scene, pool: Pool, place: int) -> Iterator[Bar]:
    """Yield when a slot, the n-th of its pool, was out of service or not there, in order of time.

    Of a pool's slots the last ones are those without a licence.
    """
    rows, last_s = scene.near.availability, scene.wait.from_s
    of_pool = np.flatnonzero((rows.host == pool.host) & (rows.runtime == pool.runtime))
    for row in of_pool[np.argsort(rows.from_s[of_pool], kind="stable")]:
        state, slots = int(rows.state[row]), int(rows.slots[row])
        unlicensed = state == SlotState.UNLICENSED.value
        if place >= pool.slots - slots if unlicensed else place < slots:
            from_s, to_s = float(rows.from_s[row]), float(rows.to_s[row])
            if from_s > last_s:
                yield Bar(last_s, from_s, BlameCause.NO_HOST)
            if state in _CAUSES:
                yield Bar(from_s, to_s, _CAUSES[state])
            last_s = max(last_s, to_s)
    yield Bar(last_s, scene.near.end_s, BlameCause.NO_HOST)


def _holders(scene: Scene, number: int, slot: int) -> Iterator[Bar]:
    held = scene.held
    for row in np.flatnonzero((scene.pool == number) & (held.slot == slot)):
        who = scene.name(int(held.job[row]))
        yield Bar(float(held.from_s[row]), float(held.to_s[row]), BlameCause.JOB, who)
