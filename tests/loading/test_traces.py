"""Traces that a scenario names."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from simulator.errors import DataFileError, MissingDataFilesError, ScenarioError
from simulator.loading import Loaded, load
from simulator.loading.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = """\
version: 1
time: {{start: {start}, duration: {duration}, zone: Europe/Berlin}}
machines: {{M1: {{slots: 1}}}}
accounts: {{robot: {{type: robot}}, owner: {{type: user}}}}
folders:
  F:
    assign: {{robot: [Automation User], owner: [Folder Administrator]}}
    machines: [M1]
    queues: {{Q: {{}}}}
    processes: {{P: {{duration: 10m}}, W: {{duration: 0s, queue: Q}}}}
    triggers:
      E: {{process: P, event: {{trace: {event}}}, created_by: owner}}
      A: {{process: P, api: {{trace: {api}, by: owner}}, created_by: owner}}
      work: {{process: W, queue: {{name: Q}}, created_by: owner}}
    arrivals: {{mail: {{queue: Q, by: owner, items: {{trace: {items}}}, item_duration: 1m}}}}
    starts: {{S: {{process: P, by: owner, stream: {{trace: {start_file}}}, jobs: {batch}}}}}
variants:
  later: {{time.start: 2026-01-06T00:00}}
"""

SOUND = "submitted_at\n0\n60\n"


def loaded(
    folder: Path,
    content: str = SOUND,
    *,
    start: str = "2026-01-05",
    duration: str = "1d",
    variant: str | None = None,
    batch: int = 1,
    **files: str,
) -> Loaded:
    """Load a scenario of which each stream replays `jobs.csv`, or another file."""
    (folder / "jobs.csv").write_text(content)
    names = {key: files.get(key, "jobs.csv") for key in ("event", "api", "items", "start_file")}
    scenario = folder / "s.yaml"
    scenario.write_text(SCENARIO.format(start=start, duration=duration, batch=batch, **names))
    return load(scenario, variant=variant)


def refused(folder: Path, content: str = SOUND, **parts: Any) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        loaded(folder, content, **parts)
    return caught.value


def test_a_trace_is_known_with_the_hash_of_its_file(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    sha256 = hashlib.sha256(SOUND.encode()).hexdigest()
    assert found.data_files == {"jobs.csv": sha256}
    assert list(found.traces) == ["jobs.csv"]
    assert (found.traces["jobs.csv"].sha256, found.traces["jobs.csv"].rows) == (sha256, 2)
    assert found.warnings == ()


def test_a_row_keeps_its_place_beside_errors_of_the_scenario(tmp_path: Path) -> None:
    issues = refused(tmp_path, "submitted_at\n0\nx\n", batch=0).issues
    places = {(issue.code, str(issue.position)) for issue in issues}
    assert places == {
        ("bad-cell", f"{tmp_path / 'jobs.csv'}:3:1"),
        ("out-of-range", f"{tmp_path / 's.yaml'}:16:74"),
    }


@pytest.mark.parametrize("stream", ["event", "api", "items", "start_file"])
def test_every_stream_may_be_a_trace_of_its_own(stream: str, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("submitted_at\n0\n")
    found = loaded(tmp_path, **{stream: "own.csv"})
    assert {name: trace.rows for name, trace in found.traces.items()} == {
        "jobs.csv": 2,
        "own.csv": 1,
    }


@pytest.mark.parametrize(
    ("content", "place", "word"),
    [
        ("", "1:1", "no column 'submitted_at'"),
        ("submitted_at,duration_s\n0,1\n60,nan\n", "3:4", "'nan'"),
        ("submitted_at,duration_s\n0,-1\n", "2:3", "'-1'"),
        ("submitted_at,priority\n0,0\n", "2:3", "a priority from 1 to 100"),
        ("submitted_at\n2026-02-30\n", "2:1", "day is out of range"),
        ("submitted_at\n60\n0\n", "3:1", "in the order of time"),
    ],
)
def test_a_bad_row_is_an_error_in_the_data_file(
    content: str, place: str, word: str, tmp_path: Path
) -> None:
    error = refused(tmp_path, content)
    (issue,) = error.issues
    assert error.exit_code == 2
    assert str(issue.position) == f"{tmp_path / 'jobs.csv'}:{place}"
    assert word in issue.message


def test_an_error_shows_the_line_and_a_caret(tmp_path: Path) -> None:
    (issue,) = refused(tmp_path, "id,submitted_at\n7,tomorrow\n").issues
    assert render(issue).splitlines()[1:3] == ["  7,tomorrow", "    ^"]


def test_a_time_that_the_tenants_clock_skips_is_an_error(tmp_path: Path) -> None:
    (issue,) = refused(tmp_path, "submitted_at\n2026-03-29T02:30\n", start="2026-03-29").issues
    assert "does not exist in Europe/Berlin" in issue.message


def test_a_missing_file_is_told_once_at_the_first_line_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(MissingDataFilesError) as caught:
        loaded(tmp_path, api="gone.csv", items="gone.csv")
    (issue,) = caught.value.issues
    assert str(issue.position) == f"{tmp_path / 's.yaml'}:13:36"
    assert caught.value.exit_code == DataFileError.exit_code == 3


@pytest.mark.parametrize("name", ["../jobs.csv", "/etc/passwd", r"C:\jobs.csv"])
def test_a_trace_may_not_leave_the_scenarios_folder(name: str, tmp_path: Path) -> None:
    (issue,) = refused(tmp_path, event=name).issues
    assert (issue.code, str(issue.position)) == ("file-outside", f"{tmp_path / 's.yaml'}:12:38")


def test_rows_outside_the_run_are_one_warning(tmp_path: Path) -> None:
    content = "submitted_at\n2026-01-04T23:59\n2026-01-05\n2026-01-06\n"
    found = loaded(tmp_path, content)
    assert found.traces["jobs.csv"].rows == 1
    (issue,) = found.warnings
    assert (issue.code, str(issue.position)) == ("outside-run", f"{tmp_path / 's.yaml'}:12:38")
    assert issue.message == "the run leaves out rows that lie outside it: 2 of 3"
    assert issue.hint == "the file's rows are from 2026-01-04T23:59 to 2026-01-06"


def test_a_trace_is_looked_at_for_the_run_of_each_variant(tmp_path: Path) -> None:
    content = "submitted_at\n2026-01-05T08:00\n2026-01-06T08:00\n2026-01-06T09:00\n"
    itself, later = loaded(tmp_path, content), loaded(tmp_path, content, variant="later")
    assert itself.traces["jobs.csv"].rows == 1
    assert [issue.message[-6:] for issue in itself.warnings] == ["2 of 3"]
    assert later.traces["jobs.csv"].rows == 2
    (issue,) = itself.variant_warnings
    assert (issue.variant, issue.code) == ("later", "outside-run")
    assert "1 of 3" in issue.message


def test_rows_count_towards_what_fits_into_a_machine(tmp_path: Path) -> None:
    """15,000 rows of 10,000 jobs each, and the same rows once in each of the other streams."""
    content = "submitted_at\n" + 15_000 * "0\n"
    (issue,) = refused(tmp_path, content, batch=10_000).issues
    assert issue.code == "too-many-jobs"
    assert "about 150,000,000 submissions" in issue.message
