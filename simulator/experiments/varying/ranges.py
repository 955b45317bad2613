"""Ranges of amounts: `1..8`, `0.5..2..0.25`, `5m..20m`, `5%..20%`, `4..8 per hour`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from simulator.loading.override_paths import PathError
from simulator.units import parse_duration

MOST_VALUES: Final = 10_000
"""Values of one quantity, and points of a sweep."""

_BETWEEN: Final = ".."
_AMOUNT: Final = re.compile(
    r"\s*([+-]?\d{1,15}(?:\.\d{1,15})?)\s*(|%|w|d|h|m|s|ms|per (?:second|minute|hour|day|week))\s*",
    re.ASCII,
)
_DURATIONS: Final = frozenset({"w", "d", "h", "m", "s", "ms"})
_DIGITS: Final = 5
"""An amount in a range is told to a part in ten to this power of the range's length."""

_LIKE: Final = "a range looks like 1..8, 0.5..2..0.25 in steps, 5m..20m, 5%..20% or 4..8 per hour"


@dataclass(frozen=True, slots=True)
class Range:
    """The amounts from `low` to `high`, both included, in steps of `step` if there is one.

    `unit` stands behind each of them: ` per hour`, `m`, `%`, or nothing. `is_whole` has whole
    numbers alone.
    """

    low: Decimal
    high: Decimal
    step: Decimal | None
    unit: str

    @property
    def is_whole(self) -> bool:
        """Return whether only whole numbers are meant: those of `1..8`, not of `1.0..8.0`."""
        places = (self.low.as_tuple().exponent, self.high.as_tuple().exponent)
        return not self.unit and self.step is None and places == (0, 0)

    @property
    def count(self) -> int | None:
        """Return how many values it has, None if it goes on between any two of them."""
        step = Decimal(1) if self.is_whole else self.step
        return None if step is None else int((self.high - self.low) // step) + 1

    def value(self, place: int) -> str:
        """Return the value of a place among those that it has, counted from 0."""
        return self._text(self.low + place * (self.step or Decimal(1)))

    def values(self) -> Iterator[str]:
        """Yield all values that it has."""
        return map(self.value, range(self.count or 0))

    def along(self, share: float) -> str:
        """Return the amount at a share of the way from one end to the other."""
        length = self.high - self.low
        grain = Decimal(1).scaleb(length.adjusted() - _DIGITS) if length else Decimal(1)
        way = (Decimal(share) * length / grain).to_integral_value() * grain
        return self._text(self.low + way)

    def _text(self, amount: Decimal) -> str:
        """Return an amount as the language has it, without an exponent."""
        plain = amount.normalize() if amount else Decimal(0)
        return f"{plain:f}{self.unit}"


def range_of(text: str) -> Range | None:
    """Return the range that a text means, None if it is none.

    Raises:
        PathError: it is one that cannot be, such as one that ends before it begins.
    """
    parts = text.split(_BETWEEN)
    matches = [_AMOUNT.fullmatch(part) for part in parts]
    if len(parts) not in {2, 3} or not all(matches):
        return None
    found = [(Decimal(match[1]), match[2]) for match in matches if match is not None]
    unit, amounts = _in_one_unit(text.strip(), found)
    low, high, step = amounts[0], amounts[1], amounts[2] if len(amounts) == len("123") else None
    if high < low:
        raise PathError(f"the range {text.strip()} ends before it begins", _LIKE)
    if step is not None and step <= 0:
        raise PathError(f"the range {text.strip()} gets nowhere: its step is {step}", _LIKE)
    return Range(low, high, step, unit)


def amounts_of(texts: Sequence[str]) -> tuple[str, list[float]] | None:
    """Return what texts such as `5m` and `7.5m` are of, and how many; None if one is no amount.

    Durations of several units are in seconds.
    """
    matches = [_AMOUNT.fullmatch(text) for text in texts]
    found = [(Decimal(match[1]), match[2]) for match in matches if match is not None]
    units = {unit for _, unit in found}
    if len(found) < len(texts) or (len(units) > 1 and not units <= _DURATIONS):
        return None
    unit, amounts = _in_one_unit(", ".join(texts), found)
    return unit.strip(), list(map(float, amounts))


def _in_one_unit(text: str, found: list[tuple[Decimal, str]]) -> tuple[str, list[Decimal]]:
    """Return amounts with the unit of the last that has one; durations of several, in seconds."""
    amounts, units = [amount for amount, _ in found], {unit for _, unit in found if unit}
    if len(units) <= 1:
        unit = next(iter(units), "")
        return f" {unit}" if unit.startswith("per") else unit, amounts
    try:
        return "s", [Decimal(repr(parse_duration(f"{amount}{unit}"))) for amount, unit in found]
    except ValueError:
        raise PathError(f"the range {text} has units that do not go together", _LIKE) from None
