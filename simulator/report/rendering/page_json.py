"""A page as JSON and back, exactly: so that it can be rendered again where it was not made.

A class's values are an object with `is`, the class's name; those of a tuple an array. A number that
JSON has none for is a text: `nan`, `inf`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from functools import cache
from types import UnionType
from typing import (
    Any,
    Final,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from simulator.report.page import ReportPage, Table

SCHEMA_VERSION: Final = 1
"""The version of what `page_of` reads: raised whenever the parts of a page change their meaning."""

_NOT_FINITE: Final = ("nan", "inf", "-inf")

_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a character, which JSON can tell and no file can hold."""

_Type: TypeAlias = Any
"""A class, or a hint such as `tuple[str, ...]`: Python has no narrower name for both."""


def page_json(page: ReportPage) -> str:
    """Return a page as JSON text; equal pages give equal text."""
    plain = _plain(page)
    content = {"schema_version": SCHEMA_VERSION, "sha256": _sha256(plain), "page": plain}
    return _text(content) + "\n"


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _sha256(plain: object) -> str:
    """Return what tells a page from one that was damaged, whose charts nobody could draw."""
    return hashlib.sha256(_text(plain).encode("utf-8")).hexdigest()


def page_of(text: str) -> ReportPage:
    """Return the page that `page_json` made the text of.

    Raises:
        ValueError: the text is no such page.
    """
    try:
        content = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise ValueError("is no page of a report: it is no JSON") from error
    if not isinstance(content, dict) or content.keys() != {"schema_version", "sha256", "page"}:
        raise ValueError("is no page of a report: it has to hold schema_version, sha256 and page")
    if content["schema_version"] != SCHEMA_VERSION:
        raise ValueError(f"is a page of another version: only version {SCHEMA_VERSION} is read")
    page: ReportPage = _value(content["page"], ReportPage, "page")
    if content["sha256"] != _sha256(content["page"]):
        raise ValueError("was changed after it was written: its sha256 is another")
    return page


def _refused(constant: str) -> float:
    """Refuse what Python's reader of JSON takes beyond JSON: `NaN`, `Infinity`."""
    raise ValueError(f"{constant} is no JSON")


def _plain(value: object) -> object:
    """Return a value as JSON has it."""
    if dataclasses.is_dataclass(value):
        names = [one.name for one in dataclasses.fields(value)]
        return {"is": type(value).__name__} | {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(float(value))
    return value


def _value(found: Any, wanted: _Type, path: str) -> Any:  # noqa: ANN401 - any JSON, any value
    """Return what of a type some JSON stands for; `path` is where in the page that is.

    Raises:
        ValueError: it stands for no such value.
    """
    if _form(wanted) in {Union, UnionType}:
        wanted = next((one for one in get_args(wanted) if _may_be(found, one)), None)
    if not _may_be(found, wanted):
        raise ValueError(f"is no page of a report: {path} is not what a page has there")
    if _form(wanted) is tuple:
        return _tuple(found, get_args(wanted), path)
    if isinstance(found, list):
        return wanted(*_tuple(found, tuple(_hints(wanted).values()), path))
    if isinstance(found, dict):
        hints = _hints(wanted)
        names = [one.name for one in dataclasses.fields(wanted)]
        built = wanted(
            **{name: _value(found[name], hints[name], f"{path}.{name}") for name in names}
        )
        return _rectangular(built, path) if isinstance(built, Table) else built
    return float(found) if wanted is float and isinstance(found, str) else found


def _rectangular(table: Table, path: str) -> Table:
    """Return a table, each of whose rows has a cell for each column.

    Raises:
        ValueError: one has more, or fewer.
    """
    if any(len(row) != len(table.columns) for row in table.rows):
        raise ValueError(f"is no page of a report: {path} has a row that does not fit its columns")
    return table


def _may_be(found: object, wanted: _Type) -> bool:
    """Return whether some JSON has the outer form of a type; what it holds is seen later."""
    if _form(wanted) is tuple or hasattr(wanted, "_fields"):
        return isinstance(found, list)
    if _form(wanted) is Literal:
        return found in get_args(wanted)
    if hasattr(wanted, "__dataclass_fields__"):
        names = {"is", *(one.name for one in dataclasses.fields(wanted))}
        return isinstance(found, dict) and found.keys() == names and found["is"] == wanted.__name__
    if wanted is float:
        return type(found) in {int, float} or found in _NOT_FINITE
    if wanted is str and isinstance(found, str):
        return _HALF.search(found) is None
    return type(found) is (type(None) if wanted is None else wanted)


def _tuple(found: list[Any], wanted: tuple[_Type, ...], path: str) -> tuple[Any, ...]:
    """Return the values of an array, each of its own type, or all of the one before `...`."""
    if wanted[1:] == (...,):
        wanted = wanted[:1] * len(found)
    if len(found) != len(wanted):
        raise ValueError(f"is no page of a report: {path} has not {len(wanted)} parts")
    pairs = enumerate(zip(found, wanted, strict=True))
    return tuple(_value(one, kind, f"{path}[{place}]") for place, (one, kind) in pairs)


def _form(wanted: _Type) -> _Type:
    """Return what a hint is a form of: `tuple`, a union, `Literal`; None for a class."""
    return get_origin(wanted)


@cache
def _hints(wanted: _Type) -> dict[str, _Type]:
    return get_type_hints(wanted)
