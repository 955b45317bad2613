"""What binds a fleet, in words: what jobs wait for, and behind whom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.measurement import SummaryRow
from simulator.records.codes import BlameCause
from simulator.records.columns import OUTSIDE_YOUR_FOLDERS
from simulator.report.blaming.words import CAUSES, reason_of
from simulator.report.page import named
from simulator.report.wording import with_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.sizing.sizing import Binding
    from simulator.report.page import Phrase

_MOST: Final = 3
"""Causes that a sentence tells of."""

_KEY: Final = ("tenant", "", "pending.jobs", "ratio")
"""What a share of time Pending is called in a summary."""

_WANTED: Final = {
    BlameCause.JOB: "for a slot of ",
    BlameCause.ACCOUNT: "for an account that may run them on ",
    BlameCause.SESSION: "for a Windows session of ",
    BlameCause.HELD_BACK: "for older jobs to go first on ",
}
"""What is waited for at a machine that somebody's jobs keep busy."""


def sentence(bindings: Sequence[Binding]) -> Phrase:
    """Return what jobs wait for, the largest causes first; empty where they do not wait.

    `of the time jobs are Pending, 62 % (58 to 66 %) is for a slot of shared-vm, behind jobs of
    Finance, 20 % (17 to 23 %) is for hosts in maintenance (shared-vm).`
    """
    told = [_told(one) for one in bindings[:_MOST]]
    if not told:
        return ()
    first, *rest = told
    more = (piece for one in rest for piece in (", ", *one))
    return ("of the time jobs are Pending, ", *first, *more, ".")


def _told(one: Binding) -> Phrase:
    return (f"{share(one)} is ", *_cause(one))


def share(one: Binding) -> str:
    """Return the share of the time jobs are Pending that a cause has, with its interval."""
    half_width = (one.high - one.low) / 2
    row = SummaryRow(*_KEY, one.share, one.low, one.high, half_width, math.nan, 0)
    return with_interval(row)


def _cause(one: Binding) -> Phrase:
    """Return what is waited for and where, and whose jobs hold it."""
    cause = CAUSES[one.cause]
    if cause not in _WANTED:
        machine = (" (", named(one.machine), ")") if one.machine else ()
        return (reason_of((one.cause, ""), "").words, *machine)
    behind: Phrase = ()
    if one.held_by == OUTSIDE_YOUR_FOLDERS:
        behind = (f", behind jobs {one.held_by}",)
    elif one.held_by:
        behind = (", behind jobs of ", named(one.held_by))
    return (_WANTED[cause], named(one.machine), *behind)
