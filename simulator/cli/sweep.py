"""`simulator sweep`: a scenario at many points, to a table and a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.exits import ExitCode, exit_codes
from simulator.cli.options import (
    Cluster,
    Debug,
    File,
    Json,
    Out,
    Overrides,
    Quiet,
    Replications,
    Seed,
    StrictRun,
    Variant,
    Workers,
)
from simulator.cli.scenarios import at_work, tell_cautions, tell_failed, tell_issues
from simulator.cli.streams import aside, named_progress_bar, result, tables
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.experiments.sweeping.preparing import Prepared
    from simulator.experiments.sweeping.question import Question
    from simulator.experiments.sweeping.sweep import Sweep

Vary = Annotated[
    list[str],
    typer.Option(
        "--vary",
        metavar="PATH=VALUES",
        help="What to vary, and over what: 1..8, 5m..20m..5m in steps, or values parted by commas; "
        "may be given several times.",
    ),
]
DesignOption = Annotated[
    Literal["grid", "latin", "sobol"],
    typer.Option("--design", help="All combinations, or points that fill the ranges evenly."),
]
Points = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", min=1, help="How many points a latin or sobol design has."),
]
Check = Annotated[
    bool, typer.Option("--check", help="Exit with 1 when all targets are met at no point.")
]


def sweep(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    vary: Vary,
    design: DesignOption = "grid",
    points: Points = None,
    overrides: Overrides = None,
    variant: Variant = None,
    seed: Seed = None,
    replications: Replications = None,
    workers: Workers = None,
    cluster: Cluster = None,
    out: Out = Path("reports"),
    check: Check = False,
    strict: StrictRun = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Run a scenario at many points, and tell where its targets are met.

    All points are checked before the first is run, and run on the same random numbers. Each is kept
    as soon as it is done: a sweep that was interrupted goes on where it stopped when the same
    command is given again.

    \b
    Writes into OUT/<scenario>/sweep-<digits>-s<seed>:
      report.html, sweep.json, sweep.csv with every figure of every point, manifest.json,
      page.json

    \b
    Exit codes:
      1  with --check: at no point are all targets met; with --strict: figures are doubtful
      4  a self-check fails: do not rely on the figures

    \b
    Examples:
      simulator sweep estate.yaml --vary machines.shared-vm.hosts=1..4
      simulator sweep estate.yaml --vary dispatch.order=oldest,random --replications 10
      simulator sweep estate.yaml --vary folders.HR.processes.onboard.duration=5m..20m \\
        --vary machines.shared-vm.hosts=1..9 --design latin --points 6
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
            from simulator.experiments.sweeping.question import Question  # noqa: PLC0415 - slow

        given = tuple(overrides or ())
        question = Question(tuple(vary), design, points, given, variant, seed, replications)
        prepared = _prepared(file, question, quiet=quiet)
        tell_issues(prepared.warnings, quiet=quiet, strict=strict)
        found = _swept(prepared, out, workers, cluster, quiet=quiet)
        failures = tell_failed(found.failures())
        doubts = tell_cautions(found.cautions(), quiet=quiet, strict=strict)
        _show(found, as_json=as_json, quiet=quiet)
        code = max(_checked(found) if check else 0, doubts)
        raise typer.Exit(ExitCode.INTERNAL_ERROR if failures else code)


def _prepared(file: str, question: Question, *, quiet: bool) -> Prepared:
    with interrupts_held():
        from simulator.experiments.sweeping.preparing import prepare  # noqa: PLC0415 - slow to import
        from simulator.loading import open_scenario  # noqa: PLC0415 - slow to import

    with named_progress_bar(hidden=quiet) as (move, rename):
        rename("points checked")
        return prepare(open_scenario(file), question, move)


def _swept(
    prepared: Prepared, out: Path, workers: int | None, cluster: str | None, *, quiet: bool
) -> Sweep:
    with interrupts_held():
        from simulator.experiments.sweeping.running import run_sweep  # noqa: PLC0415 - slow to import
        from simulator.report.sweeping.page import write_sweep_report  # noqa: PLC0415 - slow to import

    replications = max(one.replications for one in prepared.checked)
    with at_work(workers, cluster, replications, quiet=quiet) as (hands, progress):
        return run_sweep(
            prepared, out=out, report=write_sweep_report, workforce=hands, progress=progress
        )


def _show(found: Sweep, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        from simulator.experiments.sweeping.sweep_json import sweep_json  # noqa: PLC0415 - slow

        result(sweep_json(found))
    elif not quiet:
        from simulator.report.sweeping.table import sweep_table  # noqa: PLC0415 - slow to import

        tables(sweep_table(found))
        result(f"Report: {found.folder}/report.html")


def _checked(found: Sweep) -> int:
    """Return the exit code of --check, and tell why it is not 0."""
    if not found.has_targets:
        aside("--check: the scenario has no targets, so there is nothing to check")
        return 0
    if found.meeting_all():
        return 0
    aside("--check: at no point are all targets met")
    return ExitCode.TARGET_NOT_MET
