"""What a key of the language takes and what it is by default, in people's words."""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BeforeValidator, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from simulator.model.accounts import Account
from simulator.model.calendars import Calendar
from simulator.model.calls import Calls
from simulator.model.dispatch import Assumptions, Dispatch
from simulator.model.distributions import Distribution
from simulator.model.folders import Folder
from simulator.model.hours_of_week import Days, Hours
from simulator.model.machines import Machine
from simulator.model.processes import Process
from simulator.model.quantities import (
    CronText,
    Duration,
    Flag,
    LocalDate,
    LocalTime,
    Name,
    Part,
    PositiveDuration,
    Priority,
    Rate,
    RuntimeType,
    Share,
)
from simulator.model.queues import Arrival, Queue
from simulator.model.roles import CustomRole
from simulator.model.scenario import Run, Tenant, TimeFrame
from simulator.model.streams import OpenStream, Stream
from simulator.model.targets import Target
from simulator.model.triggers import Start, Trigger

SECTIONS: Final[Mapping[str, type[Part] | None]] = {
    "time": TimeFrame,
    "run": Run,
    "calendars": Calendar,
    "machines": Machine,
    "accounts": Account,
    "roles": CustomRole,
    "tenant": Tenant,
    "folders": Folder,
    "assign": None,
    "processes": Process,
    "queues": Queue,
    "triggers": Trigger,
    "arrivals": Arrival,
    "starts": Start,
    "streams": None,
    "distributions": None,
    "dispatch": Dispatch,
    "assumptions": Assumptions,
    "targets": Target,
    "variants": None,
}
"""A section a concept, in the order of a file, with the model that is one, if any.

A model without a section is told below the key that takes it.
"""

WORDS: Final = (
    (Name, "name", "names"),
    (Flag, "`true` or `false`", ""),
    (PositiveDuration, "duration above 0s", "durations above 0s"),
    (Duration, "duration", "durations"),
    (Rate, "rate", "rates"),
    (Share, "share", "shares"),
    (Priority, "[priority](#processes)", ""),
    (LocalTime, "local time", "local times"),
    (LocalDate, "date", "dates"),
    (Days, "days of the week", "days of the week"),
    (Hours, "hours of the day", "hours of the day"),
    (RuntimeType, "[runtime type](#machines)", "[runtime types](#machines)"),
    (Stream, "[stream](#streams)", ""),
    (OpenStream, "[stream](#streams) but no closed loop", ""),
    (Calls, "[stream](#streams) with `by`", ""),
    (Distribution, "[distribution](#distributions)", ""),
    (CronText, "Quartz cron", ""),
    (dict[str, Any], "[override paths](#overrides) and their values", ""),
    (int, "whole number", "whole numbers"),
    (float, "number", "numbers"),
    (str, "text", "texts"),
)
"""A type in words, for one and for several; what is narrower comes first."""

BOUNDS: Final = ((Ge, "from"), (Gt, "above"), (Le, "to"), (Lt, "below"))

LONGEST_READ: Final = 1e15


def takes(hint: object, *, many: bool = False) -> str:
    """Return what a field or a type takes, in the plural for `many`."""
    info = _info(hint)
    for known, one, several in WORDS:
        of_known = _info(known)
        more = info.metadata[len(of_known.metadata) :]
        if info.annotation == of_known.annotation and info.metadata == [*of_known.metadata, *more]:
            return (several if many else one) + _bounds(more)
    written = _as_written(info)
    return _composed(info.annotation, many=many) if written is None else takes(written, many=many)


def _composed(annotation: object, *, many: bool) -> str:
    """Return what a type made of others takes."""
    arguments, origin = get_args(annotation), get_origin(annotation)
    if origin is None:
        return _keys(annotation, many=many)
    if origin is Literal:
        return ("" if many or len(arguments) == 1 else "one of ") + codes(arguments)
    if origin in (Union, UnionType):
        forms = [takes(one, many=many) for one in arguments if one is not NoneType]
        return ", or ".join(dict.fromkeys(forms))
    if origin is dict:
        return f"{takes(arguments[0], many=True)}, each with {takes(arguments[1])}"
    length = "" if origin is list or arguments[1] is ... else f"{len(arguments)} "
    return f"list of {length}{takes(arguments[0], many=True)}"


def _keys(model: object, *, many: bool) -> str:
    """Return where the keys of a model stand."""
    title = next((title for title, one in SECTIONS.items() if one is model), None)
    keys = "the keys below" if title is None else f"[these keys](#{title})"
    return f"mappings with {keys}" if many else keys


def parts_below(hint: object, key: str) -> Iterator[tuple[str, type[Part]]]:
    """Yield the models without a section that a key takes, with the paths of their keys."""
    info = _info(hint)
    if any(info.annotation == _info(known).annotation for known, *_ in WORDS):
        return
    arguments, origin = get_args(info.annotation), get_origin(info.annotation)
    if origin is None:
        if info.annotation not in (NoneType, *SECTIONS.values()):
            yield key, cast("type[Part]", info.annotation)
    elif origin is dict:
        yield from parts_below(arguments[1], f"{key}.<name>")
    elif origin is tuple:
        yield from parts_below(arguments[0], f"{key}.<number>")
    elif origin is not Literal:
        for one in arguments:
            yield from parts_below(one, key)


def default(field: FieldInfo) -> str:
    """Return a field's default as a file would say it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is None or type(value) in SECTIONS.values():
        return "-"
    hint: Any = Annotated[(field.annotation, *field.metadata, None)]
    written = TypeAdapter(hint).dump_python(value, mode="json", exclude_none=True)
    return "none" if written in ({}, [], "") else f"`{_on_one_line(written)}`"


def _on_one_line(value: object) -> str:
    """Return a plain value as YAML on one line; a constant distribution is a bare duration."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case {"constant": text}:
            return str(text)
        case dict():
            return (
                "{" + ", ".join(f"{key}: {_on_one_line(one)}" for key, one in value.items()) + "}"
            )
    return str(value)


def codes(words: Iterable[object]) -> str:
    """Return words as a list, each set as code."""
    return ", ".join(f"`{word}`" for word in words)


def _info(hint: object) -> FieldInfo:
    return hint if isinstance(hint, FieldInfo) else FieldInfo.from_annotation(cast("Any", hint))


def _as_written(info: FieldInfo) -> object:
    """Return what stands in a file where a validator makes the field's own type of it, or None."""
    steps = [step for step in info.metadata if isinstance(step, BeforeValidator)]
    types = [step.json_schema_input_type for step in steps]
    return next((one for one in types if one is not PydanticUndefined), None)


def _bounds(metadata: list[object]) -> str:
    told = [
        f" {word} {_number(getattr(step, kind.__name__.lower()))}"
        for step in metadata
        for kind, word in BOUNDS
        if isinstance(step, kind)
    ]
    return "".join(told)


def _number(number: float) -> str:
    """Return a number with commas; one too long to read as a power of two."""
    return f"{number:,.15g}" if number < LONGEST_READ else f"2^{math.log2(number):g}"
