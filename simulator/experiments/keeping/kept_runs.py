"""A run that a folder keeps, opened again: what was planned, from its manifest alone.

Neither the scenario file nor its data files need be there: the manifest has the scenario with all
defaults, and of each trace what the plan needs to know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

from simulator.access.grants import access_of
from simulator.errors import DataFileError, Issue, ScenarioError
from simulator.explaining.job_story import Told
from simulator.loading.catalogue import default_roles
from simulator.loading.moments import moments
from simulator.model.quantities import priority_of
from simulator.model.references import dangling
from simulator.model.scenario import Scenario
from simulator.plan.arrivals import window_of
from simulator.plan.making import make_plan
from simulator.records.reading import read_records
from simulator.traces.rows import TraceRows, Traces

_AGAIN: Final = "run the scenario again"
_NO_RUNS: Final = frozenset({"advise", "compare", "size", "sweep"})
"""What the names of studies of many runs begin with, which stand beside the runs."""

_LONGEST_FAULT: Final = 200
"""Characters of what is wrong with a file of a run: the first of it will do."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The folder of a run, what it was of, and how many replications it has, counted from 1.

    `complete` is False where it was interrupted; `content_sha256` is the hash of the scenario and
    its data files, `versions` are those it was made with.
    """

    folder: Path
    replications: int
    scenario: Scenario
    traces: Traces
    run_id: str
    complete: bool
    data_files: Mapping[str, str]
    content_sha256: str
    versions: Mapping[str, str]

    def told(self, replication: int) -> Told:
        """Return one replication with all that it is told by.

        Raises:
            ScenarioError: there is no such replication.
            DataFileError: the records are missing, or cannot be read.
        """
        if not 1 <= replication <= self.replications:
            kept = f"1 to {self.replications}" if self.replications > 1 else "1 alone"
            message = f"there is no replication {replication}: the run has {kept}"
            raise ScenarioError([Issue((), message, "unknown-replication")])
        self.check_records()
        access = access_of(self.scenario, default_roles())
        plan = make_plan(self.scenario, access, {}, self.traces)
        records = read_records(self.folder, plan.legend, replication)
        return Told(self.scenario, access, plan, records)

    def check_records(self) -> None:
        """See that the records were kept.

        Raises:
            DataFileError: they were not.
        """
        if not (self.folder / "jobs.parquet").exists():
            raise DataFileError(
                f"{self.folder} has no jobs.parquet: the run was kept with --no-records, so "
                "nothing is known of single jobs; run it again without that"
            )


def open_run(folder: Path) -> KeptRun:
    """Open the folder of a run: `reports/<scenario>/<run-id>`, or the one above with one run alone.

    Raises:
        ScenarioError: it keeps what one account sees of a run, which tells too little; or several
            runs.
        DataFileError: there is no such folder, or it keeps no run that can be read.
    """
    folder = folder_of_run(folder)
    manifest = _manifest(folder)
    if "seen_by" in manifest:
        message = f"the run in {folder} is kept as {manifest['seen_by']!r} may see it"
        hint = "this takes the whole estate: run the scenario again without --as"
        raise ScenarioError([Issue((), message, "run-of-a-part", hint)])
    path = folder / "manifest.json"
    if "run_id" not in manifest:
        raise DataFileError(
            f"{path} is not that of a run; name the folder of one, reports/<scenario>/<run-id>"
        )
    try:
        run = _run(folder, manifest)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise DataFileError(
            f"{path} is none of this version ({in_short(error)}): {_AGAIN}"
        ) from error
    issues = [*dangling(run.scenario, default_roles()), *moments(run.scenario)]
    errors = [one for one in issues if one.severity == "error"]
    if errors:
        raise DataFileError(f"{path} does not fit together ({errors[0].message}): {_AGAIN}")
    return run


def in_short(error: Exception) -> str:
    """Return what is wrong with a file of a run, in a line."""
    return shorten(str(error), _LONGEST_FAULT, placeholder=" …")


def _run(folder: Path, manifest: Mapping[str, Any]) -> KeptRun:
    scenario = Scenario.model_validate(manifest["scenario"])
    return KeptRun(
        folder=folder,
        replications=int(manifest["replications_finished"]),
        scenario=scenario,
        traces=_traces(manifest, scenario),
        run_id=str(manifest["run_id"]),
        complete=bool(manifest["complete"]),
        data_files=dict(manifest["data_files"]),
        content_sha256=str(manifest["content_sha256"]),
        versions=dict(manifest["versions"]),
    )


def folder_of_run(folder: Path) -> Path:
    """Return the folder that has the manifest: this one, or the only run's below it.

    Raises:
        ScenarioError: several runs lie below it.
        DataFileError: there is no such folder, or none that has a manifest.
    """
    if (folder / "manifest.json").exists():
        return folder
    if not folder.is_dir():
        raise DataFileError(
            f"{folder} is no folder of a run; `simulator run` keeps them in "
            "reports/<scenario>/<run-id>"
        )
    found = sorted(path.parent for path in folder.glob("[!.]*/manifest.json"))
    below = [path for path in found if path.name.partition("-")[0] not in _NO_RUNS]
    if not below:
        raise DataFileError(f"{folder} keeps no run: it has no manifest.json")
    if len(below) > 1:
        message = f"{folder} keeps {len(below):,} runs: name one"
        raise ScenarioError([Issue((), message, "several-runs", f"such as {below[0]}")])
    return below[0]


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / "manifest.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataFileError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise DataFileError(f"{path} is no manifest of a run: {_AGAIN}")
    return content


def trace_facts(traces: Traces) -> dict[str, dict[str, Any]]:
    """Return what a manifest says of traces, by file, so that their plan can be made without them.

    `rows` of each lie in the run; `priorities` are those of all its rows.
    """
    return {
        name: {
            "rows": one.rows,
            "has_durations": one.has_durations,
            "priorities": list(one.priorities),
        }
        for name, one in traces.items()
    }


def _traces(manifest: Mapping[str, Any], scenario: Scenario) -> Traces:
    """Return the traces of a manifest, with no file behind them."""
    hashes, window = manifest["data_files"], window_of(scenario.time)
    return {
        name: TraceRows(
            name=name,
            path="",
            window=window,
            sha256=hashes[name],
            rows=int(facts["rows"]),
            has_durations=bool(facts["has_durations"]),
            priorities=tuple(map(priority_of, facts["priorities"])),
        )
        for name, facts in manifest["traces"].items()
    }
