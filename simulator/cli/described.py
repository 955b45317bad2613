"""The commands as values: for their help, for completion, and for the page of commands."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Final

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

_BETWEEN: Final = re.compile(r"(\d+)<=x<=(\d+)(?=[];])")
_FROM: Final = re.compile(r"x>=(\d+)(?=[];])")
"""How Typer writes the range of a number, at the end of what is told of it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or an option of a command.

    `names` are those of an option, empty for an argument. `values` is how many words it takes, 0
    for a switch, -1 for any number. `stands_for` is what those are called, `choices` what they may
    be where that is a closed list. `signature` and `text` are what the help shows in its two
    columns, `usage` what its first line shows of an argument.
    """

    names: tuple[str, ...]
    values: int
    stands_for: str
    choices: tuple[str, ...]
    usage: str
    signature: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its group in the list, its line there, its whole help and what it takes."""

    name: str
    group: str
    summary: str
    help: str
    parameters: tuple[Parameter, ...]

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """Return what is given by its place."""
        return tuple(one for one in self.parameters if not one.names)

    @property
    def options(self) -> tuple[Parameter, ...]:
        """Return what is given by its name."""
        return tuple(one for one in self.parameters if one.names)


def described(context: typer.Context) -> tuple[Command, ...]:
    """Return the commands of an app that may be seen, in their order.

    `context` is of the app itself, or of any of its commands.
    """
    top = context.find_root()
    group = top.command
    if not isinstance(group, TyperGroup):
        raise TypeError(f"{type(group).__name__} is no group of commands")
    return tuple(
        Command(
            name=name,
            group=str(getattr(command, "rich_help_panel", None) or ""),
            summary=str(command.short_help or ""),
            help=inspect.cleandoc(command.help or ""),
            parameters=parameters_of(typer.Context(command, info_name=name, parent=top)),
        )
        for name, command in group.commands.items()
        if not command.hidden
    )


def parameters_of(context: typer.Context) -> tuple[Parameter, ...]:
    """Return what the command of a context takes, arguments first."""
    found = [
        _parameter(one, context)
        for one in context.command.get_params(context)
        if isinstance(one, TyperArgument | TyperOption)
    ]
    return tuple(sorted(found, key=lambda one: bool(one.names)))


def _parameter(one: TyperArgument | TyperOption, context: typer.Context) -> Parameter:
    signature, text = one.get_help_record(context) or ("", "")
    names = (*one.opts, *one.secondary_opts) if isinstance(one, TyperOption) else ()
    is_switch = isinstance(one, TyperOption) and one.is_flag
    shown = one.metavar or signature.removeprefix(names[0] if names else "").strip()
    stands_for = "" if is_switch else shown.strip("[]{}<>")
    return Parameter(
        names=names,
        values=0 if is_switch else one.nargs,
        stands_for=stands_for,
        choices=tuple(stands_for.split("|")) if "|" in stands_for else (),
        usage=_usage(stands_for, required=one.required, many=one.nargs < 0),
        signature=re.sub(r"<(.+)>", r"\1", signature) if names else stands_for,
        text=_FROM.sub(_at_least, _BETWEEN.sub(_between, text)).replace("[env var: ", "[env: "),
    )


def _usage(stands_for: str, *, required: bool, many: bool) -> str:
    return f"{stands_for if required else f'[{stands_for}]'}{'...' if many else ''}"


def _between(found: re.Match[str]) -> str:
    return f"{int(found[1]):,} to {int(found[2]):,}"


def _at_least(found: re.Match[str]) -> str:
    return f"at least {int(found[1]):,}"
