"""Random streams by name: each entity has its own, whatever else the scenario holds.

A stream is keyed by what it is for, never by the order in which streams are asked for. So a new
folder or trigger leaves the draws of all others as they were, and two variants of a scenario see
the same arrivals and durations (common random numbers: Law, "Simulation Modeling and Analysis",
5th ed., section 11.2).
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import numpy as np

HASH_BYTES: Final = 8


def stable_hash(text: str) -> int:
    """Return a number of 64 bits for `text`: the same on every machine and in every process.

    Python's own `hash` is salted anew in each process; BLAKE2b (RFC 7693) is not.
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=HASH_BYTES).digest(), "big")


def generator(seed: int, replication: int, entity: str, purpose: str) -> np.random.Generator:
    """Return the random stream of one purpose of one entity in one replication.

    `entity` is its kind and full path (`process HR/Payroll:onboard`), `purpose` what is drawn
    (`duration`). The bits come from Philox, which is counter-based: streams of different keys do
    not overlap (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").

    Raises:
        ValueError: the seed or the replication is negative.
    """
    key = (replication, stable_hash(entity), stable_hash(purpose))
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=key)))
