"""What may come next on a line of the command."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.cli.completing.lines import Typed
from simulator.cli.completing.names import run_folders, variant_names
from simulator.cli.described import Command, Parameter


class Suggestion(NamedTuple):
    """A word to go on with, and what it stands for."""

    word: str
    about: str = ""


@dataclass
class _Given:
    """The words after a command, sorted: by their place, by option, and the option that waits."""

    places: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    waiting: Parameter | None = None
    only_places: bool = False


def suggestions(commands: Sequence[Command], line: Typed) -> list[Suggestion]:
    """Return what may come next, in order; nothing where it is a file or anybody's guess."""
    words = [word for word in line.words if word not in {"--help", "-h"}]
    if not words:
        found: Iterable[Suggestion] = (Suggestion(one.name, one.summary) for one in commands)
    else:
        command = next((one for one in commands if one.name == words[0]), None)
        found = () if command is None else _of_command(command, words[1:], line.begun)
    return [one for one in found if one.word.startswith(line.begun)]


def _of_command(command: Command, words: Sequence[str], begun: str) -> Iterator[Suggestion]:
    given = _given(command, words)
    if given.waiting is not None:
        return _values(given.waiting, given)
    if begun.startswith("-") and not given.only_places:
        return _options(command, given, begun)
    arguments = command.arguments
    left = arguments[len(given.places) :] or [one for one in arguments[-1:] if one.values < 0]
    return _values(left[0], given) if left else iter(())


def _given(command: Command, words: Sequence[str]) -> _Given:
    """Sort words as the command itself will."""
    given, awaited = _Given(), 0
    for word in words:
        name, equals, value = word.partition("=")
        if awaited:
            awaited -= 1
            _take(given, word, awaited)
        elif word == "--":
            given.only_places = True
        elif word.startswith("-") and not given.only_places and len(word) > 1:
            given.waiting = _option(command, name)
            awaited = 0 if equals or given.waiting is None else given.waiting.values
            _take(given, value, awaited)
        else:
            given.places.append(word)
    return given


def _take(given: _Given, value: str, awaited: int) -> None:
    """Note the value of the option that waits, which goes on waiting if more are `awaited`."""
    if given.waiting is not None:
        given.values[given.waiting.names[0]] = value
    if not awaited:
        given.waiting = None


def _option(command: Command, name: str) -> Parameter | None:
    return next((one for one in command.options if name in one.names), None)


def _options(command: Command, given: _Given, begun: str) -> Iterator[Suggestion]:
    name, equals, _ = begun.partition("=")
    option = _option(command, name) if equals else None
    if option is not None:
        for value in _values(option, given):
            yield Suggestion(f"{name}={value.word}", value.about)
        return
    for one in command.options:
        for word in one.names:
            if word.startswith("--") and word not in given.values:
                yield Suggestion(word, one.text)


def _values(parameter: Parameter, given: _Given) -> Iterator[Suggestion]:
    """Yield the values a parameter may have, as far as they can be told quickly."""
    if parameter.choices:
        names: Iterable[str] = parameter.choices
    elif "--variant" in parameter.names or parameter.stands_for == "VARIANT":
        names = variant_names(given.values.get("--file") or "".join(given.places[:1]))
    elif parameter.stands_for == "RUN":
        names = run_folders(os.environ.get("SIMULATOR_OUT") or "reports")
    else:
        names = ()
    return (Suggestion(name) for name in names if name not in given.places)
