"""What kept a job Pending, in words that go on a sentence: `behind jobs of Finance`."""

from __future__ import annotations

from typing import Final, NamedTuple

from simulator.records.codes import BlameCause
from simulator.records.columns import OUTSIDE_YOUR_FOLDERS

CAUSES: Final = {cause.label: cause for cause in BlameCause}
"""A cause by its label, which is its name in tables."""

_WANTED: Final = {
    BlameCause.SESSION: "for Windows sessions, of which there were none",
    BlameCause.LATENCY: "for the dispatch latency to be over",
    BlameCause.MAINTENANCE: "for hosts in maintenance",
    BlameCause.DOWN: "for hosts that were down",
    BlameCause.UNLICENSED: "for licences",
    BlameCause.BOOTING: "for hosts to boot",
    BlameCause.NO_HOST: "for hosts, of which there were none",
    BlameCause.NO_MACHINE: "for a machine that takes such jobs",
    BlameCause.FREE: "although a slot was free",
}

SENTENCES: Final = {
    BlameCause.JOB: "A job held the slot.",
    BlameCause.ACCOUNT: "The slot was free, but every account that may run the job there was busy.",
    BlameCause.SESSION: "The slot was free, but no Windows session of its host was.",
    BlameCause.HELD_BACK: "The slot was free, but an older job of the folder had to go first "
    "(dispatch.blocked).",
    BlameCause.LATENCY: "The job had its slot, and was not yet Running (dispatch.latency).",
    BlameCause.MAINTENANCE: "The slot was free, but its host was in maintenance.",
    BlameCause.DOWN: "The slot was free, but its host was down.",
    BlameCause.UNLICENSED: "The machine had no slot: no licence was left for one.",
    BlameCause.BOOTING: "The machine had no slot: its host was booting.",
    BlameCause.NO_HOST: "The machine had no slot: no host of it was connected.",
    BlameCause.NO_MACHINE: "No machine takes such jobs.",
    BlameCause.FREE: "Nothing kept the job off the slot; this should never be.",
}
"""What each cause says of a slot that a Pending job could use."""


class Reason(NamedTuple):
    """What a job was Pending for: plain words, then the name of a folder, or empty."""

    words: str
    folder: str = ""


def reason_of(names: tuple[str, ...], folder: str) -> Reason:
    """Return what jobs of `folder` waited for, by the names of `FolderBlame.reasons`."""
    cause, held_by = names
    if not held_by:
        return Reason(_WANTED[CAUSES[cause]])
    if held_by == folder:
        return Reason("behind jobs of its own")
    if held_by == OUTSIDE_YOUR_FOLDERS:
        return Reason(f"behind jobs {held_by}")
    return Reason("behind jobs of ", held_by)
