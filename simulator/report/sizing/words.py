"""The words a sizing is told with: a fleet, a target, how a fleet fares by it.

Names stand as they are but for what no page may hold: whoever shows them makes them harmless.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from simulator.loading.override_paths import parse_path
from simulator.measurement.summary import SummaryRow
from simulator.model.measures import BY_NAME
from simulator.report.wording import (
    NOTHING_TO_MEASURE,
    decimals_of,
    joined,
    number,
    plural,
    quantity,
    scale_of,
    signed,
    visible,
    with_interval,
    with_unit,
)

if TYPE_CHECKING:
    from simulator.experiments.comparing.pairing import Difference
    from simulator.experiments.sizing.sizing import Sizing, TargetFigure, Values
    from simulator.model.targets import Target

RULED_OUT: Final = "ruled out"
"""What stands where a fleet was not simulated, since what it lacks is known without."""


def fleet(sizing: Sizing, values: Values) -> str:
    """Return a fleet in full: `2 hosts of shared-vm and 3 accounts fin-bot`."""
    return joined(counted(*one) for one in sizing.assigned(values).items())


_COUNTED: Final = {
    ("machines", "hosts"): ("host", "of"),
    ("machines", "slots"): ("slot", "on each host of"),
    ("machines", "windows_sessions"): ("Windows session", "on each host of"),
    ("accounts", "count"): ("account", ""),
}
"""What the number at such a path counts, and how the name between belongs to it."""


def counted(path: str, value: str) -> str:
    """Return a number and what it counts: `2 hosts of shared-vm`, else `time.duration = 2w`."""
    if value.isdecimal():
        match parse_path(path):
            case (kind, name, last) if (kind, last) in _COUNTED:
                noun, of = _COUNTED[kind, last]
                return " ".join(filter(None, (plural(int(value), noun), of, visible(name))))
            case ("machines", name, "slots", runtime):
                slots = plural(int(value), f"{visible(runtime)} slot")
                return f"{slots} on each host of {visible(name)}"
            case ("licences", runtime):
                return plural(int(value), f"{visible(runtime)} licence")
    return f"{visible(path)} = {visible(value)}"


def short_fleet(sizing: Sizing, values: Values) -> str:
    """Return a fleet where its quantities are known: `14`, or all of it where there are several."""
    return values[0] if len(sizing.quantities) == 1 else fleet(sizing, values)


def listed_fleet(values: Values) -> str:
    """Return the values of a fleet below a heading that names its quantities: `14, 2`."""
    return ", ".join(map(visible, values))


def paths(sizing: Sizing) -> str:
    """Return the quantities in their order, for such a heading."""
    return ", ".join(visible(one.path) for one in sizing.quantities)


def cost(sizing: Sizing, amount: float) -> str:
    """Return a cost, empty where cost and quantity are the same number."""
    return number(amount) if has_costs(sizing) else ""


def has_costs(sizing: Sizing) -> bool:
    """Return whether the cost of a fleet tells more than its one quantity does."""
    return len(sizing.quantities) > 1 or any(one != 1 for one in sizing.unit_costs)


def bound_of(target: Target) -> str:
    """Return the limit of a target: `limit 5 min`, `at least 95 %`."""
    word = "limit" if target.at_least is None else "at least"
    return f"{word} {quantity(target.limit, BY_NAME[target.measure].unit)}"


def measured(figure: TargetFigure) -> str:
    """Return how a fleet fares by a target, with the interval of its test."""
    return NOTHING_TO_MEASURE if math.isnan(figure.mean) else with_interval(row_of(figure))


def row_of(figure: TargetFigure) -> SummaryRow:
    """Return a figure as a row of a summary, whose words fit it; it is of no one confidence."""
    target, half_width = figure.target, (figure.high - figure.low) / 2
    return SummaryRow(
        *target.scope,
        target.row,
        BY_NAME[target.measure].unit,
        figure.mean,
        figure.low,
        figure.high,
        half_width,
        math.nan,
        0,
    )


def deciding(figures: Sequence[TargetFigure]) -> TargetFigure:
    """Return the figure that tells of a fleet: of the first target not met, else the first."""
    return next((one for one in figures if one.outcome != "met"), figures[0])


def change(target: Target, difference: Difference, at_answer: float) -> str:
    """Return what a step changes, with its interval, on the scale of the answer's own value."""
    if difference.is_none:
        return "no difference"
    unit = BY_NAME[target.measure].unit
    sizes = [abs(one) for one in (at_answer, difference.mean) if not math.isnan(one)]
    scale = scale_of(unit, max(sizes, default=0.0))
    decimals = decimals_of(_or_zero(difference.mean) / scale.divisor)
    return with_unit(signed(difference, scale, decimals), scale.unit)


def _or_zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value
