"""Scopes: by which of its integers a row of the records belongs to a folder or a machine.

Rows are added up by route, host or account first, and those few totals then by name: a scope costs
next to nothing, however many jobs there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.model.definitions import OUTSIDE
from simulator.records.codes import SourceKind
from simulator.records.columns import Floats, Ints, Jobs, Legend

Key = Literal["route", "host", "account", "queue"]
Totals: TypeAlias = Mapping[Key, Floats]
"""A sum for each route, each host and each account; of items, for each queue."""

Groups: TypeAlias = npt.NDArray[np.integer[Any]]
"""For each row the number of its group, -1 for none."""

Mask: TypeAlias = npt.NDArray[np.bool_]
"""For each row whether it is meant."""

Selection: TypeAlias = npt.NDArray[np.bool_] | npt.NDArray[np.integer[Any]] | slice

_SHORT: Final = ((2**8, np.uint8), (2**16, np.uint16))
"""How many groups there are at most for each of the short types of integers."""


def total_by(groups: Groups, size: int, weights: Floats | None = None) -> Floats:
    """Return the sum of `weights` (the number of rows without) by group; group -1 is nobody's."""
    sums = np.bincount(groups + 1, weights, minlength=size + 1)
    return sums[1:].astype(np.float64)


def rows_of(groups: Iterable[int], first: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return the rows of some groups; those of group n are from `first[n]` to `first[n + 1]`."""
    ranges = [np.arange(first[one], first[one + 1]) for one in groups]
    return np.concatenate([np.empty(0, dtype=np.intp), *ranges])


def short(groups: Groups, size: int) -> Groups:
    """Return groups, 0 and more, of which there are `size`, in 8 or 16 bits where that is enough.

    NumPy sorts such integers by radix, several times faster than longer ones.
    """
    return next((groups.astype(kind) for most, kind in _SHORT if size <= most), groups)


def added(totals: Totals, more: Totals) -> Totals:
    """Return the sums of two totals by the same keys."""
    return {key: total + more[key] for key, total in totals.items()}


def numbered(values: Groups, size: int) -> tuple[list[int], npt.NDArray[np.intp]]:
    """Return the different ones of values, 0 and more and below `size`, and the place of each.

    They are in order, (K,) and (J,). Where they are dense, they are counted and not sorted.
    """
    if size > len(values):
        found, place = np.unique(values, return_inverse=True)
        return found.tolist(), place
    is_there = np.bincount(values, minlength=size) > 0
    return np.flatnonzero(is_there).tolist(), (np.cumsum(is_there) - 1)[values]


@dataclass(frozen=True, slots=True)
class Keys:
    """The integers by which the rows of a table find their scopes; `sizes` says how many."""

    columns: Mapping[Key, Ints]
    sizes: Mapping[Key, int]

    def of(self, rows: Selection) -> Keys:
        """Return the keys of some of the rows, in their order."""
        return Keys({key: column[rows] for key, column in self.columns.items()}, self.sizes)

    def totals(self, weights: Floats | None = None) -> Totals:
        """Return the sums of `weights` (J,), the number of rows without, by every key."""
        return {
            key: total_by(column, self.sizes[key], weights) for key, column in self.columns.items()
        }


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope: its names, and for each route, host, account or queue the place of its name, or -1.

    `hosts` has the place of each host where names have slots, None elsewhere.
    """

    scope: str
    names: tuple[str, ...]
    key: Key
    place: Ints
    hosts: Ints | None = None

    def total(self, totals: Totals) -> Floats:
        """Return the totals by name, (N,)."""
        return total_by(self.place, len(self.names), totals[self.key])

    def of_hosts(self, values: Floats) -> Floats:
        """Return values of the hosts, (H,) or (H, V), added up by name; zeros without slots."""
        found = np.zeros((len(self.names), *values.shape[1:]))
        if self.hosts is not None:
            np.add.at(found, self.hosts, values)
        return found

    def groups(self, keys: Keys) -> Ints:
        """Return the place of each row's name, -1 for none."""
        return looked_up(self.place, keys.columns[self.key])


def keys_of(legend: Legend, jobs: Jobs) -> Keys:
    """Return the keys of the jobs: their routes, and the hosts and accounts where they ran last."""
    names = legend.names
    return Keys(
        {"route": jobs.route, "host": jobs.host, "account": jobs.account},
        {
            "route": len(legend.routes.folder),
            "host": len(names.hosts),
            "account": len(names.accounts),
        },
    )


def scopes_of(legend: Legend, subtrees: Sequence[str] = ()) -> tuple[Scope, ...]:
    """Return every scope in the catalogue's order, with all its names in the legend's order.

    Each folder of `subtrees` adds a scope `folder+` of one name: the folder and its subfolders.
    Records that are partial add `outside`: the jobs that are not among them, of which nothing is
    known but the slots they held, on all machines and on each.
    """
    names = legend.names
    every_host, machine_of_host = _everything(names.hosts), _ints(names.host_machine)
    return (
        *_submission_scopes(legend, subtrees),
        Scope("machine", names.machines, "host", machine_of_host, machine_of_host),
        Scope("host", names.hosts, "host", every_host, every_host),
        Scope("account", names.accounts, "account", _everything(names.accounts)),
        Scope("principal", names.principals, "route", legend.routes.principal),
        *(_outside_scopes(legend, machine_of_host) if legend.partial else ()),
    )


def _outside_scopes(legend: Legend, machine_of_host: Ints) -> Iterator[Scope]:
    no_route = np.full_like(legend.routes.folder, -1)
    yield Scope(OUTSIDE, ("",), "route", no_route, np.zeros_like(machine_of_host))
    yield Scope(OUTSIDE, legend.names.machines, "route", no_route, machine_of_host)


def _submission_scopes(legend: Legend, subtrees: Sequence[str]) -> Iterator[Scope]:
    names, routes = legend.names, legend.routes
    no_name = np.zeros_like(routes.folder)
    yield Scope("tenant", ("",), "route", no_name, _ints([0] * len(names.hosts)))
    yield Scope("folder", names.folders, "route", routes.folder)
    yield from (_subtree(legend, folder) for folder in subtrees)
    yield Scope("process", names.processes, "route", routes.process)
    yield _sources(legend, "trigger", frozenset(SourceKind) - {SourceKind.MANUAL, SourceKind.JOB})
    yield _sources(legend, "start", frozenset({SourceKind.MANUAL}))
    yield _priorities(routes.priority)
    yield Scope("runtime", names.runtimes, "route", routes.runtime)


def _subtree(legend: Legend, folder: str) -> Scope:
    inside = [path == folder or path.startswith(f"{folder}/") for path in legend.names.folders]
    place = np.where(inside, 0, -1).astype(np.int32)
    return Scope("folder+", (folder,), "route", looked_up(place, legend.routes.folder))


def _sources(legend: Legend, scope: str, kinds: frozenset[SourceKind]) -> Scope:
    names = legend.names
    wanted = np.array([kind in kinds for kind in names.source_kinds], dtype=np.bool_)
    place = np.where(wanted, np.cumsum(wanted) - 1, -1).astype(np.int32)
    chosen = (name for name, one in zip(names.sources, wanted, strict=True) if one)
    return Scope(scope, tuple(chosen), "route", looked_up(place, legend.routes.source))


def _priorities(priority: Ints) -> Scope:
    """Return the scope of the priorities that routes have, the most urgent first."""
    rising, place = np.unique(priority, return_inverse=True)
    names = tuple(str(number) for number in rising[::-1])
    return Scope("priority", names, "route", (len(names) - 1 - place).astype(np.int32))


def _everything(names: tuple[str, ...]) -> Ints:
    return np.arange(len(names), dtype=np.int32)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def looked_up(table: Ints, index: Ints) -> Ints:
    """Return `table[index]`, -1 where the index is -1."""
    return np.append(table, np.int32(-1))[index]
