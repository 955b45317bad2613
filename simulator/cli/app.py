"""The command `simulator` and its subcommands."""

from __future__ import annotations

from typing import Annotated, Final

import typer

import simulator
from simulator.cli.access import access
from simulator.cli.advise import advise
from simulator.cli.calendar import calendar
from simulator.cli.compare import compare
from simulator.cli.completion import complete_line, completion
from simulator.cli.doctor import doctor
from simulator.cli.explain import explain
from simulator.cli.help_pages import CommandList, HelpPage
from simulator.cli.init import init
from simulator.cli.report import report
from simulator.cli.roles import roles
from simulator.cli.run import run
from simulator.cli.schema import schema
from simulator.cli.size import size
from simulator.cli.sweep import sweep
from simulator.cli.validate import validate

app = typer.Typer(
    cls=CommandList,
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

    An option wins over its environment variable, that over the scenario file, and that over the
    default. Results go to standard output, everything else to standard error.

    \b
    Examples:
      simulator init
      simulator run scenario.yaml
      simulator compare scenario.yaml
      simulator size scenario.yaml --vary machines.M1.hosts=1..4

    \b
    Exit codes:
      0    done
      1    a target is missed or undecided, with --check; figures are doubtful, with --strict;
           something needed is wrong, by doctor
      2    the command or a scenario is not valid
      3    a data file is missing, or a file cannot be read
      4    an error inside the simulator (--debug shows where), or a self-check that fails
      130  interrupted; what was finished is kept
    """  # noqa: D301 - \b keeps the lines as they are


_COMMANDS: Final = {
    "To begin with": (
        (init, "Write a small scenario that runs as it is, to begin with."),
        (validate, "Check scenario files: what is wrong, what looks doubtful."),
    ),
    "One scenario": (
        (run, "Run a scenario: who waits how long, and behind whom."),
        (report, "Write the report of a run anew, in any format; compare runs."),
        (explain, "Tell why one job of a run was Pending."),
        (access, "Show who may start what, where it runs, and why not."),
        (calendar, "Show what is due by the clock, and what falls together."),
    ),
    "What would be better": (
        (compare, "Tell what variants, or other files, change."),
        (sweep, "Run a scenario at many points: where are its targets met?"),
        (size, "Find the cheapest fleet that meets the targets."),
        (advise, "Try other ways of sharing the same fleet."),
    ),
    "For reference": (
        (roles, "Show what each role permits."),
        (schema, "Print the JSON schema of scenario files, for editors."),
        (doctor, "Look whether all that is needed is there, and reckons rightly."),
        (completion, "Print the script that completes commands in a shell."),
    ),
}
"""The commands in the order of use, by group, each with its line in the list."""

for _group, _commands in _COMMANDS.items():
    for _command, _summary in _commands:
        app.command(cls=HelpPage, short_help=_summary, rich_help_panel=_group)(_command)
app.command("complete-line", hidden=True)(complete_line)
