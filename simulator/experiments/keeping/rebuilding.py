"""A study out of the folder of its run: measured again from the records, nothing is simulated.

One replication is in memory at a time, as when they were run one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from simulator.access.grants import access_of
from simulator.errors import DataFileError
from simulator.experiments.audience import audience_of
from simulator.experiments.keeping.beforehand import Beforehand, read_beforehand
from simulator.experiments.keeping.identity import content_hash
from simulator.experiments.keeping.kept_runs import KeptRun
from simulator.experiments.long_run import long_run_with
from simulator.experiments.prepared import Prepared, prepared
from simulator.experiments.study import Study, study_of
from simulator.loading import Loaded
from simulator.loading.catalogue import default_roles
from simulator.measurement import Figures
from simulator.plan.making import make_plan
from simulator.records.reading import read_records

Progress = Callable[[int, int], None]
"""Takes how many replications are measured, and of how many."""


def rebuilt_study(run: KeptRun, *, progress: Progress = lambda _done, _of: None) -> Study:
    """Return the study that was made when a run was kept, of its files alone.

    Its tables come from the run's folder, `kept_in`. `loaded` lacks the data files, without which a
    scenario that reads some cannot be run again, and says nothing of its own file.

    Raises:
        DataFileError: the run has no records or no replication, one of its files is missing, cannot
            be read, or was changed.
    """
    if run.replications < 1:
        raise DataFileError(
            f"{run.folder} has no replication: the run was interrupted before one was finished; "
            "run the scenario again"
        )
    run.check_records()
    begun = _prepared(run, read_beforehand(run.folder))
    figures = list[Figures]()
    for measured in _measured(run, begun):
        figures.append(measured)
        progress(len(figures), run.replications)
    study = study_of(begun, tuple(figures), complete=run.complete)
    return replace(study, kept_in=run.folder, versions=run.versions)


def _prepared(run: KeptRun, known: Beforehand) -> Prepared:
    loaded = _loaded(run, known)
    if content_hash(loaded) != run.content_sha256:
        raise DataFileError(
            f"{run.folder / 'manifest.json'} was changed, or is of another version: its scenario "
            "is not the one that was run; run the scenario again"
        )
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    told = replace(
        audience_of(loaded, plan.legend, None),
        long_run=long_run_with(loaded.scenario, known.growing),
        warm_up=known.warm_up,
    )
    return prepared(told, plan, run.run_id)


def _loaded(run: KeptRun, known: Beforehand) -> Loaded:
    """Return a scenario as it was loaded for its run, without the data files behind it."""
    return Loaded(
        scenario=run.scenario,
        access=access_of(run.scenario, default_roles()),
        columns={},
        data_files=run.data_files,
        warnings=known.warnings,
        variants=tuple(run.scenario.variants),
        traces=run.traces,
    )


def _measured(run: KeptRun, begun: Prepared) -> Iterator[Figures]:
    for replication in range(1, run.replications + 1):
        records = read_records(run.folder, begun.told.legend, replication)
        if records.readings is None:
            raise DataFileError(
                f"{run.folder} has no readings of replication {replication}: it was kept by an "
                "older version, or its files are not whole; run the scenario again"
            )
        yield begun.work.measured(records).figures
