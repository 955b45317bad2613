"""What a run was: enough to run it again and get the same bytes.

Wall time and workers are no part of it: equal runs have equal manifests.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from simulator.experiments.identity import content_hash, resolved, versions
from simulator.experiments.study import Study
from simulator.json_text import SCHEMA_VERSION

STREAMS: Final = (
    "Philox of SeedSequence(seed, spawn_key=(replication, hash64(entity), hash64(purpose))), "
    "replications counted from 1, inverse transform"
)
"""How the random streams are named; the classes are NumPy's."""

OF_THE_SCENARIO: Final = frozenset({"content_sha256", "data_files", "scenario"})
"""What only those may read who know all of the scenario."""


def manifest(study: Study) -> dict[str, Any]:
    """Return what `manifest.json` holds, ready for JSON.

    `origin` is the start of the warm-up in UTC, `window_s` the observed span in seconds since it.
    In place of the scenario, which would tell all, one account's view has its name: `seen_by`.
    """
    window, run = study.legend.window, study.loaded.scenario.run
    content = {
        "schema_version": SCHEMA_VERSION,
        "run_id": study.run_id,
        "complete": study.complete,
        "seed": study.seed,
        "replications": run.replications,
        "replications_finished": study.replications,
        "confidence": run.confidence,
        "origin": datetime.fromtimestamp(window.origin_epoch_s, UTC).isoformat(),
        "zone": window.zone,
        "window_s": [window.from_s, window.to_s],
        "content_sha256": content_hash(study.loaded),
        "data_files": dict(study.loaded.data_files),
        "streams": STREAMS,
        "versions": versions(),
        "scenario": resolved(study.loaded),
    }
    if study.viewer is None:
        return content
    told = {key: value for key, value in content.items() if key not in OF_THE_SCENARIO}
    return {**told, "seen_by": study.viewer.who}
