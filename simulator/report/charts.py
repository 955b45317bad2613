"""Charts as plain data: what each shows, before anybody decides what it looks like.

The numbers a chart is drawn from are already on its own scale; all its other text is ready to be
read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, NamedTuple, TypeAlias

Shape = Literal["bars", "week"]
"""The room a chart asks for: half of the page's width, or all of it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length, the ends of its interval (NaN: none), its figure as text, its marks."""

    label: str
    value: float
    low: float
    high: float
    text: str
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars. `marks` names what the bars' marks stand for; `longest` ends the axis.

    `key` is unique in the page: ids are made of it. `longest` is None where the data decide.
    """

    shape: ClassVar[Shape] = "bars"

    key: str
    title: str
    description: str
    axis: str
    bars: tuple[Bar, ...]
    marks: tuple[str, ...] = ()
    longest: float | None = None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference: its value, the ends of its interval (NaN: none), its figure as text.

    One that `is_clear` is marked otherwise than one that is not; NaN has no mark.
    """

    label: str
    value: float
    low: float
    high: float
    text: str
    is_clear: bool


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    """Differences under one heading."""

    label: str
    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """A forest plot: differences around zero, group by group, on one scale."""

    shape: ClassVar[Shape] = "bars"

    key: str
    title: str
    description: str
    axis: str
    groups: tuple[DifferenceGroup, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A week: 7 rows of 24 values, Monday and midnight first; NaN where nothing was observed.

    Without `zeros` the cell of a zero stays empty. `underlined` is which part of each hour gets a
    line at the foot of its cell, 7 rows of 24 shares; NaN where nothing was observed.
    """

    shape: ClassVar[Shape] = "week"

    key: str
    title: str
    description: str
    values: tuple[tuple[float, ...], ...]
    zeros: bool = True
    underlined: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A number in each of the 168 hours of a week, Monday and midnight first; NaN: not observed.

    `tone` is the number of its colour among those of bands.
    """

    name: str
    values: tuple[float, ...]
    tone: int = 0


@dataclass(frozen=True, slots=True)
class StackedWeek:
    """A week of bands that stand on each other, the first at the bottom, and a line over them.

    `axis` says what the bands are of.
    """

    shape: ClassVar[Shape] = "week"

    key: str
    title: str
    description: str
    axis: str
    bands: tuple[Band, ...]
    line: Band


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of shares, as many as there are columns; `text` is its figure, at its end.

    `outlined` is the place of the cell that has an outline, if one has.
    """

    label: str
    shares: tuple[float, ...]
    text: str
    outlined: int | None = None


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Rows of shares of one, each cell shaded and told in per cent, empty where it is zero.

    The first `grouped` of the columns stand under the first of the two headings, the others apart,
    under the second. `figures` is the title of the rows' own figures, `outline` what the outline
    of a cell stands for.
    """

    key: str
    title: str
    description: str
    headings: tuple[str, str]
    columns: tuple[str, ...]
    grouped: int
    rows: tuple[HeatRow, ...]
    figures: str
    outline: str

    @property
    def shape(self) -> Shape:
        """Return the room it asks for: a few columns do not need all of the page's width."""
        return "bars" if len(self.columns) <= MOST_IN_HALF else "week"


MOST_IN_HALF: Final = 6
"""Columns of a `HeatTable` that half of the page's width has room for."""


class CurvePoint(NamedTuple):
    """A value over a place of the x axis, and the ends of its interval; NaN where there is none."""

    x: float
    value: float
    low: float = math.nan
    high: float = math.nan


class Curve(NamedTuple):
    """A line with a name, its points in the order of x; one without a value leaves a gap."""

    name: str
    points: tuple[CurvePoint, ...]


class Level(NamedTuple):
    """A line from one side of the chart to the other, and what it stands for."""

    name: str
    value: float


class Goal(NamedTuple):
    """A place that one of a chart's lines, counted from 0, should pass below."""

    curve: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curves:
    """At most six lines over numbers, `joined` or as points alone; neither axis is logarithmic.

    `axes` are the titles of x and y. Each of `limits` lies across the chart at its value of y,
    `mark` stands at its value of x. `ticks` are written along x in place of its own numbers.
    `goals` are hollow marks in the look of their line.
    """

    key: str
    title: str
    description: str
    axes: tuple[str, str]
    curves: tuple[Curve, ...]
    limits: tuple[Level, ...] = ()
    mark: Level | None = None
    ticks: tuple[Level, ...] = ()
    goals: tuple[Goal, ...] = ()
    joined: bool = True
    shape: Shape = "week"


TOGETHER: Final = 6
"""The look of the groups of a strip that are told together; those before it are groups' own."""

ELSEWHERE: Final = 7
"""The look of those of which no more is told."""


class StripGroup(NamedTuple):
    """What some bars of a strip have in common: its name, and the number of its look.

    `numbers` are how many of it there were at once in each of equal parts of the strip, if any.
    """

    name: str
    look: int
    numbers: tuple[float, ...] = ()


class StripBar(NamedTuple):
    """A bar of a strip: its row, the number of its look, from where to where it goes."""

    row: int
    look: int
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class GanttStrip:
    """Bars in rows over a stretch of time from 0 to `length`, and numbers over the same stretch.

    `groups` stand on each other above the rows, in their order; `axis` says what their numbers are
    of. `gaps` are bars hatched behind the others; the look of one is a place in `reasons`.
    """

    shape: ClassVar[Shape] = "week"

    key: str
    title: str
    description: str
    axis: str
    length: float
    ticks: tuple[Level, ...]
    groups: tuple[StripGroup, ...]
    rows: tuple[str, ...]
    bars: tuple[StripBar, ...]
    reasons: tuple[str, ...] = ()
    gaps: tuple[StripBar, ...] = ()


BEYOND: Final = 4.0
"""How many times the limit a value may be to be drawn: beyond it would flatten all the others."""

Chart: TypeAlias = BarChart | HeatMap | StackedWeek | HeatTable | Differences | Curves | GanttStrip
