"""Kept runs beside each other: the comparison of their scenarios, and runs that make no pairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_files import PARALLEL, scenario_file

from simulator.errors import ScenarioError
from simulator.experiments.comparing.compare import compare_scenarios, comparison
from simulator.experiments.comparing.keeping import Telling, compare_and_keep, keep_comparison
from simulator.experiments.comparing.kept_studies import studies_to_compare
from simulator.experiments.keeping.kept_runs import KeptRun, open_run
from simulator.experiments.keeping.publishing import run_and_keep
from simulator.loading import Loaded, load
from simulator.report.comparing.page import write_comparison
from simulator.report.comparing.sentences import sentences


def loaded(folder: Path, name: str, *overrides: str) -> Loaded:
    text = PARALLEL.replace("version: 1\n", f"version: 1\nname: {name}\n")
    return load(scenario_file(folder, text), overrides=overrides, check_variants=False)


def run_of(folder: Path, name: str, *overrides: str, stop_after: int = 1000) -> KeptRun:
    """A run of the test scenario under some name, Ctrl-C striking after so many replications."""

    def progress(done: int, _of: int) -> None:
        if done == stop_after:
            raise KeyboardInterrupt

    kept = run_and_keep(
        loaded(folder, name, *overrides),
        out=folder / "out",
        report=lambda _study, _path: None,
        progress=progress,
    )
    return open_run(kept.folder)


CHANGES = ("machines.one.hosts=2", "folders.Even.triggers.quarterly.event={every: 20m}")


def test_it_is_the_comparison_of_their_scenarios(tmp_path: Path) -> None:
    """Kept under the same name, with the same bytes in every file."""
    telling = Telling(sentences, write_comparison)
    scenarios = [("today", loaded(tmp_path, "today")), ("then", loaded(tmp_path, "then", *CHANGES))]
    _, run_again = compare_and_keep(scenarios, out=tmp_path / "again", telling=telling)
    runs = [run_of(tmp_path, "today"), run_of(tmp_path, "then", *CHANGES)]
    studies = studies_to_compare(runs)
    found, folder = keep_comparison(studies, out=tmp_path / "kept", telling=telling)
    assert found.variants == ("today", "then")
    assert folder.name == run_again.name
    files = [{one.name: one.read_bytes() for one in at.iterdir()} for at in (folder, run_again)]
    assert files[0] == files[1]
    assert json.loads(files[0]["comparison.json"])["replications"] == 3


def test_as_many_as_the_first_needs_will_do(tmp_path: Path) -> None:
    """The second has the number that was enough for the first, as it has in a comparison."""
    enough = "run.replications={precision: 20%, at_most: 30}"
    first = run_of(tmp_path, "today", enough)
    runs = [first, run_of(tmp_path, "then", f"run.replications={first.replications}", *CHANGES)]
    found = comparison(studies_to_compare(runs))
    scenarios = [
        (name, loaded(tmp_path, name, enough, *changes))
        for name, changes in (("today", ()), ("then", CHANGES))
    ]
    assert found.frame().equals(compare_scenarios(scenarios).frame())


def test_progress_is_that_of_all_of_them(tmp_path: Path) -> None:
    told = list[tuple[int, int]]()
    runs = [run_of(tmp_path, "today"), run_of(tmp_path, "then", *CHANGES)]
    studies_to_compare(runs, progress=lambda done, of: told.append((done, of)))
    assert told == [(done, 6) for done in range(1, 7)]


def test_runs_of_one_name_go_by_their_ids(tmp_path: Path) -> None:
    runs = [run_of(tmp_path, "today"), run_of(tmp_path, "today", CHANGES[0])]
    other = run_of(tmp_path, "then", CHANGES[1])
    names = [name for name, _ in studies_to_compare([*runs, other])]
    assert names == [runs[0].run_id, runs[1].run_id, "then"]


UNPAIRED: list[tuple[str, Callable[[Path], KeptRun], str]] = [
    ("seed", lambda at: run_of(at, "b", "run.seed=8"), "has another seed than .*: 8, not 7"),
    (
        "replications",
        lambda at: run_of(at, "b", "run.replications=2"),
        "has another number of replications than .*: 2, not 3",
    ),
    (
        "span",
        lambda at: run_of(at, "b", "time.duration=12h"),
        "has another span that is measured than .*: 12h after 0s, not 1d after 0s",
    ),
    (
        "warm-up",
        lambda at: run_of(at, "b", "time.warm_up=1h"),
        "has another span that is measured than .*: 1d after 1h, not 1d after 0s",
    ),
    ("the same", lambda at: run_of(at, "a"), "the same run is named twice"),
    ("interrupted", lambda at: run_of(at, "b", stop_after=2), "of a run that was interrupted"),
]


@pytest.mark.parametrize(
    ("other", "message"), [row[1:] for row in UNPAIRED], ids=[row[0] for row in UNPAIRED]
)
def test_runs_that_make_no_pairs_are_told(
    other: Callable[[Path], KeptRun], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError, match=f"these runs cannot be compared: .*{message}"):
        studies_to_compare([run_of(tmp_path, "a"), other(tmp_path)])


def test_other_versions_are_told(tmp_path: Path) -> None:
    """Nobody says that another NumPy has the same chance."""
    run = run_of(tmp_path, "a")
    path = run.folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["versions"]["numpy"] = "1.0"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"was made with numpy 1\.0, here is"):
        studies_to_compare([open_run(run.folder), run_of(tmp_path, "b")])
