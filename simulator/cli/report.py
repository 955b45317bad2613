"""`simulator report`: the report of a run that is kept, made anew; of several, their comparison."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from simulator.cli.exits import ExitCode, exit_codes
from simulator.cli.options import Debug
from simulator.cli.scenarios import tell_failures
from simulator.cli.streams import aside, progress_bar, result
from simulator.errors import DataFileError
from simulator.escaping import escaped
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.study import Study
    from simulator.report.page import ReportPage
    from simulator.report.rendering.formats import Format

_IN_REPORTS: Final = "reports"

Runs = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN",
        help="The folder of a run, or of a comparison, sweep, sizing or advice: "
        "reports/<scenario>/<id>. Several runs are compared with the first.",
    ),
]
AsFormats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT,...",
        help="Any of html, pdf, md, csv, svg and png, parted by commas; svg and png are the "
        "charts, csv the tables.",
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        "--out",
        file_okay=False,
        metavar="FOLDER",
        help="Where it goes: a report into this folder, by default its run's; a comparison into "
        "FOLDER/<scenario>/, by default in SIMULATOR_OUT or reports.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def report(
    runs: Runs,
    *,
    formats: AsFormats = "html",
    out: Into = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the report of a run anew, from its files; of several runs, one comparison.

    Nothing is run again. The files written are listed on standard output. Runs that are compared
    need the same seed, as many replications, and the same span measured. What is found is kept as
    `simulator compare` keeps it.

    \b
    Examples:
      simulator report reports/estate/0123456789ab-s1
      simulator report reports/estate/0123456789ab-s1 --format pdf,csv --out handout
      simulator report reports/today/0123456789ab-s1 reports/tomorrow/456789abcdef-s1
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        asked = _asked(formats)
        if len(runs) > 1:
            code = _compare(runs, asked, out, quiet=quiet)
        else:
            code = _write_anew(runs[0], asked, out, quiet=quiet)
        raise typer.Exit(code)


def _asked(text: str) -> tuple[Format, ...]:
    """Return the formats that an option names, each once."""
    from simulator.report.rendering.formats import FORMATS  # noqa: PLC0415 - slow to import

    names = [name.strip().lower() for name in text.split(",")]
    unknown = next((name for name in names if name not in FORMATS), None)
    if unknown is not None:
        raise typer.BadParameter(
            f"--format: there is {', '.join(FORMATS)}, and no {escaped(unknown)!r}"
        )
    return tuple(one for one in FORMATS if one in names)


def _write_anew(run: Path, formats: Sequence[Format], out: Path | None, *, quiet: bool) -> int:
    """Write the report of one folder, and return the exit code."""
    with interrupts_held():  # C code that imports or builds schemas may swallow Ctrl-C
        from simulator.experiments.keeping.kept_runs import folder_of_run  # noqa: PLC0415 - slow
        from simulator.report.rendering.formats import write_formats  # noqa: PLC0415 - slow to import
        from simulator.report.rendering.kept_page import PAGE, kept_page  # noqa: PLC0415 - likewise

    folder, failures = folder_of_run(run), 0
    if (folder / PAGE).exists():
        page = kept_page(folder)
    else:
        page, failures = _page_of_records(folder, quiet=quiet)
    _list(write_formats(page, out or folder, formats), quiet=quiet)
    return ExitCode.INTERNAL_ERROR if failures else 0


def _page_of_records(folder: Path, *, quiet: bool) -> tuple[ReportPage, int]:
    """Return the page of a run that has its records, and how many of its self-checks fail."""
    with interrupts_held():
        from simulator.experiments.keeping.beforehand import BEFOREHAND  # noqa: PLC0415 - slow
        from simulator.experiments.keeping.kept_runs import open_run  # noqa: PLC0415 - slow to import
        from simulator.experiments.keeping.rebuilding import rebuilt_study  # noqa: PLC0415 - likewise
        from simulator.report.running.page import page  # noqa: PLC0415 - likewise

    if not (folder / BEFOREHAND).exists():
        raise DataFileError(
            f"{folder} has nothing that a report is made of, neither page.json nor {BEFOREHAND}: "
            "it was kept by an older version, or interrupted before anything was found; run it "
            "again"
        )
    run = open_run(folder)
    with progress_bar(hidden=quiet) as progress:
        study = rebuilt_study(run, progress=progress)
    _tell_other_versions(study, quiet=quiet)
    return page(study), tell_failures({"": study.checks})


def _tell_other_versions(study: Study, *, quiet: bool) -> None:
    from simulator.experiments.keeping.identity import other_versions  # noqa: PLC0415 - slow to import

    others = [f"{name} {then}" for name, (then, _) in other_versions(study.versions).items()]
    if others and not quiet:
        aside(
            escaped(f"note: the run was made with {', '.join(others)}: its figures are measured ")
            + "anew by what is installed here"
        )


def _compare(
    runs: Sequence[Path], formats: Sequence[Format], out: Path | None, *, quiet: bool
) -> int:
    """Keep a comparison of several runs, and return the exit code."""
    with interrupts_held():
        from simulator.experiments.comparing.keeping import Telling, keep_comparison  # noqa: PLC0415 - slow
        from simulator.experiments.comparing.kept_studies import studies_to_compare  # noqa: PLC0415 - slow
        from simulator.experiments.keeping.kept_runs import open_run  # noqa: PLC0415 - slow to import
        from simulator.report.comparing.sentences import sentences  # noqa: PLC0415 - likewise

    opened = [open_run(run) for run in runs]
    with progress_bar(hidden=quiet) as progress:
        studies = studies_to_compare(opened, progress=progress)
    names = ["report.html"]
    telling = Telling(sentences, _writer(formats, names))
    base = out or Path(os.environ.get("SIMULATOR_OUT") or _IN_REPORTS)
    found, folder = keep_comparison(studies, out=base, telling=telling)
    _list([folder / name for name in names], quiet=quiet)
    return ExitCode.INTERNAL_ERROR if tell_failures(found.checks) else 0


def _writer(formats: Sequence[Format], names: list[str]) -> Callable[[Comparison, Path], None]:
    """Return what writes a comparison as a page and in the other formats, and notes their names."""
    from simulator.report.comparing.page import comparison_page, write_comparison  # noqa: PLC0415 - slow
    from simulator.report.rendering.formats import write_formats  # noqa: PLC0415 - slow to import

    def write(comparison: Comparison, path: Path) -> None:
        write_comparison(comparison, path)
        others = [one for one in formats if one != "html"]
        written = write_formats(comparison_page(comparison), path.parent, others)
        names.extend(str(one.relative_to(path.parent)) for one in written)

    return write


def _list(files: Sequence[Path], *, quiet: bool) -> None:
    if not quiet:
        result("\n".join(escaped(str(file)) for file in files))
