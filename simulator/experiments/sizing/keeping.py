"""A sizing kept on disk: its certificate, what was asked, its report; all of it or nothing.

<out>/<scenario>/size-<digits>-s<seed>/    size.json       the answer, and its certificate
                                           size.csv        the fleets tried
                                           manifest.json   what was asked
                                           report.html     for people
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from simulator.errors import Issue
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.keeping.study_folders import study_folder
from simulator.experiments.sizing.certificate import sizing_csv, sizing_json
from simulator.experiments.sizing.judges import Trying
from simulator.experiments.sizing.question import Question
from simulator.experiments.sizing.size import size_fleet
from simulator.experiments.sizing.sizing import Sizing
from simulator.experiments.study import Progress
from simulator.loading import Loaded


@dataclass(frozen=True, slots=True)
class Sized:
    """A sizing with what it is of: its name, and the scenario as it is written.

    `warnings` are those of the largest fleet.
    """

    name: str
    written: Loaded
    warnings: tuple[Issue, ...]
    sizing: Sizing


WriteReport = Callable[[Sized, Path], None]
"""Writes the report of a sizing to a file."""


def size_and_keep(
    question: Question,
    *,
    out: Path,
    report: WriteReport,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
    trying: Trying = lambda _values: None,
) -> tuple[Sized, Path]:
    """Search for the cheapest fleet and keep what was found under `out`; return it and its folder.

    An equal sizing kept there before is replaced. A search that fails or is interrupted keeps
    nothing.

    Raises:
        DataFileError: the folder cannot be written.
        ScenarioError, EndlessRun, TooManySubmissions, RunInterrupted: as `size_fleet` does.
    """
    with study_folder(out, question.written.scenario.name, question.name) as folder:
        sized = size_up(question, workforce=workforce, progress=progress, trying=trying)
        texts = {"size.json": sizing_json(sized.sizing), "size.csv": sizing_csv(sized.sizing)}
        manifest = {"size_id": sized.name, **question.manifest()}
        return sized, folder.keep(texts, manifest, partial(report, sized))


def size_up(
    question: Question,
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
    trying: Trying = lambda _values: None,
) -> Sized:
    """Search for the cheapest fleet and return what was found; nothing is kept.

    Raises:
        ScenarioError, EndlessRun, TooManySubmissions, RunInterrupted: as `size_fleet` does.
    """
    sizing = size_fleet(question, workforce=workforce, progress=progress, trying=trying)
    warnings = question.loaded(question.most).warnings
    return Sized(question.name, question.written, warnings, sizing)
