"""Override paths: `folders.Finance.folders."Month end".machines`, and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from simulator.errors import Path
from simulator.loading.composer import DEEPEST
from simulator.loading.language import WHOLE, Form, fields, has_default, inside, keys
from simulator.model.quantities import text_of
from simulator.model.suggestions import did_you_mean

_PART: Final = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^."'][^.]*)""", re.DOTALL)
_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U(00(?:0[0-9a-f]|10)[0-9a-f]{4})|(.))", re.DOTALL
)
_ASSIGNMENT: Final = re.compile(r"""((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'=])+)=(.*)""", re.DOTALL)

SHOWN: Final = 60
"""Characters of an endless path that a message repeats."""


class PathError(ValueError):
    """A path that cannot be read or that names nothing; `hint` tells what there is."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Replaced(NamedTuple):
    """Data after an override, and the path of what it replaced in it."""

    data: object
    path: Path


def parse_path(text: str) -> tuple[str, ...]:
    r"""Return the parts of an override path, at most as many as a file may have levels.

    Parts are separated by dots; one with a dot in it stands in quotes, double (`\"` and `\\` for
    the characters themselves, `\u202e` for one that cannot be seen) or single (`''` for one).

    Raises:
        PathError: the text is no path.
    """
    parts, end = [], 0
    while True:
        match = _PART.match(text, end)
        if match is None:
            raise PathError(
                f"{text!r} is no path: a part is missing or a quote is not closed", _LIKE
            )
        double, single, bare = match.groups()
        if double is not None:
            parts.append(_ESCAPE.sub(_meant, double))
        else:
            parts.append(bare if single is None else single.replace("''", "'"))
        end = match.end()
        if end == len(text):
            return tuple(parts)
        if len(parts) == DEEPEST:
            raise PathError(f"the path {text[:SHOWN]!r}… has more than {DEEPEST} parts", _LIKE)
        if text[end] != ".":
            raise PathError(f"{text!r} is no path: a dot is missing after a quote", _LIKE)
        end += 1


def _meant(escape: re.Match[str]) -> str:
    """Return the character that an escape in double quotes stands for, as in YAML."""
    *numbers, itself = escape.groups()
    return itself or chr(int(next(filter(None, numbers)), 16))


_LIKE: Final = """a path looks like machines.shared-vm.hosts or folders."Month end".machines"""


def split_assignment(text: str) -> tuple[str, str]:
    """Return path and value of `PATH=VALUE`; an equals sign in quotes belongs to the path.

    Spaces around the path are left out, and the value keeps its own.

    Raises:
        PathError: there is no path or no value.
    """
    match = _ASSIGNMENT.match(text)
    if match is None:
        raise PathError(f"expected PATH=VALUE, got {text!r}", _LIKE)
    if not match[2].strip():
        raise PathError(f"the value after {match[1]!r} is missing", "null takes something away")
    return match[1].strip(), match[2]


def replaced(data: object, parts: tuple[str, ...], value: object) -> Replaced:
    """Return a copy of a scenario's composed `data` with `value` at a path.

    A value replaces and never merges; None takes away. Any key that the language has may be set,
    written in the file or not; things on the way must exist.

    Raises:
        PathError: the path names nothing.
    """
    return _Walk(parts, value).put(data, WHOLE, 0)


class _Absent:
    """Stands for what the file does not write."""


class _Walk:
    """The way of one override through the data."""

    def __init__(self, parts: tuple[str, ...], value: object) -> None:
        self.parts = parts
        self.value = value

    def put(self, data: object, forms: tuple[Form, ...], at: int) -> Replaced:
        """Return `data` with the value put at the parts from number `at` on."""
        is_things = any(form.is_things for form in forms)
        if isinstance(data, tuple):
            if not is_things:
                return self._in_list(data, forms, at)
            if self.parts[at].isdecimal() and self.parts[at] not in map(text_of, data):
                return self._in_list_of_names(data, forms, at)
        mapping = _spelt_out(data, forms, is_things=is_things)
        if mapping is None:
            raise PathError(f"{self._named(at)} has nothing inside, so no {self.parts[at]!r}")
        if is_things:
            return self._in_things(mapping, forms, at)
        return self._in_model(mapping, forms, at)

    def _in_model(self, data: Mapping[str, object], forms: tuple[Form, ...], at: int) -> Replaced:
        key, known = self.parts[at], keys(forms)
        if key not in known:
            guess = did_you_mean(key, known).strip()
            raise PathError(
                f"{self._named(at)} has no key {key!r}", guess or f"it has {', '.join(known)}"
            )
        holders = [form for form in forms if form.model is not None and key in fields(form.model)]
        below = tuple(form for holder in holders for form in inside(holder, key))
        is_section = any(has_default(fields(f.model)[key]) for f in holders if f.model is not None)
        current = data.get(key, {} if is_section else _Absent)
        if current is _Absent and not self._is_last(at):
            raise PathError(f"{self._named(at)} has no {key!r}", "give the whole of it first")
        return self._inserted(data, key, current, below, at)

    def _in_things(self, data: Mapping[str, object], forms: tuple[Form, ...], at: int) -> Replaced:
        name = self.parts[at]
        is_needed = self.value is None or not self._is_last(at)
        if name not in data and is_needed:
            there = ", ".join(list(data)[:10])
            guess = did_you_mean(name, data).strip()
            raise PathError(
                f"{self._named(at)} has no {name!r}",
                guess or (f"there is {there}" if there else "it is empty"),
            )
        below = inside(next(form for form in forms if form.is_things), name)
        return self._inserted(data, name, data.get(name), below, at)

    def _in_list(self, data: tuple[object, ...], forms: tuple[Form, ...], at: int) -> Replaced:
        part = self.parts[at]
        if not _is_index(part, data):
            raise PathError(
                f"{self._named(at)} has no entry {part!r}",
                f"it has {len(data)}, and the first is 0" if data else "it is empty",
            )
        index = int(part)
        if self._is_last(at):
            new = () if self.value is None else (self.value,)
            return Replaced((*data[:index], *new, *data[index + 1 :]), (index,))
        below = inside(next((f for f in forms if f.is_list), forms[0]), index)
        under = self.put(data[index], below, at + 1)
        return Replaced((*data[:index], under.data, *data[index + 1 :]), (index, *under.path))

    def _in_list_of_names(
        self, data: tuple[object, ...], forms: tuple[Form, ...], at: int
    ) -> Replaced:
        """Take an index into `machines: [a, b]`: the name there, or what is inside that thing."""
        if self._is_last(at) or not _is_index(self.parts[at], data):
            return self._in_list(data, forms, at)
        name = str(text_of(data[int(self.parts[at])]))
        parts = (*self.parts[:at], name, *self.parts[at + 1 :])
        return _Walk(parts, self.value).put(data, forms, at)

    def _inserted(
        self,
        data: Mapping[str, object],
        key: str,
        current: object,
        below: tuple[Form, ...],
        at: int,
    ) -> Replaced:
        if not self._is_last(at):
            under = self.put(current, below, at + 1)
            return Replaced({**data, key: under.data}, (key, *under.path))
        if self.value is None:
            return Replaced({name: value for name, value in data.items() if name != key}, (key,))
        return Replaced({**data, key: self.value}, (key,))

    def _is_last(self, at: int) -> bool:
        return at == len(self.parts) - 1

    def _named(self, at: int) -> str:
        return repr(".".join(self.parts[:at])) if at else "the scenario"


def _is_index(part: str, data: tuple[object, ...]) -> bool:
    return part in map(str, range(len(data)))


def _spelt_out(
    data: object, forms: Iterable[Form], *, is_things: bool
) -> Mapping[str, object] | None:
    """Return what stands at a place as a mapping, short forms spelt out; None if it is none."""
    if isinstance(data, Mapping):
        return data
    if data is None:
        return {}
    if isinstance(data, tuple):
        return {str(text_of(name)): {} for name in data}
    if is_things:  # `slots: 2`
        return {"unattended": data}
    return {"constant": data} if "constant" in keys(tuple(forms)) else None
