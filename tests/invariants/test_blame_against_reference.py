"""Random estates in which all wait for anything: blame against the plain reference, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

import pytest
from builders_blame import figures_of, table_of, window_of
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from invariants.random_estates import Estate
from invariants.random_fleets import chancy_estates
from invariants.random_waits import crowded_estates
from invariants.reference_blame import Blamed, ReferenceBlame, reference_blame

from simulator.engine import simulate
from simulator.measurement.figures import BlameFigures
from simulator.plan.plan import Plan
from simulator.records.codes import BlameCause
from simulator.records.columns import Floats, Names

Key = TypeVar("Key")

CLOSE_S = 1e-6
"""A grid point: what the product may differ by."""

CHECKED = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def test_blame_of_crowded_estates_is_as_the_reference_has_it() -> None:
    """In every row of the table and of the figures; and their jobs wait for all there is."""
    assert _seen(crowded_estates(), 300) == set(BlameCause) - {BlameCause.FREE}


def test_blame_of_changing_estates_is_as_the_reference_has_it() -> None:
    """With queues, chains, limits, time triggers and personal workspaces beside."""
    assert BlameCause.FREE not in _seen(chancy_estates(), 100)


@pytest.mark.validate
def test_blame_of_ten_thousand_estates_is_as_the_reference_has_it() -> None:
    assert _seen(crowded_estates(), 10_000) == set(BlameCause) - {BlameCause.FREE}


def _seen(estates: SearchStrategy[Estate], examples: int) -> set[BlameCause]:
    """Compare all that the product says of some estates; return what their jobs waited for."""
    seen = set[BlameCause]()

    @settings(CHECKED, max_examples=examples)
    @given(estates)
    def equal(estate: Estate) -> None:
        seen.update(_equal(estate.plan))

    equal()
    return seen


def _equal(plan: Plan) -> set[BlameCause]:
    records = simulate(plan, 1, 0)
    expected, figures = reference_blame(plan, records), figures_of(plan, records)
    table = table_of(plan, records)
    _same(table, expected.whole)
    assert abs(sum(table.values()) - records.jobs.pending_s.sum()) <= CLOSE_S
    _same(window_of(figures), expected.window)
    assert figures.keys.tolist() == sorted(figures.keys.tolist())
    _same_week(figures, expected, plan.legend.names)
    assert figures.unexplained_s <= CLOSE_S
    return {blamed.charge.cause for blamed, seconds in expected.whole.items() if seconds}


def _same(told: Mapping[Key, float], expected: Mapping[Key, Fraction]) -> None:
    different = {
        key: (told.get(key), float(expected.get(key, 0)))
        for key in {*told, *expected}
        if abs(told.get(key, 0.0) - expected.get(key, 0)) > CLOSE_S
    }
    assert not different


def _same_week(figures: BlameFigures, expected: ReferenceBlame, names: Names) -> None:
    """By hour of week: by folder, cause and holder, by machine (the last row: none), by process."""
    folder_of = {process: names.folders.index(name.rpartition(":")[0])
                 for process, name in enumerate(names.processes)}  # fmt: skip
    keys = [tuple(key) for key in figures.week.tolist()]
    assert len(set(keys)) == len(keys)
    machines = len(names.machines)
    _same(
        _by_row(figures.week_s, keys),
        _summed(expected, lambda one: (folder_of[one.process], *one.charge[:2])),
    )
    _same(
        _by_row(figures.machines_s, range(machines + 1)),
        _summed(expected, lambda one: one.charge.machine % (machines + 1)),
    )
    _same(
        _by_row(figures.processes_s, range(len(names.processes))),
        _summed(expected, lambda one: one.process),
    )


def _by_row(table: Floats, keys: Iterable[Key]) -> dict[tuple[Key, int], float]:
    return {
        (key, hour): seconds
        for key, row in zip(keys, table.tolist(), strict=True)
        for hour, seconds in enumerate(row)
    }


def _summed(
    expected: ReferenceBlame, key: Callable[[Blamed], Key]
) -> dict[tuple[Key, int], Fraction]:
    total = defaultdict[tuple[Key, int], Fraction](Fraction)
    for hour, seconds in expected.week.items():
        for blamed, more in seconds.items():
            total[key(blamed), hour] += more
    return total
