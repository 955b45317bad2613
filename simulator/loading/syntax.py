"""What YAML's scanner and parser complain about, in people's words."""

from __future__ import annotations

from typing import Final

import yaml

from simulator.errors import Issue
from simulator.loading.documents import TOP, Mark, Spot

_WORDS: Final = (
    ("mapping values are not allowed", "a second ': ' in one line cannot be read",
     "put text that contains ': ' in quotes, and each key on a line of its own"),
    ("block sequence entries are not allowed", "a list item cannot start here",
     "start the list on the line after its key"),
    ("cannot start any token", "no value can start with this character",
     "indent with spaces, not tabs; put text that starts with @, %, ` or a tab in quotes"),
    ("could not find expected ':'", "a ':' is missing here",
     "a key is followed by ': ' and its value"),
    ("did not find expected key", "this does not fit the lines above it",
     "check the indentation, quotes and commas of this line and the one before"),
    ("did not find expected '-' indicator", "this does not fit the list above it",
     "each item starts with '- ', all in one column"),
    ("expected ',' or ']'", "this list in brackets is not closed, or lacks a comma",
     "separate its items by ', ' and close it with ']'"),
    ("expected ',' or '}'", "this mapping in braces is not closed, or lacks a comma",
     "separate its entries by ', ' and close it with '}'"),
    ("unexpected end of stream", "a quoted text is not closed", "add the closing quote"),
    ("unknown escape character", "there is no such escape in double quotes",
     r"write \\ for a backslash, or use single quotes"),
    ("expected <document start>", "the scenario ended above this line, at '...'",
     "remove the line '...'"),
    ("incompatible YAML document", "directives are not allowed in a scenario",
     "remove the lines that start with '%'; files are read as YAML 1.2"),
    ("directive", "directives are not allowed in a scenario",
     "remove the lines that start with '%'; files are read as YAML 1.2"),
)  # fmt: skip
"""A piece of the parser's own words, what we say instead, and what to do about it."""


def syntax_issue(error: yaml.YAMLError, last_line: int) -> tuple[Issue, Mark]:
    """Return what is wrong with a text that is no YAML, and where.

    What is never closed is found out only at the end: behind `last_line`, the number of the last
    line with anything in it, what was opened is pointed at.
    """
    start = getattr(error, "context_mark", None)
    mark: Mark = getattr(error, "problem_mark", None) or start or TOP
    message, hint = _told(error)
    if "directive" in message:  # the scanner points behind the name
        mark = Spot(mark.line, 0)
    if start is not None and mark.line >= last_line:
        mark = start
    elif start is not None and start.line < mark.line:
        message += f" (it began in line {start.line + 1})"
    return Issue((), message, "yaml", hint), mark


def _told(error: yaml.YAMLError) -> tuple[str, str]:
    problem = str(getattr(error, "problem", None) or error)
    for words, message, hint in _WORDS:
        if words in f"{problem} {getattr(error, 'context', '')}":
            return message, hint
    message = f"this cannot be read as YAML: {problem}"
    return message, "check the indentation, quotes and brackets around here"
