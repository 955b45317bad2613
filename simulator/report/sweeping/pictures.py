"""Pictures of a sweep: what targets are about, and how busy machines are, over what is varied."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Final, TypeVar

from simulator.experiments.sweeping.sweep import MOST_NAMES, TENANT, USE, WAITS
from simulator.model.figure_names import measure_name
from simulator.model.measures import BY_NAME
from simulator.report.charts import BEYOND, Curve, CurvePoint, Curves, Level
from simulator.report.page import Column, Figure, Span, Table, Text
from simulator.report.sweeping.axes import Axis, axes_of
from simulator.report.sweeping.naming import figure_of, limit_of, whose
from simulator.report.wording import Scale, number, plural, scale_of, visible, with_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.sweeping.points import Key, SweptPoint
    from simulator.experiments.sweeping.sweep import Sweep

MOST_ROWS: Final = 500
"""Rows of a table in the page; `sweep.csv` has all."""

MOST_DRAWN: Final = 500
"""Points that are drawn without lines."""

_TWO: Final = 2
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Subject:
    """Figures of one measure that stand in one picture, and their limits where they have one."""

    measure: str
    keys: tuple[Key, ...]
    limits: tuple[Level, ...]
    scale: Scale

    @property
    def title(self) -> str:
        """Return the measure, and whose it is if it is of one alone."""
        several = len(self.keys) > 1
        return measure_name(self.measure) if several else figure_of(self.keys[0])

    @property
    def axis(self) -> str:
        """Return the title of the y axis."""
        told = measure_name(self.measure)
        return f"{told}, {self.scale.unit}" if self.scale.unit else told

    def alone(self) -> Iterator[Subject]:
        """Yield a subject for each of the figures."""
        for key in self.keys:
            name = whose(*key[:2])
            limits = (one for one in self.limits if one.name.startswith(f"{name}: "))
            own = tuple(Level(one.name.removeprefix(f"{name}: "), one.value) for one in limits)
            yield replace(self, keys=(key,), limits=own)


def subjects_of(sweep: Sweep) -> tuple[Subject, ...]:
    """Return what is drawn: the figures that targets are about, else waits; and utilisation."""
    by_measure: dict[str, dict[Key, None]] = {}
    for key in dict.fromkeys(one.key for point in sweep.points for one in point.targets):
        by_measure.setdefault(key[2], {})[key] = None
    if not by_measure:
        folders = [("folder", name, WAITS[1]) for name in sweep.looked.folders]
        by_measure[WAITS[1]] = dict.fromkeys(folders or [(*TENANT, WAITS[1])])
    machines = [("machine", name, USE) for name in sweep.looked.machines]
    by_measure.setdefault(USE, {}).update(dict.fromkeys(machines))
    return tuple(
        _subject(sweep, measure, tuple(keys)[:MOST_NAMES])
        for measure, keys in by_measure.items()
        if keys
    )


def _subject(sweep: Sweep, measure: str, keys: tuple[Key, ...]) -> Subject:
    limits = {key: _limit(sweep, key) for key in keys}
    rows = [point.find(*key) for point in sweep.points for key in keys]
    values = [row.mean for row in rows if row is not None and row.mean > 0]
    given = [limit[1] for limit in limits.values() if limit is not None]
    typical = max(given, default=median(values) if values else 0.0)
    scale = scale_of(BY_NAME[measure.partition("(")[0]].unit, typical)
    levels = [
        Level(f"{whose(*key[:2])}: {limit[0]}", limit[1] / scale.divisor)
        for key, limit in limits.items()
        if limit is not None
    ]
    return Subject(measure, keys, tuple(levels), scale)


def _limit(sweep: Sweep, key: Key) -> tuple[str, float] | None:
    """Return the limit of a figure in words and in its unit, where all points have the same one."""
    targets = (one for point in sweep.points for one in point.targets if one.key == key)
    found = {(limit_of(one), one.limit) for one in targets}
    return found.pop() if len(found) == 1 else None


def figures_of(sweep: Sweep) -> tuple[Figure, ...]:
    """Return a sweep's pictures.

    One quantity: a picture a measure, a line for each folder or machine. All combinations of two:
    a picture a figure, over the one with more values, a line for each value of the other. Anything
    else: a picture a measure and quantity, of points alone.
    """
    axes, subjects = axes_of(sweep), subjects_of(sweep)
    if len(axes) == 1:
        drawn = [_over_one(sweep, subject, axes[0]) for subject in subjects]
    elif len(axes) == _TWO and sweep.design.kind == "grid":
        along, across = sorted(axes, key=lambda axis: (axis.is_named, -len(axis.values)))
        every = [one for subject in subjects for one in subject.alone()]
        drawn = [_over_two(sweep, subject, along, across) for subject in every]
    else:
        drawn = [_scattered(sweep, subject, axis) for subject in subjects for axis in axes]
    return tuple(
        replace(figure, chart=replace(figure.chart, key=f"sweep-{place}"))
        for place, figure in enumerate(drawn)
    )


def _over_one(sweep: Sweep, subject: Subject, axis: Axis) -> Figure:
    lines = tuple(_line(sweep.points, subject, key, axis) for key in subject.keys)
    return _figure(sweep, subject, axis, lines, joined=not axis.is_named)


def _over_two(sweep: Sweep, subject: Subject, along: Axis, across: Axis) -> Figure:
    chosen = _spread(across.values, MOST_NAMES)
    lines = []
    for value in chosen:
        points = [one for one in sweep.points if one.values[across.place] == value]
        line = _line(points, subject, subject.keys[0], along)
        lines.append(line._replace(name=f"{across.title} = {visible(value)}"))
    figure = _figure(sweep, subject, along, tuple(lines), joined=not along.is_named)
    left_out = len(across.values) - len(chosen)
    if not left_out:
        return figure
    some = f"Drawn are {len(chosen)} of {len(across.values)} values of {across.title}."
    return replace(figure, note=f"{some} {figure.note}".strip())


def _scattered(sweep: Sweep, subject: Subject, axis: Axis) -> Figure:
    points = _spread(sweep.points, MOST_DRAWN)
    lines = tuple(_line(points, subject, key, axis) for key in subject.keys)
    return _figure(sweep, subject, axis, lines, joined=False)


def _spread(things: Sequence[_Thing], most: int) -> Sequence[_Thing]:
    """Return at most so many of some things, evenly spread, the first and last among them."""
    if len(things) <= most:
        return things
    return [things[round(n * (len(things) - 1) / (most - 1))] for n in range(most)]


def _figure(
    sweep: Sweep, subject: Subject, axis: Axis, lines: tuple[Curve, ...], *, joined: bool
) -> Figure:
    highest = max((level.value for level in subject.limits), default=math.inf) * BEYOND
    near = [_near(line, highest) for line in lines]
    drawn = tuple(line for line, _ in near)
    far = sum(count for _, count in near)
    chart = Curves(
        key="",
        title=f"{subject.title}, by {axis.title}",
        description=_told(subject, lines),
        axes=(axis.told, subject.axis),
        curves=drawn,
        limits=subject.limits,
        mark=axis.written,
        ticks=axis.ticks,
        joined=joined,
        shape="week" if joined or len(lines) > _TWO else "bars",
    )
    return Figure(chart, _table(sweep, subject), _not_drawn(subject, lines, far))


def _not_drawn(subject: Subject, lines: Sequence[Curve], far: int) -> str:
    """Return how many values are not drawn, and the highest of them; empty if all are."""
    if not far:
        return ""
    highest = max(point.value for line in lines for point in line.points if point.value > 0)
    unit = f" {subject.scale.unit}" if subject.scale.unit else ""
    told = f"{plural(far, 'value')}, up to {number(highest)}{unit}"
    return f"Not drawn, since beyond {BEYOND:g} times the limit: {told}."


def _near(line: Curve, highest: float) -> tuple[Curve, int]:
    """Return a line without values that would flatten the others, and how many these were.

    Where all of them are, they stay.
    """
    is_far = [point.value > highest for point in line.points]
    if all(is_far):
        return line, 0
    points = (
        point._replace(value=math.nan, low=math.nan, high=math.nan) if far else point
        for point, far in zip(line.points, is_far, strict=True)
    )
    return line._replace(points=tuple(points)), sum(is_far)


def _line(points: Sequence[SweptPoint], subject: Subject, key: Key, axis: Axis) -> Curve:
    found = ((axis.at(point), point.find(*key)) for point in points)
    divisor = subject.scale.divisor
    drawn = (
        CurvePoint(x, math.nan)
        if row is None
        else CurvePoint(x, *(end / divisor for end in (row.mean, row.low, row.high)))
        for x, row in found
    )
    return Curve(whose(*key[:2]), tuple(sorted(drawn, key=lambda point: point.x)))


def _told(subject: Subject, lines: Sequence[Curve]) -> str:
    """Return the ends of each line in words, for those who do not see it."""
    unit = f" {subject.scale.unit}" if subject.scale.unit else ""
    parts = [
        f"{line.name}: from {number(line.points[0].value)} to {number(line.points[-1].value)}{unit}"
        for line in lines
        if line.points
    ]
    return f"{'; '.join(parts)}."


def _table(sweep: Sweep, subject: Subject) -> Table:
    """Return the figures of a picture at each point, with their intervals."""
    columns = (
        *(Column(visible(path)) for path in sweep.design.paths),
        *(Column(whose(*key[:2]), numeric=True, measure=key[2]) for key in subject.keys),
    )
    rows = tuple(_row(subject, point) for point in sweep.points[:MOST_ROWS])
    return Table(f"{subject.title}, at each point", columns, rows, left_out(sweep))


def _row(subject: Subject, point: SweptPoint) -> tuple[Text, ...]:
    values = (Span(visible(value), "name") for value in point.values)
    return (*values, *(with_interval(point.find(*key)) for key in subject.keys))


def left_out(sweep: Sweep) -> str:
    """Return how many points a table has no row for, empty if it has them all."""
    more = len(sweep.points) - MOST_ROWS
    return f"… and {more:,} more points, in sweep.csv." if more > 0 else ""
