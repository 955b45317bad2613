"""Who made whom wait: every second Pending has a cause, and most of them a folder behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.blame import Axis
from simulator.experiments.blame_of_folders import behind_others, blame_of_folders
from simulator.report.blaming.listing import TITLE
from simulator.report.blaming.pictures import MOST_ROWS, blame_week, interference
from simulator.report.blaming.words import CAUSES, SENTENCES, reason_of
from simulator.report.page import Column, Figure, Section, named
from simulator.report.tables import table
from simulator.report.weeks import week_table
from simulator.report.wording import (
    NOTHING,
    estimate,
    interval,
    number,
    plural,
    quantity,
    with_interval,
)
from simulator.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.blame import BlameRow
    from simulator.experiments.blame_of_folders import FolderBlame
    from simulator.experiments.study import Study
    from simulator.report.page import Phrase, Table, Text

LEAST_TOLD_FIRST: Final = 0.1
"""The share of a folder's time Pending from which on a reason is told before its own jobs."""

_RULE: Final = (
    "Each second of a job's first time Pending is split in equal parts over the slots it could "
    "have used, and each part charged to what held that slot or kept the job off it: a job, and so "
    "the folder it is of, or a cause that is nobody's. Hours are those of all jobs together, a "
    "replication."
)


def blame(study: Study) -> Section:
    """Return what kept jobs Pending: by folder, cause, machine, process and hour of the week."""
    waits = blame_of_folders(study.blame)
    if not waits:
        return Section("blame", TITLE, (("No job had to wait.",),))
    figures = (
        Figure(interference(waits), _by_folder(study, waits), _left_out(waits)),
        _week(study),
    )
    tables = (_by_cause(study), _by_machine(study), _by_process(study))
    return Section("blame", TITLE, (_answer(study, waits), (_RULE,)), figures, tables)


def _answer(study: Study, waits: Sequence[FolderBlame]) -> Phrase:
    """Say what most jobs of a folder waited for, besides its own jobs, and how much others held."""
    (one, what), others = _foremost(waits), behind_others(study.blame)
    reason = reason_of(what.names, one.folder)
    held_by = (named(reason.folder),) if reason.folder else ()
    return (
        f"{with_interval(what.share)} of ",
        named(one.folder),
        f"'s time Pending was {reason.words}",
        *held_by,
        *_where(study, one.folder, what),
        f". Of all time Pending, {with_interval(others)} was behind jobs of other folders.",
    )


def _foremost(waits: Sequence[FolderBlame]) -> tuple[FolderBlame, BlameRow]:
    """Return the folder, and the reason, that most jobs waited for.

    Its own jobs come last, but before what is hardly any of its time Pending.
    """
    pairs = [(one, reason) for one in waits for reason in one.reasons]
    return max(pairs, key=lambda pair: (_is_told_first(*pair), pair[1].jobs.mean))


def _is_told_first(waited: FolderBlame, reason: BlameRow) -> bool:
    return reason.names[1] != waited.folder and reason.share.mean >= LEAST_TOLD_FIRST


def _where(study: Study, folder: str, what: BlameRow) -> Phrase:
    """Say on which machine most of it was; nothing where that is no single one."""
    cause, held_by = what.names
    axes = (Axis.HELD_BY,) if held_by else (Axis.CAUSE, Axis.HELD_BY)
    key = (folder, held_by) if held_by else (folder, cause, "")
    rows = study.blame.by(Axis.FOLDER, *axes, Axis.MACHINE)
    places = [row for row in rows if row.names[:-1] == key]
    most = places[0]
    if not most.names[-1] or most.jobs.mean <= what.jobs.mean / 2:
        return ()
    return (" on " if len(places) == 1 else ", mostly on ", named(most.names[-1]))


def _left_out(waits: Sequence[FolderBlame]) -> str:
    more = len(waits) - MOST_ROWS
    return f"The last row has {plural(more, 'folder')} with less together." if more > 0 else ""


_JOBS: Final = Column("Jobs Pending", numeric=True, measure="pending.jobs")
_INTERVAL: Final = Column("Interval", numeric=True)
_HOURS: Final = Column("Hours", numeric=True)
_OF_ALL: Final = Column("Of all time Pending", numeric=True)
_MOSTLY: Final = (Column("Mostly behind"), Column("Of its time", numeric=True))


def _by_folder(study: Study, waits: Sequence[FolderBlame]) -> Table:
    share = Column("Of the folder's time Pending", numeric=True)
    columns = (
        *(Column("Folder"), Column("Cause"), Column("Held by")),
        *(_JOBS, _INTERVAL, share, _INTERVAL, _HOURS),
    )
    rows = [
        (named(one.folder), row.names[0], _held_by(row.names[1], one.folder), *_numbers(study, row))
        for one in waits
        for row in one.rows
    ]
    return table("Who made whom wait", columns, rows, held_in="summary.json")


def _by_cause(study: Study) -> Table:
    columns = (Column("Cause"), Column("What it says"), _JOBS, _INTERVAL, _OF_ALL, _INTERVAL)
    rows = [
        (row.names[0], SENTENCES[CAUSES[row.names[0]]], *_numbers(study, row))
        for row in _charged(study, Axis.CAUSE)
    ]
    return table("By cause", (*columns, _HOURS), rows)


def _by_machine(study: Study) -> Table:
    columns = (Column("Machine"), _JOBS, _INTERVAL, _OF_ALL, _INTERVAL, _HOURS, *_MOSTLY)
    most = _most_of(study.blame.by(Axis.MACHINE, Axis.CAUSE, Axis.HELD_BY))
    rows = [
        (
            named(row.names[0]) if row.names[0] else NOTHING,
            *_numbers(study, row),
            *_mostly(row, most[row.names]),
        )
        for row in _charged(study, Axis.MACHINE)
    ]
    return table("By machine", columns, rows, held_in="summary.json")


def _by_process(study: Study) -> Table:
    columns = (Column("Process"), _JOBS, _INTERVAL, _OF_ALL, _INTERVAL, _HOURS, *_MOSTLY)
    whose = (Axis.PROCESS, Axis.FOLDER)
    most = _most_of(study.blame.by(*whose, Axis.CAUSE, Axis.HELD_BY))
    rows = [
        (named(row.names[0]), *_numbers(study, row), *_mostly(row, most[row.names], row.names[1]))
        for row in _charged(study, *whose)
    ]
    return table("By process", columns, rows, held_in="blame_frame() of a notebook")


def _charged(study: Study, *axes: Axis) -> Iterator[BlameRow]:
    """Yield blame told apart by some axes, as far as there is any in the window."""
    return (row for row in study.blame.by(*axes) if row.jobs.mean > 0)


def _most_of(parts: Sequence[BlameRow]) -> dict[tuple[str, ...], tuple[tuple[str, str], float]]:
    """Return what most jobs waited for, and how many, by all names but cause and folder that held.

    It is the folder that held, whatever the cause, or the cause where none did.
    """
    found: dict[tuple[str, ...], dict[tuple[str, str], float]] = {}
    for row in parts:
        cause, held_by = row.names[-2:]
        reasons = found.setdefault(row.names[:-2], {})
        reason = ("", held_by) if held_by else (cause, "")
        reasons[reason] = reasons.get(reason, 0.0) + row.jobs.mean
    return {names: max(one.items(), key=lambda item: item[1]) for names, one in found.items()}


def _mostly(
    whole: BlameRow, most: tuple[tuple[str, str], float], folder: str = ""
) -> tuple[Text, Text]:
    """Return the cells of what most jobs of a row waited for, and of its part of them."""
    (cause, held_by), jobs = most
    return (_held_by(held_by, folder) if held_by else cause), quantity(
        jobs / whole.jobs.mean, "ratio"
    )


def _held_by(held_by: str, folder: str) -> Text:
    """Return the cell of the folder that held, told apart where it is the own one."""
    if not held_by:
        return NOTHING
    return "its own jobs" if held_by == folder else named(held_by)


def _numbers(study: Study, row: BlameRow) -> tuple[Text, ...]:
    hours = row.jobs.mean * study.legend.window.length_s / HOUR_S
    return (
        *(estimate(row.jobs), interval(row.jobs)),
        *(estimate(row.share), interval(row.share)),
        number(hours),
    )


def _week(study: Study) -> Figure:
    chart = blame_week(study)
    return Figure(chart, week_table(chart))
