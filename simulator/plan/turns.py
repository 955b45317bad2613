"""Who is served where folders take turns and there is too little room for all of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from simulator.plan.demands import Demand


def short_of_turns(demands: Iterable[Demand], room: float) -> frozenset[str]:
    """Return the folders that would need more turns than they get.

    Each turn is one start, and so many turns a second are given to each folder that wants them as
    there is room for (max-min fairness; Bertsekas & Gallager, "Data Networks", 2nd ed., section
    6.5.2). Whoever asks for items alone has no such number, and then everybody may be short.
    """
    slots, starts = Counter[str](), Counter[str]()
    for one in demands:
        slots.update(one.slots)
        starts.update(one.starts_per_s)
    short = set(slots)
    if any(not 0 < starts[folder] < math.inf for folder in short):
        return frozenset(short)
    left = room
    for folder in sorted(short, key=lambda one: starts[one]):
        wanted = starts[folder] * math.fsum(slots[one] / starts[one] for one in short)
        if wanted >= left:
            break
        left -= slots[folder]
        short.remove(folder)
    return frozenset(short)
