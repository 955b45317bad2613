"""Advice as JSON and CSV: `advice.json`, which is what `--json` prints, and `advice.csv`."""

from __future__ import annotations

from typing import Any

from simulator.experiments.advising.advice import Advice, FolderChange, Option, Standing
from simulator.experiments.checks import check_row
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.cells import cell, csv_text, ends_of, or_none


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
    rows = advice.records()
    return csv_text(_COLUMNS, ([cell(row[column]) for column in _COLUMNS] for row in rows))


_COLUMNS = (
    *("rank", "kind", "alternative", "folder", "jobs", "p95_before_s", "p95_after_s"),
    *(
        f"{measure}_{part}"
        for measure in ("p95_change", "mean_change")
        for part in ("s", "low_s", "high_s", "is_clear")
    ),
    "is_better",
)


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
        "p95_change_s": ends_of(one.change),
    }


def _folder(one: FolderChange) -> dict[str, Any]:
    return {
        "folder": one.folder,
        "jobs": one.jobs,
        "p95_before_s": or_none(one.before_s),
        "p95_after_s": or_none(one.after_s),
        "p95_change_s": {**ends_of(one.p95), "is_clear": one.p95.clear},
        "mean_change_s": {**ends_of(one.mean), "is_clear": one.mean.clear},
        "why": one.why,
    }
