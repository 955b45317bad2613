"""Changes as the texts `PATH=VALUE` that `--set` takes, the way back from reading them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from simulator.escaping import escaped
from simulator.loading.scalars import read_plain
from simulator.policies.changes import Change

_BARE_PART: Final = re.compile(r"[\w-]+")
_BARE_TEXT: Final = re.compile(r"[^\W\d_](?:[\w ./+-]*[\w+])?")
"""Letters first, so that it is no number, and nothing in it that YAML gives a meaning."""


def override_text(change: Change) -> str:
    """Return a change as `--set` takes it: `folders.HR.assign.anna=[Job Starter]`.

    Names are quoted where they have to be, and loading reads the same path and value back.

    Raises:
        TypeError: the value is not of text, numbers, truths, None, lists and mappings.
    """
    return f"{'.'.join(_part(str(part)) for part in change.path)}={_flow(change.value)}"


def _part(name: str) -> str:
    return name if _BARE_PART.fullmatch(name) else _in_quotes(name)


def _flow(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_text(key)}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return str(value)
    raise TypeError(f"cannot write {value!r} as a value of --set")


def _text(text: str) -> str:
    is_plain = _BARE_TEXT.fullmatch(text) and read_plain(text) == text
    return text if is_plain else escaped(_in_quotes(text))  # YAML reads \u202e in quotes


def _in_quotes(text: str) -> str:
    escaped_quotes = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped_quotes}"'
