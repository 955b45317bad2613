"""Every kind of page in a browser: alone, quiet, inert, accessible, and legible at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders_browser import HOSTILE, KINDS

from simulator.report.wording import visible

if TYPE_CHECKING:
    from conftest import Opener

PHONE = {"width": 400, "height": 800}
every_kind = pytest.mark.parametrize("kind", KINDS)

LEGIBLE_PX = 8.5
"""The size of the smallest text of a chart, on a phone; that of labels is 10 and more."""

SMALLEST_TEXT = """
() => Math.min(...[...document.querySelectorAll("svg text")].map((text) =>
  parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
  / Math.cos(Math.atan2(text.getScreenCTM().b, text.getScreenCTM().a)) ** 2))
"""


@every_kind
def test_a_page_loads_from_disk_and_asks_for_nothing_else(opened: Opener, kind: str) -> None:
    one = opened(kind)
    one.page.wait_for_load_state("networkidle")
    assert one.requests == [one.page.url]
    assert one.complaints == []


@every_kind
def test_hostile_names_are_shown_and_do_nothing(opened: Opener, kind: str) -> None:
    one = opened(kind)
    shown = visible(HOSTILE)
    assert one.page.locator("h1").inner_text() == shown
    assert one.page.title().startswith(shown)
    assert one.page.evaluate("document.scripts.length") == 1
    assert one.page.locator("img, iframe, object, link, form").count() == 0
    assert "\u202e" not in one.page.content()
    assert one.complaints == []


@every_kind
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opener, kind: str, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - needed here only

    page = opened(kind, color_scheme=theme).page
    page.get_by_role("button", name="Open all tables").click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@every_kind
def test_a_phone_scrolls_a_page_downwards_only(opened: Opener, kind: str) -> None:
    page = opened(kind, viewport=PHONE).page
    page.get_by_role("button", name="Open all tables").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@every_kind
def test_every_figure_is_seen_and_has_words(opened: Opener, kind: str) -> None:
    page = opened(kind).page
    assert page.locator("svg").count() >= 1
    for figure in page.locator("svg").all():
        box = figure.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) > 0
        assert figure.get_attribute("role") == "img"
        for reference in (figure.get_attribute("aria-labelledby") or "").split():
            assert page.locator(f"[id='{reference}']").text_content()


@every_kind
def test_charts_are_legible_on_a_phone(opened: Opener, kind: str) -> None:
    assert opened(kind, viewport=PHONE).page.evaluate(SMALLEST_TEXT) >= LEGIBLE_PX


@every_kind
def test_without_script_nothing_is_missing(opened: Opener, kind: str) -> None:
    page = opened(kind, java_script_enabled=False).page
    with_script = opened(kind).page
    assert page.locator("table").count() == with_script.locator("table").count()
    assert page.locator(":is(button, select, input)").count() == 0
    page.locator("details").first.locator("summary").click()
    assert page.locator("details table").first.is_visible()


@every_kind
def test_in_print_every_table_is_open_and_no_control_is_there(opened: Opener, kind: str) -> None:
    page = opened(kind, color_scheme="dark").page
    page.emulate_media(media="print")
    assert [one.is_visible() for one in page.locator("table").all()].count(False) == 0
    assert not any(one.is_visible() for one in page.locator(".controls, .filter, nav").all())
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"


def test_the_first_screen_has_answer_targets_and_trust(opened: Opener) -> None:
    page = opened("run").page
    for name in ("The answer", "Are the targets kept?", "Can these figures be trusted?"):
        box = page.get_by_role("heading", name=name).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 640
    badge = page.locator("#answer td .badge").first.bounding_box()
    assert badge is not None
    assert badge["y"] + badge["height"] < 800
