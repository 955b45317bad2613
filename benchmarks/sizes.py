"""How much is run: in full, and quickly, to see that everything works and about where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sizes:
    """Jobs of the cases by their kind, and rounds of each; `stream_jobs` is 0 for none.

    `chance` widens what two mean waits may differ by: the fewer jobs, the more it has to say.
    """

    rounds: int
    mm3_jobs: int
    fleet_jobs: int
    line_jobs: int
    rival_line_jobs: int
    bank_days: int
    blame_jobs: int
    stream_jobs: int
    replications: int
    chance: float


FULL: Final = Sizes(
    rounds=5,
    mm3_jobs=1_000_000,
    fleet_jobs=1_000_000,
    line_jobs=1_100_000,
    rival_line_jobs=40_000,
    bank_days=364,
    blame_jobs=1_000_000,
    stream_jobs=10_000_000,
    replications=40,
    chance=1.0,
)

QUICK: Final = Sizes(
    rounds=3,
    mm3_jobs=100_000,
    fleet_jobs=40_000,
    line_jobs=110_000,
    rival_line_jobs=12_000,
    bank_days=28,
    blame_jobs=100_000,
    stream_jobs=0,
    replications=4,
    chance=2.5,
)
