"""The edge between text with units and plain numbers: durations, rates, shares, and the time grid.

Inside the simulator a time span is a float of seconds. Every instant and span lies on a grid of
2⁻²⁰ s (about a microsecond): sums and differences of grid values are exact in float64 up to 272
years, so instants that ought to be equal are equal, and totals add up without rounding.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt

GRID_PER_SECOND: Final = 2.0**20
"""Grid points a second; a power of two, so that scaling by it never rounds."""

MINUTE_S: Final = 60
HOUR_S: Final = 3600
DAY_S: Final = 86400
"""A day on which no clock is changed."""

LONGEST_S: Final = 100 * 366.0 * DAY_S
"""The longest span the language takes: a hundred years."""

_UNIT_S: Final = {"w": 604800.0, "d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_ORDER: Final = ("w", "d", "h", "m", "s", "ms")
_PART: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|[wdhms])(?![a-z])", re.ASCII)
_ISO: Final = re.compile(
    r"P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_RATE: Final = re.compile(r"(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s+per\s+(\w+)", re.ASCII)
_RATE_UNIT_S: Final = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 604800.0,
}


def on_grid(seconds: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64]:
    """Return `seconds` rounded to the nearest grid point, same shape."""
    return np.asarray(np.rint(seconds * GRID_PER_SECOND) / GRID_PER_SECOND, dtype=np.float64)


def to_grid(seconds: float) -> float:
    """Return one number of seconds rounded to the nearest grid point."""
    return round(seconds * GRID_PER_SECOND) / GRID_PER_SECOND


def parse_duration(text: str) -> float:
    """Read `90s`, `15m`, `1h30m`, `1.5h`, `2d`, `1w`, `250ms` or ISO 8601 `PT15M` as seconds.

    They are exact; the plan and the draws put what happens onto the grid.

    Raises:
        ValueError: the text is no duration; the message says what a duration looks like.
    """
    seconds = _parse_iso(text) if text.startswith("P") else _parse_parts(text)
    if seconds is None:
        raise ValueError(f"expected a duration such as '15m', '1h30m' or 'PT15M', got {text!r}")
    if seconds > LONGEST_S:
        raise ValueError(f"{text!r} is longer than a hundred years")
    return seconds


def _parse_parts(text: str) -> float | None:
    total, end, last = 0.0, 0, -1
    text = text.strip()
    while end < len(text):
        part = _PART.match(text, end)
        if part is None or _ORDER.index(part[2]) <= last:
            return None
        last, end = _ORDER.index(part[2]), part.end()
        total += float(part[1]) * _UNIT_S[part[2]]
    return total if text else None


def _parse_iso(text: str) -> float | None:
    match = _ISO.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    return sum(
        float(number) * _UNIT_S[unit]
        for number, unit in zip(match.groups(), "wdhms", strict=True)
        if number is not None
    )


def exact_duration(seconds: float) -> str:
    """Return `seconds` as language text that `parse_duration` reads back: `1h30m`, `0s`."""
    rest, parts = seconds, []
    for unit in ("w", "d", "h", "m"):
        whole = int(rest // _UNIT_S[unit])
        rest -= whole * _UNIT_S[unit]
        parts.append(f"{whole}{unit}" if whole else "")
    text = f"{rest:.6f}".rstrip("0").rstrip(".")
    return "".join(parts) + (f"{text}s" if text != "0" or not any(parts) else "")


def parse_rate(text: str) -> float:
    """Read `12 per hour` (second, minute, hour, day, week) as a number per second.

    Raises:
        ValueError: the text is no rate, or one beyond all numbers.
    """
    match = _RATE.fullmatch(text.strip())
    if match is None or match[2] not in _RATE_UNIT_S:
        raise ValueError(
            f"expected a rate such as '12 per hour' (second, minute, hour, day, week), got {text!r}"
        )
    per_s = float(match[1]) / _RATE_UNIT_S[match[2]]
    if not math.isfinite(per_s):
        raise ValueError(f"{text!r} is more often than can be counted")
    return per_s


def parse_share(value: str | float) -> float:
    """Read a share: `5%` or a number from 0 to 1.

    Raises:
        ValueError: it is neither, or lies outside 0..1.
    """
    message = f"expected a share such as '5%' or a number from 0 to 1, got {value!r}"
    if isinstance(value, str):
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", value.strip(), re.ASCII)
        if match is None:
            raise ValueError(message)
        value = round(float(match[1]) / 100, 15)  # 99.9 % is 0.999, not a bit more
    if not 0 <= value <= 1:
        raise ValueError(message)
    return float(value)
