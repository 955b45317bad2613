"""A sizing kept: four files, equal bytes for equal questions, nothing of a search that fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders_sizing import BATCH

from simulator.errors import RunInterrupted, ScenarioError
from simulator.experiments.sizing.keeping import Sized, size_and_keep
from simulator.experiments.sizing.question import Question, question_of
from simulator.experiments.varying.quantities import quantities_of
from simulator.loading import open_scenario

SLOTS = quantities_of(["machines.M1.slots=1..4"])


def told(sized: Sized, path: Path) -> None:
    path.write_text(sized.name, encoding="utf-8")


def asked(folder: Path, text: str = BATCH, **changes: Any) -> Question:
    """What is asked of the batch, its file written into `folder`."""
    file = folder / "estate.yaml"
    file.write_text(text, encoding="utf-8")
    return question_of(open_scenario(file), **{"quantities": SLOTS, **changes})


def kept(folder: Path, question: Question) -> Path:
    """The folder of a sizing, kept below `folder`."""
    return size_and_keep(question, out=folder / "out", report=told)[1]


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_kept_and_where(tmp_path: Path) -> None:
    folder = kept(tmp_path, asked(tmp_path))
    assert folder.parent == tmp_path / "out" / "estate"
    assert folder.name.startswith("size-")
    assert folder.name.endswith("-s1")
    assert sorted(bytes_in(folder)) == ["manifest.json", "report.html", "size.csv", "size.json"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["size_id"] == folder.name == (folder / "report.html").read_text("utf-8")
    assert manifest["quantities"] == {"machines.M1.slots": ["1", "2", "3", "4"]}
    answer = json.loads((folder / "size.json").read_text(encoding="utf-8"))["answer"]
    assert answer == {"machines.M1.slots": 3}


def test_equal_questions_have_equal_bytes_and_one_folder(tmp_path: Path) -> None:
    """The order of values asks for nothing else."""
    first = kept(tmp_path, asked(tmp_path))
    before = bytes_in(first)
    again = kept(tmp_path, asked(tmp_path, quantities=quantities_of(["machines.M1.slots=4,2,1,3"])))
    assert again == first
    assert bytes_in(again) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"quantities": quantities_of(["machines.M1.slots=1..5"])},
        {"seed": 2},
        {"at_most": 20},
        {"more_never_hurts": True},
        {"overrides": ("folders.F.starts.batch.jobs=5",)},
    ],
    ids=["values", "seed", "replications", "more never hurts", "override"],
)
def test_other_questions_have_other_names(tmp_path: Path, changes: dict[str, object]) -> None:
    assert asked(tmp_path).name != asked(tmp_path, **changes).name


def test_a_search_that_fails_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no targets"):
        kept(tmp_path, asked(tmp_path, BATCH[: BATCH.index("targets:")]))
    assert list((tmp_path / "out").rglob("*.*")) == []


def test_an_interrupted_search_keeps_nothing_and_tells_how_far_it_was(tmp_path: Path) -> None:
    """Four slots are tried first, or whatever theory says; Ctrl-C comes at the second fleet."""
    seen = list[tuple[str, ...]]()

    def trying(values: tuple[str, ...]) -> None:
        seen.append(values)
        if len(seen) == 2:
            raise KeyboardInterrupt

    question = asked(tmp_path)
    with pytest.raises(RunInterrupted, match="interrupted after 1 fleet"):
        size_and_keep(question, out=tmp_path / "out", report=told, trying=trying)
    assert list((tmp_path / "out" / "estate").iterdir()) == []
