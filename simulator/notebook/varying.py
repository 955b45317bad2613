"""What a sweep or a sizing varies, as Python tells it, in the texts that `--vary` takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

Vary: TypeAlias = str | Iterable[str] | Mapping[str, Iterable[object]]
"""Texts such as `machines.shared-vm.hosts=1..8`, or values by path, such as `range(1, 9)`."""


def texts_of(vary: Vary) -> tuple[str, ...]:
    """Return what is varied as texts, each a path, `=` and its values.

    Values by path that are text stand as a scenario would have them: `{exponential: 5m}`; one text
    alone may be a range, such as `1..8`.
    """
    if isinstance(vary, str):
        return (vary,)
    if not isinstance(vary, Mapping):
        return tuple(vary)
    return tuple(f"{path}={_values(values)}" for path, values in vary.items())


def _values(values: Iterable[object]) -> str:
    return values if isinstance(values, str) else ",".join(map(_text, values))


def _text(value: object) -> str:
    """Return a value in YAML, of which JSON is a part."""
    plain = value.item() if isinstance(value, np.generic) else value
    return plain if isinstance(plain, str) else json.dumps(plain, default=str)
