"""The page itself: one inert, accessible file that is the same each time."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from simulator.report.rendering.page_html import write_report
from simulator.report.wording import visible

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.experiments.study import Study


class Outline(HTMLParser):
    """What a page is made of: its tags with attributes, in order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def written(study: Study, folder: Path) -> str:
    write_report(study, folder / "report.html")
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def html(study: Study, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(study, tmp_path_factory.mktemp("report"))


@pytest.fixture
def outline(html: str) -> Outline:
    return Outline(html)


def test_the_same_study_is_the_same_bytes(study: Study, tmp_path: Path) -> None:
    write_report(study, tmp_path / "first.html")
    write_report(study, tmp_path / "second.html")
    first, second = (tmp_path / f"{which}.html" for which in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
    assert b"\r" not in first.read_bytes()


def test_the_page_is_light(html: str) -> None:
    assert len(html.encode()) < 1_500_000


def test_the_page_loads_nothing(html: str, outline: Outline) -> None:
    assert "http://" not in html
    assert "https://" not in html
    assert not re.search(r"@import|url\((?!#)", html)
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in outline.tags}
    assert all(str(link["href"]).startswith("#") for link in outline.all("a"))


def test_headings_come_in_order(outline: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_are_there(outline: Outline) -> None:
    assert len(outline.all("main")) == 1
    assert outline.all("html")[0]["lang"] == "en"
    assert outline.all("a")[0] == {"class": "skip", "href": "#answer"}


def test_ids_are_unique_and_references_lead_somewhere(outline: Outline) -> None:
    ids = [str(attributes["id"]) for _, attributes in outline.tags if "id" in attributes]
    wanted = {str(link["href"])[1:] for link in outline.all("a")}
    for _, attributes in outline.tags:
        wanted |= set((attributes.get("aria-labelledby") or "").split())
    assert len(set(ids)) == len(ids)
    assert wanted <= set(ids)


def test_tables_have_captions_and_scopes(outline: Outline) -> None:
    assert len(outline.all("caption")) == len(outline.all("table"))
    assert {cell.get("scope") for cell in outline.all("th")} == {"col", "row"}


def test_a_title_is_seen_once(html: str) -> None:
    """What stands in a heading or over a chart already is kept for those who listen."""
    captions = re.findall(r'<caption id="([^"]*)"( class="said")?>', html)
    assert ("processes-table-1", ' class="said"') in captions
    assert ("machines-chart-table", ' class="said"') in captions
    assert '<summary>Table<span class="said">: <bdi>Utilisation by account' in html


def test_every_chart_has_its_table(html: str) -> None:
    """Six charts: two of Pending, two of utilisation, two weeks."""
    figures = re.findall("<figure.*?</figure>", html, re.DOTALL)
    assert len(figures) == 6
    for one in map(Outline, figures):
        assert [image["role"] for image in one.all("svg")] == ["img"]
        assert len(one.all("details")) == len(one.all("table")) == 1


def test_its_own_script_alone_may_run(html: str, outline: Outline) -> None:
    """A script runs only if the page's policy has its hash, in base64."""
    (script,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    policy = next(str(one["content"]) for one in outline.all("meta") if "http-equiv" in one)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert outline.all("script") == [{}]
    assert f"script-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")


def test_numbers_are_sorted_by_value(html: str) -> None:
    """The mean of HR/Payroll is 301 s, told as 5.02 min."""
    assert '<td class="number" data-value="301.2">5.02\xa0min</td>' in html


def test_hostile_names_are_inert(hostile_study: Study, hostile: str, tmp_path: Path) -> None:
    html = written(hostile_study, tmp_path)
    outline = Outline(html)
    assert len(outline.all("script")) == 1
    assert not [name for _, found in outline.tags for name in found if name.startswith("on")]
    assert visible(hostile) in outline.text
    assert "\u202e" not in html
    assert "\x1b" not in html
    assert r"\x1b[31m" in html
