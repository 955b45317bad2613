"""What triggers did to their own load, and queues that grew: reasons to look twice at figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from simulator.engine.guard import FAILURES_THAT_DISABLE
from simulator.measurement import Figures
from simulator.measurement.figures import Counts, QueueFigures
from simulator.records.codes import FiringOutcome
from simulator.records.columns import Legend

WORTH_TELLING: Final = 0.05
"""The share of a trigger's firings that its pending guard may hold back without a word."""

GROWTH: Final = 10
"""Items; a queue may grow by fewer over the window, or by that share of those added, by chance."""


MOST_QUEUES: Final = 3
"""Queues told of one by one, those that grew most for what was added to them."""


def cautions(legend: Legend, figures: Sequence[Figures]) -> tuple[str, ...]:
    """Return a sentence for each trigger that disabled itself or was often held back.

    Days a calendar excludes are meant, and nothing to tell of. Then one for each queue that grew.
    All come in the order of the file, and their names are as the scenario has them.
    """
    if not figures:
        return ()
    firings = np.array([one.firings for one in figures])
    of_triggers = (
        sentence
        for number, name in enumerate(legend.names.sources)
        for sentence in _of_trigger(name, firings[:, number, :])
    )
    return (*of_triggers, *_of_queues([one.queues for one in figures]))


def _of_trigger(name: str, firings: Counts) -> Iterator[str]:
    """Yield what to say of a trigger; firings: (R, outcomes)."""
    disabled = int((firings[:, FiringOutcome.DISABLED.value] > 0).sum())
    if disabled:
        yield (
            f"{name} disabled itself in {disabled:,} of {len(firings):,} replications: "
            f"{FAILURES_THAT_DISABLE} firings or more in a row made no job, for a day; see why "
            "they are refused"
        )
    counts = firings.sum(axis=0)
    kept_off = counts[FiringOutcome.EXCLUDED_DAY.value]
    fired = counts.sum() - kept_off
    held_back = counts[FiringOutcome.GUARDED.value] + counts[FiringOutcome.PARTLY_GUARDED.value]
    if held_back > WORTH_TELLING * fired:
        percent = 100 * held_back / fired
        yield (
            f"{name} was held back by its pending guard at {percent:.0f} % of its firings: jobs "
            "that never came are in no figure; fire it less often, or give it more room"
        )


def _of_queues(replications: Sequence[QueueFigures]) -> Iterator[str]:
    """Yield what to say of queues that were longer at the end of the window than at its start."""
    added = np.mean([one.items.added for one in replications], axis=0)
    growth = np.mean([one.backlog[:, 1] - one.backlog[:, 0] for one in replications], axis=0)
    grown = (added > 0) & (growth >= GROWTH) & (growth > WORTH_TELLING * added)
    most = np.argsort(-growth / np.maximum(added, 1), kind="stable")
    worst = [place for place in most if grown[place]]
    for place in sorted(worst[:MOST_QUEUES]):
        percent = 100 * growth[place] / added[place]
        yield (
            f"{replications[0].names[place]} had {growth[place]:,.1f} more New items at the end of "
            f"the window than at its start, {percent:.0f} % of those added: its jobs may not keep "
            "up with them; let it start more jobs at once, or observe longer to be sure"
        )
    if worst[MOST_QUEUES:]:
        others = len(worst) - MOST_QUEUES
        more = "1 more queue" if others == 1 else f"{others} more queues"
        yield f"{more} grew, by no larger a share of the items added"
