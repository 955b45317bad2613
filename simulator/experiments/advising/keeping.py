"""Advice kept on disk: what was tried and what it does, its report; all of it or nothing.

<out>/<scenario>/advise-<digits>-s<seed>/    advice.json     alternatives, ranked, with their --set
                                             advice.csv      a row an alternative and folder
                                             manifest.json   what was asked
                                             report.html     for people
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from simulator.experiments.advising.advice import Advice
from simulator.experiments.advising.advise import advise
from simulator.experiments.advising.question import Question
from simulator.experiments.advising.tidy import advice_csv, advice_json
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.keeping.study_folders import study_folder
from simulator.experiments.study import Progress

WriteReport = Callable[[Advice, Path], None]
"""Writes the report of advice to a file."""


def advise_and_keep(
    question: Question,
    *,
    out: Path,
    report: WriteReport,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> tuple[Advice, Path]:
    """Look for other ways of sharing a fleet and keep what they do; return it and its folder.

    Equal advice kept there before is replaced. What fails or is interrupted keeps nothing.

    Raises:
        DataFileError: the folder cannot be written.
        EndlessRun, TooManySubmissions, RunInterrupted: as `advise` does.
    """
    with study_folder(out, question.loaded.scenario.name, question.name) as folder:
        advice = advise(question, workforce=workforce, progress=progress)
        texts = {"advice.json": advice_json(advice), "advice.csv": advice_csv(advice)}
        manifest = {"advice_id": question.name, **question.manifest()}
        return advice, folder.keep(texts, manifest, partial(report, advice))
