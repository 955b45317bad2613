"""What commands that run scenarios have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from simulator.cli.exits import ExitCode
from simulator.cli.streams import Move, aside, progress_bar
from simulator.errors import Issue, ScenarioError
from simulator.escaping import escaped
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.experiments.checks import StudyCheck
    from simulator.experiments.executing.workforce import Workforce
    from simulator.loading import Loaded


def loaded_and_told(
    file: str,
    overrides: Sequence[str] | None,
    variant: str | None,
    *,
    quiet: bool,
    strict: bool,
    check_variants: bool = True,
) -> Loaded:
    """Load a scenario, and tell on standard error what looks doubtful in it, unless `quiet`.

    Without `check_variants`, what its other variants come to is not looked at.

    Raises:
        ScenarioError: it is not valid; or something looks doubtful, and `strict` forbids it.
        DataFileError: the file, or one that it names, is missing or cannot be read.
    """
    with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
        from simulator.loading import load  # noqa: PLC0415 - slow to import

    loaded = load(file, overrides=overrides or (), variant=variant, check_variants=check_variants)
    tell_warnings([loaded], quiet=quiet, strict=strict)
    return loaded


def tell_warnings(scenarios: Sequence[Loaded], *, quiet: bool, strict: bool = False) -> None:
    """Tell on standard error what looks doubtful in scenarios, each thing once, unless `quiet`.

    Raises:
        ScenarioError: something does, and `strict` takes it for an error.
    """
    tell_issues(_warnings(scenarios), quiet=quiet, strict=strict)


def tell_issues(warnings: Sequence[Issue], *, quiet: bool, strict: bool) -> None:
    """Tell on standard error what looks doubtful, unless `quiet`.

    Raises:
        ScenarioError: something does, and `strict` takes it for an error.
    """
    from simulator.loading import render  # noqa: PLC0415 - slow to import

    if strict and warnings:
        raise ScenarioError([replace(warning, severity="error") for warning in warnings])
    for warning in () if quiet else warnings:
        aside(render(warning))


def _warnings(scenarios: Sequence[Loaded]) -> list[Issue]:
    """Return the warnings of scenarios; what several of them say alike once."""
    told: dict[Issue, Issue] = {}
    for loaded in scenarios:
        for warning in loaded.warnings:
            told.setdefault(replace(warning, variant=""), warning)
    return list(told.values())


def tell_cautions(cautions: Sequence[str], *, quiet: bool, strict: bool) -> int:
    """Tell on standard error what makes figures doubtful, unless `quiet`; return the exit code.

    With `strict` it is told in any case, and is not taken for success.
    """
    if strict or not quiet:
        for caution in cautions:
            aside(escaped(f"warning: {caution}"))
    return ExitCode.DOUBTFUL if strict and cautions else 0


def tell_failures(checks: Mapping[str, Sequence[StudyCheck]]) -> int:
    """Tell on standard error which self-checks fail, even under --quiet; return how many.

    checks: by the name of a variant, empty where there is but one.
    """
    from simulator.experiments.checks import failed_of, failure  # noqa: PLC0415 - slow to import

    return tell_failed(
        [
            f"{f'{variant}: ' if variant else ''}{failure(check)}"
            for variant, found in checks.items()
            for check in failed_of(found)
        ]
    )


def tell_failed(failures: Sequence[str]) -> int:
    """Tell on standard error which self-checks fail, a sentence each; return how many."""
    for failed in failures:
        aside(escaped(f"self-check failed: {failed}"))
    if failures:
        aside("do not rely on these figures: this is a fault of the simulator, please report it")
    return len(failures)


@contextmanager
def at_work(
    workers: int | None, cluster: str | None, replications: int, *, quiet: bool
) -> Iterator[tuple[Workforce, Move]]:
    """Give the workers asked for, as `hired` does, and what moves a bar that shows their progress.

    Raises:
        typer.BadParameter, ClusterError: as `hired` does.
    """
    with (
        progress_bar(hidden=quiet) as progress,
        hired(workers, replications, quiet=quiet, cluster=cluster) as hands,
    ):
        yield hands, progress


@contextmanager
def hired(
    asked: int | None, replications: int, *, quiet: bool, cluster: str | None = None
) -> Iterator[Workforce]:
    """Give the workers asked for, by default one a processor; none has nothing to do.

    With a cluster, an address, they are its workers. Unless `quiet`, it is told on standard error
    when one dies.

    Raises:
        typer.BadParameter: both workers and a cluster are asked for.
        ClusterError: the cluster cannot be used.
    """
    if asked is not None and cluster is not None:
        raise typer.BadParameter(
            "--workers (SIMULATOR_WORKERS) are of this machine: leave it out, or --cluster "
            "(SIMULATOR_CLUSTER)"
        )
    with interrupts_held():
        from simulator.experiments.executing.opening import workforce_of  # noqa: PLC0415 - slow
        from simulator.experiments.executing.workforce import (  # noqa: PLC0415 - slow to import
            processor_count,
            unheard,
        )

    count = min(asked or processor_count(), replications)
    with workforce_of(count, unheard if quiet else aside, cluster) as workforce:
        yield workforce
