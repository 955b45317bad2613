"""Plain YAML scalars: YAML 1.2 core, and the text they were written as.

`NO`, `on`, `1:30`, `007` and `012` are text. What does become a number or a truth keeps its text,
because names are always text: a machine may be called `12`, `1.10` or `true`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_STARTS: Final = frozenset("+-.0123456789tTfFnN~")
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER: Final = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_UNBOUNDED: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TRUTHS: Final = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_MOST_CHARACTERS: Final = 400
"""No number anybody means is longer; Python takes quadratic time over such."""


class WrittenInteger(int):
    """A whole number that knows the text it was written as."""

    text: str

    def __repr__(self) -> str:
        return self.text


class WrittenNumber(float):
    """A number that knows the text it was written as."""

    text: str

    def __repr__(self) -> str:
        return self.text


class WrittenTruth:
    """`true` or `false`, which knows how it was written.

    It is deliberately no number: Python's own booleans pass for 0 and 1, and `hosts: true` must
    not mean one host.
    """

    __slots__ = ("text", "truth")

    def __init__(self, text: str, *, truth: bool) -> None:
        self.text = text
        self.truth = truth

    def __repr__(self) -> str:
        return self.text


def read_plain(text: str) -> object:
    """Return what a plain (unquoted) scalar means by YAML 1.2's core schema.

    Numbers with leading zeros stay text, as the language's page settles.
    """
    if text and text[0] not in _STARTS:
        return text
    if text in _NOTHING:
        return None
    if text in _TRUTHS:
        return WrittenTruth(text, truth=_TRUTHS[text])
    return text if len(text) > _MOST_CHARACTERS else _read_number(text)


def _read_number(text: str) -> object:
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _OTHER_BASE.fullmatch(text):
        return _integer(text, 0)
    if _NUMBER.fullmatch(text):
        return _number(text, text)
    if _UNBOUNDED.fullmatch(text):
        return _number(text, text.replace(".", ""))
    return text


def _integer(text: str, base: int) -> WrittenInteger:
    number = WrittenInteger(int(text, base))
    number.text = text
    return number


def _number(text: str, digits: str) -> WrittenNumber:
    number = WrittenNumber(digits)
    number.text = text
    return number


def unwritten(value: object) -> object:
    """Return composed data as Python's own types: without the texts, lists for sequences."""
    if isinstance(value, Mapping):
        return {key: unwritten(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [unwritten(inner) for inner in value]
    if isinstance(value, WrittenTruth):
        return value.truth
    if isinstance(value, WrittenInteger):
        return int(value)
    return float(value) if isinstance(value, WrittenNumber) else value
