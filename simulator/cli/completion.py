"""`simulator completion`: the script by which a shell completes commands, options and names."""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import typer

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug
from simulator.cli.streams import result


class Shell(StrEnum):
    """The shells there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


ForShell = Annotated[Shell, typer.Argument(metavar="bash|zsh|fish", help="The shell it is for.")]
Line = Annotated[str, typer.Argument(metavar="LINE", help="What is typed, up to the cursor.")]


def completion(shell: ForShell, *, debug: Debug = False) -> None:
    """Print the script that completes commands, options, variants and kept runs on Tab.

    Nothing is installed: the script's first lines say where it goes, and Examples below. It asks
    this program for each completion, so it fits whatever version is installed. Variants are read
    from the scenario on the line, runs from SIMULATOR_OUT or else reports.

    \b
    Examples:
      simulator completion bash > simulator.bash
      simulator completion zsh > _simulator
      simulator completion fish > simulator.fish
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        script = files("simulator.cli.completing").joinpath(f"simulator.{shell}")
        result(script.read_text("utf-8"))


def complete_line(context: typer.Context, line: Line) -> None:
    """Print what may come next on a line, each with a tab and what it stands for; never fail."""
    from simulator.cli.completing.lines import typed  # noqa: PLC0415 - only where needed
    from simulator.cli.completing.suggestions import suggestions  # noqa: PLC0415 - see above
    from simulator.cli.described import described  # noqa: PLC0415 - see above

    found = suggestions(described(context), typed(line))
    if found:
        result("".join(f"{one.word}\t{one.about}\n" for one in found))
