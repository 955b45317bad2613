"""Counts the calls of a function: what a test of effort asserts, since clocks depend on others."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Counter[Any]:
    """Count the calls of a module's function by its first argument, of a method by all of them."""
    calls: Counter[Any] = Counter()
    original = getattr(owner, name)

    def counting(*arguments: Any) -> Any:
        calls[arguments[1:] if isinstance(owner, type) else arguments[0]] += 1
        return original(*arguments)

    monkeypatch.setattr(owner, name, counting)
    return calls
