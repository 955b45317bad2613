"""`simulator run`: how long jobs stay Pending, who is refused, how busy everything is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from simulator.cli.scenarios import at_work, tell_cautions, tell_failures, tell_warnings
from simulator.cli.streams import aside, result, tables
from simulator.escaping import escaped
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.experiments.keeping.publishing import Kept
    from simulator.experiments.study import Study
    from simulator.loading import Loaded

Check = Annotated[
    bool, typer.Option("--check", help="Exit with 1 when a target is missed or undecided.")
]
WithRecords = Annotated[
    bool,
    typer.Option(
        "--records/--no-records",
        help="Keep every job and every held slot as Parquet tables beside the report.",
    ),
]

SeenBy = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="WHO",
        help="Tell and keep only what this account may see: the folders where it has Jobs.View.",
    ),
]


def run(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    overrides: Overrides = None,
    variant: Variant = None,
    seen_by: SeenBy = None,
    seed: Seed = None,
    replications: Replications = None,
    workers: Workers = None,
    cluster: Cluster = None,
    out: Out = Path("reports"),
    with_records: WithRecords = True,
    check: Check = False,
    strict: StrictRun = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Run a scenario, print its figures, and keep them with a report.

    Equal runs give equal bytes. With --as everything is run, and nothing is told of what that
    account may not see, but that slots were held.

    \b
    Writes into OUT/<scenario>/<run-id>:
      report.html                the report, one file for any browser
      summary.csv, summary.json  every measure with its interval
      *.parquet                  every job and every held slot, unless --no-records
      manifest.json              seed, versions, hashes: what it takes to have it again
      beforehand.json            what `simulator report` needs besides; without records page.json

    \b
    Exit codes:
      1  with --check: a target is missed or undecided; with --strict: figures are doubtful
      4  a self-check fails: do not rely on the figures

    \b
    Examples:
      simulator run estate.yaml
      simulator run estate.yaml --set machines.shared-vm.hosts=3 --replications 50
      simulator run estate.yaml --variant third-host --check --quiet
      simulator run estate.yaml --as anna
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        if strict and seen_by is not None:
            raise typer.BadParameter("--strict tells of the whole file: leave it out, or --as")
        loaded = _loaded(file, overrides, variant, seed, replications)
        tell_warnings([loaded], quiet=quiet or seen_by is not None, strict=strict)
        kept = _run(loaded, seen_by, out, workers, cluster, with_records=with_records, quiet=quiet)
        _conclude(kept, check=check, strict=strict, as_json=as_json, quiet=quiet)


def _loaded(
    file: str,
    overrides: Sequence[str] | None,
    variant: str | None,
    seed: int | None,
    replications: int | None,
) -> Loaded:
    with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
        from simulator.experiments.study import resolved_run  # noqa: PLC0415 - slow to import
        from simulator.loading import load  # noqa: PLC0415 - slow to import

    loaded = load(file, overrides=overrides or (), variant=variant)
    return resolved_run(loaded, seed=seed, replications=replications)


def _run(
    loaded: Loaded,
    seen_by: str | None,
    out: Path,
    workers: int | None,
    cluster: str | None,
    *,
    with_records: bool,
    quiet: bool,
) -> Kept:
    with interrupts_held():
        from simulator.access.sight import sight_of  # noqa: PLC0415 - slow to import
        from simulator.experiments.keeping.publishing import run_and_keep  # noqa: PLC0415 - slow to import
        from simulator.report.rendering.kept_page import keep_report  # noqa: PLC0415 - slow to import
        from simulator.report.rendering.page_html import write_report  # noqa: PLC0415 - likewise

    replications = loaded.scenario.run.most_replications
    with at_work(workers, cluster, replications, quiet=quiet) as (hands, progress):
        return run_and_keep(
            loaded,
            out=out,
            report=write_report if with_records and seen_by is None else keep_report,
            sight=None if seen_by is None else sight_of(loaded.access, seen_by),
            workforce=hands,
            with_records=with_records,
            progress=progress,
        )


def _conclude(kept: Kept, *, check: bool, strict: bool, as_json: bool, quiet: bool) -> None:
    """Tell what was found, and end with the code that says so."""
    failures = tell_failures({"": kept.study.checks})
    if not kept.study.complete:
        _tell_interrupted(kept)
        raise typer.Exit(ExitCode.INTERRUPTED)
    doubts = tell_cautions(kept.study.cautions, quiet=quiet, strict=strict)
    _show(kept, as_json=as_json, quiet=quiet)
    code = max(_checked(kept.study) if check else 0, doubts)
    raise typer.Exit(ExitCode.INTERNAL_ERROR if failures else code)


def _tell_interrupted(kept: Kept) -> None:
    asked = kept.study.loaded.scenario.run.most_replications
    finished = kept.study.replications or "none"
    aside(f"interrupted: {finished} of {asked} replications finished, kept in {kept.folder}")


def _show(kept: Kept, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        from simulator.experiments.tidy import study_json  # noqa: PLC0415 - slow to import

        result(study_json(kept.study))
    elif not quiet:
        from simulator.report.running.console import run_table  # noqa: PLC0415 - slow to import

        tables(run_table(kept.study))
        result(f"Report: {kept.folder / 'report.html'}")


def _checked(study: Study) -> int:
    """Return the exit code of --check, and tell which targets are not met."""
    from simulator.report.promises import told  # noqa: PLC0415 - slow to import

    if not study.verdicts:
        none = "the scenario has no targets" if study.viewer is None else "no target is in sight"
        aside(f"--check: {none}, so there is nothing to check")
    open_ones = [one for one in study.verdicts if one.outcome != "met"]
    for one in open_ones:
        aside(escaped(f"target {one.outcome}: {told(one)}"))
    return ExitCode.TARGET_NOT_MET if open_ones else 0
