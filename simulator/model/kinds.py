"""Models of several kinds, such as distributions: each is told by the one key that names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Discriminator
from pydantic_core import PydanticCustomError

from simulator.model.suggestions import did_you_mean


def one_kind(value: Mapping[Any, Any], kinds: tuple[str, ...], what: str) -> None:
    """Check that a mapping names exactly one of `kinds`.

    Raises:
        PydanticCustomError: none or several are named; the message lists what there is.
    """
    named = [key for key in value if key in kinds]
    if len(named) == 1:
        return
    if named:
        problem = f"names {len(named)} kinds at once: {', '.join(named)}"
    else:
        guesses = [did_you_mean(str(key), kinds) for key in value]
        problem = next((f"has none of its kinds;{guess}" for guess in guesses if guess), "")
        problem = problem or f"must name one of: {', '.join(kinds)}"
    raise PydanticCustomError("kind", "a {what} {problem}", {"what": what, "problem": problem})


def by_kind(kinds: tuple[str, ...]) -> Discriminator:
    """Return what tells models apart by which of `kinds` a mapping has, or a part of a scenario."""

    def kind(value: object) -> str | None:
        keys = value if isinstance(value, Mapping) else type(value).model_fields  # type: ignore[attr-defined]  # else a Part
        return next((each for each in kinds if each in keys), None)

    return Discriminator(kind)
