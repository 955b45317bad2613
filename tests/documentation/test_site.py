"""The site is built without a warning, and shows all it has without a network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from documentation.pages import ROOT, SITE_PAGES

ASKED_FOR = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*?\bsrc=[\"']?((?:https?:)?//[^\"'\s>]+)"
    r"|<link\b[^>]*?\bhref=[\"']?((?:https?:)?//[^\"'\s>]+)"
    r"|url\([\"']?((?:https?:)?//[^)\"']+)"
    r"|@import\s+[\"']((?:https?:)?//[^\"']+)"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site as `make docs` builds it: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q"]
    folders = ["-d", str(folder / "read"), str(ROOT / "docs"), str(folder / "built")]
    done = subprocess.run([*command, *folders], check=False, capture_output=True, text=True)  # noqa: S603 - a fixed command
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder / "built"


def test_every_page_is_built_and_in_the_contents(site: Path) -> None:
    """Sphinx warns of a page that no contents lists."""
    assert {page.stem for page in SITE_PAGES} <= {page.stem for page in site.glob("*.html")}


def test_the_site_asks_no_network_for_anything(site: Path) -> None:
    files = [*site.rglob("*.html"), *site.rglob("*.css")]
    asked = {
        f"{file.name}: {next(filter(None, found))}"
        for file in files
        for found in ASKED_FOR.findall(file.read_text(encoding="utf-8"))
    }
    assert asked == set()


@pytest.mark.parametrize(
    "text",
    [
        '<script async src="https://cdn.example/x.js">',
        '<link rel="stylesheet" href="//fonts.example/x.css">',
        "body { background: url(https://cdn.example/x.png) }",
        '@import "https://fonts.example/x.css";',
    ],
    ids=["a script", "a style sheet", "a picture", "an import"],
)
def test_what_would_ask_the_network_is_found(text: str) -> None:
    assert ASKED_FOR.search(text)


def test_commands_and_files_are_highlighted(site: Path) -> None:
    """The mark behind a block's language tells its test, and the site knows to pass over it."""
    tutorial = (site / "tutorial.html").read_text(encoding="utf-8")
    assert 'class="highlight-console' in tutorial
    assert 'class="highlight-yaml' in tutorial


def test_links_to_the_readme_lead_to_the_front_page(site: Path) -> None:
    assert 'href="index.html"' in (site / "tutorial.html").read_text(encoding="utf-8")
    assert not (site / "_downloads").exists()
