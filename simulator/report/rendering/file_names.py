"""The files of a page's figures and tables: names that every system takes, no two of them alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from simulator.report.charts import Chart
    from simulator.report.page import ReportPage, Section, Table

_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 80
_TAKEN: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
"""What no file may be called on Windows, whatever its ending.

Source: Microsoft, "Naming Files, Paths, and Namespaces".
"""


def figure_files(page: ReportPage, ending: Literal["svg", "png"]) -> Iterator[tuple[str, Chart]]:
    """Yield each chart of a page with its file in the report's folder: `figures/<key>.svg`."""
    charts = [figure.chart for section in page.sections for figure in section.figures]
    for stem, chart in zip(_stems(chart.key for chart in charts), charts, strict=True):
        yield f"figures/{stem}.{ending}", chart


def table_files(page: ReportPage) -> Iterator[tuple[str, Table]]:
    """Yield each table of a page with its file in the report's folder: `tables/<section>-<n>.csv`.

    That of a figure has the figure's key in place of a number.
    """
    tables = [("targets", page.targets)] if page.targets else []
    tables += [named for section in page.sections for named in _tables(section)]
    for stem, (_, table) in zip(_stems(name for name, _ in tables), tables, strict=True):
        yield f"tables/{stem}.csv", table


def _tables(section: Section) -> Iterator[tuple[str, Table]]:
    for figure in section.figures:
        key = figure.chart.key
        yield key if key.startswith(section.key) else f"{section.key}-{key}", figure.table
    for number, table in enumerate(section.tables, start=1):
        yield f"{section.key}-{number}", table


def _stems(names: Iterable[str]) -> Iterator[str]:
    """Yield a file's name for each name, without its ending; one that is taken gets a number."""
    taken = set(_TAKEN)
    for name in names:
        plain = _UNSAFE.sub("-", name.lower())[:_LONGEST].strip("-") or "unnamed"
        stem, number = plain, 1
        while stem in taken:
            number += 1
            stem = f"{plain}-{number}"
        taken.add(stem)
        yield stem
