"""A comparison kept on disk: its figures, what was compared, its report; all of it or nothing.

<out>/<scenario>/compare-<digits>-s<seed>/    comparison.json   what `--json` prints
                                              comparison.csv    every difference, tidy
                                              manifest.json     what was compared
                                              report.html       for people
                                              page.json         the report's values
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from simulator.experiments.comparing.compare import Comparison, compare_scenarios, comparison
from simulator.experiments.comparing.tidy import comparison_csv, comparison_json
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.keeping.identity import content_hash, resolved, study_name, versions
from simulator.experiments.keeping.manifest import STREAMS
from simulator.experiments.keeping.study_folders import study_folder
from simulator.experiments.study import Progress, Study
from simulator.json_text import SCHEMA_VERSION
from simulator.loading import Loaded
from simulator.model.scenario import Run


class Telling(NamedTuple):
    """How a comparison is put into words, for its JSON, and into a report, in a file."""

    sentences: Callable[[Comparison], Sequence[str]]
    report: Callable[[Comparison, Path], None]


def compare_and_keep(
    scenarios: Sequence[tuple[str, Loaded]],
    *,
    out: Path,
    telling: Telling,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> tuple[Comparison, Path]:
    """Compare named scenarios and keep what is found under `out`; return it and its folder.

    An equal comparison kept there before is replaced. One that fails or is interrupted keeps
    nothing.

    Raises:
        DataFileError: the folder cannot be written.
        EndlessRun, TooManySubmissions, RunInterrupted: as `compare_scenarios` does.
    """
    compared = partial(compare_scenarios, scenarios, workforce=workforce, progress=progress)
    return _kept(scenarios, out, telling, compared)


def keep_comparison(
    studies: Sequence[tuple[str, Study]], *, out: Path, telling: Telling
) -> tuple[Comparison, Path]:
    """Compare named studies that are there already, and keep what is found likewise.

    Raises:
        DataFileError: the folder cannot be written.
        ValueError: they cannot be paired, as `comparison` says.
    """
    scenarios = [(name, study.loaded) for name, study in studies]
    return _kept(scenarios, out, telling, partial(comparison, studies))


def _kept(
    scenarios: Sequence[tuple[str, Loaded]],
    out: Path,
    telling: Telling,
    compared: Callable[[], Comparison],
) -> tuple[Comparison, Path]:
    first = scenarios[0][1].scenario
    manifest = _manifest(scenarios)
    name = study_name("compare", manifest, first.run.seed)
    with study_folder(out, first.name, name) as folder:
        found = compared()
        texts = {
            "comparison.json": comparison_json(found, telling.sentences(found)),
            "comparison.csv": comparison_csv(found),
        }
        finished = {"compare_id": name, "replications_finished": found.replications, **manifest}
        return found, folder.keep(texts, finished, partial(telling.report, found))


def _manifest(scenarios: Sequence[tuple[str, Loaded]]) -> dict[str, Any]:
    """Return all that a comparison depends on, ready for JSON; the first is the baseline."""
    run = scenarios[0][1].scenario.run
    return {
        "schema_version": SCHEMA_VERSION,
        "seed": run.seed,
        "replications": run.model_dump(mode="json")["replications"],
        "confidence": run.confidence,
        "streams": STREAMS,
        "versions": versions(),
        "scenarios": [_as_run(name, loaded, run) for name, loaded in scenarios],
    }


def _as_run(name: str, loaded: Loaded, first: Run) -> dict[str, Any]:
    """Return one of the scenarios, with the seed and the replications of the first."""
    shared = {"seed": first.seed, "replications": first.replications}
    run = loaded.scenario.run.model_copy(update=shared)
    loaded = replace(loaded, scenario=loaded.scenario.model_copy(update={"run": run}))
    return {
        "name": name,
        "content_sha256": content_hash(loaded),
        "data_files": dict(loaded.data_files),
        "scenario": resolved(loaded),
    }
