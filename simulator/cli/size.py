"""`simulator size`: the cheapest fleet that meets the targets, and the proof that it is."""

from __future__ import annotations

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
    Seed,
    StrictRun,
    Variant,
    Workers,
)
from simulator.cli.scenarios import hired, tell_cautions, tell_failures, tell_warnings
from simulator.cli.streams import aside, named_progress_bar, result, tables
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.limits import MOST_REPLICATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.experiments.sizing.keeping import Sized
    from simulator.experiments.sizing.question import Question
    from simulator.experiments.sizing.sizing import Sizing

Vary = Annotated[
    list[str],
    typer.Option(
        "--vary",
        metavar="PATH=FROM..TO",
        help="What the fleet has more or less of, and how many; may be given several times.",
    ),
]
AtMost = Annotated[
    int,
    typer.Option(
        metavar="NUMBER",
        min=10,
        max=MOST_REPLICATIONS,
        help="How many replications a fleet may have until it is decided.",
    ),
]
MoreNeverHurts = Annotated[
    bool,
    typer.Option(
        "--more-never-hurts",
        help="Take every fleet without more of anything than one that misses to miss as well.",
    ),
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Exit with 1 when no fleet was found, or it is not proven."),
]


def size(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    vary: Vary,
    overrides: Overrides = None,
    variant: Variant = None,
    seed: Seed = None,
    at_most: AtMost = 500,
    more_never_hurts: MoreNeverHurts = False,
    workers: Workers = None,
    cluster: Cluster = None,
    out: Out = Path("reports"),
    check: Check = False,
    strict: StrictRun = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Find the cheapest fleet that meets all targets, and tell how sure that is.

    Of several quantities each needs its cost, in the scenario's `costs`. Every cheaper fleet is
    simulated or ruled out by its load: that more never hurts is not taken for granted, unless
    --more-never-hurts says so.

    \b
    Writes into OUT/<scenario>/size-<digits>-s<seed>:
      report.html, size.json with the proof, size.csv, manifest.json, page.json

    \b
    Exit codes:
      1  with --check: no fleet was found, or it is not proven; with --strict: figures are doubtful
      4  a self-check fails: do not rely on the figures

    \b
    Examples:
      simulator size estate.yaml --vary machines.shared-vm.hosts=1..4
      simulator size estate.yaml --vary machines.shared-vm.hosts=1..3 \\
        --vary machines.hr-vm.slots=1..2
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
            from simulator.experiments.sizing.question import question_of  # noqa: PLC0415 - slow
            from simulator.experiments.varying.quantities import quantities_of  # noqa: PLC0415 - slow
            from simulator.loading import open_scenario  # noqa: PLC0415 - slow to import

        question = question_of(
            open_scenario(file),
            quantities_of(vary),
            overrides=overrides or (),
            variant=variant,
            seed=seed,
            at_most=at_most,
            more_never_hurts=more_never_hurts,
        )
        tell_warnings([question.loaded(question.most)], quiet=quiet, strict=strict)
        found, folder = _sized(question, out, workers, cluster, quiet=quiet)
        failures = tell_failures({"": found.sizing.checks})
        doubts = tell_cautions(found.sizing.cautions, quiet=quiet, strict=strict)
        _show(found, folder, as_json=as_json, quiet=quiet)
        code = max(_checked(found.sizing) if check else 0, doubts)
        raise typer.Exit(ExitCode.INTERNAL_ERROR if failures else code)


def _sized(
    question: Question,
    out: Path,
    workers: int | None,
    cluster: str | None,
    *,
    quiet: bool,
) -> tuple[Sized, Path]:
    with interrupts_held():
        from simulator.experiments.sizing.keeping import size_and_keep  # noqa: PLC0415 - slow
        from simulator.report.sizing.page import write_sizing_report  # noqa: PLC0415 - slow to import

    with (
        named_progress_bar(hidden=quiet) as (move, rename),
        hired(workers, question.at_most, quiet=quiet, cluster=cluster) as hands,
    ):
        return size_and_keep(
            question,
            out=out,
            report=write_sizing_report,
            workforce=hands,
            progress=move,
            trying=_fleets(question, rename),
        )


def _fleets(question: Question, rename: Callable[[str], None]) -> Callable[[tuple[str, ...]], None]:
    """Return what names the bar after each fleet, and counts them."""
    count = 0

    def trying(values: tuple[str, ...]) -> None:
        nonlocal count
        count += 1
        fleet = " ".join(question.overrides_of(values))
        rename(f"fleet {count}: {fleet}, at most {question.at_most:,} replications")

    return trying


def _show(found: Sized, folder: Path, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        from simulator.experiments.sizing.certificate import sizing_json  # noqa: PLC0415 - slow

        result(sizing_json(found.sizing))
    elif not quiet:
        from simulator.report.sizing.console import sizing_table  # noqa: PLC0415 - slow to import

        tables(sizing_table(found.sizing))
        result(f"Report: {folder / 'report.html'}")


def _checked(sizing: Sizing) -> int:
    """Return the exit code of --check, and tell why it is not 0."""
    from simulator.report.wording import plural  # noqa: PLC0415 - slow to import

    if sizing.answer is None:
        aside("--check: no fleet was found that meets all targets")
    elif sizing.unproven:
        aside(f"--check: not proven, {plural(sizing.unproven, 'cheaper fleet')} undecided")
    else:
        return 0
    return ExitCode.TARGET_NOT_MET
