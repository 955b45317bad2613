"""From a report's values to one HTML file that needs nothing else: no script, font or network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulator.report.charts import Chart
from simulator.report.drawing.charts import draw
from simulator.report.page import ReportPage, Span
from simulator.report.running.page import page

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.experiments.study import Study


def write_report(study: Study, path: Path) -> None:
    """Write a study's report; equal studies give equal bytes.

    Raises:
        OSError: the file cannot be written.
    """
    write_page(page(study), path)


def write_page(report: ReportPage, path: Path) -> None:
    """Write a page to a file, with the line ends of every system.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_text(html(report), encoding="utf-8", newline="\n")


def html(report: ReportPage) -> str:
    """Return a report as one HTML document; every text in it is escaped."""
    return _templates().get_template("report.html.j2").render(page=report)


def cell(report: ReportPage, key: str) -> str:
    """Return a report as a piece of HTML for a notebook's cell; every text in it is escaped.

    Its ids begin with `key`, if those of its charts do.
    """
    return _templates().get_template("cell.html.j2").render(page=report, key=key)


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("simulator.report.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.tests["span"] = lambda text: isinstance(text, Span)
    templates.filters["picture"] = _picture
    return templates


def _picture(chart: Chart) -> Markup:
    return Markup(draw(chart))  # noqa: S704 - an XML writer escaped every text in it
