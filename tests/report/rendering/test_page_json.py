"""A page as JSON comes back as it was, whatever it is of; anything else is refused."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.report.charts import Chart, Curve, CurvePoint, Curves
from simulator.report.page import Column, Figure, ReportPage, Section, Span, Table
from simulator.report.rendering.page_html import html
from simulator.report.rendering.page_json import page_json, page_of

EMPTY = ReportPage(Span("estate", "name"), (), "", (), (), (), None, (), (), ())
COLUMNS = (Column("Folder"), Column("Mean", numeric=True))
TABLE = Table("Waits", COLUMNS, (("HR", Span("1", "met")),))
RAGGED = json.loads(page_json(replace(EMPTY, targets=replace(TABLE, rows=(("HR",),)))))
NOTICE = {"is": "Notice", "text": [], "is_warning": 1}
KINDS = ["run", "hostile", "compare", "sweep", "size", "advise"]


def with_chart(chart: Chart) -> ReportPage:
    section = Section("waits", "Waits", (("plain ", Span("HR", "name")),), (Figure(chart, TABLE),))
    return replace(EMPTY, sections=(section,))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_comes_back_as_it_was(kind: str, pages: dict[str, ReportPage]) -> None:
    """Its `repr` tells NaN from NaN's absence, and a text from a span of it."""
    found = page_of(page_json(pages[kind]))
    assert repr(found) == repr(pages[kind])
    assert html(found) == html(pages[kind])


@pytest.mark.parametrize("kind", get_args(Chart), ids=lambda kind: kind.__name__)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_kind_of_chart_comes_back_as_it_was(kind: type[Chart], data: st.DataObject) -> None:
    """Whatever its fields hold: NaN, infinities, no rows, any character."""
    page = with_chart(data.draw(st.from_type(kind)))
    assert repr(page_of(page_json(page))) == repr(page)


def test_what_json_has_no_number_for_is_a_text() -> None:
    points = (CurvePoint(1.0, math.nan, -math.inf, math.inf),)
    chart = Curves("a", "A", "A.", ("x", "y"), (Curve("HR", points),))
    content = json.loads(page_json(with_chart(chart)))
    drawn = content["page"]["sections"][0]["figures"][0]["chart"]
    assert drawn["is"] == "Curves"
    assert drawn["curves"] == [["HR", [[1.0, "nan", "-inf", "inf"]]]]


def changed(path: str, value: Any) -> str:
    """Return a page's JSON with another value at a path, such as `page.title.kind`."""
    found = json.loads(page_json(EMPTY))
    *outer, last = path.split(".")
    place = found
    for key in outer:
        place = place[key]
    place[last] = value
    return json.dumps(found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no page of a report: it is no JSON"),
        ("{", "is no page of a report: it is no JSON"),
        ("[" * 100_000, "is no page of a report: it is no JSON"),
        ("NaN", "is no page of a report: it is no JSON"),
        ("[]", "has to hold schema_version, sha256 and page"),
        ('{"schema_version": 2, "sha256": "", "page": {}}', "is a page of another version"),
        ('{"schema_version": 1, "sha256": "", "page": {}}', "page is not what a page has there"),
        (changed("page.title.kind", "scary"), "page.title.kind is not"),
        (changed("page.title.is", "Notice"), "page.title is not"),
        (changed("page.question", 1), "page.question is not"),
        (changed("page.question", ["a"]), "page.question is not"),
        (changed("page.view", "HR"), "page.view is not"),
        (changed("page.targets", {}), "page.targets is not"),
        (json.dumps(RAGGED), "page.targets has a row that does not fit its columns"),
        (changed("page.question", "\ud800"), "page.question is not"),
        (changed("page.trust", [NOTICE]), r"page.trust\[0\].is_warning is not"),
        (changed("page.provenance", [["seed"]]), r"page.provenance\[0\] has not 2 parts"),
        (changed("page.more", 1), "page is not"),
        (changed("page.question", "Another?"), "was changed after it was written"),
    ],
    ids=lambda text: text[-40:],
)
def test_what_is_no_page_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        page_of(text)
