"""Every figure of every point as a line of CSV, in front of it where in the sweep it is from."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator

from simulator.experiments.sweeping.points import SweptPoint
from simulator.experiments.varying.designs import Design
from simulator.loading.scalars import read_plain
from simulator.measurement.summary import SummaryRow, or_none, plain_cell


def csv_lines(design: Design, points: Iterable[SweptPoint]) -> Iterator[str]:
    """Yield the lines of `sweep.csv`: a header, then one for each figure of each point.

    Numbers are the shortest text that reads back as the same; what does not exist is empty. A name
    or value that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("point", *map(plain_cell, design.paths), *SummaryRow._fields))
    for point in points:
        yield _emptied(text)
        start = (point.number, *map(_value_cell, point.values))
        writer.writerows((*start, *_cells(row)) for row in point.rows)
    yield _emptied(text)


def _emptied(text: io.StringIO) -> str:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written


def _cells(row: SummaryRow) -> tuple[object, ...]:
    words = (row.scope, plain_cell(row.name), row.measure, row.unit)
    return (*words, *("" if or_none(one) is None else repr(one) for one in row[4:]))


def _value_cell(value: str) -> str:
    """Return a value as a cell; a number below zero is no formula."""
    return value if isinstance(plain_value(value), int | float) else plain_cell(value)


def plain_value(text: str) -> int | float | str:
    """Return a value as JSON has it: a number if it is one, else its text."""
    value = read_plain(text)
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) and math.isfinite(value) else text
