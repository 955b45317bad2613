"""From a report's values to one HTML file that needs nothing else: no font, no network.

Its one script, `templates/report.js`, sorts and folds what is there; without it nothing is missing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulator.report.charts import Chart
from simulator.report.drawing.charts import draw
from simulator.report.page import Column, ReportPage, Span, Text
from simulator.report.rendering.sorting import sort_value
from simulator.report.running.page import page
from simulator.report.wording import visible

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.experiments.study import Study

_VIEW_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ')


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
    """Return a report as one HTML document; every text in it is escaped.

    No script but its own runs in it: its policy names that one by its hash.
    """
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = _templates().get_template("report.html.j2")
    return template.render(page=report, script=Markup(script), script_hash=f"sha256-{digest}")  # noqa: S704 - our own


def cell(report: ReportPage, key: str) -> str:
    """Return a report as a piece of HTML for a notebook's cell; every text in it is escaped.

    Its ids begin with `key`, if those of its charts do.
    """
    return _templates().get_template("cell.html.j2").render(page=report, key=key)


def _script() -> str:
    return (files(__package__) / "templates" / "report.js").read_text(encoding="utf-8")


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("simulator.report.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_spelt_out,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.tests["span"] = lambda text: isinstance(text, Span)
    templates.filters["picture"] = _picture
    templates.filters["sort_value"] = _sort_value
    return templates


def _spelt_out(value: object) -> object:
    """Return a value to be printed; in a plain text nothing acts on the text around it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _picture(chart: Chart) -> Markup:
    """Return a chart in a box that knows how wide it was drawn, so that its text stays legible."""
    drawn = draw(chart)
    width = _VIEW_BOX.search(drawn)
    box = "" if width is None else f' style="--drawn: {width[1]}px"'
    return Markup(f'<div class="picture"{box}>{drawn}</div>')  # noqa: S704 - an XML writer escaped every text in it


def _sort_value(cell: Text, column: Column) -> Markup:
    """Return the attribute that holds what a cell is sorted by, where its text does not tell."""
    value = sort_value(cell, numeric=column.numeric)
    return Markup("") if value is None else Markup(' data-value="{}"').format(value)
