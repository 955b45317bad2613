"""The language as its models spell it: which keys there are at a place, and what they take.

A form is one way to write a value: a model's mapping, a mapping of named things, a list, or a
scalar. Everything here is read off the annotations of the models, so it cannot drift from them.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin

from pydantic import Tag
from pydantic.fields import FieldInfo

from simulator.model.quantities import Part
from simulator.model.scenario import Scenario


@dataclass(frozen=True)
class Form:
    """One way to write a value; `tag` is its name where the model tells ways apart by a tag."""

    annotation: Any
    tag: str | None = None

    @property
    def model(self) -> type[Part] | None:
        """Return the model whose keys such a mapping has, if it is one."""
        return self.annotation if _is_model(self.annotation) else None

    @property
    def is_things(self) -> bool:
        """Whether it is a mapping of names to things."""
        return get_origin(self.annotation) is dict

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return get_origin(self.annotation) is tuple


WHOLE: tuple[Form, ...] = (Form(Scenario),)
"""What a whole file may be."""


def _is_model(annotation: object) -> TypeGuard[type[Part]]:
    return isinstance(annotation, type) and issubclass(annotation, Part)


@cache
def fields(model: type[Part]) -> Mapping[str, FieldInfo]:
    """Return the fields of a model by the keys they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def keys(forms: tuple[Form, ...]) -> tuple[str, ...]:
    """Return the keys that a mapping may have at a place, those of all its forms."""
    models = [form.model for form in forms if form.model is not None]
    return tuple(dict.fromkeys(key for model in models for key in fields(model)))


def inside(form: Form, part: str | int) -> tuple[Form, ...]:
    """Return the forms of what stands under a key or index of `form`; none if nothing can."""
    if form.model is not None:
        field = fields(form.model).get(str(part))
        return () if field is None else forms_of(field.annotation)
    if form.is_things:
        return forms_of(get_args(form.annotation)[1])
    if form.is_list and isinstance(part, int):
        elements = [element for element in get_args(form.annotation) if element is not Ellipsis]
        return forms_of(elements[min(part, len(elements) - 1)])
    return ()


def forms_of(annotation: Any) -> tuple[Form, ...]:  # noqa: ANN401 - an annotation can be anything
    """Return the ways to write a value of an annotation; null is left out."""
    return tuple(_forms(annotation, None))


def _forms(annotation: Any, tag: str | None) -> list[Form]:  # noqa: ANN401 - the same
    origin = get_origin(annotation)
    if origin is Annotated:
        first, *metadata = get_args(annotation)
        tags = [item.tag for item in metadata if isinstance(item, Tag)]
        return _forms(first, tags[0] if tags else tag)
    if origin in {Union, types.UnionType}:
        return [form for option in get_args(annotation) for form in _forms(option, None)]
    return [] if annotation is types.NoneType else [Form(annotation, tag)]


def labelled(forms: tuple[Form, ...], label: str) -> Form:
    """Return the form that pydantic means by a label in the path of an error."""
    for form in forms:
        if form.tag == label:
            return form
    for form in forms:
        if form.model is not None and form.model.__name__ in label:
            return form
    is_list = label.startswith("tuple[")
    plain = [form for form in forms if form.model is None and form.is_list == is_list]
    return plain[0] if plain else forms[0]


def has_default(field: FieldInfo) -> bool:
    """Whether a section is there even if the file does not write it, such as `dispatch`."""
    return isinstance(field.get_default(call_default_factory=True), Part | dict)
