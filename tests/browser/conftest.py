"""Pages opened in Chromium as a reader opens them: from disk, by a browser that is not ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builders_browser import chromium_path, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NO_CHROMIUM = "no Chromium: apt install chromium; browser tests skipped"
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Opened:
    """A page in a browser, what it asked for, and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Opener = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser a module: while it runs, no other test of its worker could use asyncio."""
    path = chromium_path()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not installed everywhere

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a kind of page, built once a worker."""
    built: dict[str, Path] = {}

    def of_kind(kind: str) -> Path:
        if kind not in built:
            built[kind] = page_of(kind, tmp_path_factory.mktemp(kind))
        return built[kind]

    return of_kind


@pytest.fixture
def opened(browser: Browser, page_file: Callable[[str], Path]) -> Iterator[Opener]:
    """Open a kind of page, `more` being what a browser's context takes: a theme, no script."""
    contexts = []

    def open_page(kind: str, *, first: str = "", **more: Any) -> Opened:
        context = browser.new_context(**{"viewport": DESKTOP, **more})
        contexts.append(context)
        one = Opened(context.new_page())
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.on("console", lambda message: one.complaints.append(message.text))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on("dialog", lambda dialog: (one.complaints.append("dialog"), dialog.dismiss()))
        if first:
            one.page.add_init_script(first)
        one.page.goto(page_file(kind).as_uri())
        return one

    yield open_page
    for context in contexts:
        context.close()
