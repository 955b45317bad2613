"""A sweep being run: one study a point, all on the same random numbers, each kept as it comes.

<out>/<scenario>/sweep-<digits>-s<seed>/    sweep.csv       every figure of every point, tidy
                                            sweep.json      the points, their targets, main figures
                                            manifest.json   what was asked
                                            report.html     for people

Until all points are there, they stand in a folder of that name with `-partial` behind it, a file
each. Whoever gives the same command again goes on from them and gets the same bytes: each point
depends on nothing but what was asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TextIO

from simulator.errors import DataFileError, RunInterrupted
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.keeping.manifest import manifest_text
from simulator.experiments.study import Progress, run_study
from simulator.experiments.sweeping.points import SweptPoint, point_of
from simulator.experiments.sweeping.preparing import Prepared
from simulator.experiments.sweeping.stores import InMemory, PartialFolder, Store
from simulator.experiments.sweeping.sweep import Looked, Sweep, looked_at
from simulator.experiments.sweeping.sweep_json import sweep_json
from simulator.experiments.sweeping.tidy_rows import csv_lines
from simulator.experiments.telling import told_of
from simulator.experiments.warm_up import WarmUp, settled, with_cut
from simulator.loading import Loaded
from simulator.records.files import RunFolder, safe_name, write_text_atomically

WriteReport = Callable[[Sweep, Path], None]
"""Writes the report of a sweep to a file."""


@dataclass(frozen=True)
class Points:
    """The points of a sweep, each run when it is asked for and not kept yet."""

    prepared: Prepared
    store: Store
    workforce: Workforce
    progress: Progress

    def __iter__(self) -> Iterator[SweptPoint]:
        """Yield every point in the order of the design.

        Raises:
            KeyboardInterrupt: Ctrl-C came while one was run.
        """
        return map(self.point, range(1, len(self.prepared.checked) + 1))

    def point(self, number: int) -> SweptPoint:
        """Return a point, from where it is kept, or run and kept now."""
        run_id = self.prepared.checked[number - 1].run_id
        point = self.store.find(number, run_id)
        if point is None:
            point = replace(self._run(number), run_id=run_id)
            with interrupts_held():
                self.store.keep(point)
        self.progress(self._ends[number - 1], self._ends[-1])
        return point

    @cached_property
    def _ends(self) -> list[int]:
        """How many replications there are at most up to each point, and with it."""
        return list(accumulate(one.replications for one in self.prepared.checked))

    def _run(self, number: int) -> SweptPoint:
        checked, end = self.prepared.checked[number - 1], self._ends[number - 1]
        begin = end - checked.replications
        with told_of(self.prepared.told(number)):
            loaded, warm_up = self._settled(self.prepared.loaded(number))
            study = run_study(
                loaded,
                workforce=self.workforce,
                warm_up=warm_up,
                in_detail=False,
                progress=lambda done, _of: self.progress(begin + done, self._ends[-1]),
            )
        if not study.complete:
            raise KeyboardInterrupt
        return point_of(study, number, self.prepared.design.points[number - 1])

    def _settled(self, loaded: Loaded) -> tuple[Loaded, WarmUp | None]:
        """Return a scenario with the warm-up of the one as written, so that windows are alike.

        Where that is none, or too long for it, it is looked for at the point itself.
        """
        found = None if loaded.scenario.time.warm_up != "auto" else self._warm_up
        if found is None or 2 * found.cut_s > loaded.scenario.time.duration:
            return loaded, None
        return with_cut(loaded, found.cut_s), found

    @cached_property
    def _warm_up(self) -> WarmUp | None:
        return settled(self.prepared.written, workforce=self.workforce)[1]


def run_sweep(
    prepared: Prepared,
    *,
    out: Path | None = None,
    report: WriteReport | None = None,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> Sweep:
    """Run every point of a sweep, and keep it under `out`; without that, in memory alone.

    An equal sweep kept there before is replaced, one that was interrupted is gone on with.
    `report` writes `report.html`.

    Raises:
        EndlessRun, TooManySubmissions: of a point, which the message names.
        RunInterrupted: Ctrl-C came before all points were done; the message says how to go on.
        DataFileError: the folder cannot be written.
    """
    if out is None:
        return _in_memory(Points(prepared, InMemory(), workforce, progress))
    folder = out / safe_name(prepared.written.scenario.name or "scenario")
    partial = PartialFolder(folder / f"{prepared.name}-partial")
    points = Points(prepared, partial, workforce, progress)
    try:
        for _ in points:
            pass
    except KeyboardInterrupt:
        raise _interrupted(points, f"; they are kept in {partial.path}, and ") from None
    with interrupts_held(), RunFolder(folder, prepared.name) as kept:
        swept = _written(points, kept.path)
        if report is not None:
            report(swept, kept.path / "report.html")
        swept = replace(swept, folder=kept.commit())
        partial.discard()
        return swept


def _in_memory(points: Points) -> Sweep:
    try:
        found = tuple(points)
    except KeyboardInterrupt:
        raise _interrupted(points, "") from None
    looked = looked_at(found[0])
    told = tuple(one.only(looked.keys()) for one in found)
    return replace(_sweep(points.prepared, told, looked), found=found)


def _sweep(prepared: Prepared, points: tuple[SweptPoint, ...], looked: Looked) -> Sweep:
    return Sweep(
        name=prepared.name,
        written=prepared.written,
        warnings=prepared.warnings,
        design=prepared.design,
        points=points,
        looked=looked,
    )


def _interrupted(points: Points, kept: str) -> RunInterrupted:
    checked = enumerate(points.prepared.checked, 1)
    done = sum(points.store.find(number, one.run_id) is not None for number, one in checked)
    again = f"{kept}the same command goes on from there" if kept and done else ""
    return RunInterrupted(
        f"interrupted: {done:,} of {len(points.prepared.checked):,} points are done{again}"
    )


def _written(points: Points, folder: Path) -> Sweep:
    """Write all but the report of a sweep to a folder; no more than one point is held at a time."""
    prepared = points.prepared
    looked = looked_at(points.point(1))
    told = list[SweptPoint]()

    def each() -> Iterator[SweptPoint]:
        for point in points:
            told.append(point.only(looked.keys()))
            yield point

    path = folder / "sweep.csv"
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            _write_lines(file, csv_lines(prepared.design, each()))
    except OSError as error:
        raise DataFileError(f"{path} cannot be written: {error}") from error
    found = _sweep(prepared, tuple(told), looked)
    write_text_atomically(folder / "manifest.json", manifest_text(prepared.manifest()))
    write_text_atomically(folder / "sweep.json", sweep_json(found))
    return found


def _write_lines(file: TextIO, lines: Iterator[str]) -> None:
    """Write lines so that they outlast a loss of power."""
    file.writelines(lines)
    file.flush()
    os.fsync(file.fileno())
