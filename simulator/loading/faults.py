"""Where data does not fit the models: the validator's complaints, led back to the data.

The validator's own paths hold names of unions' branches that no file contains, and a value that
may be written in several ways is complained about once for each of them. Here a path is followed
through the models and the data at once, and complaints that belong together become one fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulator.errors import Path
from simulator.loading.documents import inner, step_to
from simulator.loading.language import WHOLE, Form, inside, labelled
from simulator.model.scenario import Scenario

MOST_FAULTS: Final = 10_000
"""Complaints that are looked into; nobody reads more, and a broken file can have a million."""

_KEY: Final = "[key]"
"""What the validator appends to a path when a key itself is at fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in the data that does not fit.

    `path` is that of the data; for a missing key its last part is that key. `value` is what stands
    there, `forms` what could, `holder` the forms of what holds it, `errors` the complaints.
    `is_key` is set where the key is at fault, not its value.
    """

    path: Path
    value: object
    forms: tuple[Form, ...]
    holder: tuple[Form, ...]
    errors: tuple[ErrorDetails, ...]
    is_key: bool = False

    @property
    def kind(self) -> str:
        """Return the validator's name for what is wrong."""
        return self.errors[0]["type"]

    @property
    def spoilt(self) -> Path:
        """Return the path of what cannot be used because of this."""
        return self.path[:-1] or self.path if self.kind == "missing" else self.path


@dataclass(frozen=True, slots=True)
class _Branch:
    """A complaint about one way of writing a value: where the ways part, and which it is."""

    path: Path
    value: object
    forms: tuple[Form, ...]
    taken: Form


def validate(data: object) -> tuple[Scenario | None, list[Fault]]:
    """Return the scenario that composed `data` means, or everything that does not fit.

    Of more than `MOST_FAULTS` complaints, the rest is left out.
    """
    try:
        return Scenario.model_validate(data, strict=True), []
    except ValidationError as error:
        complaints = error.errors(include_url=False)[:MOST_FAULTS]
    return None, _roots(_merged(_followed(complaint, data) for complaint in complaints))


def _followed(error: ErrorDetails, data: object) -> tuple[Fault, _Branch | None]:
    """Follow a complaint's path through the models and the data."""
    path: list[str | int] = []
    forms, holder, value, branch = WHOLE, WHOLE, data, None
    for part in error["loc"]:
        if len(forms) > 1:
            taken = labelled(forms, str(part))
            if taken.tag is None:
                branch = _Branch(tuple(path), value, forms, taken)
            forms = (taken,)
            continue
        step = step_to(value, part)
        if step is None:
            if error["type"] == "missing":
                path.append(part)
            break
        holder, forms = forms, inside(forms[0], part) or (Form(object),)
        path.append(step)
        value = inner(value, step)
    is_key = error["loc"][-1:] == (_KEY,) and error["input"] is not value
    return Fault(tuple(path), value, forms, holder, (error,), is_key), branch


def _merged(followed: Iterable[tuple[Fault, _Branch | None]]) -> list[Fault]:
    """Return the faults, with those about several ways of writing one value as one.

    Only complaints about the way the writer went are kept: about the mapping for a mapping, the
    list for a list. Where nothing written fits any way, all are told together.
    """
    merged: list[Fault] = []
    parted: dict[Path, list[tuple[Fault, _Branch]]] = {}
    for fault, branch in followed:
        if branch is None:
            merged.append(fault)
        else:
            parted.setdefault(branch.path, []).append((fault, branch))
    for group in parted.values():
        meant = [fault for fault, branch in group if _is_meant(branch)]
        if meant and isinstance(group[0][1].value, Mapping | tuple):
            merged += meant
        else:
            merged.append(_told_together(group))
    return merged


def _told_together(group: list[tuple[Fault, _Branch]]) -> Fault:
    branch = group[0][1]
    errors = tuple(error for fault, _ in group for error in fault.errors)
    return Fault(branch.path, branch.value, branch.forms, branch.forms, errors)


def _is_meant(branch: _Branch) -> bool:
    if isinstance(branch.value, Mapping):
        return branch.taken.model is not None or branch.taken.is_things
    return branch.taken.is_list if isinstance(branch.value, tuple) else False


def _roots(faults: list[Fault]) -> list[Fault]:
    """Leave out what only follows from a fault further inside, such as a list left too short."""
    above = {fault.path[:end] for fault in faults for end in range(len(fault.path))}
    return [
        fault for fault in faults if fault.is_key or fault.kind in _OWN or fault.path not in above
    ]


_OWN: Final = frozenset({"missing", "extra_forbidden"})
"""Faults of a key itself, which follow from nothing inside."""
