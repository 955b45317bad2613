"""Openings by their names, and how very many of them are held before any is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from simulator.plan.openings import Opening
from simulator.policies.admission import Request


class NamedOpening(NamedTuple):
    """An opening by its names: what stands free, a machine or an account, and for whose jobs.

    `at` is the machine where that is, where it is one alone. `jobs` tells their needs, `request` is
    one of them. `alike` are as many more that would do as well, as far as a file tells.
    """

    opening: Opening
    folder: str
    jobs: str
    what: str
    at: str
    request: Request
    alike: int = 0


Make: TypeAlias = Callable[[], NamedOpening]
"""Makes an opening, once it is known that it will be looked at: there may be very many."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Openings of one rule, those that are alike as one: the last of them.

    `columns` hold what `make` takes, `counts` how many each stands for. There may be millions, so
    that nothing is made of them before it is asked for.
    """

    make: Callable[..., NamedOpening]
    columns: tuple[tuple[object, ...], ...]
    counts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[Make]:
        for *arguments, count in zip(*self.columns, self.counts, strict=True):
            yield partial(self._one, arguments, count)

    def _one(self, arguments: Sequence[object], count: int) -> NamedOpening:
        return self.make(*arguments)._replace(alike=count - 1)


def alike(
    keys: Sequence[Hashable], make: Callable[..., NamedOpening], *columns: Sequence[object]
) -> Alike:
    """Return the openings of some rows, of those that have the same key the last."""
    last = dict(zip(keys, range(len(keys)), strict=True))  # in the order of the first, as `Counter`
    kept = (tuple(map(column.__getitem__, last.values())) for column in columns)
    return Alike(make, tuple(kept), tuple(Counter(keys).values()))
