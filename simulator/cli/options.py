"""Arguments and options that commands share, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from simulator.limits import LARGEST_SEED, MOST_REPLICATIONS, STANDARD_INPUT

MOST_WORKERS: Final = 1_000


def _there(file: str) -> str:
    """Return the name of a file that is there; whether it can be read is seen when it is read.

    A pipe is one too, as a shell's `<(...)` makes.
    """
    path = Path(file)
    if file != STANDARD_INPUT and (path.is_dir() or not path.exists()):
        what = "is a folder, not a scenario file" if path.is_dir() else "is not there"
        raise typer.BadParameter(f"{file!r} {what}")
    return file


def _there_if_given(file: str | None) -> str | None:
    return None if file is None else _there(file)


def _all_there(files: list[str]) -> list[str]:
    return [_there(file) for file in files]


_SCENARIO = "A scenario file; - reads standard input."

File = Annotated[str, typer.Argument(metavar="FILE", help=_SCENARIO, callback=_there)]
Files = Annotated[list[str], typer.Argument(metavar="FILE", help=_SCENARIO, callback=_all_there)]
ScenarioFile = Annotated[
    str | None, typer.Option("--file", metavar="FILE", help=_SCENARIO, callback=_there_if_given)
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one value, such as machines.shared-vm.hosts=3; may be given several times.",
    ),
]
Variant = Annotated[
    str | None, typer.Option(metavar="NAME", help="Run this variant of the scenario.")
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER", min=0, max=LARGEST_SEED, help="The seed; by default the scenario's."
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        min=1,
        max=MOST_REPLICATIONS,
        help="How many replications; by default the scenario's.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=MOST_WORKERS,
        metavar="NUMBER",
        envvar="SIMULATOR_WORKERS",
        help="Worker processes; by default one for each processor. Results do not depend on it.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        envvar="SIMULATOR_CLUSTER",
        help="A Dask scheduler, tcp://host:8786, whose workers do it in place of this machine's.",
    ),
]
Out = Annotated[
    Path,
    typer.Option(
        file_okay=False,
        metavar="FOLDER",
        envvar="SIMULATOR_OUT",
        help="Where runs are kept, in OUT/<scenario>/<run-id>.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Take warnings of a scenario for errors.")]
StrictRun = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Take warnings of a scenario for errors, and exit with 1 on those of its figures.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, nothing else.")]
WithoutWarnings = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing of what looks doubtful in the file.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but errors, and JSON with --json.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an internal error.")]
