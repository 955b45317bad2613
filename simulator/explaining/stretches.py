"""A wait cut into stretches, wherever what held the slots it could have used changes."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.explaining.explained import Stretch
from simulator.explaining.scene import Scene
from simulator.measurement.places import free_slots
from simulator.records.columns import Floats

MOST_STRETCHES: Final = 12
"""The longest of a wait that are told."""


def stretches_of(scene: Scene) -> tuple[tuple[Stretch, ...], int]:
    """Return the longest stretches of a wait, in order of time, and how many there are."""
    edges_s = _edges(scene)
    lengths_s = np.diff(edges_s)
    longest = np.sort(np.argsort(-lengths_s, kind="stable")[:MOST_STRETCHES])
    told = (
        Stretch(float(edges_s[row]), float(edges_s[row + 1]), scene.at(float(edges_s[row])))
        for row in longest
    )
    return tuple(told), len(lengths_s)


def _edges(scene: Scene) -> Floats:
    """Return where a wait is cut, its two ends among them."""
    wait, held, rows = scene.wait, scene.held, scene.near.availability
    own = held.job == wait.job
    of_slots = scene.is_usable | own
    changes = (
        held.from_s[of_slots],
        held.to_s[of_slots],
        rows.from_s[scene.of_slots],
        rows.to_s[scene.of_slots],
        scene.licence_left.at_s,
        _beside_free_slots(scene),
    )
    at_s = np.unique(np.concatenate(changes))
    inside = at_s[(at_s > wait.from_s) & (at_s < wait.to_s)]
    return np.concatenate(([wait.from_s], inside, [wait.to_s]))


def _beside_free_slots(scene: Scene) -> Floats:
    """Return when accounts, sessions or turns change hands while a slot is free."""
    times = [np.empty(0)]
    if scene.line.takes_account:
        takes = scene.takes_account
        times += [scene.held.from_s[takes], scene.until_s[takes]]
    if scene.ahead is not None:
        of_ahead = np.isin(scene.held.job, scene.ahead.job)
        times += [scene.ahead.from_s, scene.ahead.to_s]
        times += [scene.held.from_s[of_ahead], scene.held.to_s[of_ahead]]
    at_s = np.concatenate(times)
    if not len(at_s):
        return at_s
    is_free = free_slots(scene.eligibility.pools, scene.near).any_of(scene.pools)
    return at_s[is_free.over(at_s) > 0]
