"""Tables as CSV: every table a file, cells that run nothing, numbers that stay numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from simulator.report.charts import BarChart
from simulator.report.page import Column, Figure, ReportPage, Section, Span, Table, Text
from simulator.report.rendering.page_csv import tables_csv

EMPTY = ReportPage(Span("estate", "name"), (), "", (), (), (), None, (), (), ())


def table_of(cell: Text, *, numeric: bool) -> str:
    """Return the CSV of a page's one table, of one column and one cell."""
    table = Table("", (Column("What", numeric=numeric),), ((cell,),))
    ((_, text),) = tables_csv(replace(EMPTY, targets=table))
    return text


@pytest.mark.parametrize(
    ("cell", "numeric", "written"),
    [
        ("-1.5", True, "-1.5"),
        ("+1,234,567.25", True, "+1234567.25"),
        ("2,730", True, "2730"),
        (Span("-3", "figure"), True, "-3"),
        ("-1.5", False, "'-1.5"),  # a name may be -1.5; it is no number
        ("2,730", False, '"2,730"'),
        ("-1.00 (-1.50 to -0.50)", True, "'-1.00 (-1.50 to -0.50)"),
        ("-1+cmd|' /C calc'!A0", True, "'-1+cmd|' /C calc'!A0"),
        (Span("=cmd()", "name"), False, "'=cmd()"),
        ("@SUM(1)", False, "'@SUM(1)"),
        ("\tx", False, "'\tx"),
        ("\u0661\u0662", True, "\u0661\u0662"),  # other scripts' digits stay as they are
        ('say "hi"', False, '"say ""hi"""'),
        ("3.2\N{NO-BREAK SPACE}min", True, "3.2\N{NO-BREAK SPACE}min"),
        ("\N{EN DASH}", True, "\N{EN DASH}"),
    ],
)
def test_a_cell_runs_nothing_a_number_stays_one(cell: Text, numeric: bool, written: str) -> None:
    assert table_of(cell, numeric=numeric) == f"What\r\n{written}\r\n"


def test_a_title_runs_nothing_either() -> None:
    """A comparison's columns are named after variants."""
    table = Table("", (Column("=variant"),), ())
    ((_, text),) = tables_csv(replace(EMPTY, targets=table))
    assert text == "'=variant\r\n"


@pytest.mark.parametrize("kind", ["run", "hostile", "compare", "sweep", "size", "advise"])
def test_every_table_of_a_page_is_a_file(kind: str, pages: dict[str, ReportPage]) -> None:
    page = pages[kind]
    tables = [page.targets] if page.targets else []
    for section in page.sections:
        tables += [*(figure.table for figure in section.figures), *section.tables]
    written = dict(tables_csv(page))
    assert len(written) == len(tables)
    for table, text in zip(tables, written.values(), strict=True):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == 1 + len(table.rows)
        assert {len(row) for row in rows} == {len(table.columns)}


def test_names_of_files_are_safe_and_no_two_alike() -> None:
    table = Table("", (Column("A"),), ())
    keys = ["waits-chart", "WAITS-chart", "../../etc/passwd", "con", "\u05e9", "a" * 300]
    figures = tuple(Figure(BarChart(key, "", "", "", ()), table) for key in keys)
    sections = (
        Section("waits", "", (), figures, (table, table)),
        Section("nul", "", (), figures[3:4]),
    )
    names = [name for name, _ in tables_csv(replace(EMPTY, targets=table, sections=sections))]
    assert names == [
        "tables/targets.csv",
        "tables/waits-chart.csv",
        "tables/waits-waits-chart.csv",
        "tables/waits-etc-passwd.csv",
        "tables/waits-con.csv",
        "tables/waits.csv",
        f"tables/waits-{'a' * 74}.csv",
        "tables/waits-1.csv",
        "tables/waits-2.csv",
        "tables/nul-con.csv",
    ]
