"""Studies and comparisons as JSON: `summary.json`, and what `--json` prints."""

from __future__ import annotations

import json
from typing import Any

from simulator.experiments.compare import Comparison, ComparisonRow
from simulator.experiments.study import Study
from simulator.experiments.verdicts import Verdict
from simulator.measurement.summary import SCHEMA_VERSION, or_none


def study_json(study: Study) -> str:
    """Return a study as JSON: `schema_version` and `summary`, the tidy rows, and more beside them.

    `targets` say how each promise fares, `refusals` who was refused what, `hours_of_week` the mean
    numbers in each local hour, Monday's first at index 0. A number that does not exist is null.
    """
    content = {
        **study.summary.to_json(),
        "run_id": study.run_id,
        "scenario": study.loaded.scenario.name,
        "seed": study.seed,
        "replications": study.replications,
        "complete": study.complete,
        "targets": [_target(verdict) for verdict in study.verdicts],
        "refusals": [row._asdict() for row in study.refusals],
        "hours_of_week": {
            "pending_jobs": [or_none(value) for value in study.hours.pending.tolist()],
            "busy_slots": [or_none(value) for value in study.hours.busy.tolist()],
        },
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def comparison_json(found: Comparison) -> str:
    """Return a comparison as JSON: `schema_version`, `variants`, and `rows`.

    A row's `values` has one for each variant, `differences` one for each but the first, which is
    what the others are compared with. A number that does not exist is null.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "variants": found.variants,
        "seed": found.seed,
        "replications": found.replications,
        "confidence": found.confidence,
        "rows": [_comparison_row(row) for row in found.rows],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _comparison_row(row: ComparisonRow) -> dict[str, Any]:
    return {
        **row._asdict(),
        "values": [or_none(value) for value in row.values],
        "differences": [
            {key: or_none(value) for key, value in difference._asdict().items()}
            for difference in row.differences
        ],
    }


def _target(verdict: Verdict) -> dict[str, Any]:
    target, row = verdict.target, verdict.row
    scope, name = target.scope
    limit = "at_most" if target.at_most is not None else "at_least"
    return {
        "scope": scope,
        "name": name,
        "measure": target.row,
        limit: target.limit,
        "mean": None if row is None else or_none(row.mean),
        "outcome": verdict.outcome,
    }
