"""Running totals of the engine's own, kept apart from the journal, so that records can be checked.

How many jobs wait and how many slots are held, added up over time: what Little's law and every
utilisation rest on.
"""

from __future__ import annotations


class Meter:
    """Two accounts in seconds: of jobs that wait, for the first time or again, and of slots held.

    Who comes books minus the time it is, and who goes plus the time it is then. With `n` there now,
    the integral of their number up to now is the account plus `n` times the time. Times lie on the
    grid, so rounding loses nothing while an account stays below 2³³ s.
    """

    __slots__ = ("held_s", "waited_s")

    def __init__(self) -> None:
        self.waited_s = 0.0
        self.held_s = 0.0
