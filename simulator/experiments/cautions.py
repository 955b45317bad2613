"""What a study's triggers did to their own load: reasons to look twice at its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from simulator.engine.guard import FAILURES_THAT_DISABLE
from simulator.measurement import Figures
from simulator.measurement.figures import Counts
from simulator.records.columns import FiringOutcome, Legend

WORTH_TELLING: Final = 0.05
"""The share of a trigger's firings that its pending guard may hold back without a word."""


def cautions(legend: Legend, figures: Sequence[Figures]) -> tuple[str, ...]:
    """Return a sentence for each trigger that disabled itself or was often held back.

    Triggers come in the order of the file. Their names are as the scenario has them.
    """
    if not figures:
        return ()
    firings = np.array([one.firings for one in figures])
    return tuple(
        sentence
        for number, name in enumerate(legend.names.sources)
        for sentence in _of_trigger(name, firings[:, number, :])
    )


def _of_trigger(name: str, firings: Counts) -> Iterator[str]:
    """Yield what to say of a trigger; firings: (R, outcomes)."""
    disabled = int((firings[:, FiringOutcome.DISABLED.value] > 0).sum())
    if disabled:
        yield (
            f"{name} disabled itself in {disabled:,} of {len(firings):,} replications: "
            f"{FAILURES_THAT_DISABLE} firings or more in a row made no job, for a day"
        )
    counts = firings.sum(axis=0)
    held_back = counts[FiringOutcome.GUARDED.value] + counts[FiringOutcome.PARTLY_GUARDED.value]
    if held_back > WORTH_TELLING * counts.sum():
        percent = 100 * held_back / counts.sum()
        yield f"{name} was held back by its pending guard at {percent:.0f} % of its firings"
