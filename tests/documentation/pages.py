"""The pages of the documentation, and the fenced blocks in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SITE_PAGES = sorted((ROOT / "docs").glob("*.md"))
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "notebooks" / "README.md",
    ROOT / "reports" / "README.md",
    *SITE_PAGES,
]
FENCE = re.compile(r"^( *)```(\S*) ?(.*?)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block of a page: after the backticks its language, and the mark that tells its test.

    `number` counts the blocks of the page from 1.
    """

    page: Path
    number: int
    language: str
    mark: str
    text: str

    @property
    def kind(self) -> str:
        """Return language and mark together: `yaml complete`."""
        return f"{self.language} {self.mark}".strip()


BLOCKS = [
    Block(page, number, language, mark, text)
    for page in PAGES
    for number, (_, language, mark, text) in enumerate(
        FENCE.findall(page.read_text(encoding="utf-8")), start=1
    )
]


def blocks(language: str, mark: str = "") -> list[Block]:
    """Return the blocks of a language with that mark, over all pages."""
    return [block for block in BLOCKS if (block.language, block.mark) == (language, mark)]


def pages_with(language: str, mark: str) -> list[Path]:
    """Return the pages that have such blocks."""
    told = {block.page for block in blocks(language, mark)}
    return [page for page in PAGES if page in told]


def title(block: Block) -> str:
    """Return a short name of a block, for a test's id."""
    return f"{block.page.stem}: {block.text.split(chr(10), 1)[0][:40]}"
