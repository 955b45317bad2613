"""Every figure of every point as a line of CSV, in front of it where in the sweep it is from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from simulator.experiments.sweeping.points import SweptPoint
from simulator.experiments.varying.designs import Design
from simulator.experiments.varying.quantities import value_cell
from simulator.measurement.cells import cell
from simulator.measurement.summary import SummaryRow


def csv_lines(design: Design, points: Iterable[SweptPoint]) -> Iterator[str]:
    """Yield the lines of `sweep.csv`: a header, then one for each figure of each point.

    Numbers are the shortest text that reads back as the same; what does not exist is empty. A name
    or value that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("point", *map(cell, design.paths), *SummaryRow._fields))
    for point in points:
        yield _emptied(text)
        start = (point.number, *map(value_cell, point.values))
        writer.writerows((*start, *map(cell, row)) for row in point.rows)
    yield _emptied(text)


def _emptied(text: io.StringIO) -> str:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written
