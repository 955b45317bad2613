"""Numbers, times and names as people read them: `3.21 min`, `2.90 to 3.52 min`, `Mon 09:00`."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from simulator.escaping import spelt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.comparing.pairing import Difference
    from simulator.measurement import SummaryRow

NOTHING: Final = "\N{EN DASH}"
"""What stands where there is no number: nothing started, or a single replication."""

NOTHING_TO_MEASURE: Final = "nothing to measure"
"""What stands where a target had nothing to be held against."""

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The days of the week as charts and tables write them, in the order of hours of the week."""


class Scale(NamedTuple):
    """How numbers of one kind are written: divided by `divisor`, then followed by `unit`."""

    divisor: float
    unit: str


_THOUSANDS: Final = 10_000
_CONTROLS: Final = {"Cc", "Cs", "Zl", "Zp"}
_SPELT_OUT: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
_TIMES: Final = (
    (86400.0 * 2, Scale(86400.0, "d")),
    (3600.0 * 2, Scale(3600.0, "h")),
    (60.0 * 2, Scale(60.0, "min")),
)
_SCALES: Final = {
    "ratio": Scale(0.01, "%"),
    "jobs": Scale(1.0, ""),
    "jobs/h": Scale(1.0, "per hour"),
    "slots": Scale(1.0, "slots"),
    "hosts": Scale(1.0, "hosts"),
    "h": Scale(1.0, "h"),
    "licences": Scale(1.0, "licences"),
    "items": Scale(1.0, ""),
    "items/h": Scale(1.0, "per hour"),
}


def scale_of(unit: str, largest: float) -> Scale:
    """Return how to write numbers of a measure's `unit`, the largest of which is `largest`.

    Time spans are told in the largest unit that leaves at least 2: seconds, minutes, hours, days.
    """
    if unit != "s":
        return _SCALES[unit]
    return next((scale for least, scale in _TIMES if abs(largest) >= least), Scale(1.0, "s"))


def decimals_of(value: float) -> int:
    """Return the decimals that give a value three significant digits, at most 3."""
    if value == 0 or not math.isfinite(value):
        return 0
    return min(max(2 - math.floor(math.log10(abs(value))), 0), 3)


def number(value: float, decimals: int | None = None) -> str:
    """Return a number with three significant digits, thousands apart: `12.3`, `1,234`.

    A whole number has no decimals, unless `decimals` asks for them.
    """
    if not math.isfinite(value):
        return NOTHING
    if decimals is None:
        decimals = 0 if math.isclose(value, round(value), abs_tol=1e-9) else decimals_of(value)
    return f"{value:,.{decimals}f}"


def count(value: float) -> str:
    """Return a mean number of things without zeros at its end: `0.75`, `1,234`."""
    text = number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(text: str, unit: str) -> str:
    """Return a number with its unit, if it has one; NOTHING has none."""
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit and text != NOTHING else text


def quantity(value: float, unit: str) -> str:
    """Return a value of a measure's unit: `3.21 min` for seconds, `81.2 %` for a ratio."""
    scale = scale_of(unit, value)
    return with_unit(number(value / scale.divisor), scale.unit)


def estimate(row: SummaryRow | None) -> str:
    """Return a summary row's mean with its unit; NOTHING where there is none."""
    return NOTHING if row is None else quantity(row.mean, row.unit)


def interval(row: SummaryRow | None) -> str:
    """Return a row's interval, in the unit and to the decimals of its mean: `2.90 to 3.52 min`.

    Its ends are those that are `possible`.
    """
    if row is None or not math.isfinite(row.half_width):
        return NOTHING
    scale = scale_of(row.unit, row.mean)
    decimals = decimals_of((row.mean or row.half_width) / scale.divisor)
    ends = possible(row.low, row.high, row.unit)
    low, high = (number(end / scale.divisor, decimals) for end in ends)
    return with_unit(f"{low} to {high}", scale.unit)


def possible(low: float, high: float, unit: str) -> tuple[float, float]:
    """Return the ends of an interval as far as can be: nothing is below zero, no share above one.

    An end that is NaN stays so.
    """
    return max(low, 0.0), min(high, 1.0) if unit == "ratio" else high


def with_interval(row: SummaryRow | None) -> str:
    """Return mean and interval together: `3.21 min (2.90 to 3.52 min)`.

    An interval without a width, as of what is the same in every replication, is left out.
    """
    ends = interval(row)
    if row is None or ends == NOTHING or row.low == row.high:
        return estimate(row)
    return f"{estimate(row)} ({ends})"


def plus_minus(row: SummaryRow | None, scale: Scale, decimals: int) -> str:
    """Return mean and half-width on a column's scale, the unit left to its title: `3.2 ±0.3`."""
    if row is None:
        return NOTHING
    mean = number(row.mean / scale.divisor, decimals)
    if not math.isfinite(row.half_width) or row.mean == row.half_width == 0:
        return mean
    return f"{mean} ±{number(row.half_width / scale.divisor, decimals)}"


def signed(difference: Difference, scale: Scale, decimals: int) -> str:
    """Return a difference with its sign and interval: `-1.00 (-1.50 to -0.50)`."""
    mean, low, high = (
        f"{end / scale.divisor:+z,.{decimals}f}" if math.isfinite(end) else NOTHING
        for end in difference[:3]
    )
    return mean if low == NOTHING else f"{mean} ({low} to {high})"


def hour_of_week(hour: int) -> str:
    """Return the local hour of the week, 0 being Monday's first, as `Mon 09:00`."""
    return f"{DAYS[hour // 24]} {hour % 24:02d}:00"


def plural(count: int, noun: str) -> str:
    """Return `1 replication`, `20 replications`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def joined(parts: Iterable[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`; there has to be one at least."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def percent(share: float) -> str:
    """Return a share without trailing zeros: `95 %`, `99.9 %`."""
    return f"{share * 100:.4g}\N{NO-BREAK SPACE}%"


def visible(text: str) -> str:
    r"""Return text with control characters, lone surrogates and line ends spelt out: `\x1b`.

    What remains is legal in HTML, SVG and XML once escaped, and turns no text around it: what
    embeds, overrides or isolates a direction is spelt out too. The script's own direction and the
    marks within it stay; `escaping.escaped` is for the terminal, which cannot tell them apart.
    """
    return "".join(spelt(character) if _is_control(character) else character for character in text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in _CONTROLS or character in _SPELT_OUT


def shortened(text: str, cells: int) -> str:
    """Return text of at most `cells` columns, its middle replaced by `…` where it is longer.

    Both ends stay, since paths differ at either. Wide characters count as two columns.
    """
    if cell_len(text) <= cells:
        return text
    head, tail = (cells - 1) - (cells - 1) // 2, (cells - 1) // 2
    return f"{_fitting(text, head)}…{_fitting(text[::-1], tail)[::-1]}"


def _fitting(text: str, cells: int) -> str:
    """Return the longest beginning of `text` that fits into `cells` columns."""
    used = 0
    for place, character in enumerate(text):
        used += cell_len(character)
        if used > cells:
            return text[:place]
    return text


def compact(value: float, largest: float) -> str:
    """Return a number for a small cell: two digits of the `largest` beside it, `12k` for 12,345."""
    if not math.isfinite(value):
        return NOTHING
    if largest >= _THOUSANDS:
        return f"{value / 1000:.0f}k"
    return f"{value:.{max(decimals_of(largest) - 1, 0)}f}"
