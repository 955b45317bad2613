"""Links between the pages lead to files and headings that are there, in the README too."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from documentation.pages import FENCE, PAGES, ROOT

LINK = re.compile(r"\]\(([^)\s:#]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert list(_astray(page)) == []


def _astray(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    links = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return [
        f"{path}#{anchor}"
        for path, anchor in links
        for target in [(page.parent / path).resolve() if path else page]
        if not target.exists() or (anchor and anchor not in _anchors(target))
    ]


@cache
def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page, as a forge makes them: a heading come again has a number."""
    seen: Counter[str] = Counter()
    anchors = set()
    for heading in HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        anchors.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return anchors


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One `two`\n[a](#one-two) [b](#two) [c](none.md) [d](page.md#one)\n")
    assert _astray(page) == ["#two", "none.md#", "page.md#one"]
