"""A run kept on disk: its records, what it was, its figures, its report; all of it or nothing.

<out>/<scenario>/<run-id>/    manifest.json   what was run
                              timing.json     how long it took, on how many workers, and where
                              summary.csv     the figures, tidy; summary.json the same and more
                              report.html     for people
                              jobs.parquet    and the other record tables
                              beforehand.json what was known before the first replication
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.access.sight import Sight
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.keeping.beforehand import BEFOREHAND, beforehand_text
from simulator.experiments.keeping.identity import run_id
from simulator.experiments.keeping.manifest import manifest, manifest_text
from simulator.experiments.study import Progress, Study, run_study
from simulator.experiments.tidy import study_json
from simulator.experiments.warm_up import settled
from simulator.loading import Loaded
from simulator.records.files import RunFolder, safe_name, write_text_atomically

WriteReport = Callable[[Study, Path], None]
"""Writes the report of a study to a file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A study, and the folder it is kept in: `<run-id>`, or `<run-id>-partial` if interrupted."""

    study: Study
    folder: Path


def run_and_keep(
    loaded: Loaded,
    *,
    out: Path,
    report: WriteReport,
    sight: Sight | None = None,
    workforce: Workforce = ALONE,
    with_records: bool = True,
    progress: Progress = lambda _done, _of: None,
) -> Kept:
    """Run a study and keep it under `out`; an equal run kept there before is replaced.

    With a `sight`, what is kept is what that account sees, and nothing else. Ctrl-C keeps the
    replications that finished, in a folder of its own name; one without any has no report.

    Raises:
        DataFileError: the folder cannot be written.
    """
    began, at = time.monotonic(), datetime.now(UTC)
    name = safe_name(loaded.scenario.name or "scenario")
    loaded, warm_up = settled(loaded, sight=sight, workforce=workforce, progress=progress)
    with RunFolder(out / name, run_id(loaded, sight)) as folder:
        study = run_study(
            loaded,
            sight=sight,
            workforce=workforce,
            keep=folder if with_records else None,
            warm_up=warm_up,
            progress=progress,
        )
        timing = _timing(at, time.monotonic() - began, workforce)
        with interrupts_held():
            _write(study, folder.path, timing, report)
            if with_records and sight is None:
                write_text_atomically(folder.path / BEFOREHAND, beforehand_text(study))
            return Kept(study, folder.commit(partial=not study.complete))


def _timing(at: datetime, wall_time_s: float, workforce: Workforce) -> dict[str, Any]:
    return {
        "started": at.isoformat(timespec="seconds"),
        "wall_time_s": round(wall_time_s, 3),
        "workers": workforce.workers,
        "where": workforce.where,
    }


def _write(study: Study, folder: Path, timing: Mapping[str, Any], report: WriteReport) -> None:
    texts = {
        "manifest.json": manifest_text(manifest(study)),
        "timing.json": manifest_text(timing),
        "summary.csv": study.summary.to_csv(),
        "summary.json": study_json(study),
    }
    for name, text in texts.items():
        write_text_atomically(folder / name, text)
    if study.figures:
        report(study, folder / "report.html")
