"""Every measure of every scope, variant by variant: its values, and which differences are clear."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.experiments.comparing.pairing import (
    NO_DIFFERENCE,
    Difference,
    Paired,
    names_in,
    paired,
    scopes_in,
)
from simulator.experiments.study import Study
from simulator.statistics import Intervals, holm, p_values
from simulator.statistics.intervals import Floats

Marks: TypeAlias = npt.NDArray[np.bool_]


class ComparisonRow(NamedTuple):
    """A measure of one name: its value in each variant, and each difference to the first.

    `differences` has one for every variant but the first. NaN where a variant has no such thing.
    `why` tells of each variant why it has no value in the long run, empty where it has.
    """

    scope: str
    name: str
    measure: str
    unit: str
    values: tuple[float, ...]
    differences: tuple[Difference, ...]
    why: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Return whether no variant differs from the first at all, replication by replication."""
        return all(self.is_unchanged_in(place) for place in range(len(self.differences)))

    def is_unchanged_in(self, place: int) -> bool:
        """Return the same of one variant, by its place among the differences."""
        before, after = self.values[0], self.values[place + 1]
        is_nothing = math.isnan(before) and math.isnan(after)
        return self.differences[place].is_none or (is_nothing and not any(self.why))


def rows_of(studies: Sequence[Study]) -> Iterator[ComparisonRow]:
    """Yield what any of the studies has a value of: scope by scope, name by name.

    A family of differences, of which Holm's method tells the clear ones, is one measure of a scope,
    of all its names in all variants.
    """
    for scope in scopes_in(studies):
        names = names_in(studies, scope)
        columns = [_column(studies, scope, names, one) for one in paired(studies, scope, names)]
        for place, name in enumerate(names):
            for one in columns:
                if one.is_told[place]:
                    yield one.row(place, scope, name)


TIDY_COLUMNS: Final = (
    *("variant", "scope", "name", "measure", "unit", "value", "baseline"),
    *("difference", *Difference._fields[1:]),
)


def tidy(variants: Sequence[str], rows: Iterable[ComparisonRow]) -> Iterator[dict[str, Any]]:
    """Yield a record for each measure and each variant, with `TIDY_COLUMNS`.

    `baseline` is the value of the first variant, `difference` a variant's `value` less that; `p` is
    of that difference alone, `clear` says whether it is clear among all of its family. NaN where
    there is no number, as the first variant has no difference to itself.
    """
    for row in rows:
        changes = (NO_DIFFERENCE, *row.differences)
        for variant, value, change in zip(variants, row.values, changes, strict=True):
            cells = (variant, *row[:4], value, row.values[0], *change)
            yield dict(zip(TIDY_COLUMNS, cells, strict=True))


class _Column(NamedTuple):
    """One measure of a scope, with one place for each name; `is_told` where any has a value."""

    measure: str
    unit: str
    values: list[tuple[float, ...]]
    why: list[tuple[str, ...]]
    is_told: list[bool]
    differences: list[tuple[Difference, ...]]

    def row(self, place: int, scope: str, name: str) -> ComparisonRow:
        differences, why = self.differences[place], self.why[place]
        return ComparisonRow(
            scope, name, self.measure, self.unit, self.values[place], differences, why
        )


def _column(studies: Sequence[Study], scope: str, names: Sequence[str], one: Paired) -> _Column:
    values = [[_value(study, scope, name, one.measure) for name in names] for study in studies]
    why = [[study.long_run.reason(scope, name, one.measure) for name in names] for study in studies]
    is_told = ~np.isnan(np.array(values)).all(axis=0)
    has_value = np.array([[not reason for reason in each] for each in why], dtype=np.bool_)
    comparable = is_told & has_value[0] & has_value[1:]
    confidence = studies[0].loaded.scenario.run.confidence
    return _Column(
        measure=one.measure,
        unit=one.unit,
        values=list(zip(*values, strict=True)),
        why=list(zip(*why, strict=True)),
        is_told=is_told.tolist(),
        differences=_differences(one.differences, comparable, confidence),
    )


def _value(study: Study, scope: str, name: str, measure: str) -> float:
    row = study.summary.find(scope, name, measure)
    return math.nan if row is None else row.mean


def _differences(
    intervals: Sequence[Intervals], comparable: Marks, confidence: float
) -> list[tuple[Difference, ...]]:
    """Return by name the differences of all variants, (V, N) of them; those not to compare: none.

    All of them are one family.
    """
    p = np.where(comparable, [p_values(each, confidence) for each in intervals], np.nan)
    is_clear = holm(p) <= 1 - confidence
    by_variant = [
        _of_variant(*parts) for parts in zip(intervals, comparable, p, is_clear, strict=True)
    ]
    return list(zip(*by_variant, strict=True))


def _of_variant(
    intervals: Intervals, comparable: Marks, p: Floats, is_clear: Marks
) -> list[Difference]:
    columns = (*intervals[:3], p, is_clear, intervals.n)
    every = map(Difference, *(column.tolist() for column in columns))
    return [
        one if compared else NO_DIFFERENCE
        for one, compared in zip(every, comparable.tolist(), strict=True)
    ]
