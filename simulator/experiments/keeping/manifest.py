"""What a run was: enough to run it again and get the same bytes.

Wall time and workers are no part of it: equal runs have equal manifests.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from simulator.experiments.keeping.identity import content_hash, resolved, versions
from simulator.experiments.keeping.kept_runs import trace_facts
from simulator.experiments.study import Study
from simulator.json_text import SCHEMA_VERSION
from simulator.schedules.calendars import non_working_days, years_between
from simulator.schedules.clock_changes import wall_days
from simulator.schedules.zones import resolve_zone

STREAMS: Final = (
    "Philox of SeedSequence(seed, spawn_key=(replication, hash64(entity), hash64(purpose))), "
    "replications counted from 1, inverse transform"
)
"""How the random streams are named; the classes are NumPy's."""

OF_THE_SCENARIO: Final = frozenset(
    {"calendars", "content_sha256", "data_files", "scenario", "traces"}
)
"""What only those may read who know all of the scenario."""


def manifest(study: Study) -> dict[str, Any]:
    """Return what `manifest.json` holds, ready for JSON.

    `origin` is the start of the warm-up in UTC, `window_s` the observed span in seconds since it;
    `calendars` has the dates of each that fall into the run, by the tenant's clock; `traces` what a
    plan needs to know of each, so that the run can be explained without its data files.
    In place of the scenario, which would tell all, one account's view has its name: `seen_by`.
    """
    window, run = study.legend.window, study.loaded.scenario.run
    content = {
        "schema_version": SCHEMA_VERSION,
        "run_id": study.run_id,
        "complete": study.complete,
        "seed": study.seed,
        "replications": run.model_dump(mode="json")["replications"],
        "replications_finished": study.replications,
        "confidence": run.confidence,
        "origin": datetime.fromtimestamp(window.origin_epoch_s, UTC).isoformat(),
        "zone": window.zone,
        "window_s": [window.from_s, window.to_s],
        "calendars": _calendars(study),
        "content_sha256": content_hash(study.loaded),
        "data_files": dict(study.loaded.data_files),
        "traces": trace_facts(study.loaded.traces),
        "streams": STREAMS,
        "versions": versions(),
        "scenario": resolved(study.loaded),
    }
    if study.viewer is None:
        return content
    told = {key: value for key, value in content.items() if key not in OF_THE_SCENARIO}
    return {**told, "seen_by": study.viewer.who}


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """Return a manifest as the text of its file."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _calendars(study: Study) -> dict[str, list[str]]:
    """Return the dates of each calendar that the run went by, however they were come by."""
    window = study.legend.window
    from_s, to_s = window.origin_epoch_s, math.ceil(window.origin_epoch_s + window.to_s)
    first, last = wall_days(np.array([from_s, to_s - 1]), resolve_zone(window.zone))
    found = {}
    for name, calendar in study.loaded.scenario.calendars.items():
        days = non_working_days(calendar, years_between(from_s, to_s))
        within = days[(days >= first) & (days <= last)]
        found[name] = [str(date) for date in within.astype("datetime64[D]")]
    return found
