"""Pictures of a sizing: each target over the values of one quantity, or verdicts by two of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from simulator.model.measures import BY_NAME
from simulator.report.charts import BEYOND, Curve, CurvePoint, Curves, Level
from simulator.report.page import Column, Figure, Span, Table, Text, named
from simulator.report.promises import promise
from simulator.report.running.headline import SIGNS, verdict_text
from simulator.report.sizing.rows import by_cost, fleet_row
from simulator.report.sizing.words import RULED_OUT, has_costs, paths
from simulator.report.wording import Scale, plural, quantity, scale_of, visible

if TYPE_CHECKING:
    from simulator.experiments.sizing.sizing import Sizing, TargetFigure, Tried, Values
    from simulator.experiments.verdicts import Outcome
    from simulator.model.targets import Target

MOST_CURVES: Final = 6
"""Lines of a chart; further targets of its unit are in the table alone."""


def tried_table(sizing: Sizing, *, folded: bool = False) -> Table:
    """Return every fleet that was tried, the cheapest first."""
    columns = (
        Column(paths(sizing)),
        Column("Verdict"),
        *((Column("Cost", numeric=True),) if has_costs(sizing) else ()),
        Column("Replications", numeric=True),
        Column("Target that decides"),
        Column("Measured", numeric=True),
        Column("Why"),
    )
    rows = tuple(_row(sizing, one) for one in by_cost(sizing))
    return Table("Fleets tried, the cheapest first", columns, rows, _RULED_OUT, folded=folded)


_RULED_OUT: Final = (
    "What is ruled out needs no simulation; why stands beside it. The interval is that of the "
    "test, wider than one of a single measure, since all tests of a search share one error."
)


def _row(sizing: Sizing, tried: Tried) -> tuple[Text, ...]:
    row = fleet_row(sizing, tried)
    return (
        Span(row.fleet, "name"),
        badge(tried.outcome),
        *((row.cost,) if has_costs(sizing) else ()),
        row.replications,
        Span(row.target, "name"),
        row.measured,
        named(tried.why),
    )


def badge(outcome: Outcome) -> Span:
    """Return a verdict with its sign."""
    return Span(verdict_text(outcome), outcome)


def curves(sizing: Sizing) -> tuple[Figure, ...]:
    """Return each target over the values of the one quantity, a chart for each unit."""
    by_unit = defaultdict[str, list[int]](list)
    for place, target in enumerate(sizing.targets):
        by_unit[BY_NAME[target.measure].unit].append(place)
    figures = (_figure(sizing, count, places) for count, places in enumerate(by_unit.values()))
    return tuple(figure for figure in figures if figure is not None)


def _figure(sizing: Sizing, count: int, places: Sequence[int]) -> Figure | None:
    """Return the chart of some targets of one unit; None where no fleet has a value of them."""
    shown = places[:MOST_CURVES]
    targets = [sizing.targets[place] for place in shown]
    scale = scale_of(BY_NAME[targets[0].measure].unit, max(one.limit for one in targets))
    lines = [Curve(promise(sizing.targets[at]), _points(sizing, at, scale)) for at in shown]
    if not any(line.points for line in lines):
        return None
    measure = f"in {scale.unit}" if scale.unit else ""
    title = f"{promise(targets[0])} by {paths(sizing)}" if len(targets) == 1 else _TITLE
    chart = Curves(
        key=f"size-chart-{count}",
        title=title,
        description=_description(sizing),
        axes=(paths(sizing), measure),
        curves=tuple(lines),
        limits=tuple(_limits(targets, scale)),
        mark=_mark(sizing),
    )
    return Figure(chart, tried_table(sizing), _left_out(sizing, places))


_TITLE: Final = "How the targets fare, by the size of the fleet"


def _points(sizing: Sizing, place: int, scale: Scale) -> tuple[CurvePoint, ...]:
    """Return a target's value at each fleet that has one, as far as it is near the limit."""
    found = ((float(one.values[0]), one.targets[place]) for one in by_cost(sizing) if one.targets)
    return tuple(
        CurvePoint(x, *(end / scale.divisor for end in (one.mean, one.low, one.high)))
        for x, one in found
        if not math.isnan(one.mean) and not _is_far(one)
    )


def _is_far(figure: TargetFigure) -> bool:
    """Return whether a value is so far beyond its limit that it would flatten all others."""
    return figure.mean > BEYOND * figure.target.limit > 0


def _limits(targets: Sequence[Target], scale: Scale) -> Iterator[Level]:
    """Yield each limit once, with whose it is where there are several targets."""
    by_limit: defaultdict[float, list[Target]] = defaultdict(list)
    for target in targets:
        by_limit[target.limit].append(target)
    for limit, of in by_limit.items():
        whose = f" of {promise(of[0])}" if len(by_limit) > 1 and len(of) == 1 else ""
        value = quantity(limit, BY_NAME[of[0].measure].unit)
        yield Level(f"limit{whose}, {value}", limit / scale.divisor)


def _mark(sizing: Sizing) -> Level | None:
    if sizing.answer is None:
        return None
    return Level(f"answer: {visible(sizing.answer[0])}", float(sizing.answer[0]))


def _description(sizing: Sizing) -> str:
    answer = "no fleet was found" if sizing.answer is None else f"the answer is {sizing.answer[0]}"
    return f"Each simulated fleet's value with its interval; {answer}. The table has all."


def _left_out(sizing: Sizing, places: Sequence[int]) -> str:
    """Return which fleets and targets the chart leaves out."""
    figures = [one.targets[place] for one in sizing.tried if one.targets for place in places]
    notes = (
        f"{_ruled_out(sizing)} by their load." if sizing.bound.excluded else "",
        f"Values beyond {BEYOND:.0f} times the limit are in the table alone."
        if any(map(_is_far, figures))
        else "",
        f"{plural(len(places) - MOST_CURVES, 'further target')} not drawn."
        if len(places) > MOST_CURVES
        else "",
    )
    return " ".join(note for note in notes if note)


def _ruled_out(sizing: Sizing) -> str:
    values = sizing.bound.values
    return f"{'All fleets' if values is None else f'Fleets below {values[0]}'} are ruled out"


def verdicts_by_two(sizing: Sizing) -> Table:
    """Return the verdicts by the first two quantities, the others as in the answer.

    Only values that any fleet shown was tried with have a row or a column.
    """
    shown = {one.values[:2]: one for one in sizing.tried if _is_shown(sizing, one.values)}
    first, second = (
        [value for value in sizing.quantities[at].values if any(key[at] == value for key in shown)]
        for at in (0, 1)
    )
    rows = tuple(
        (named(one), *(_cell(sizing, shown.get((one, other))) for other in second)) for one in first
    )
    across = visible(sizing.quantities[1].path)
    columns = (
        Column(visible(sizing.quantities[0].path)),
        *(Column(f"{across} = {value}") for value in second),
    )
    return Table("Verdicts by the first two quantities", columns, rows, _NOT_TRIED)


_NOT_TRIED: Final = (
    "An empty cell was not tried: it is dearer than the answer, or cannot be the cheapest. The "
    "answer has the word beside its verdict. Why a fleet is ruled out without a run stands in the "
    "table of all fleets."
)


def _is_shown(sizing: Sizing, values: Values) -> bool:
    """Return whether a fleet has as much of the third and further quantities as the answer."""
    return sizing.answer is None or values[2:] == sizing.answer[2:]


def _cell(sizing: Sizing, tried: Tried | None) -> Text:
    if tried is None:
        return ""
    if tried.values == sizing.answer:
        return Span(f"{SIGNS[tried.outcome]} the answer", tried.outcome)
    return Span(f"{SIGNS['missed']} {RULED_OUT}", "missed") if tried.why else badge(tried.outcome)
