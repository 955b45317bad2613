"""`simulator compare`: variants or files, as tables or JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import PARALLEL, SOUND, scenario_file


def test_all_variants_by_default_and_some_by_name(tmp_path: Path) -> None:
    file = scenario_file(tmp_path)
    every = json.loads(invoked("compare", file, "--json", "--quiet").stdout)
    one = json.loads(invoked("compare", file, "second", "--json", "--quiet").stdout)
    assert every["variants"] == ["as written", "faster", "second"]
    assert one["variants"] == ["as written", "second"]


def test_standard_input_is_read_once_for_all_variants(tmp_path: Path) -> None:
    """Equal scenarios give equal figures, wherever they are read from."""
    file = scenario_file(tmp_path)
    read = invoked("compare", "-", "--json", input=file.read_text(encoding="utf-8"))
    assert read.exit_code == 0
    assert read.stdout == invoked("compare", file, "--json").stdout


def test_json_rows_have_a_value_a_variant_and_differences_to_the_first(tmp_path: Path) -> None:
    """Even is the same in both: no wait, and no difference."""
    found = invoked("compare", scenario_file(tmp_path), "second", "--json")
    content = json.loads(found.stdout)
    rows = {(row["name"], row["measure"]): row for row in content["rows"]}
    assert content["schema_version"] == 1
    assert rows["Even", "pending.mean"] == {
        "scope": "folder",
        "name": "Even",
        "measure": "pending.mean",
        "unit": "s",
        "values": [0, 0],
        "differences": [{"mean": 0, "low": 0, "high": 0, "p": 1, "clear": False, "n": 3}],
        "why": ["", ""],
    }


def test_two_files_as_a_table(tmp_path: Path) -> None:
    here = scenario_file(tmp_path)
    there = scenario_file(tmp_path, PARALLEL.replace("10m", "5m"), "there.yaml")
    found = invoked("compare", here, there, "--replications", 2, "--seed", 3)
    assert found.exit_code == 0
    assert "there.yaml" in found.stdout
    assert "Drawn" in found.stdout


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    found = invoked("compare", scenario_file(tmp_path), "second", "--quiet")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")


def test_the_warnings_of_every_variant_are_told_once(tmp_path: Path) -> None:
    """The stranger is refused in all of them; the spare machine is there in one."""
    text = PARALLEL.replace("variants:", "variants:\n  third: {machines.spare: {slots: 1}}")
    found = invoked("compare", scenario_file(tmp_path, text), "third", "second")
    assert found.stderr.count("nothing uses the machine 'spare'") == 1
    assert found.stderr.count("estate.yaml:13:7: warning: ") == 1


@pytest.mark.parametrize(("variant", "code"), [("second", 0), ("idle", 2)])
def test_strict_looks_at_the_variants_that_are_compared(
    tmp_path: Path, variant: str, code: int
) -> None:
    file = scenario_file(tmp_path, SOUND + "  idle: {machines.one.hosts: 0}\n")
    found = invoked("compare", file, variant, "--strict")
    assert found.exit_code == code
    assert ("every job will stay Pending" in found.stderr) is (code == 2)
    assert (found.stdout == "") is (code == 2)


def granting(tmp_path: Path) -> Path:
    """The guest, who tries each hour, is let into Drawn as its administrator."""
    variant = "  grant: {folders.Drawn.assign.guest: [Folder Administrator]}\n"
    return scenario_file(tmp_path, PARALLEL + variant)


def test_a_grant_is_told_in_words_and_tables_before_the_waits(tmp_path: Path) -> None:
    """24 starts a day, all refused as written; Even shares nothing with Drawn."""
    lines = invoked("compare", granting(tmp_path), "grant").stdout.splitlines()
    (sentence,) = (line for line in lines if line.startswith("grant: "))
    assert sentence.startswith(
        "grant: guest may now start jobs in Drawn, which admits 24 more jobs a replication; "
    )
    titles = ["Who may start now", "Submissions admitted, more or fewer jobs a replication"]
    places = [lines.index(title) for title in (*titles, "Mean Pending by folder, in min")]
    assert places == sorted(places)
    assert "Who may start no more" not in lines


def test_json_tells_who_gained_what_and_who_is_admitted(tmp_path: Path) -> None:
    content = json.loads(invoked("compare", granting(tmp_path), "grant", "--json").stdout)
    (start,) = (row for row in content["rights"] if row["action"] == "start")
    assert start == {
        "variant": "grant",
        "folder": "Drawn",
        "who": ["guest"],
        "action": "start",
        "gained": True,
        "roles": [{"role": "Folder Administrator", "place": "Drawn", "group": None}],
        "missing": ["Jobs.Create"],
    }
    assert content["admissions"] == [
        {
            "variant": "grant",
            "folder": "Drawn",
            "source": "Drawn:strangers",
            "source_kind": "Manual",
            "who": ["guest"],
            "before": {
                "outcome": "refused",
                "status": 400,
                "code": "1100",
                "missing": "access to Drawn",
            },
            "after": {"outcome": "accepted", "status": None, "code": None, "missing": None},
            "jobs": {"mean": 24, "low": 24, "high": 24},
        }
    ]
    assert content["admitted"] == [{"variant": "grant", "mean": 24, "low": 24, "high": 24}]
    assert len(content["sentences"]) == 1


def test_where_no_right_changes_nothing_is_said_of_rights(tmp_path: Path) -> None:
    file = scenario_file(tmp_path)
    assert "may now" not in invoked("compare", file).stdout
    content = json.loads(invoked("compare", file, "--json").stdout)
    assert [content[key] for key in ("rights", "admissions", "admitted")] == [[]] * 3
    assert all("leaves Even exactly as it was" in told for told in content["sentences"])


def test_strict_ends_with_1_on_warnings_of_the_figures(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, SOUND)
    found = invoked("compare", file, "second", "--strict", "--replications", 2)
    assert found.exit_code == 1
    assert (
        found.stderr == "warning: 2 replications are few, so intervals are rough: run 10 or more\n"
    )
    assert "Mean Pending by folder" in found.stdout


def kept_in(folder: Path) -> Path:
    """The only comparison kept in `OUT`, for a scenario without a name: by that of its file."""
    (kept,) = (folder / "out" / "estate").iterdir()
    return kept


def test_what_is_found_is_kept_with_a_report(tmp_path: Path) -> None:
    found = invoked("compare", scenario_file(tmp_path), "second", "--json", "--quiet")
    kept = kept_in(tmp_path)
    assert kept.name.startswith("compare-")
    assert kept.name.endswith("-s7")
    assert sorted(file.name for file in kept.iterdir()) == [
        *("comparison.csv", "comparison.json", "manifest.json", "page.json", "report.html")
    ]
    assert (kept / "comparison.json").read_text(encoding="utf-8") == found.stdout
    assert "<title>estate: comparison</title>" in (kept / "report.html").read_text("utf-8")


def test_equal_comparisons_are_equal_bytes_under_the_same_name(tmp_path: Path) -> None:
    contents = []
    for workers in (1, 2):
        invoked("compare", scenario_file(tmp_path), "second", "--quiet", "--workers", workers)
        contents.append({file.name: file.read_bytes() for file in kept_in(tmp_path).iterdir()})
    assert contents[0] == contents[1]


def names_of(tmp_path: Path, *arguments: object) -> set[str]:
    """The names of all that is kept after one more comparison."""
    invoked("compare", *arguments, "--quiet")
    return {kept.name for kept in (tmp_path / "out" / "estate").iterdir()}


def test_other_variants_seeds_replications_and_values_have_other_names(tmp_path: Path) -> None:
    file = scenario_file(tmp_path)
    ways = (
        ("second",),
        ("faster",),
        ("second", "--seed", 8),
        ("second", "--replications", 2),
        ("second", "--set", "machines.two.hosts=2"),
    )
    counts = [len(names_of(tmp_path, file, *way)) for way in ways]
    assert counts == [1, 2, 3, 4, 5]


def test_the_manifest_says_what_was_compared(tmp_path: Path) -> None:
    invoked("compare", scenario_file(tmp_path), "second", "--quiet")
    manifest = json.loads((kept_in(tmp_path) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["compare_id"] == kept_in(tmp_path).name
    assert [one["name"] for one in manifest["scenarios"]] == ["as written", "second"]
    assert len({one["content_sha256"] for one in manifest["scenarios"]}) == 2
    assert (manifest["seed"], manifest["replications"]) == (7, 3)
    assert manifest["replications_finished"] == 3


def test_the_csv_has_a_row_a_measure_and_variant(tmp_path: Path) -> None:
    """Nothing differs in Even; a second host of `one` is a day of host-hours more."""
    invoked("compare", scenario_file(tmp_path), "second", "--quiet")
    with (kept_in(tmp_path) / "comparison.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["variant"], row["name"], row["measure"]): row for row in rows}
    assert found["second", "one", "hosts.hours"] == {
        "variant": "second",
        "scope": "machine",
        "name": "one",
        "measure": "hosts.hours",
        "unit": "h",
        "value": "48.0",
        "baseline": "24.0",
        "difference": "24.0",
        "low": "24.0",
        "high": "24.0",
        "p": "0.0",
        "clear": "true",
        "n": "3",
    }
    same = found["second", "Even", "pending.mean"]
    assert [same[key] for key in ("difference", "p", "clear")] == ["0.0", "1.0", "false"]
    itself = found["as written", "one", "hosts.hours"]
    assert [itself[key] for key in ("value", "difference", "p")] == ["24.0", "", ""]


CHECKED = {
    "kept in the variant": ("second", "", 0),
    "missed in the variant": ("late", "target missed in late: Mean Pending of Even, at most", 1),
    "nothing to measure": ("none", "target undecided in none: Mean Pending of Even, at most", 1),
}


@pytest.mark.parametrize(("variant", "told", "code"), CHECKED.values(), ids=CHECKED)
def test_check_looks_at_the_targets_of_the_variants(
    tmp_path: Path, variant: str, told: str, code: int
) -> None:
    """As written nobody waits in Even, for 10 minutes each quarter; for 20 minutes they do."""
    more = "  late: {folders.Even.processes.P.duration: 20m}\n  none: {machines.two.hosts: 0}\n"
    found = invoked("compare", scenario_file(tmp_path, SOUND + more), variant, "--check", "--quiet")
    assert found.exit_code == code
    assert told in found.stderr


def test_check_does_not_ask_the_file_as_written_to_keep_its_targets(tmp_path: Path) -> None:
    """A target that is missed as written and met in the variant is what a variant is for."""
    text = SOUND.replace("duration: 10m", "duration: 20m")
    mended = text + "  mended: {folders.Even.processes.P.duration: 10m}\n"
    found = invoked("compare", scenario_file(tmp_path, mended), "mended", "--check", "--quiet")
    assert (found.exit_code, found.stderr) == (0, "")


def test_check_says_where_there_is_nothing_to_check(tmp_path: Path) -> None:
    text = SOUND.replace("  - {folder: Even, measure: pending.mean, at_most: 0s}\n", "")
    file = scenario_file(tmp_path, text.replace("targets:\n", ""))
    found = invoked("compare", file, "second", "--check", "--quiet")
    assert found.exit_code == 0
    assert found.stderr == "--check: no variant has targets, so there is nothing to check\n"
