"""Every fenced block of every page is of a kind that some test keeps true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documentation.pages import BLOCKS, PAGES, ROOT, Block, title
from generate import PAGES as GENERATED

KINDS = {
    "console tested": "run in a folder of its own, and what it prints compared",
    "console step": "the same, after the steps before it on the page, in one folder",
    "console make": "targets of the Makefile, which have to be there",
    "console jupyter": "installs from an index, so it is not run; its target has to be there",
    "console cluster": "needs a cluster; its options have to be there",
    "yaml complete": "a whole scenario, which loads; commands of the page find it by its name",
    "yaml mistaken": "a whole scenario, which does not load",
    "yaml": "a part of a scenario, of the shape the models want",
    "csv": "a trace, which is read",
    "python tested": "run, one block of the page after the other",
    "text flow": "the way from a scenario to its figures, the same on each page",
    "text rooms": "the one-way imports, which are those of pyproject.toml",
    "text": "made from code, on generated pages alone",
    "{toctree}": "the contents of the site, which lists each page",
}
"""Each kind of block, and how it is kept true."""


@pytest.mark.parametrize("block", BLOCKS, ids=title)
def test_a_block_is_of_a_kind_that_is_tested(block: Block) -> None:
    assert block.kind in KINDS
    assert block.kind != "text" or block.page.name in GENERATED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_fence_is_found(page: Path) -> None:
    """One that does not close, or stands in a list, would escape the tests."""
    fences = page.read_text(encoding="utf-8").count("```")
    assert fences == 2 * sum(block.page == page for block in BLOCKS)


def test_contributors_are_told_of_each_kind() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    table = page.split("\n## Documentation\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    told = {kind.strip("`") for row in rows for kind in row.split(", ")}
    assert told == set(KINDS) - {"text", "{toctree}"}
