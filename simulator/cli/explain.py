"""`simulator explain`: the life of one job of a run that is kept, and why it was Pending."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug, Json
from simulator.cli.streams import aside, result, tables
from simulator.escaping import escaped
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.explaining.explained import Explanation
    from simulator.explaining.job_story import Told

MOST_WAITS = 1_000

Run = Annotated[
    Path,
    typer.Argument(
        metavar="RUN",
        help="The folder of a run: reports/<scenario>/<run-id>, or the one above it where it has "
        "one run alone.",
    ),
]
Job = Annotated[
    int | None,
    typer.Argument(metavar="JOB", help="The number of a job of it, from 0, as in jobs.parquet."),
]
OfReplication = Annotated[
    int, typer.Option("--replication", metavar="NUMBER", help="Which replication, from 1.")
]
OfFolder = Annotated[
    str | None,
    typer.Option(
        "--folder",
        metavar="PATH",
        help="With --at, in place of JOB: the job of this folder, or a folder below it, that was "
        "Pending then and in all waited longest.",
    ),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="A date and time, by the tenant's clock."),
]
Worst = Annotated[
    int | None,
    typer.Option(
        "--worst",
        metavar="COUNT",
        min=1,
        max=MOST_WAITS,
        help="In place of JOB: list the jobs that waited longest for their first start.",
    ),
]
Svg = Annotated[
    Path | None,
    typer.Option(
        "--svg",
        metavar="FILE",
        dir_okay=False,
        help="Write the picture of the job's wait to this file too.",
    ),
]


def explain(  # noqa: PLR0913 - one parameter an option
    run: Run,
    job: Job = None,
    *,
    replication: OfReplication = 1,
    folder: OfFolder = None,
    at: At = None,
    worst: Worst = None,
    svg: Svg = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Tell why a job of a run was Pending: what held the slots it could use, and who overtook it.

    Nothing is run again: it reads what `simulator run` has kept, all of it in the folder. It writes
    nothing but the picture that --svg asks for.

    \b
    Examples:
      simulator explain reports/estate/0123456789ab-s1 --worst 10
      simulator explain reports/estate/0123456789ab-s1 17
      simulator explain reports/estate/0123456789ab-s1 --folder HR --at "2026-01-07 14:05"
      simulator explain reports/estate/0123456789ab-s1 17 --svg wait.svg
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        _check_together(job, folder, at, worst, svg)
        told = _told(run, replication)
        if worst is not None:
            _show_worst(told, worst, run, as_json=as_json)
            return
        _show(_explained(told, _chosen(told, job, folder, at)), svg, as_json=as_json)


def _check_together(
    job: int | None, folder: str | None, at: str | None, worst: int | None, svg: Path | None
) -> None:
    if (folder is None) != (at is None):
        raise typer.BadParameter("--folder and --at go together: whose job, and when")
    if sum(one is not None for one in (job, folder, worst)) != 1:
        raise typer.BadParameter("say which job: JOB, or --folder and --at, or --worst for a list")
    if worst is not None and svg is not None:
        raise typer.BadParameter("--svg is the picture of one job: leave out --worst")


def _told(run: Path, replication: int) -> Told:
    with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
        from simulator.experiments.keeping.kept_runs import open_run  # noqa: PLC0415 - slow to import

    return open_run(run).told(replication)


def _chosen(told: Told, job: int | None, folder: str | None, at: str | None) -> int:
    from simulator.experiments.asked_jobs import job_asked, job_pending  # noqa: PLC0415 - slow

    if job is not None:
        return job_asked(told, job)
    found, doubts = job_pending(told, folder or "", at or "")
    for doubt in doubts:
        from simulator.loading import render  # noqa: PLC0415 - slow to import

        aside(render(doubt))
    return found


def _explained(told: Told, job: int) -> Explanation:
    from simulator.explaining.job_story import explain as explain_job  # noqa: PLC0415 - slow

    return explain_job(told, job)


def _show(explanation: Explanation, svg: Path | None, *, as_json: bool) -> None:
    if svg is not None:
        _write_picture(explanation, svg)
    if as_json:
        from simulator.report.explaining.rows import explanation_row  # noqa: PLC0415 - slow

        result(json.dumps(explanation_row(explanation), indent=1, ensure_ascii=False))
        return
    from simulator.report.explaining.story import explanation_tables  # noqa: PLC0415 - slow to import

    tables(explanation_tables(explanation))


def _write_picture(explanation: Explanation, svg: Path) -> None:
    if explanation.picture is None:
        aside(f"no picture: job {explanation.who.job} did not wait")
        return
    from simulator.records.files import write_text_atomically  # noqa: PLC0415 - slow to import
    from simulator.report.explaining.picture import explanation_picture  # noqa: PLC0415 - slow

    write_text_atomically(svg, explanation_picture(explanation, explanation.picture))
    aside(escaped(f"picture: {svg}"))


def _show_worst(told: Told, most: int, run: Path, *, as_json: bool) -> None:
    from simulator.explaining.longest_waits import longest_waits  # noqa: PLC0415 - slow to import

    waits, window = longest_waits(told, most), told.legend.window
    replication = told.records.replication
    if as_json:
        from simulator.report.explaining.rows import waits_row  # noqa: PLC0415 - slow to import

        result(json.dumps(waits_row(waits, window, replication), indent=1, ensure_ascii=False))
        return
    from simulator.report.explaining.longest_waits import waits_table  # noqa: PLC0415 - slow to import

    tables(waits_table(waits, window, replication, str(run)))
