"""Blame folder by folder: what kept one folder's jobs Pending, in shares of their own time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.experiments.blame import Axis
from simulator.measurement.summary import SummaryRow, summary_row
from simulator.records.columns import NONE, folders_of_processes
from simulator.statistics import ratio_of_sums

if TYPE_CHECKING:
    from simulator.experiments.blame import Blame, BlameRow
    from simulator.records.columns import Ints


class FolderBlame(NamedTuple):
    """What kept the jobs of one folder Pending.

    jobs: how many were so at once, the time average. rows: by cause and folder that held. reasons:
    the same by folder that held, whatever the cause, and by cause only where none did: of their
    names, a cause and a folder, one is empty. Shares are of this folder's own time Pending; those
    of all rows add up to 1, and so do those of all reasons. Most comes first.
    """

    folder: str
    jobs: SummaryRow
    rows: tuple[BlameRow, ...]
    reasons: tuple[BlameRow, ...]


def blame_of_folders(blame: Blame) -> tuple[FolderBlame, ...]:
    """Return what kept the jobs of each folder Pending, of which most were so first.

    Folders whose jobs never waited are left out.
    """
    rows = blame.by(Axis.FOLDER, Axis.CAUSE, Axis.HELD_BY, within=1)
    held = blame.by(Axis.FOLDER, Axis.HELD_BY, within=1)
    nobodys = [row for row in rows if not row.names[2]]
    reasons = [row._replace(names=(row.names[0], "", row.names[1])) for row in held if row.names[1]]
    reasons = sorted([*reasons, *nobodys], key=lambda row: -row.jobs.mean)
    of_rows, of_reasons = _by_folder(rows), _by_folder(reasons)
    return tuple(
        FolderBlame(folder, row.jobs, of_rows[folder], of_reasons[folder])
        for row in blame.by(Axis.FOLDER)
        if row.jobs.mean > 0
        for folder in row.names
    )


def _by_folder(rows: Iterable[BlameRow]) -> dict[str, tuple[BlameRow, ...]]:
    """Return rows by their first name, which the rows then do not have, in their order."""
    found: dict[str, list[BlameRow]] = {}
    for row in rows:
        folder, *names = row.names
        found.setdefault(folder, []).append(row._replace(names=tuple(names)))
    return {folder: tuple(of_folder) for folder, of_folder in found.items()}


def behind_others(blame: Blame) -> SummaryRow:
    """Return the share of all time Pending that was behind jobs of other folders."""
    folders = folders_of_processes(blame.legend)
    behind, all_of_it = np.array(
        [
            (one.window_s[_of_others(one.keys, folders)].sum(), one.window_s.sum())
            for one in blame.figures
        ]
    ).T[:, :, np.newaxis]
    share = ratio_of_sums(behind, all_of_it, blame.confidence)
    return summary_row(("tenant", "", "pending.jobs", "ratio"), share, 0, blame.confidence)


def _of_others(keys: Ints, folders: Ints) -> npt.NDArray[np.bool_]:
    """Return which keys are of a job that another folder's jobs kept Pending."""
    held_by = keys[:, 2]
    others: npt.NDArray[np.bool_] = (held_by != NONE) & (held_by != folders[keys[:, 0]])
    return others
