"""The page of commands, made from the commands themselves: what their help says, as Markdown."""  # noqa: INP001 - a script's part, beside the pages it writes

from __future__ import annotations

import inspect
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

import typer
from typer.main import get_command

from simulator.cli.app import app
from simulator.cli.described import Command, Parameter, described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD: Final = """# Commands

Made from the commands' own help by `python docs/generate.py`; change it in `simulator/cli/`. Each
says as much by `simulator COMMAND --help`. Completion in a shell is set up by
[`simulator completion`](#simulator-completion).

"""

_SECTION: Final = re.compile(r"[A-Z][^.\n]*:")
"""The heading of a block whose lines stand as they are."""

_AS_CODE: Final = re.compile(
    r"(?<![\w-])(--[a-z][\w-]*|SIMULATOR_\w+|[\w./-]*<[^\s>]*>(?:[\w./<>-]*[\w/>])?)"
)
"""An option, an environment variable, or a path with a part that stands for something."""


def command_reference() -> str:
    """Return the page: the program first, then every command, group by group."""
    group = get_command(app)
    context = typer.Context(group, info_name="simulator", **group.context_settings)
    return HEAD + "\n".join(
        (
            *_help_text(inspect.cleandoc(group.help or "")),
            *_list_of_commands(described(context)),
            *(line for command in described(context) for line in _page_of(command)),
        )
    )


def _list_of_commands(commands: Iterable[Command]) -> Iterator[str]:
    for group, found in groupby(commands, lambda one: one.group):
        yield f"**{group}**\n"
        yield from (f"- [`{one.name}`](#simulator-{one.name}): {one.summary}" for one in found)
        yield ""


def _page_of(command: Command) -> Iterator[str]:
    yield f"## `simulator {command.name}`\n"
    arguments = " ".join(one.usage for one in command.arguments)
    yield f"```text\n{f'simulator {command.name} [OPTIONS] {arguments}'.rstrip()}\n```\n"
    yield from _help_text(command.help)
    for heading, parameters in (("Argument", command.arguments), ("Option", command.options)):
        yield from _table(heading, parameters)


def _table(heading: str, parameters: tuple[Parameter, ...]) -> Iterator[str]:
    if parameters:
        yield f"| {heading} | Meaning |\n| --- | --- |"
        yield from (f"| {_code(one.signature)} | {_cell(one.text)} |" for one in parameters)
        yield ""


def _code(signature: str) -> str:
    """Return what a parameter looks like, as code in a cell of a table."""
    return f"`{signature}`".replace("|", "\\|")


def _cell(text: str) -> str:
    """Return a text for a cell of a table."""
    return _plain(text).replace("|", "\\|")


def _help_text(text: str) -> Iterator[str]:
    """Yield a help text as Markdown: paragraphs flow, what a backspace marks stays as it is."""
    for part in re.split(r"\n{2,}", text):
        block = part.removeprefix("\b\n")
        if block == part:
            yield f"{_plain(block)}\n"
            continue
        first, _, rest = block.partition("\n")
        if _SECTION.fullmatch(first):
            yield f"{_plain(first)}\n"
            block = rest
        yield f"```text\n{inspect.cleandoc(block)}\n```\n"


def _plain(text: str) -> str:
    """Return prose in which options, variables and paths are code, and nothing else is markup."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    parts[::2] = [_AS_CODE.sub(r"`\1`", part).replace("*", "\\*") for part in parts[::2]]
    return "".join(parts)
