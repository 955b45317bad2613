"""The tables of a page as CSV, each a file of its own: what a spreadsheet opens, and never runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulator.measurement.cells import csv_text, plain_cell
from simulator.report.page import Span
from simulator.report.rendering.file_names import table_files

if TYPE_CHECKING:
    from simulator.report.page import ReportPage, Table, Text

_NUMBER: Final = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)


def tables_csv(page: ReportPage) -> Iterator[tuple[str, str]]:
    """Yield each table of a page: its file in the report's folder, and the text of it.

    A cell of a column of numbers that is a number and nothing else is written as programs read it:
    `-1234.5` for `-1,234.5`. Every other cell stands as on the page; one that a spreadsheet would
    take for a formula has an apostrophe before it. Lines end as RFC 4180 has it.
    """
    yield from ((name, _csv(table)) for name, table in table_files(page))


def _csv(table: Table) -> str:
    titles = [plain_cell(column.title) for column in table.columns]
    numeric = [column.numeric for column in table.columns]
    rows = ([*map(_cell, row, numeric)] for row in table.rows)
    return csv_text(titles, rows, line_end="\r\n")


def _cell(text: Text, numeric: bool) -> str:  # noqa: FBT001 - it is mapped over a row's cells
    plain = text.text if isinstance(text, Span) else text
    if numeric and _NUMBER.fullmatch(plain):
        return plain.replace(",", "")
    return plain_cell(plain)
