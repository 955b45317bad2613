"""What a notebook or a script calls: run, compare, open what is kept, ask for rights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from simulator.access.sight import sight_of
from simulator.audit.rights import Rights, rights_of
from simulator.experiments.comparing.compare import compare_scenarios
from simulator.experiments.comparing.variants import scenarios_to_compare
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.keeping.kept_runs import open_run as open_kept
from simulator.experiments.keeping.rebuilding import rebuilt_study
from simulator.experiments.study import Progress, resolved_run, run_study
from simulator.loading import Loaded, load
from simulator.notebook.failures import warn_of_checks
from simulator.notebook.results import ComparisonResult, StudyResult
from simulator.notebook.showing import shown_as


def run(  # noqa: PLR0913 - each is the caller's to choose, by name
    scenario: str | Path | Loaded,
    *,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    seen_by: str | None = None,
    seed: int | None = None,
    replications: int | None = None,
    workers: int = 1,
    cluster: str | None = None,
    records: bool = True,
    progress: Progress = lambda _done, _of: None,
) -> StudyResult:
    """Run a scenario: a file, or what `load` returned.

    `overrides` are texts such as `machines.shared-vm.hosts=3`; they and `variant` are for files.
    `seen_by` names one account: the study is of what it sees. `seed` and `replications` default to
    the scenario's. Without `records` the jobs themselves are forgotten once measured, which keeps
    long studies small. With several `workers`, a script needs the `__main__` guard that Python's
    `multiprocessing` asks for; `cluster` is the address of a Dask scheduler, whose workers do the
    work instead.

    Warns of each self-check of the study that fails (`checks`, a `RuntimeWarning`): then none of
    its figures can be relied on.

    Returns:
        The study, which a notebook shows: `plot()` draws it; `summary_frame()`, `jobs()`,
        `table(name)`, `blame_frame()` and the like are DataFrames.

    Raises:
        ScenarioError: the scenario is not valid, or `seen_by` is nobody who sees a folder's jobs.
        DataFileError: a file is missing or cannot be read.
        ClusterError: the cluster cannot be used.
        RunInterrupted: Ctrl-C came while the warm-up was looked for.
        ValueError: overrides or a variant for a scenario that is loaded already.
    """
    loaded = _loaded(scenario, overrides, variant)
    with workforce_of(workers, cluster=cluster) as workforce:
        study = run_study(
            loaded,
            sight=None if seen_by is None else sight_of(loaded.access, seen_by),
            seed=seed,
            replications=replications,
            workforce=workforce,
            in_memory=records,
            progress=progress,
        )
    warn_of_checks(study.checks)
    return shown_as(StudyResult, study)


def _loaded(scenario: str | Path | Loaded, overrides: Sequence[str], variant: str | None) -> Loaded:
    if not isinstance(scenario, Loaded):
        return load(scenario, overrides=overrides, variant=variant)
    if overrides or variant is not None:
        raise ValueError("give overrides and variant to `load`: this scenario is loaded already")
    return scenario


def open_run(folder: str | Path) -> StudyResult:
    """Return the study of a run that a folder keeps, `reports/<scenario>/<run-id>`.

    Nothing is run again: the figures are measured anew from the run's files, and its tables come
    from these. It needs neither the scenario's file nor its data files.

    Warns of each self-check that fails, as `run` does.

    Returns:
        The study, as `run` returned it.

    Raises:
        ScenarioError: it keeps what one account sees of a run, which is too little; or several
            runs.
        DataFileError: there is no such folder, it keeps no records of a run, or a file is missing
            or cannot be read.
    """
    study = rebuilt_study(open_kept(Path(folder)))
    warn_of_checks(study.checks)
    return shown_as(StudyResult, study)


def compare(
    scenario: str | Path,
    *others: str | Path,
    overrides: Sequence[str] = (),
    seed: int | None = None,
    replications: int | None = None,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> ComparisonResult:
    """Compare a scenario file with variants of it (by default all), or with other files.

    All run on the same random numbers, with the seed and replications of the first. `workers` and
    `cluster` are those of `run`.

    Returns:
        The comparison, which a notebook shows: `plot()` draws it, `frame()` is a DataFrame,
        `find(scope, name, measure)` one row; `rights` and `admissions` tell by variant who may do
        what now, and what is admitted.

    Raises:
        ScenarioError: a scenario is not valid, or there is nothing to compare with.
        DataFileError: a file is missing or cannot be read.
        ClusterError: the cluster cannot be used.
        RunInterrupted: Ctrl-C came before all were done.
    """
    (name, first), *rest = scenarios_to_compare(scenario, others, overrides)
    first = resolved_run(first, seed=seed, replications=replications)
    with workforce_of(workers, cluster=cluster) as workforce:
        found = compare_scenarios([(name, first), *rest], workforce=workforce, progress=progress)
    warn_of_checks(chain.from_iterable(found.checks.values()))
    return shown_as(ComparisonResult, found)


def rights(
    scenario: str | Path | Loaded,
    *,
    who: str | None = None,
    folder: str | None = None,
    overrides: Sequence[str] = (),
    variant: str | None = None,
) -> Rights:
    """Return who may do what with which process of a scenario, and where it would run.

    `who` is an account, a counted one or a group, `folder` a path without its subfolders: only they
    are asked about. Nothing is run.

    Returns:
        The rights: `frame()` is a DataFrame, `waits_behind` who waits behind whose jobs.

    Raises:
        ScenarioError: the scenario is not valid, or nobody, or no folder, is called so.
        DataFileError: a file is missing or cannot be read.
        ValueError: overrides or a variant for a scenario that is loaded already.
    """
    return rights_of(_loaded(scenario, overrides, variant), who=who, folder=folder)
