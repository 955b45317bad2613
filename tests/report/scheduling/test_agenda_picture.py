"""An agenda's week as an SVG file: any program reads it, and it is always the same."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from builders_agenda import agenda, span, trigger

from simulator.plan.agenda import Agenda
from simulator.report.scheduling.agenda_picture import agenda_picture

SVG = "{http://www.w3.org/2000/svg}"


def monday_to_tuesday() -> Agenda:
    return agenda({"t": trigger("0 0 6 * * ?", jobs=35)}, span("2026-03-02", "2026-03-04"))


def test_the_same_agenda_is_the_same_bytes() -> None:
    assert agenda_picture(monday_to_tuesday()) == agenda_picture(monday_to_tuesday())


def test_it_stands_by_itself() -> None:
    picture = agenda_picture(monday_to_tuesday())
    root = ET.fromstring(picture)  # noqa: S314 - drawn by this test
    assert root.tag == f"{SVG}svg"
    assert "var(" not in picture
    assert picture.endswith("</svg>\n")
    texts = [text.text for text in root.findall(f"{SVG}text")]
    assert texts[0] == "Jobs due by hour of the week, UTC"
    assert texts[1] == (
        "Mon 2026-03-02 00:00 to Wed 2026-03-04 00:00, UTC: "
        "1 time trigger fires 2 times and asks for 70 jobs."
    )


def test_cells_have_their_jobs_and_empty_hours_none() -> None:
    root = ET.fromstring(agenda_picture(monday_to_tuesday()))  # noqa: S314 - drawn by this test
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts.count("35") == 2
    assert texts.count("0") == 0
    assert texts.count("\N{EN DASH}") == 5 * 24  # Wednesday to Sunday lie outside


def test_nothing_due_is_an_empty_week() -> None:
    root = ET.fromstring(agenda_picture(agenda({})))  # noqa: S314 - drawn by this test
    assert root.find(f"{SVG}svg") is not None
