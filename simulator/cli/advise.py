"""`simulator advise`: what pooling, dedicating, reserving or moving would do to whose waits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

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
from simulator.cli.streams import result, tables
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.experiments.advising.advice import Advice
    from simulator.experiments.advising.question import Question

LONGEST_WINDOW_H: Final = 12

Window = Annotated[
    str,
    typer.Option(
        "--window",
        metavar="DURATION",
        help="How far a time trigger may be moved, either way, in steps of 15 minutes; 0s: not.",
    ),
]


def advise(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    overrides: Overrides = None,
    variant: Variant = None,
    window: Window = "1h",
    seed: Seed = None,
    replications: Replications = None,
    workers: Workers = None,
    cluster: Cluster = None,
    out: Out = Path("reports"),
    strict: StrictRun = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Try other ways of sharing the same fleet, and tell which folders gain and which pay.

    Machines that folders share are cut in one for each, or left to one; folders pool machines they
    do not share yet; slots are reserved for short jobs; time triggers are moved. Each alternative
    runs beside the scenario as it is, on common random numbers, and comes with the --set that
    applies it.

    \b
    Writes into OUT/<scenario>/advise-<digits>-s<seed>:
      report.html, advice.json, advice.csv, manifest.json, page.json

    \b
    Exit codes:
      1  with --strict: figures are doubtful
      4  a self-check fails: do not rely on the figures

    \b
    Examples:
      simulator advise estate.yaml
      simulator advise estate.yaml --window 2h --replications 50
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        window_s = _window_s(window)
        with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
            from simulator.experiments.advising.question import question_of  # noqa: PLC0415 - slow
            from simulator.loading import open_scenario  # noqa: PLC0415 - slow to import

        question = question_of(
            open_scenario(file),
            overrides=overrides or (),
            variant=variant,
            seed=seed,
            replications=replications,
            window_s=window_s,
        )
        tell_warnings([question.loaded], quiet=quiet, strict=strict)
        advice, folder = _advised(question, out, workers, cluster, quiet=quiet)
        failures = tell_failures(advice.checks)
        doubts = tell_cautions(advice.cautions, quiet=quiet, strict=strict)
        _show(advice, folder, as_json=as_json, quiet=quiet)
        raise typer.Exit(ExitCode.INTERNAL_ERROR if failures else doubts)


def _window_s(window: str) -> float:
    """Return the window in seconds.

    Raises:
        typer.BadParameter: it is no duration, or longer than a trigger could be moved.
    """
    from simulator.units import HOUR_S, parse_duration  # noqa: PLC0415 - slow to import

    try:
        seconds = parse_duration(window)
    except ValueError as error:
        raise typer.BadParameter(f"--window: {error}") from None
    if seconds > LONGEST_WINDOW_H * HOUR_S:
        raise typer.BadParameter(
            f"--window: {window} is too far: at most {LONGEST_WINDOW_H}h, since no firing is moved "
            "to another day"
        )
    return seconds


def _advised(
    question: Question, out: Path, workers: int | None, cluster: str | None, *, quiet: bool
) -> tuple[Advice, Path]:
    with interrupts_held():
        from simulator.experiments.advising.keeping import advise_and_keep  # noqa: PLC0415 - slow
        from simulator.report.advising.page import write_advice_report  # noqa: PLC0415 - slow

    replications = question.loaded.scenario.run.most_replications
    with at_work(workers, cluster, replications, quiet=quiet) as (hands, progress):
        return advise_and_keep(
            question, out=out, report=write_advice_report, workforce=hands, progress=progress
        )


def _show(advice: Advice, folder: Path, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        from simulator.experiments.advising.tidy import advice_json  # noqa: PLC0415 - slow

        result(advice_json(advice))
    elif not quiet:
        from simulator.report.advising.console import advice_table  # noqa: PLC0415 - slow to import

        tables(advice_table(advice))
        result(f"Report: {folder / 'report.html'}")
