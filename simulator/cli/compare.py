"""`simulator compare`: what a variant changes, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import ExitCode, exit_codes
from simulator.cli.options import (
    Debug,
    Json,
    Overrides,
    Quiet,
    Replications,
    Seed,
    StrictRun,
    VariantFile,
    Workers,
)
from simulator.cli.scenarios import hired, tell_cautions, tell_failures, tell_warnings
from simulator.cli.streams import progress_bar, result, tables
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


def compare(  # noqa: PLR0913 - one parameter an option
    file: VariantFile,
    others: Others = None,
    *,
    overrides: Overrides = None,
    seed: Seed = None,
    replications: Replications = None,
    workers: Workers = None,
    strict: StrictRun = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Run a scenario and its variants, or several files, on common random numbers.

    Each is compared with the first, replication by replication, so that what differs is what was
    changed and not luck. Seed and replications are those of the first.

    \b
    Examples:
      simulator compare estate.yaml
      simulator compare estate.yaml third-host revoke
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
        scenarios = [(name, first), *rest]
        found = _compared(scenarios, workers, quiet=quiet)
        failures = tell_failures(found.checks)
        doubts = tell_cautions(found.cautions, quiet=quiet, strict=strict)
        _show(found, as_json=as_json, quiet=quiet)
        raise typer.Exit(ExitCode.INTERNAL_ERROR if failures else doubts)


def _compared(
    scenarios: Sequence[tuple[str, Loaded]], workers: int | None, *, quiet: bool
) -> Comparison:
    with interrupts_held():
        from simulator.experiments.comparing.compare import compare_scenarios  # noqa: PLC0415 - slow

    replications = scenarios[0][1].scenario.run.most_replications
    with progress_bar(hidden=quiet) as progress, hired(workers, replications, quiet=quiet) as hands:
        return compare_scenarios(scenarios, workforce=hands, progress=progress)


def _show(found: Comparison, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        from simulator.experiments.tidy import comparison_json  # noqa: PLC0415 - slow to import
        from simulator.report.consequences import consequences  # noqa: PLC0415 - slow to import

        result(comparison_json(found, consequences(found)))
    elif not quiet:
        from simulator.report.comparison import comparison_table  # noqa: PLC0415 - slow to import

        tables(comparison_table(found))
