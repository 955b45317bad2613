"""A sweep as JSON: `sweep.json`, and what `--json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.experiments.sweeping.points import SweptPoint
from simulator.experiments.sweeping.sweep import Sweep
from simulator.experiments.varying.quantities import plain_value
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.cells import or_none


def sweep_json(sweep: Sweep) -> str:
    """Return a sweep as JSON: `schema_version`, `paths`, and `points` in the order of the design.

    A point has its `values` by path, its `targets` with the outcome of each, how many are met, and
    the `figures` that its report shows; `sweep.csv` has all of them. `best` are the numbers of the
    points that meet most targets or, without targets, have the least P95 Pending. `checks_failed`
    and `cautions` tell why figures are not, or not quite, to be relied on. What does not exist is
    null.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "sweep_id": sweep.name,
        "scenario": sweep.written.scenario.name,
        "seed": sweep.seed,
        "confidence": sweep.confidence,
        "design": sweep.design.kind,
        "paths": sweep.design.paths,
        "best": [one.number for one in sweep.best()],
        "checks_failed": sweep.failures(),
        "cautions": sweep.cautions(),
        "points": [_point(sweep.design.paths, one) for one in sweep.points],
    }
    return json_text(content)


def _point(paths: Sequence[str], point: SweptPoint) -> dict[str, Any]:
    return {
        "point": point.number,
        "values": dict(zip(paths, map(plain_value, point.values), strict=True)),
        "replications": point.replications,
        "warm_up_s": point.warm_up_s,
        "targets_met": point.met,
        "targets": [one._asdict() for one in point.targets],
        "figures": [
            {key: or_none(value) for key, value in row._asdict().items()} for row in point.rows
        ],
    }
