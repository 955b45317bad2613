"""Faults in people's words: what was expected, what is there, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from pydantic_core import ErrorDetails

from simulator.errors import Issue
from simulator.loading.faults import Fault
from simulator.loading.language import fields, keys
from simulator.loading.scalars import WrittenInteger, WrittenNumber, WrittenTruth
from simulator.model.quantities import shown, text_of
from simulator.model.suggestions import did_you_mean

_LONGEST: Final = 600
"""Characters of a message of the models' own."""

_KINDS: Final = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
"""The validator's names for a wrong type, and what was expected there."""

_BOUNDS: Final = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_LENGTHS: Final = {
    "too_short": ("at least", "min_length", "entries"),
    "too_long": ("at most", "max_length", "entries"),
    "string_too_short": ("at least", "min_length", "characters"),
    "string_too_long": ("at most", "max_length", "characters"),
}
_GOT: Final = re.compile(r"expected (?P<what>.*), got .*", re.DOTALL)


def issue_of(fault: Fault) -> Issue:
    """Return a fault as an issue, still without its position."""
    if fault.is_key:
        return _wrong_key(fault)
    special = _SPECIAL.get(fault.kind)
    if special is not None and len(fault.errors) == 1:
        return special(fault)
    wanted = [_wanted(error, fault) for error in fault.errors]
    if None in wanted:
        message = next(
            _own_words(e) for e, want in zip(fault.errors, wanted, strict=True) if not want
        )
    else:
        expected = " or ".join(dict.fromkeys(map(str, wanted)))
        message = f"expected {expected}, got {shown(fault.value)}"
    return Issue(fault.path, message, _code(fault), _hint(fault))


def _wanted(error: ErrorDetails, fault: Fault) -> str | None:
    """Return what a complaint expected, None if it says something else."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _KINDS:
        return _KINDS[kind]
    if kind == "literal_error":
        return _listed(_choices(error))
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"{words} {context[bound]:.15g}"
    if kind in _LENGTHS:
        words, bound, things = _LENGTHS[kind]
        return f"{words} {context[bound]} {things}"
    match = _GOT.fullmatch(_own_words(error))
    return match["what"] if match is not None and len(fault.errors) > 1 else None


def _own_words(error: ErrorDetails) -> str:
    """Return the models' own message; they tell their errors in people's words."""
    cause = error.get("ctx", {}).get("error")
    message = str(error["msg"] if cause is None else cause)
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"


def _choices(error: ErrorDetails) -> list[str]:
    told = str(error.get("ctx", {}).get("expected", ""))
    return re.findall(r"'([^']*)'", told) or [told]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _hint(fault: Fault) -> str:
    kinds = {error["type"] for error in fault.errors}
    text = text_of(fault.value)
    if "literal_error" in kinds and isinstance(text, str):
        known = [word for error in fault.errors for word in _choices(error)]
        return did_you_mean(text, known).strip()
    if len(fault.errors) > 1:
        return ""
    if isinstance(fault.value, WrittenNumber) and "int_type" in kinds:
        return _as_whole_number(fault.value)
    if "model_type" in kinds and isinstance(text, str):
        return _spelt_out(fault)
    fitting = (
        hint for type_, kind, hint in _HINTS if kind in kinds and isinstance(fault.value, type_)
    )
    return next(fitting, "")


def _spelt_out(fault: Fault) -> str:
    """Return how a bare text is written where a mapping is wanted that needs but a key or two."""
    models = [form.model for form in fault.forms if form.model is not None]
    needed = [key for model in models for key, of in fields(model).items() if of.is_required()]
    keyed = ", ".join(f"{key}: …" for key in needed)
    return f"write it as {{{keyed}}}" if 1 <= len(needed) <= _FEW_KEYS else ""


_FEW_KEYS: Final = 2


def _as_whole_number(number: float) -> str:
    if abs(number) < _MOST_EXACT and number.is_integer():
        return f"write it as {int(number)}"
    return "write digits alone: no decimal point, no exponent"


_MOST_EXACT: Final = 2**53
"""Above this, numbers with a fraction or an exponent no longer tell neighbours apart."""


_NUMBER_IN_QUOTES: Final = "write a number, without quotes or a unit"
_UNIT_MISSING: Final = "add its unit: s, m, h, d or w"
_NAME_MISSING: Final = "say what it is of: {name: number}"
_HINTS: Final[tuple[tuple[type, str, str], ...]] = (
    (str, "int_type", _NUMBER_IN_QUOTES),
    (str, "float_type", _NUMBER_IN_QUOTES),
    (WrittenInteger, "string_type", "put it in quotes"),
    (WrittenNumber, "string_type", "put it in quotes"),
    (WrittenTruth, "string_type", "put it in quotes"),
    (WrittenInteger, "duration", _UNIT_MISSING),
    (WrittenNumber, "duration", _UNIT_MISSING),
    (WrittenInteger, "distribution", _UNIT_MISSING),
    (WrittenNumber, "distribution", _UNIT_MISSING),
    (tuple, "model_type", "a mapping has lines such as 'key: value', without '- '"),
    (WrittenNumber, "dict_type", _NAME_MISSING),
    (WrittenInteger, "dict_type", _NAME_MISSING),
    (tuple, "dict_type", "a mapping has lines such as 'name: …', without '- '"),
    (str, "tuple_type", "write a list in brackets: [one, two]"),
    (Mapping, "tuple_type", "put it in brackets: [{…}]"),
    (Mapping, "hosts", "keep one of them; in an override, null takes the other away"),
    (Mapping, "pool", "swap them, or leave min out"),
    (str, "flag", "write true or false, without quotes"),
)
"""A type of value, what is wrong with it, and what to do."""


def _code(fault: Fault) -> str:
    kind = fault.kind
    if kind in _KINDS:
        return "wrong-type"
    if kind in _BOUNDS:
        return "out-of-range"
    if kind in _LENGTHS:
        return "wrong-length"
    return "unknown-choice" if kind == "literal_error" else kind.replace("_", "-")


def _unknown_key(fault: Fault) -> Issue:
    key, known = str(fault.path[-1]), keys(fault.holder)
    message = f"there is no key {key!r} here;{did_you_mean(key, known)}".rstrip(";")
    return Issue(fault.path, message, "unknown-key", f"the keys here are {', '.join(known)}")


def _wrong_key(fault: Fault) -> Issue:
    if fault.kind != "literal_error":
        return Issue(fault.path, _own_words(fault.errors[0]), "wrong-key")
    known = _choices(fault.errors[0])
    key = str(fault.path[-1])
    message = f"there is no key {key!r} here;{did_you_mean(key, known)}".rstrip(";")
    return Issue(fault.path, message, "unknown-key", f"the keys here are {', '.join(known)}")


def _missing(fault: Fault) -> Issue:
    key = fault.path[-1]
    if isinstance(key, int):  # an element of a list of fixed length
        return Issue(fault.spoilt, _too_few(fault), "wrong-length")
    holder = repr(str(fault.path[-2])) if len(fault.path) > 1 else "the file"
    if len(fault.path) > 1 and isinstance(fault.path[-2], int):
        holder = "this entry"
    return Issue(fault.path, f"{holder} lacks the key {key!r}", "missing-key")


def _too_few(fault: Fault) -> str:
    got = len(fault.value) if isinstance(fault.value, tuple) else 0
    return f"this list has too few entries: {got}"


def _wrong_length(fault: Fault) -> Issue:
    words, bound, things = _LENGTHS[fault.kind]
    context = fault.errors[0].get("ctx", {})
    number = context.get(bound, context.get("max_length"))
    got = len(fault.value) if isinstance(fault.value, tuple | str | Mapping) else 0
    things = things if number != 1 else things.replace("ies", "y").replace("ers", "er")
    return Issue(fault.path, f"expected {words} {number} {things}, got {got}", "wrong-length")


_SPECIAL: Final[Mapping[str, Callable[[Fault], Issue]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    **dict.fromkeys(_LENGTHS, _wrong_length),
}
