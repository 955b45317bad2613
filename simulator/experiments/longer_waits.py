"""Which share of the jobs waited longer than each of a row of times, over all replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.experiments.long_run import LongRun
from simulator.measurement import Figures
from simulator.measurement.longer_waits import TIMES_S
from simulator.records.columns import Floats
from simulator.statistics import ratio_of_sums


@dataclass(frozen=True, slots=True)
class WaitShares:
    """Of the jobs that started, the shares that waited longer than each of `times_s`.

    names: `""` for all folders together, then each folder. mean, low, high: (names, times), with
    their intervals as those of `pending.over`; NaN where nothing started, where the waits grow for
    as long as one looks, and for an interval of a single replication.
    """

    names: tuple[str, ...]
    times_s: tuple[float, ...]
    mean: Floats
    low: Floats
    high: Floats

    def place(self, name: str) -> int:
        """Return the row of a folder, of all of them for the empty name."""
        return self.names.index(name)


_NOTHING: Final = np.empty((0, len(TIMES_S)))
NO_SHARES: Final = WaitShares((), TIMES_S, _NOTHING, _NOTHING, _NOTHING)
"""Where no replication was finished."""


def wait_shares(
    folders: Sequence[str], figures: Sequence[Figures], confidence: float, long_run: LongRun
) -> WaitShares:
    """Return the shares over several replications, for all folders together and for each."""
    if not figures:
        return NO_SHARES
    started = np.array([one.longer_waits.started for one in figures])
    over = np.array([one.longer_waits.over for one in figures])
    started = np.concatenate((started.sum(axis=1, keepdims=True), started), axis=1)
    over = np.concatenate((over.sum(axis=1, keepdims=True), over), axis=1)
    replications, *shape = over.shape
    of_each = np.repeat(started, len(TIMES_S), axis=1)
    found = ratio_of_sums(over.reshape(replications, -1), of_each, confidence)
    names = ("", *folders)
    scopes = ("tenant", *["folder"] * len(folders))
    growing = [
        bool(long_run.reason(scope, name, "pending.over"))
        for scope, name in zip(scopes, names, strict=True)
    ]
    unknown = np.array(growing, dtype=np.bool_)[:, None]
    shares = (np.where(unknown, np.nan, one.reshape(shape)) for one in found[:3])
    return WaitShares(names, TIMES_S, *shares)
