"""`simulator init`: a scenario to begin with, which runs as it is."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import typer

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug
from simulator.cli.schema import schema_text
from simulator.cli.streams import aside, result
from simulator.errors import DataFileError
from simulator.escaping import escaped
from simulator.limits import STANDARD_INPUT as STANDARD_OUTPUT

SCENARIO_NAME: Final = "scenario.yaml"
SCHEMA_NAME: Final = "scenario.schema.json"

New = Annotated[
    str, typer.Argument(metavar="FILE", help="The file to write; - writes to standard output.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace FILE, and the schema, where they are there.")
]


def init(file: New = SCENARIO_NAME, *, force: Force = False, debug: Debug = False) -> None:
    """Write a small scenario that runs as it is, explained line by line, to begin with.

    Two units share one machine, and each waits for the other. Change it step by step into your own
    estate. A file that is there is never replaced, unless --force says so.

    \b
    Writes:
      FILE                  the scenario
      scenario.schema.json  beside it, where there is none: what editors complete and check by

    \b
    Examples:
      simulator init
      simulator init pilot.yaml --force
      simulator init - > draft.yaml
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        if file == STANDARD_OUTPUT:
            result(starter())
            aside(f"beside it, an editor wants the schema: simulator schema > {SCHEMA_NAME}")
            return
        path = Path(file)
        _check_place(path, force=force)
        _write(path, force=force)
        result(_what_next(path))


def starter(name: str = SCENARIO_NAME) -> str:
    """Return the text of the scenario, which tells the commands to try on a file of that name."""
    text = files("simulator.cli").joinpath("starter.yaml").read_text("utf-8")
    return text.replace(SCENARIO_NAME, _argument(name))


def _check_place(path: Path, *, force: bool) -> None:
    """Refuse to write where something stands, or where nothing can.

    Raises:
        typer.BadParameter: something is there, and must not or cannot be replaced.
        DataFileError: the folder to write to is not there.
    """
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "not a file"
        raise typer.BadParameter(f"{str(path)!r} is {what}: name a file to write")
    if path.exists() and not force:
        raise typer.BadParameter(
            f"{str(path)!r} is there already: --force replaces it, or name another file"
        )
    if path.name == SCHEMA_NAME:
        raise typer.BadParameter(f"{SCHEMA_NAME} is the schema beside it: name another file")
    if not path.parent.is_dir():
        raise DataFileError(f"{path} cannot be written: make the folder {path.parent} first")


def _write(path: Path, *, force: bool) -> None:
    from simulator.records.files import write_text_atomically  # noqa: PLC0415 - slow to import

    schema = path.with_name(SCHEMA_NAME)
    if force or not schema.exists():
        write_text_atomically(schema, schema_text())
    write_text_atomically(path, starter(path.name))


def _argument(path: str) -> str:
    """Return a path as a shell hands it to a command, which takes none for an option."""
    return shlex.quote(escaped(f"./{path}" if path.startswith("-") else path))


def _what_next(path: Path) -> str:
    file = _argument(str(path))
    return (
        f"{file}: written, with {SCHEMA_NAME} beside it for editors\n"
        "Next:\n"
        f"  simulator run {file}        who waits how long, and behind whom\n"
        f"  simulator compare {file}    what each of its variants would change\n"
        "and open it in an editor: each part of it is explained there"
    )
