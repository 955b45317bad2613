"""The documentation says what is so: its blocks load, its lists match, its pages are up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from documentation.pages import ROOT, Block, blocks, title
from generate import PAGES as GENERATED
from pydantic import TypeAdapter

from simulator.errors import ScenarioError
from simulator.loading import load
from simulator.loading.composer import compose
from simulator.loading.faults import validate
from simulator.model.distributions import KINDS as DISTRIBUTIONS
from simulator.model.distributions import Distribution
from simulator.model.scenario import Scenario
from simulator.model.streams import KINDS as STREAMS
from simulator.model.streams import Stream

if TYPE_CHECKING:
    from pathlib import Path

FOLDER_ROW = re.compile(r"^\| `(\w+)/` \|", re.MULTILINE)
EXAMPLE = re.compile(r"`(\{.*?\})`")
KEY_ROW = re.compile(r"^\| `(\S+)` \| (.+?) \| (.+?) \| (.+) \|$")
REPLAY = """
version: 1
time: {start: 2026-03-02, duration: 1d}
machines: {shared-vm: {hosts: 1, slots: 1}}
accounts: {hr-bot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {hr-bot: [Automation User], olga: [Folder Administrator]}
    machines: [shared-vm]
    processes: {onboard: {duration: 6m}}
    starts: {replay: {process: onboard, by: olga, stream: {trace: rows.csv}}}
"""


@pytest.mark.parametrize("block", blocks("yaml", "complete"), ids=title)
def test_a_whole_file_loads(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(block.text, encoding="utf-8")
    load(file)


@pytest.mark.parametrize("block", blocks("yaml", "mistaken"), ids=title)
def test_a_mistaken_file_does_not_load(block: Block, tmp_path: Path) -> None:
    """What is told of it is a command's output, tested as such."""
    file = tmp_path / "scenario.yaml"
    file.write_text(block.text, encoding="utf-8")
    with pytest.raises(ScenarioError):
        load(file)


@pytest.mark.parametrize("block", blocks("csv"), ids=title)
def test_the_rows_of_a_trace_are_read(block: Block, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(block.text, encoding="utf-8")
    file = tmp_path / "scenario.yaml"
    file.write_text(REPLAY, encoding="utf-8")
    assert load(file).traces["rows.csv"].rows == block.text.count("\n") - 1


@pytest.mark.parametrize("block", blocks("yaml"), ids=title)
def test_a_part_of_a_file_has_the_shape_the_models_want(block: Block) -> None:
    """Parts name things that stand elsewhere, so they are checked as a shape, not as a tenant."""
    frame = "version: 1\n"
    if "time:" not in block.text.splitlines():
        frame += "time: {start: 2026-03-02, duration: 1d}\n"
    document = compose(frame + block.text, block.page.name)
    assert document.issues == ()
    assert validate(document.data)[1] == []


def _section(heading: str) -> str:
    """Return a section of the language page's reference."""
    page = (ROOT / "docs" / "scenario-language.md").read_text(encoding="utf-8")
    return page.split(f"\n### {heading}\n")[1].split("\n### ")[0]


@pytest.mark.parametrize("example", EXAMPLE.findall(_section("streams")))
def test_an_example_of_a_stream_is_one(example: str) -> None:
    TypeAdapter(Stream).validate_python(compose(example, "example").data)


@pytest.mark.parametrize("example", EXAMPLE.findall(_section("distributions")))
def test_an_example_of_a_distribution_is_one(example: str) -> None:
    TypeAdapter(Distribution).validate_python(compose(example, "example").data)


def test_every_kind_of_stream_and_distribution_has_an_example() -> None:
    for heading, kinds in (("streams", STREAMS), ("distributions", DISTRIBUTIONS)):
        examples = EXAMPLE.findall(_section(heading))
        assert {kind for kind in kinds if f"{{{kind}: " not in "".join(examples)} == set()


def test_the_language_page_tells_every_key_there_is() -> None:
    """A key of the models that the page does not mention is a key nobody will find."""
    page = (ROOT / "docs" / "scenario-language.md").read_text(encoding="utf-8")
    schema = Scenario.model_json_schema(by_alias=True)
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    reference = page.split("\n## Reference\n")[1].splitlines()
    rows = [line for line in reference if line.startswith("| `")]
    told = {match[1].split(".")[-1] for match in map(KEY_ROW.fullmatch, rows) if match}
    assert sorted(keys - told) == []


def test_every_key_has_a_type_a_default_and_a_meaning() -> None:
    """The meaning is the docstring under the field in `simulator/model`."""
    page = (ROOT / "docs" / "scenario-language.md").read_text(encoding="utf-8")
    rows = [line for line in page.split("\n## Reference\n")[1].splitlines() if line[:3] == "| `"]
    assert [row for row in rows if KEY_ROW.fullmatch(row) is None] == []


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    """Mended by `make pages`."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name]()


def test_the_readme_lists_the_folders_there_are() -> None:
    """The layout that the project promises; stray folders of a run are nobody's business."""
    layout = {"benchmarks", "docs", "notebooks", "reports", "scenarios", "simulator", "tests"}
    assert set(FOLDER_ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))) == layout
    assert all((ROOT / name).is_dir() for name in layout)
