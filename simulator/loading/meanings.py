"""What each key of the language means: the docstrings under the fields of its models."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from textwrap import dedent

from simulator.model.quantities import Part


def meanings(model: type[Part]) -> dict[str, str]:
    """Return what each field of a model means, on one line, by the field's name.

    Inherited fields come first; one without a docstring is left out. The source is read when
    asked for: pydantic could do so for every model at import, and make each start wait for it.

    Raises:
        OSError: the package is there without its sources.
    """
    bases = [base for base in reversed(model.__mro__) if issubclass(base, Part)]
    return {name: text for base in bases for name, text in _told_in(base).items()}


def meaning_of(model: type[Part]) -> str:
    """Return what a model says of itself, on one line."""
    return _on_one_line(model.__doc__ or "")


def _told_in(model: type[Part]) -> dict[str, str]:
    """Return the docstrings under the fields that the body of this class declares."""
    (definition,) = ast.parse(dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - the source of a class
    return {
        field.target.id: _on_one_line(text)
        for field, below in pairwise(definition.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if (text := _text(below))
    }


def _text(statement: ast.stmt) -> str:
    """Return the text a statement consists of; empty if it is none."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
    return ""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
