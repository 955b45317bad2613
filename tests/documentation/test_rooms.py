"""What the pages say of the code: which rooms there are, how they import, where files lie."""

from __future__ import annotations

import re
import tomllib

import pytest
from documentation.pages import FENCE, ROOT, Block, blocks, title

ROOM = ROOT / "simulator"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = [
    re.split(r" \| ", layer)
    for layer in PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    if layer != "__main__"
]
CODE = re.compile(r"`([^`]+)`")
ENGINE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks("text", "rooms"), ids=title)
def test_the_arrows_are_those_that_are_kept(block: Block) -> None:
    """The last layer may leave some out, with an ellipsis."""
    told = [re.findall(r"\w+|…", layer) for layer in block.text.split("→")]
    assert told[:-1] == LAYERS[:-1]
    assert set(told[-1]) - {"…"} <= set(LAYERS[-1])
    assert len(told[-1]) == len(LAYERS[-1]) or "…" in told[-1]


def test_the_way_through_is_told_alike() -> None:
    assert len({block.text for block in blocks("text", "flow")}) == 1


def test_the_engine_page_has_a_row_for_each_room() -> None:
    """In the order of the layers, from the command line down."""
    table = ENGINE.split("\n## The rooms\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    told = [name for row in rows for name in CODE.findall(row)]
    assert sorted(told) == sorted(name for layer in LAYERS for name in layer)
    height = {name: depth for depth, layer in enumerate(LAYERS) for name in layer}
    assert [height[name] for name in told] == sorted(height[name] for name in told)


def test_the_rooms_are_the_folders_there_are() -> None:
    files = {"__init__", "__main__"}
    found = {path.stem for path in ROOM.iterdir() if path.suffix == ".py" or _is_room(path)}
    assert found - files == {name for layer in LAYERS for name in layer}


def _is_room(path: object) -> bool:
    return (ROOM / str(path) / "__init__.py").exists()


def test_the_files_that_contributors_are_sent_to_are_there() -> None:
    """A path counts from the root, or from `simulator/`; `mending_*.py` stands for several."""
    paths = [
        text
        for text in CODE.findall(FENCE.sub("", CONTRIBUTING))
        if re.fullmatch(r"[\w./*-]*/[\w.*-]*", text)
    ]
    found = {path: [*ROOT.glob(path), *ROOM.glob(path)] for path in paths}
    assert len(paths) > 20
    assert [path for path, files in found.items() if not files] == []
