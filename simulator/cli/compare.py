"""`simulator compare`: what a variant changes, with its interval."""

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
    Workers,
)
from simulator.cli.scenarios import at_work, tell_cautions, tell_failures, tell_warnings
from simulator.cli.streams import aside, result, tables
from simulator.escaping import escaped
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.experiments.comparing.compare import Comparison
    from simulator.loading import Loaded

Others = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VARIANT",
        help="Variants of the scenario, by default all of them; or other scenario files.",
    ),
]
Check = Annotated[
    bool,
    typer.Option(
        "--check", help="Exit with 1 when any but the first misses a target or leaves it undecided."
    ),
]


def compare(  # noqa: PLR0913 - one parameter an option
    file: File,
    others: Others = None,
    *,
    overrides: Overrides = None,
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
    """Run a scenario and its variants, or several files, on common random numbers.

    Each is compared with the first, replication by replication, so that what differs is what was
    changed and not luck. Seed and replications are those of the first. Equal comparisons give equal
    bytes.

    \b
    Writes into OUT/<scenario>/compare-<digits>-s<seed>:
      report.html, comparison.json, comparison.csv, manifest.json, page.json

    \b
    Exit codes:
      1  with --check: one other than the first misses a target or leaves it undecided;
         with --strict: figures are doubtful
      4  a self-check fails: do not rely on the figures

    \b
    Examples:
      simulator compare estate.yaml
      simulator compare estate.yaml third-host more-robots
      simulator compare today.yaml tomorrow.yaml
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
            from simulator.experiments.comparing.variants import scenarios_to_compare  # noqa: PLC0415 - slow
            from simulator.experiments.study import resolved_run  # noqa: PLC0415 - slow to import

        (name, first), *rest = scenarios_to_compare(file, others or (), overrides or ())
        warned = [first, *(loaded for _, loaded in rest)]
        tell_warnings(warned, quiet=quiet, strict=strict)
        first = resolved_run(first, seed=seed, replications=replications)
        found, folder = _compared([(name, first), *rest], out, workers, cluster, quiet=quiet)
        failures = tell_failures(found.checks)
        doubts = tell_cautions(found.cautions, quiet=quiet, strict=strict)
        _show(found, folder, as_json=as_json, quiet=quiet)
        code = max(_checked(found) if check else 0, doubts)
        raise typer.Exit(ExitCode.INTERNAL_ERROR if failures else code)


def _compared(
    scenarios: Sequence[tuple[str, Loaded]],
    out: Path,
    workers: int | None,
    cluster: str | None,
    *,
    quiet: bool,
) -> tuple[Comparison, Path]:
    with interrupts_held():
        from simulator.experiments.comparing.keeping import Telling, compare_and_keep  # noqa: PLC0415 - slow
        from simulator.report.comparing.page import write_comparison  # noqa: PLC0415 - slow to import
        from simulator.report.comparing.sentences import sentences  # noqa: PLC0415 - slow to import

    replications = scenarios[0][1].scenario.run.most_replications
    with at_work(workers, cluster, replications, quiet=quiet) as (hands, progress):
        return compare_and_keep(
            scenarios,
            out=out,
            telling=Telling(sentences, write_comparison),
            workforce=hands,
            progress=progress,
        )


def _show(found: Comparison, folder: Path, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        result((folder / "comparison.json").read_text(encoding="utf-8"))
    elif not quiet:
        from simulator.report.comparing.console import comparison_table  # noqa: PLC0415 - slow to import

        tables(comparison_table(found))
        result(f"Report: {folder / 'report.html'}")


def _checked(found: Comparison) -> int:
    """Return the exit code of --check, and tell which targets a variant does not meet.

    The first scenario is what is to be changed, and may miss them.
    """
    from simulator.report.promises import told  # noqa: PLC0415 - slow to import

    verdicts = {name: found.targets.get(name, ()) for name in found.variants[1:]}
    if not any(verdicts.values()):
        aside("--check: no variant has targets, so there is nothing to check")
    open_ones = [
        (name, one) for name, every in verdicts.items() for one in every if one.outcome != "met"
    ]
    for name, one in open_ones:
        aside(escaped(f"target {one.outcome} in {name}: {told(one)}"))
    return ExitCode.TARGET_NOT_MET if open_ones else 0
