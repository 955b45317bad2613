"""What can be asked of a page: rows in another order, tables open, a theme; by keyboard too."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest
from builders_browser import KINDS

if TYPE_CHECKING:
    from conftest import Opener
    from playwright.sync_api import Locator, Page

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
MOST_TABS = 200


def amount(text: str) -> float:
    """The number that a cell begins with, times in seconds; NaN where there is none."""
    number = re.match(r"(?:at most |at least |< )?([+-]?[\d,.]+)", text.replace("\xa0", " "))
    if number is None:
        return float("nan")
    unit = re.search(r"[\d)]\s(s|min|h|d)\)?$", text)
    return float(number[1].replace(",", "")) * SECONDS[unit[1] if unit else "s"]


def texts_of(table: Locator, column: int) -> list[str]:
    cells = table.locator(f"tbody tr > :nth-child({column + 1})")
    return [text.strip() for text in cells.all_text_contents()]


def in_order(values: list[float]) -> bool:
    """Whether numbers come in order, and all that are none after them."""
    numbers = [value for value in values if not math.isnan(value)]
    return numbers == sorted(numbers) and values[: len(numbers)] == numbers


def table_of(page: Page, caption: str) -> Locator:
    return page.locator("table").filter(has=page.locator("caption", has_text=caption)).first


SORT_EACH = """
() => [...document.querySelectorAll("table:has(th button)")].flatMap((table) =>
  [...table.querySelectorAll("thead .number")].map((heading) => {
    heading.querySelector("button").click();
    const cells = [...table.tBodies[0].rows].map((row) => row.cells[heading.cellIndex]);
    return [table.caption.textContent, heading.textContent, cells.map((one) => one.textContent)];
  }))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_numbers_sorts_by_its_numbers(opened: Opener, kind: str) -> None:
    columns = opened(kind).page.evaluate(SORT_EACH)
    assert len(columns) >= 2
    for caption, title, texts in columns:
        assert in_order([amount(text) for text in texts]), (caption, title, texts)


def test_a_column_sorts_up_then_down_then_as_written(opened: Opener) -> None:
    """Waits are told in seconds, minutes and hours, so that their texts would sort otherwise."""
    page = opened("run").page
    page.get_by_role("button", name="Open all tables").click()
    table = table_of(page, "Pending by folder")
    heading = table.get_by_role("columnheader", name="Mean", exact=True)
    column = heading.evaluate("heading => heading.cellIndex")
    written = texts_of(table, column)
    rising = sorted(written, key=amount)
    assert rising != sorted(written)
    for order, expected in (("ascending", rising), ("descending", rising[::-1]), (None, written)):
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == order
        assert texts_of(table, column) == expected


def test_names_sort_as_texts_and_one_column_at_a_time(opened: Opener) -> None:
    page = opened("run").page
    page.get_by_role("button", name="Open all tables").click()
    table = table_of(page, "Pending by folder")
    for name in ("Mean", "Folder"):
        table.get_by_role("columnheader", name=name, exact=True).get_by_role("button").click()
    names = texts_of(table, 0)
    assert [name[0] for name in names] == ["<", "=", "v"]
    assert table.locator("[aria-sort]").count() == 1


def test_tables_open_and_close_together(opened: Opener) -> None:
    page = opened("run").page
    folded = page.locator("details")
    assert folded.count() == page.locator("details:not([open])").count() >= 5
    page.get_by_role("button", name="Open all tables").click()
    assert page.locator("details:not([open])").count() == 0
    page.get_by_role("button", name="Close all tables").click()
    assert page.locator("details[open]").count() == 0
    assert page.get_by_role("button", name="Open all tables").is_visible()


def test_a_long_table_shows_the_rows_with_a_text(opened: Opener) -> None:
    page = opened("run").page
    page.get_by_role("button", name="Open all tables").click()
    table = table_of(page, "Whose jobs made jobs wait")
    rows = table.locator("tbody tr").count()
    box = page.get_by_role("searchbox", name="Whose jobs made jobs wait")
    box.fill("mOn")
    shown = table.locator("tbody tr:not([hidden])")
    assert set(texts_of(table.locator("xpath=."), 0)) > {"Mon"}
    assert {row.locator("th").inner_text() for row in shown.all()} == {"Mon"}
    assert page.get_by_text(f"{rows // 7} of {rows} rows").is_visible()
    page.emulate_media(media="print")
    assert all(row.is_visible() for row in table.locator("tbody tr").all())
    page.emulate_media(media="screen")
    box.fill("")
    assert shown.count() == rows


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_a_theme_is_chosen_and_remembered(opened: Opener) -> None:
    one = opened("run", color_scheme="light")
    theme = one.page.get_by_label("Theme")
    assert theme.input_value() == "system"
    light = background(one.page)
    theme.select_option("dark")
    dark = background(one.page)
    assert dark != light
    one.page.reload()
    assert theme.input_value() == "dark"
    assert background(one.page) == dark
    one.page.emulate_media(color_scheme="dark")
    theme.select_option("light")
    assert background(one.page) == light


def test_a_theme_holds_where_nothing_can_be_remembered(opened: Opener) -> None:
    refuses = """Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("denied", "SecurityError"); } })"""
    one = opened("run", first=refuses, color_scheme="light")
    before = background(one.page)
    one.page.get_by_label("Theme").select_option("dark")
    assert background(one.page) != before
    assert one.complaints == []


def tabbed_to(page: Page, selector: str) -> None:
    """Press the tab key until it comes to such an element."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the tab key never comes to {selector}")


def test_all_of_it_by_keyboard(opened: Opener) -> None:
    page = opened("run").page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the answer"
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "answer"
    page.keyboard.press("Shift+Tab")  # back, to the theme
    assert page.locator(":focus").input_value() == "system"
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    tabbed_to(page, "nav a[href='#pending']")
    page.keyboard.press("Enter")
    tabbed_to(page, "#pending summary")
    page.keyboard.press("Enter")
    assert page.locator("#pending details").first.get_attribute("open") is not None
    tabbed_to(page, "#pending details th button")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"
    page.keyboard.press("Space")
    assert page.locator("#pending [aria-sort=ascending]").count() == 1
