"""The command `simulator` and its subcommands."""

from __future__ import annotations

from typing import Annotated

import typer

import simulator
from simulator.cli.access import access
from simulator.cli.advise import advise
from simulator.cli.calendar import calendar
from simulator.cli.compare import compare
from simulator.cli.explain import explain
from simulator.cli.roles import roles
from simulator.cli.run import run
from simulator.cli.schema import schema
from simulator.cli.size import size
from simulator.cli.sweep import sweep
from simulator.cli.validate import validate

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: it is fast, and the same in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        typer.echo(f"simulator {simulator.__version__}")
        raise typer.Exit


@app.callback()
def simulator_command(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Capacity planning for RPA estates, modelled as UiPath Orchestrator models them.

    A scenario file describes folders, machines, accounts, processes and triggers; the commands
    tell how long jobs stay Pending, who is refused what, and how busy everything is.

    \b
    Examples:
      simulator validate scenarios/shared-fleet.yaml
      simulator run scenarios/shared-fleet.yaml --replications 50
      simulator compare scenarios/shared-fleet.yaml

    \b
    Exit codes:
      0    done
      1    a target is missed or undecided, with --check; figures are doubtful, with --strict
      2    the command or a scenario is not valid
      3    a data file is missing, or a file cannot be read
      4    an error inside the simulator (--debug shows where), or a self-check that fails
      130  interrupted; what was finished is kept
    """  # noqa: D301 - \b keeps the lines as they are


_COMMANDS = (
    *(validate, run, compare, sweep, size, advise),
    *(explain, calendar, access, roles, schema),
)
for _command in _COMMANDS:
    app.command()(_command)
