"""One measure of a result as a small DataFrame, in the unit it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import pandas as pd

from simulator.measurement.cells import plain_cell
from simulator.model.measures import BY_NAME
from simulator.model.suggestions import did_you_mean
from simulator.units import DAY_S, HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.study import Study
    from simulator.experiments.sweeping.points import Key
    from simulator.experiments.sweeping.sweep import Sweep

Unit: TypeAlias = Literal["s", "min", "h", "d", "%"]
"""What a measure may be asked for in, other than as the summary has it."""

_DIVISORS: Final[dict[str, dict[str, float]]] = {
    "s": {"s": 1, "min": MINUTE_S, "h": HOUR_S, "d": DAY_S},
    "ratio": {"%": 0.01},
}
"""By the unit of a measure, those it can be told in, and what to divide by."""

_INTERVAL: Final = ["mean", "low", "high"]


def known_measure(measure: str) -> str:
    """Return a measure that there is.

    Raises:
        ValueError: there is none of that name.
    """
    if measure.partition("(")[0] not in BY_NAME:  # `pending.over(10m)` has a threshold
        guess = did_you_mean(measure, BY_NAME) or f" there is {', '.join(BY_NAME)}"
        raise ValueError(f"no measure is called {measure!r};{guess}")
    return measure


def measured_of_study(study: Study, measure: str, scope: str, unit: Unit | None) -> pd.DataFrame:
    """Return a row for each name of a scope: `mean`, `low`, `high` and `n`.

    Raises:
        ValueError: no such measure or unit, or nothing of that scope has a value.
    """
    rows = [row for row in study.summary.rows if (row.scope, row.measure) == (scope, measure)]
    frame = _frame(rows, measure, scope).set_index("name")
    return _in_unit(frame, measure, unit, _INTERVAL)[[*_INTERVAL, "n"]]


def measured_of_comparison(
    comparison: Comparison, measure: str, scope: str, unit: Unit | None
) -> pd.DataFrame:
    """Return a row for each name of a scope and variant: `value`, `difference` and its interval.

    Raises:
        ValueError: no such measure or unit, or nothing of that scope has a value.
    """
    every = comparison.frame()
    rows = every[(every["scope"] == scope) & (every["measure"] == measure)]
    frame = _frame(rows, measure, scope).set_index(["name", "variant"])
    columns = ["value", "difference", "low", "high"]
    return _in_unit(frame, measure, unit, columns)[[*columns, "clear"]]


def by_variant(comparison: Comparison, measure: str, scope: str, unit: Unit | None) -> pd.DataFrame:
    """Return the value of a measure: a row for each name of a scope, a column for each variant.

    Raises:
        ValueError: no such measure or unit, or nothing of that scope has a value.
    """
    rows, variants = comparison.of(scope, measure), list(comparison.variants)
    frame = _frame(rows, measure, scope).set_index("name")
    frame[variants] = [row.values for row in rows]  # noqa: PD011 - of a row, not of a frame
    return _in_unit(frame, measure, unit, variants)[variants]


def measured_of_sweep(sweep: Sweep, key: Key, unit: Unit | None) -> pd.DataFrame:
    """Return a row for each point, by the values of its paths: `mean`, `low`, `high` and `n`.

    Raises:
        ValueError: no such measure or unit, or no point has a value.
    """
    rows = rows_of_sweep(sweep, key).set_index(list(sweep.design.paths))
    return _in_unit(rows, key[2], unit, _INTERVAL)[[*_INTERVAL, "n"]]


def rows_of_sweep(sweep: Sweep, key: Key) -> pd.DataFrame:
    """Return the rows of a sweep's frame that are of one scope, name and measure.

    Raises:
        ValueError: no such measure, or no point has a value.
    """
    scope, name, measure = key
    known_measure(measure)
    every = sweep.frame()
    is_it = (every["scope"] == scope) & (every["name"] == plain_cell(name))
    rows = every[is_it & (every["measure"] == measure)]
    if rows["mean"].isna().all():
        raise ValueError(f"no point has a value of {measure} of {f'{scope} {name}'.rstrip()}")
    return rows


def _frame(rows: pd.DataFrame | Sequence[Any], measure: str, scope: str) -> pd.DataFrame:
    known_measure(measure)
    if len(rows) == 0:
        known = ", ".join(BY_NAME[measure.partition("(")[0]].scopes)
        raise ValueError(f"no {scope} has a value of {measure}, which is of {known}")
    return pd.DataFrame(rows)


def _in_unit(
    frame: pd.DataFrame, measure: str, unit: Unit | None, columns: Iterable[str]
) -> pd.DataFrame:
    """Return a frame whose columns of numbers are in a unit; as they are without one."""
    if unit is None:
        return frame
    divisors = _DIVISORS.get(frame["unit"].iloc[0], {})
    if unit not in divisors:
        has = ", ".join(divisors) or "no other unit"
        raise ValueError(f"{measure} cannot be told in {unit!r}; there is {has}")
    return frame.assign(**{column: frame[column] / divisors[unit] for column in columns})
