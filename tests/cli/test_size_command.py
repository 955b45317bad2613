"""`simulator size`: the cheapest fleet by hand-made scenarios whose answer can be worked out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from builders_commands import invoked
from builders_files import scenario_file
from builders_sizing import BATCH, BATCH_ON_TWO, STEADY

SLOTS = "machines.M1.slots"


def size(folder: Path, text: str, *arguments: object) -> Any:
    return invoked("size", scenario_file(folder, text), *arguments)


def read(found: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(found.stdout)
    return content


@pytest.mark.parametrize("path", ["run.seed", "run.replications", "name"])
def test_what_is_no_part_of_a_fleet_is_refused(tmp_path: Path, path: str) -> None:
    found = size(tmp_path, BATCH, "--vary", f"{path}=1..3")
    assert found.exit_code == 2
    assert f"{path} is no part of a fleet" in found.stderr


def test_three_slots_do_six_jobs_of_ten_minutes_in_two_rounds(tmp_path: Path) -> None:
    found = size(tmp_path, BATCH, "--vary", f"{SLOTS}=1..8", "--json", "--check")
    assert (found.exit_code, found.stderr) == (0, "")
    content = read(found)
    assert content["answer"] == {SLOTS: 3}
    certificate = content["certificate"]
    assert certificate["at_answer"]["targets"][0]["mean"] == 600
    (less,) = certificate["one_less"]
    assert (less["values"], less["outcome"]) == ({SLOTS: 2}, "missed")
    assert less["targets"][0]["mean"] == 1200
    effects = {one["step"]: one["differences"][0]["mean"] for one in certificate["effects"]}
    assert effects == {"less": 600, "more": 0}
    assert certificate["binding"]["at"] == {SLOTS: 2}
    assert [one["cause"] for one in certificate["binding"]["causes"]] == ["slot held"]
    assert certificate["lower_bound"]["excluded"] == 0  # of an hour alone, load rules out nothing
    judged = {one["values"][SLOTS]: one["outcome"] for one in certificate["tried"]}
    assert (judged[1], judged[2], judged[3]) == ("missed", "missed", "met")


def test_of_two_machines_the_cheaper_mix_of_three_slots(tmp_path: Path) -> None:
    """2 + 1 slots cost 5, 1 + 2 cost 7; both have the three slots that it takes."""
    vary = ("--vary", f"{SLOTS}=1..4", "--vary", "machines.M2.slots=1..2")
    content = read(size(tmp_path, BATCH_ON_TWO, *vary, "--json"))
    assert content["answer"] == {SLOTS: 2, "machines.M2.slots": 1}
    costs = {tuple(one["values"].values()): one["cost"] for one in content["certificate"]["tried"]}
    assert (costs[2, 1], costs[1, 1]) == (5, 4)


def test_load_alone_rules_out_what_cannot_keep_up(tmp_path: Path) -> None:
    """Ten minutes of work each five minutes are a load of 2."""
    content = read(size(tmp_path, STEADY, "--vary", f"{SLOTS}=1..4", "--json"))
    assert content["answer"] == {SLOTS: 2}
    bound = content["certificate"]["lower_bound"]
    assert (bound["values"], bound["excluded"], bound["fleets"]) == ({SLOTS: 2}, 1, 4)
    assert "2 slots" in bound["why"]
    (ruled_out,) = (one for one in content["certificate"]["tried"] if not one["replications"])
    assert ruled_out["values"] == {SLOTS: 1}


def test_the_terminal_begins_with_the_answer_and_ends_with_the_report(tmp_path: Path) -> None:
    lines = size(tmp_path, BATCH, "--vary", f"{SLOTS}=1..8").stdout.splitlines()
    assert lines[0].startswith("3 slots on each host of M1 is the cheapest of 8 fleets that meets ")
    assert lines[-1].startswith("Report: ")
    report = Path(lines[-1].removeprefix("Report: "))
    assert "Fleet size" in report.read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO((report.parent / "size.csv").read_text(encoding="utf-8")))
    assert {row["fleet_outcome"] for row in rows} == {"met", "missed"}


def test_json_is_what_the_folder_keeps(tmp_path: Path) -> None:
    found = size(tmp_path, BATCH, "--vary", f"{SLOTS}=1..4", "--json", "--out", tmp_path / "here")
    (folder,) = (tmp_path / "here" / "estate").iterdir()
    assert (folder / "size.json").read_text(encoding="utf-8") == found.stdout


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    found = size(tmp_path, BATCH, "--vary", f"{SLOTS}=1..4", "--quiet")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--check",), 1)], ids=["told", "checked"])
def test_where_no_fleet_meets_the_answer_is_null(
    tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    """Two slots at most: the last two jobs wait 20 minutes."""
    found = size(tmp_path, BATCH, "--vary", f"{SLOTS}=1..2", "--json", *options)
    assert found.exit_code == code
    assert read(found)["answer"] is None
    assert ("--check: no fleet was found" in found.stderr) is bool(options)


def test_an_undecided_cheaper_fleet_is_not_proven(tmp_path: Path) -> None:
    """Of two jobs on one slot one waits 8 to 12 min, the other 0: 5 min each in the mean."""
    text = BATCH.replace("10m}}", "{uniform: [8m, 12m]}}}").replace("jobs: 6", "jobs: 2")
    text = text.replace("pending.max, at_most: 10m", "pending.mean, at_most: 5m")
    found = size(tmp_path, text, "--vary", f"{SLOTS}=1..2", "--json", "--check", "--at-most", 10)
    content = read(found)
    assert (content["answer"], content["certificate"]["unproven"]) == ({SLOTS: 2}, 1)
    assert found.exit_code == 1
    assert "--check: not proven, 1 cheaper fleet undecided" in found.stderr


ERRORS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "no targets": (BATCH[: BATCH.index("targets:")], (f"{SLOTS}=1..4",), "no-targets"),
    "no cost": (
        BATCH_ON_TWO.replace("costs:", "#"),
        (f"{SLOTS}=1..4", "machines.M2.slots=1..2"),
        "no-cost",
    ),
    "no number": (BATCH, (f"{SLOTS}=few,many",), "no-number"),
    "no such machine": (BATCH, ("machines.M9.slots=1..2",), "M9"),
    "a value that cannot be": (BATCH, (f"{SLOTS}=-1..2",), "--vary:1:"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_what_cannot_be_searched_is_told_without_a_traceback(tmp_path: Path, case: str) -> None:
    text, quantities, words = ERRORS[case]
    options = [option for one in quantities for option in ("--vary", one)]
    found = size(tmp_path, text, *options)
    assert (found.exit_code, found.stdout) == (2, "")
    assert words in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    "options", [(), ("--vary", f"{SLOTS}=1..4", "--at-most", "9")], ids=["nothing", "few"]
)
def test_usage(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert size(tmp_path, BATCH, *options).exit_code == 2


def test_warnings_are_those_that_the_largest_fleet_has_too(tmp_path: Path) -> None:
    """One slot cannot keep up, of which the search is about; the spare machine stays spare."""
    text = STEADY.replace("M1: {slots: 1}", "M1: {slots: 1}, spare: {slots: 1}")
    found = size(tmp_path, text, "--vary", f"{SLOTS}=1..4", "--quiet", "--strict")
    assert found.exit_code == 2
    assert found.stderr.count("estate.yaml:") == 1
    assert "nothing uses the machine 'spare'" in found.stderr


def test_ctrl_c_tells_how_far_it_was_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.experiments.sizing.judges.run_study", interrupted)
    found = size(tmp_path, BATCH, "--vary", f"{SLOTS}=1..4", "--json", "--out", tmp_path / "here")
    assert (found.exit_code, found.stdout) == (130, "")
    assert found.stderr.startswith("interrupted after 0 fleets; ")
    assert list((tmp_path / "here" / "estate").iterdir()) == []
