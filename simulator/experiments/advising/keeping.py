"""Advice kept on disk: what was tried and what it does, its report; all of it or nothing.

<out>/<scenario>/advise-<digits>-s<seed>/    advice.json     alternatives, ranked, with their --set
                                             advice.csv      a row an alternative and folder
                                             manifest.json   what was asked
                                             report.html     for people
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.experiments.advising.advice import Advice, FolderChange, Option, Standing
from simulator.experiments.advising.advise import Question, advise
from simulator.experiments.checks import check_row
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.keeping.identity import content_hash, resolved, versions
from simulator.experiments.keeping.manifest import STREAMS
from simulator.experiments.study import Progress
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.summary import or_none, plain_cell
from simulator.records.files import RunFolder, safe_name, write_text_atomically

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
    scenario = safe_name(question.loaded.scenario.name or "scenario")
    with RunFolder(out / scenario, question.name) as folder:
        advice = advise(question, workforce=workforce, progress=progress)
        with interrupts_held():
            texts = {
                "advice.json": advice_json(advice),
                "advice.csv": advice_csv(advice),
                "manifest.json": json.dumps(_manifest(question), indent=2, ensure_ascii=False)
                + "\n",
            }
            for name, text in texts.items():
                write_text_atomically(folder.path / name, text)
            report(advice, folder.path / "report.html")
            return advice, folder.commit()


def advice_json(advice: Advice) -> str:
    """Return advice as JSON: `schema_version`, `best`, and `alternatives`, the best first.

    Each alternative has its changes as `set` takes them, what it does to each folder, in seconds,
    and what it is ranked by; `best` is the first that is surely better than things as they are,
    null where none is. `today` is what they are held against, `not_tried` what could not be tried
    and why, `left_out` how many more could have been. A number that does not exist is null.
    """
    best = advice.best
    content = {
        "schema_version": SCHEMA_VERSION,
        "advice_id": advice.name,
        "scenario": advice.today.loaded.scenario.name,
        "seed": advice.today.seed,
        "replications": advice.today.replications,
        "confidence": advice.today.loaded.scenario.run.confidence,
        "best": None if best is None else best.alternative.words,
        "today": _standing(advice.standing),
        "alternatives": [_option(one) for one in advice.options],
        "not_tried": [one._asdict() for one in advice.not_tried],
        "left_out": advice.left_out,
        "checks": [
            {"alternative": name, **check_row(check)}
            for name, found in advice.checks.items()
            for check in found
        ],
    }
    return json_text(content)


def advice_csv(advice: Advice) -> str:
    """Return a row for each alternative and folder as CSV; what does not exist is empty."""
    text = io.StringIO()
    rows = list(advice.records())
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([[_cell(row[column]) for column in _COLUMNS] for row in rows])
    return text.getvalue()


_COLUMNS = (
    *("rank", "kind", "alternative", "folder", "jobs", "p95_before_s", "p95_after_s"),
    *(
        f"{measure}_{part}"
        for measure in ("p95_change", "mean_change")
        for part in ("s", "low_s", "high_s", "is_clear")
    ),
    "is_better",
)


def _cell(value: object) -> object:
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain_cell(value) if isinstance(value, str) else value


def _option(one: Option) -> dict[str, Any]:
    return {
        "kind": one.alternative.kind,
        "words": one.alternative.words,
        "set": list(one.alternative.texts),
        "is_better": one.is_better,
        **_standing(one.standing),
        "folders": [_folder(each) for each in one.folders],
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "targets_not_met": one.not_met,
        "folders_without_end": one.endless,
        "p95_change_s": _difference(one.change),
    }


def _folder(one: FolderChange) -> dict[str, Any]:
    return {
        "folder": one.folder,
        "jobs": one.jobs,
        "p95_before_s": or_none(one.before_s),
        "p95_after_s": or_none(one.after_s),
        "p95_change_s": {**_difference(one.p95), "is_clear": one.p95.clear},
        "mean_change_s": {**_difference(one.mean), "is_clear": one.mean.clear},
        "why": one.why,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {key: or_none(getattr(one, key)) for key in ("mean", "low", "high")}


def _manifest(question: Question) -> dict[str, Any]:
    """Return all that the advice depends on, ready for JSON; `scenario` is as things are."""
    loaded = question.loaded
    return {
        "schema_version": SCHEMA_VERSION,
        "advice_id": question.name,
        "seed": loaded.scenario.run.seed,
        "window_s": question.window_s,
        "most": question.most,
        "content_sha256": content_hash(loaded),
        "data_files": dict(loaded.data_files),
        "streams": STREAMS,
        "versions": versions(),
        "scenario": resolved(loaded),
    }
