"""A page in Markdown: it reads the same once rendered, and no name in it is markup or a link."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from simulator.report.charts import BarChart
from simulator.report.page import (
    Column,
    Figure,
    Notice,
    ReportPage,
    Section,
    Span,
    Table,
)
from simulator.report.rendering.markdown_text import escaped, line, marked_up
from simulator.report.rendering.page_markdown import markdown

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
EMPTY = ReportPage(Span("estate", "name"), (), "", (), (), (), None, (), (), ())
HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- not shown -->",
    "**bold** _it_ ~~gone~~ `code` ``two``",
    "[link](http://evil.example) ![image](x.png) [^1] [x]",
    "<http://evil.example>",
    "a | b \\| c \\\\| d",
    "trailing \\",
    "&lt;b&gt; &copy; &#35;",
    "# heading #",
    "> quote",
    "- item",
    "+ item",
    "12. item",
    "12) item",
    "--- | ---",
    "===",
    "```",
    "~~~",
    "$x_1$ $$y$$",
    "\u202e\u05e9\u05dc 😀",
    "=cmd()",
]
HOSTILES = pytest.mark.parametrize("text", HOSTILE)


class Words(HTMLParser):
    """The text of some HTML, and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(text: str) -> Words:
    return Words(RENDERER.render(text))


@HOSTILES
def test_a_name_reads_as_it_is(text: str) -> None:
    words = rendered(line((Span(text, "name"),)))
    assert words.tags == ["p"]
    assert words.text.strip() == text


@HOSTILES
def test_a_name_stays_within_its_cell(text: str) -> None:
    words = rendered(f"| a | b |\n| --- | --- |\n| {escaped(text)} | end |")
    assert [tag for tag in words.tags if tag in {"td", "p", "a"}] == ["td", "td"]
    assert [one for one in words.text.split("\n") if one][2:] == [text, "end"]


@HOSTILES
def test_a_heading_and_an_item_are_one_line(text: str) -> None:
    assert rendered(f"# {escaped(text)}").text.strip() == text
    words = rendered(f"- {line((text,))}")
    assert words.tags == ["ul", "li"]
    assert words.text.strip() == text


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("http://evil.example", "http\\://evil.example"),
        ("www.evil.example", "www\\.evil.example"),
        ("anna@contoso.example", "anna@<!-- -->contoso.example"),
    ],
)
def test_an_address_is_not_linked(address: str, written: str) -> None:
    """GitHub links bare addresses, which plain CommonMark leaves alone."""
    assert escaped(address) == written
    assert rendered(written).text.strip() == address


def test_line_ends_cannot_begin_a_block() -> None:
    assert escaped("a\n# b\r\nc\u2028d\ve") == "a \\# b c d e"


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (Span("3.2 min", "figure"), "**3.2 min**"),
        (Span("✗ missed", "missed"), "**✗ missed**"),
        (Span("dispatch.order", "code"), "`dispatch.order`"),
        (Span("a`|b", "code"), "<code>a\\`&#124;b</code>"),
        (Span("HR", "name"), "HR"),
        (Span("", "figure"), ""),
    ],
)
def test_a_piece_of_text_looks_like_what_it_is(span: Span, written: str) -> None:
    assert marked_up(span) == written


def test_a_page_has_its_parts_in_order() -> None:
    table = Table("By [folder]", (Column("Folder"), Column("Mean", numeric=True)), (("HR|", "1"),))
    chart = BarChart("waits-chart", "Waits [now]", "HR.", "min", ())
    section = Section("waits", "Pending", (("Of ", Span("HR", "name")),), (Figure(chart, table),))
    page = replace(
        EMPTY,
        question="How long?",
        answer=(("It is ", Span("3 min", "figure"), "."),),
        alarm=(("A check failed.",),),
        trust=(Notice(("Too few.",), is_warning=True),),
        sections=(section,),
        provenance=(("Seed", "1"),),
    )
    assert markdown(page).split("\n\n") == [
        "# estate",
        "Capacity report",
        "> How long?",
        "> **Warning:** A check failed.",
        "## The answer",
        "It is **3 min**.",
        "### Can these figures be trusted?",
        "- **Warning:** Too few.",
        "## Pending",
        "Of HR",
        "### Waits \\[now\\]",
        "![Waits \\[now\\]](figures/waits-chart.svg)",
        "**By \\[folder\\]**",
        "| Folder | Mean |\n| --- | ---: |\n| HR&#124; | 1 |",
        "## Where this comes from",
        "The same scenario, data, seed and versions give the same figures and the same page.",
        "- Seed: 1\n",
    ]


@pytest.mark.parametrize("kind", ["run", "hostile", "compare", "sweep", "size", "advise"])
def test_a_real_page_holds_no_markup_of_a_name(kind: str, pages: dict[str, ReportPage]) -> None:
    page = pages[kind]
    text = markdown(page)
    words = rendered(text)
    figures = [figure for section in page.sections for figure in section.figures]
    tables = [table for section in page.sections for table in section.tables]
    assert words.tags.count("img") == len(figures)
    assert words.tags.count("table") == len(figures) + len(tables) + (page.targets is not None)
    assert words.tags.count("h1") == 1
    assert not {"a", "script", "pre", "em", "s"} & set(words.tags)
    assert not re.search(r"<(?!!-- -->|/?code>)", text)
