"""What is left of a scenario when its faulty parts are taken out, so that the rest can be checked.

A file's errors are told all at once. Whether names lead anywhere can be asked only of a scenario
that fits the models, so the parts at fault are taken out of a copy first, and what is then missed
because of that is no error of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from simulator.errors import Issue, Path
from simulator.loading.documents import inner, step_to
from simulator.model.quantities import text_of

_STAND_INS: Final[Mapping[str, object]] = {
    "version": 1,
    "time": {"start": "2001-01-01", "duration": "1d"},
}
"""What a file must have: stands in where its own was at fault."""

_SECTIONS: Final = frozenset({
    "accounts", "assign", "calendars", "folders", "groups", "machines", "processes", "queues",
    "roles", "starts", "triggers",
})  # fmt: skip
"""Keys whose loss leaves all names in them unknown."""


@dataclass(frozen=True)
class Pruned:
    """Composed data without some of its parts; paths of the rest can be led back to the whole.

    `given` is the same as `whole`, but may hold parts that are built already: nothing can be seen
    inside those.
    """

    whole: object
    given: object
    lost: frozenset[Path]

    @property
    def data(self) -> object:
        """Return the rest; what every file must have is stood in for."""
        rest = _without(self.given, self.lost)
        return {**_STAND_INS, **rest} if isinstance(rest, Mapping) else dict(_STAND_INS)

    def original(self, path: Path) -> Path:
        """Return where in the whole that stands which has `path` in the rest."""
        found: list[str | int] = []
        data: object = self.whole
        for part in path:
            step: str | int | None = part
            if isinstance(part, int) and isinstance(data, tuple):
                step = self._original_index(tuple(found), part, len(data))
            found.append(part if step is None else step)
            known = step_to(data, found[-1])
            data = None if known is None else inner(data, known)
        return tuple(found)

    def _original_index(self, path: Path, index: int, length: int) -> int:
        kept = [i for i in range(length) if (*path, i) not in self.lost]
        return kept[index] if index < len(kept) else index

    def explains(self, issue: Issue) -> bool:
        """Return whether an issue of the rest (with its path in the whole) follows from the loss.

        It does if it is about a name that was lost, or about a name in a section that was.
        """
        return any(
            path[-1] in _SECTIONS and issue.path[: len(path) - 1] == path[:-1]
            for path in self.lost
            if path
        ) or not self._names.isdisjoint(_spoken_of(issue.path, self.whole))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for path in self.lost for name in _lost_names(path, self.whole))


def _without(data: object, lost: frozenset[Path]) -> object:
    """Return `data` without the parts at the paths in `lost`."""
    touched = frozenset(path[:end] for path in lost for end in range(1, len(path)))
    return _copy(data, (), lost, touched)


def _copy(data: object, path: Path, lost: frozenset[Path], touched: frozenset[Path]) -> object:
    if path and path not in touched:
        return data
    if isinstance(data, Mapping):
        return {
            key: _copy(value, (*path, key), lost, touched)
            for key, value in data.items()
            if (*path, key) not in lost
        }
    if isinstance(data, tuple):
        return tuple(
            _copy(value, (*path, index), lost, touched)
            for index, value in enumerate(data)
            if (*path, index) not in lost
        )
    return data


def _spoken_of(path: Path, data: object) -> Iterator[str]:
    """Yield the names an issue at `path` may be about: its key, its value, and their parts."""
    for part in path:
        step = step_to(data, part)
        data = None if step is None else inner(data, step)
    for text in (text_of(data), *path[-1:]):
        if isinstance(text, str):
            yield text
            yield text.rpartition("-")[0]  # a counted account, spoken of by a member
            for folder in text.split(":"):
                yield folder
                yield from folder.split("/")


def _lost_names(path: Path, data: object) -> Iterator[str]:
    """Yield what was named by the part that was taken out from `path`."""
    for part in path:
        step = step_to(data, part)
        data = None if step is None else inner(data, step)
    if len(path) > 1 and path[-2] in _SECTIONS:
        yield str(path[-1])
    groups = data.get("groups") if isinstance(data, Mapping) else None
    for text in (data, *(groups if isinstance(groups, tuple) else ())):
        if isinstance(text_of(text), str):
            yield str(text_of(text))
