"""What `costs` puts a price on: override paths that lead to a number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, get_args

from pydantic import TypeAdapter, ValidationError

from simulator.errors import Issue
from simulator.loading.language import WHOLE, Form, fields, inside
from simulator.loading.override_paths import PathError, parse_path, replaced
from simulator.loading.overrides import Edition
from simulator.model.scenario import Scenario
from simulator.model.suggestions import did_you_mean

_ONE: Final = 1
"""A number that every count takes."""

_LIKE: Final = "a cost is of something counted, such as machines.shared-vm.hosts"


def counted(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of the path of what another path counts.

    They are its own, but that bare `slots` of a machine are the unattended ones.
    """
    match parts:
        case ("machines", _, "slots"):
            return (*parts, "unattended")
        case _:
            return parts


def cost_issues(scenario: Scenario, chosen: Edition) -> Iterator[Issue]:
    """Yield an error for each cost whose path names nothing, or nothing that is a number.

    What an override takes away may keep its cost: it is enough that the file has it.
    """
    found: dict[tuple[str, ...], str] = {}
    for path in scenario.costs:
        place = ("costs", path)
        try:
            parts = counted(parse_path(path))
            _check(parts, chosen)
        except PathError as error:
            yield Issue(place, str(error), "unknown-path", error.hint)
            continue
        other = found.setdefault(parts, path)
        if other != path:
            message = f"{path} is what {other} is, and has two costs"
            yield Issue(place, message, "two-costs", "leave one of them out")


def _check(parts: tuple[str, ...], chosen: Edition) -> None:
    """Do nothing if a path leads to a number.

    Raises:
        PathError: it does not.
    """
    try:
        replaced(chosen.data, parts, _ONE)
    except PathError:
        if not chosen.overlays:
            raise
        replaced(chosen.document.data, parts, _ONE)
    if not leads_to_number(parts):
        raise PathError(f"{'.'.join(parts)!r} is no number", _meant(parts) or _LIKE)


@lru_cache(maxsize=256)  # a search loads many editions with the same costs
def leads_to_number(parts: tuple[str, ...]) -> bool:
    """Return whether the language takes a plain number at a path; spans of time are none."""
    return any(_takes_number(form, parts[-1]) for form in _holders(parts))


def _holders(parts: tuple[str, ...]) -> tuple[Form, ...]:
    """Return the forms of what holds the last part of a path."""
    forms = WHOLE
    for part in parts[:-1]:
        steps: list[str | int] = [part, int(part)] if part.isdecimal() else [part]
        forms = tuple(below for form in forms for step in steps for below in inside(form, step))
    return forms


def _takes_number(form: Form, key: str) -> bool:
    """Return whether a plain number may stand under a key of a form."""
    if form.model is not None:
        field = fields(form.model).get(key)
        return field is not None and _is_valid(field.rebuild_annotation(), _ONE)
    if form.is_things:
        name, thing = get_args(form.annotation)
        return _is_valid(name, key) and _is_valid(thing, _ONE)
    return False


def _is_valid(annotation: Any, value: object) -> bool:  # noqa: ANN401 - an annotation can be anything
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError:
        return False
    return True


def _meant(parts: tuple[str, ...]) -> str:
    """Return what name was probably meant, where only some names can be, as of runtime types."""
    for form in _holders(parts):
        if form.is_things:
            known = get_args(get_args(form.annotation)[0])
            return did_you_mean(parts[-1], (one for one in known if isinstance(one, str))).strip()
    return ""
