"""A variant's data with what it leaves alone taken over ready from the file's own scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.errors import Path
from simulator.loading.documents import inner, step_to
from simulator.model.quantities import Part


def grafted(data: object, scenario: Part, replaced: Iterable[Path]) -> object:
    """Return `data` with parts of `scenario` in the place of all that no override touched.

    `replaced` are the paths of what overrides replaced. The models take a part that is built
    already as it is, so that checking a variant costs little more than what it changes.
    """
    new = frozenset(replaced)
    on_the_way = frozenset(path[:end] for path in new for end in range(len(path)))
    return _grafted(data, scenario, (), (new, on_the_way))


def _grafted(
    data: object, built: object, path: Path, touched: tuple[frozenset[Path], frozenset[Path]]
) -> object:
    new, on_the_way = touched
    if path in new:
        return data
    if path not in on_the_way:
        return built if _is_ready(built) else data
    if isinstance(data, Mapping):
        return {
            key: _grafted(value, _below(built, key), (*path, key), touched)
            for key, value in data.items()
        }
    return data


def _is_ready(built: object) -> bool:
    """Return whether a model takes `built` as it is: a part, or named parts."""
    if isinstance(built, Mapping):
        return bool(built) and all(isinstance(part, Part) for part in built.values())
    return isinstance(built, Part)


def _below(built: object, key: str) -> object:
    """Return what `built` has under a key of the language or under a name, None if nothing."""
    if isinstance(built, Part):
        return getattr(built, key, None) if key in type(built).model_fields else None
    step = step_to(built, key)
    return None if step is None else inner(built, step)
