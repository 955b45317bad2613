"""Figures as cells of CSV, and as values of JSON: what does not exist is empty there, null here."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

_FORMULA: Final = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a formula begins with: some programs skip blanks before it, or take its wide form too."""


class Estimated(Protocol):
    """A mean with the ends of its interval; NaN where there is none."""

    @property
    def mean(self) -> float:
        """The point estimate."""

    @property
    def low(self) -> float:
        """The lower end."""

    @property
    def high(self) -> float:
        """The upper end."""


def plain_cell(text: str) -> str:
    """Return a scenario's text such that no spreadsheet takes it for a formula.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if _FORMULA.match(text) else text


def cell(value: object) -> str:
    """Return a value as a cell: NaN and None are empty, texts as `plain_cell` has them.

    Numbers are the shortest text that reads back as the same.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return plain_cell(value)
    return "" if or_none(value) is None else repr(value)


def csv_text(header: Sequence[str], rows: Iterable[Iterable[str]], *, line_end: str = "\n") -> str:
    """Return a header and rows of cells as CSV text, lines ended by a line feed or `line_end`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def or_none(value: object) -> object:
    """Return a value as JSON has it: NaN is None."""
    return None if isinstance(value, float) and math.isnan(value) else value


def ends_of(estimated: Estimated) -> dict[str, object]:
    """Return a mean and its interval as JSON has them."""
    return {
        "mean": or_none(estimated.mean),
        "low": or_none(estimated.low),
        "high": or_none(estimated.high),
    }
