"""The week in a terminal: seven days of 24 hours, shaded, with what each shade stands for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from simulator.report.wording import DAYS, number

NONE: Final = "·"
SHADES: Final = "░▒▓█"
"""The lightest stands for up to a quarter of the largest value, the last for its last quarter."""

_UNSEEN: Final = " "
_COLOUR: Final = "cyan"
_LABEL: Final = 5
_WIDEST_HOUR: Final = 2
_TOTAL: Final = 9
_HOURS_LABELLED: Final = 6


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """A week's values, 7 rows of 24, Monday and midnight first; NaN for an hour never seen.

    `unit` is what they count, in the plural.
    """

    title: str
    values: Sequence[Sequence[float]]
    unit: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render an hour two columns wide, or one where that is too much; totals where they fit."""
        room = (options.max_width - _LABEL) // 24
        yield Text(f"\n{self.title}", style="bold")
        if room < 1:
            yield Text("No room here for the week: --format svg draws it.")
            return
        width = min(room, _WIDEST_HOUR)
        totals = _LABEL + 24 * width + _TOTAL <= options.max_width
        yield Text(_axis(width) + ("a day".rjust(_TOTAL) if totals else ""))
        for day, row in zip(DAYS, self.values, strict=True):
            yield self._day(day, row, width, with_total=totals)
        yield self._legend()

    def _day(self, day: str, row: Sequence[float], width: int, *, with_total: bool) -> Text:
        line = Text(day.ljust(_LABEL), no_wrap=True)
        largest = self._largest
        for value in row:
            shade = _shade(value, largest)
            line.append(shade * width, style=_COLOUR if shade in SHADES else "dim")
        if with_total:
            seen = [value for value in row if math.isfinite(value)]
            line.append((number(math.fsum(seen)) if seen else "").rjust(_TOTAL))
        return line

    @property
    def _largest(self) -> float:
        return max(self._seen(), default=0.0)

    def _seen(self) -> Iterator[float]:
        return (value for row in self.values for value in row if math.isfinite(value))

    def _legend(self) -> Text:
        """Return each shade that occurs, with the values it stands for."""
        legend = Text(" " * _LABEL)
        by_shade: dict[str, list[float]] = {}
        largest = self._largest
        for value in sorted(self._seen()):
            by_shade.setdefault(_shade(value, largest), []).append(value)
        for shade, values in by_shade.items():
            ends = dict.fromkeys((number(values[0]), number(values[-1])))
            legend.append(shade * 2, style=_COLOUR if shade in SHADES else "dim")
            legend.append(" none   " if shade == NONE else f" {' to '.join(ends)}   ")
        legend.append(f"{self.unit} an hour")
        return legend


def _axis(width: int) -> str:
    hours = (f"{hour:02d}" for hour in range(0, 24, _HOURS_LABELLED))
    return " " * _LABEL + "".join(hour.ljust(_HOURS_LABELLED * width) for hour in hours)


def _shade(value: float, largest: float) -> str:
    if not math.isfinite(value):
        return _UNSEEN
    return NONE if value <= 0 else SHADES[min(math.ceil(4 * value / largest), 4) - 1]
