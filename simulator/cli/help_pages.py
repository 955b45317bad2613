"""How help looks: commands in their groups, arguments and options as `described` tells them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from typer.core import TyperCommand, TyperGroup

from simulator.cli.described import described, parameters_of


class HelpPage(TyperCommand):
    """A command whose help names what it takes in our words, not by the types of Python."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - Typer's own is private
        """Return what stands behind the command's name in the line of its usage."""
        arguments = [one.usage for one in parameters_of(ctx) if not one.names]
        return [*([self.options_metavar] if self.options_metavar else []), *arguments]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - see above
        """Write the arguments, then the options."""
        for are_options, found in groupby(parameters_of(ctx), lambda one: bool(one.names)):
            with formatter.section("Options" if are_options else "Arguments"):
                formatter.write_dl([(one.signature, one.text) for one in found])


class CommandList(TyperGroup):
    """The list of all commands, in the order of use, each with a whole line of its own."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - see above
        """Write the commands group by group."""
        commands = described(ctx)
        longest = max(len(one.name) for one in commands)
        for group, found in groupby(commands, lambda one: one.group):
            with formatter.section(group):
                formatter.write_dl([(one.name.ljust(longest), one.summary) for one in found])
