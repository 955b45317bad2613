"""The summary: one tidy row a scope, name and measure, and the forms it is handed out in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from simulator.json_text import SCHEMA_VERSION
from simulator.measurement.cells import cell, csv_text, or_none
from simulator.statistics.intervals import Intervals

if TYPE_CHECKING:
    import pandas as pd


class SummaryRow(NamedTuple):
    """A measure of one name, over all replications.

    name: a path as in the tables, empty for the tenant. mean: the point estimate, in `unit`. low,
    high, half_width: the interval at `confidence`, NaN where there is none. n: the replications
    that counted.
    """

    scope: str
    name: str
    measure: str
    unit: str
    mean: float
    low: float
    high: float
    half_width: float
    confidence: float
    n: int


def summary_row(
    key: tuple[str, str, str, str], intervals: Intervals, place: int, confidence: float
) -> SummaryRow:
    """Return the row of one of some intervals, (N,); key: its scope, name, measure and unit."""
    mean, low, high, half_width, n = (column[place].item() for column in intervals)
    return SummaryRow(*key, mean, low, high, half_width, confidence, n)


def summary_rows(
    keys: Iterable[tuple[str, str, str, str]], intervals: Intervals, confidence: float
) -> Iterator[SummaryRow]:
    """Yield the row of each of some intervals, (N,); keys: as `summary_row` takes it, of each."""
    estimates = zip(*(column.tolist() for column in intervals), strict=True)
    for key, (mean, low, high, half_width, n) in zip(keys, estimates, strict=True):
        yield SummaryRow(*key, mean, low, high, half_width, confidence, n)


@dataclass(frozen=True)
class Summary:
    """All rows: scope by scope, name by name, measures in the catalogue's order."""

    rows: tuple[SummaryRow, ...]

    @cached_property
    def _found(self) -> Mapping[tuple[str, str, str], SummaryRow]:
        return {(row.scope, row.name, row.measure): row for row in self.rows}

    def find(self, scope: str, name: str, measure: str) -> SummaryRow | None:
        """Return the row of a measure, `None` where the run has nothing of it."""
        return self._found.get((scope, name, measure))

    def to_csv(self) -> str:
        """Return the rows as CSV text with a header, lines ended by a line feed.

        Numbers are the shortest text that reads back as the same float; what does not exist is
        empty. A name a spreadsheet would take for a formula gets an apostrophe before it.
        """
        return csv_text(SummaryRow._fields, (map(cell, row) for row in self.rows))

    def to_json(self) -> dict[str, object]:
        """Return an object that `json` can write: the rows as objects, NaN as null."""
        rows = [
            {field: or_none(value) for field, value in row._asdict().items()} for row in self.rows
        ]
        return {"schema_version": SCHEMA_VERSION, "summary": rows}

    def frame(self) -> pd.DataFrame:
        """Return the rows as a DataFrame, columns as in `SummaryRow`."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only notebooks need it

        return pd.DataFrame(list(self.rows), columns=list(SummaryRow._fields))
