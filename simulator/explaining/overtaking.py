"""Who overtook a job that waited: jobs submitted later that got, first, a slot it could use.

Jobs that were submitted before it are not among them: they were ahead.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.explaining.explained import Overtaking, Overtakings, Reason
from simulator.explaining.scene import Rows, Scene
from simulator.records.codes import BlameCause

MOST_OVERTAKINGS: Final = 20
"""The first ones, which are told one by one."""

_LACKING: Final = {
    BlameCause.ACCOUNT: Reason.ACCOUNT,
    BlameCause.SESSION: Reason.SESSION,
    BlameCause.HELD_BACK: Reason.HELD_BACK,
}


def overtakings_of(scene: Scene) -> Overtakings:
    """Return who overtook the job, in order of time; each once, at its first slot."""
    rows = _rows(scene)
    folders = scene.legend.routes.folder[scene.route[rows]]
    counts = np.bincount(folders, minlength=len(scene.legend.names.folders))
    most_first = np.argsort(-counts, kind="stable")
    by_folder = tuple(
        (scene.legend.names.folders[folder], int(counts[folder]))
        for folder in most_first
        if counts[folder]
    )
    first = tuple(_overtaking(scene, int(row)) for row in rows[:MOST_OVERTAKINGS])
    return Overtakings(first, by_folder)


def _rows(scene: Scene) -> Rows:
    """Return the spans by which others overtook the job, in order of time.

    Whoever gets a slot while the job has one itself, and waits out its latency, is past caring.
    """
    held, wait = scene.held, scene.wait
    begins = (held.from_s >= wait.from_s) & (held.from_s < wait.to_s)
    later = (held.job > wait.job) & begins & scene.is_usable
    for row in np.flatnonzero(held.job == wait.job):
        later &= (held.from_s < held.from_s[row]) | (held.from_s >= held.to_s[row])
    rows = np.flatnonzero(later)
    rows = rows[np.lexsort((held.job[rows], held.from_s[rows]))]
    _, first = np.unique(held.job[rows], return_index=True)
    return rows[np.sort(first)]


def _overtaking(scene: Scene, row: int) -> Overtaking:
    held, names = scene.held, scene.legend.names
    pool, at_s, job = int(scene.pool[row]), float(held.from_s[row]), int(held.job[row])
    place = next(one for one in scene.line.places if pool in one.pools)
    host = scene.eligibility.pools[pool].host
    cause, by = scene.obstacle(place, host, at_s, without=job)
    return Overtaking(
        who=scene.name(job),
        priority=int(scene.legend.routes.priority[scene.route[row]]),
        host=names.hosts[host],
        at_s=at_s,
        reason=_LACKING[cause] if cause in _LACKING else _by_order(scene, row),
        by=by,
    )


def _by_order(scene: Scene, row: int) -> Reason:
    """Return why a job went first that could have waited as well."""
    routes, route = scene.legend.routes, scene.route[row]
    own = scene.near.jobs.route[scene.wait.job]
    same_turn = scene.order == "priority" or (
        scene.order == "round_robin" and routes.folder[route] == routes.folder[own]
    )
    is_better = routes.priority[route] > routes.priority[own]
    return Reason.PRIORITY if same_turn and is_better else Reason.ORDER
