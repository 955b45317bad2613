"""Who made whom wait, in a terminal: for the folders with most jobs Pending, what for most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from simulator.experiments.blame_of_folders import blame_of_folders
from simulator.report.blaming.words import reason_of
from simulator.report.fitting import listing, name
from simulator.report.wording import plus_minus, scale_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from simulator.experiments.blame_of_folders import FolderBlame
    from simulator.experiments.study import Study

TITLE: Final = "Who made whom wait"
MOST_ROWS: Final = 3


def blame_table(study: Study) -> RenderableType | None:
    """Return what made the jobs of the folders with most of them Pending wait most."""
    waits = blame_of_folders(study.blame)
    return listing(
        TITLE,
        ("Folder", "Waited most", "Of its time Pending, %"),
        [
            (
                name(one.folder),
                _most(one),
                plus_minus(one.reasons[0].share, scale_of("ratio", 1.0), 1),
            )
            for one in waits
        ],
        most=MOST_ROWS,
        names=2,
        gap=0,
    )


def _most(one: FolderBlame) -> Text:
    reason = reason_of(one.reasons[0].names, one.folder)
    return Text(reason.words).append(name(reason.folder))
