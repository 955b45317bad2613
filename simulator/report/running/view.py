"""In one account's view: whose it is, what its figures are of, what was held outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.model.definitions import OUTSIDE
from simulator.report.wording import plural

if TYPE_CHECKING:
    from simulator.experiments.audience import Viewer
    from simulator.experiments.study import Study
    from simulator.measurement import SummaryRow

LABEL: Final = "Outside your folders"
"""What the jobs are called of which only the slots are seen that they hold."""

PART: Final = "Of it outside your folders"
"""The title of a column beside utilisation: the part of it that those jobs held."""

COVERS: Final = (
    "Jobs, waits and accounts are told as far as these folders go. Slots are those of the machines "
    "that serve them, whoever holds them; of a job outside, nothing but its slot is known."
)
"""What the figures of one account's view are of."""


def whose(viewer: Viewer) -> str:
    """Return whose view it is: `As anna sees it: 1 of 3 folders.`; the name is untrusted."""
    return (
        f"As {viewer.who} sees it: {viewer.folders:,} of {plural(viewer.folder_count, 'folder')}."
    )


def left_out(study: Study) -> str:
    """Return how many targets the view cannot judge; empty for none."""
    count = 0 if study.viewer is None else study.viewer.targets_left_out
    if not count:
        return ""
    are = "is about more than these folders and is" if count == 1 else "are about more and are"
    return f"{plural(count, 'target')} of the scenario {are} left out."


def held_outside(study: Study, machine: str = "") -> SummaryRow | None:
    """Return the share of a machine's slot time, or of all, that jobs outside the view held."""
    return study.summary.find(OUTSIDE, machine, "slots.utilisation")
