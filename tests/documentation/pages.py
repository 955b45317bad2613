"""The pages of the documentation, and the fenced blocks in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block of a page.

    A `yaml complete` block is a whole scenario; the commands of a `console tested` block are run.
    """

    page: Path
    language: str
    mark: str
    text: str


BLOCKS = [
    Block(page, *match.groups(default=""))
    for page in PAGES
    for match in FENCE.finditer(page.read_text(encoding="utf-8"))
]


def blocks(language: str, mark: str = "") -> list[Block]:
    """Return the blocks of a language with that mark, over all pages."""
    return [block for block in BLOCKS if (block.language, block.mark) == (language, mark)]


def title(block: Block) -> str:
    """Return a short name of a block, for a test's id."""
    return f"{block.page.stem}: {block.text.split(chr(10), 1)[0][:40]}"
