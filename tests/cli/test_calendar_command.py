"""`simulator calendar`: when the time triggers fire, in every form, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from builders_commands import ROOT, invoked, started

VALIDATION = ROOT / "tests" / "data" / "validation" / "scenarios"
SCENARIO = """\
version: 1
time: {start: 2026-03-02, duration: 1w, zone: Europe/Berlin}
calendars: {freeze: {dates: [2026-03-04, 2030-01-02]}}
machines: {m: {hosts: 1, slots: 1}}
accounts: {bot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [m]
    processes: {onboard: {duration: 1m}}
    triggers:
      nightly:
        process: onboard
        time: {cron: "0 0 6 ? * MON-FRI", calendar: freeze}
        jobs: 5
        created_by: olga
variants:
  often: {folders.HR.triggers.nightly.time.cron: "0 0 * * * ?"}
"""
HEADER = "trigger,process,folder,local,zone,utc,jobs,priority,excluded,jobs_in_minute"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "estate.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def rows(*arguments: object) -> list[dict[str, str]]:
    found = invoked("calendar", *arguments, "--format", "csv")
    assert found.exit_code == 0, found.stderr
    return list(csv.DictReader(io.StringIO(found.stdout)))


def test_by_default_it_is_the_run_as_text(file: Path) -> None:
    found = invoked("calendar", file)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.startswith(
        "Mon 2026-03-02 00:00 to Mon 2026-03-09 00:00, Europe/Berlin\n"
        "1 time trigger fires 4 times and asks for 20 jobs.\n"
        "1 more firing, of 5 jobs, falls on a day that a calendar excludes.\n"
    )


def test_csv_is_a_row_a_firing(file: Path) -> None:
    assert invoked("calendar", file, "--format", "csv").stdout.split("\n") == [
        HEADER,
        "HR:nightly,HR:onboard,HR,2026-03-02T06:00:00+01:00,Europe/Berlin,2026-03-02T05:00:00Z,5,45,false,5",
        "HR:nightly,HR:onboard,HR,2026-03-03T06:00:00+01:00,Europe/Berlin,2026-03-03T05:00:00Z,5,45,false,5",
        "HR:nightly,HR:onboard,HR,2026-03-04T06:00:00+01:00,Europe/Berlin,2026-03-04T05:00:00Z,5,45,true,0",
        "HR:nightly,HR:onboard,HR,2026-03-05T06:00:00+01:00,Europe/Berlin,2026-03-05T05:00:00Z,5,45,false,5",
        "HR:nightly,HR:onboard,HR,2026-03-06T06:00:00+01:00,Europe/Berlin,2026-03-06T05:00:00Z,5,45,false,5",
        "",
    ]


@pytest.mark.parametrize("case", ["Z1", "Z2", "Z3", "Z4", "Z5", "Z6"])
def test_utc_and_local_times_are_the_oracles(case: str) -> None:
    with (ROOT / "tests" / "data" / "schedules" / "dst.csv").open(encoding="utf-8") as text:
        expected = [
            (row["local"], row["utc"]) for row in csv.DictReader(text) if row["case_id"] == case
        ]
    assert [(row["local"], row["utc"]) for row in rows(VALIDATION / f"{case}.yaml")] == expected


def test_from_and_to_may_lie_outside_the_run(file: Path) -> None:
    """From noon on Tuesday 1 January 2030 on: Wednesday is excluded, Friday is the end."""
    found = rows(file, "--from", "2030-01-01T12:00", "--to", "2030-01-04T06:00")
    assert [(row["local"][:10], row["excluded"]) for row in found] == [
        ("2030-01-02", "true"),
        ("2030-01-03", "false"),
    ]


def test_json_is_one_object_by_either_option(file: Path) -> None:
    short = invoked("calendar", file, "--json").stdout
    assert short == invoked("calendar", file, "--format", "json").stdout
    assert short == invoked("calendar", file, "--format", "json", "--json").stdout
    assert len(json.loads(short)["firings"]) == 5


def test_windows_are_rows_of_their_own_in_place_of_the_firings(file: Path) -> None:
    nightly = "machines.m.maintenance=[{cron: '0 0 5 * * ?', duration: 2h}]"
    options = ("--set", nightly, "--format", "csv")
    found = invoked("calendar", file, *options, "--maintenance").stdout.split("\n")
    assert found[0] == "machine,local,local_end,zone,utc,utc_end,running_jobs"
    assert len(found) == 1 + 7 + 1
    assert rows(file, "--set", nightly) == rows(file)
    assert "HR:nightly fires 4 of 4 times into" in invoked("calendar", file, *options[:2]).stdout


def test_svg_is_the_picture_of_the_week(file: Path) -> None:
    root = ET.fromstring(invoked("calendar", file, "--format", "svg").stdout)  # noqa: S314 - ours
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_variant_and_a_changed_value_are_read_in(file: Path) -> None:
    assert len(rows(file, "--variant", "often")) == 7 * 24
    assert [row["jobs"] for row in rows(file, "--set", "folders.HR.triggers.nightly.jobs=7")] == [
        "7"
    ] * 5


@pytest.mark.parametrize("form", ["text", "csv", "json", "svg"])
def test_no_time_trigger_is_no_error(file: Path, form: str) -> None:
    event = SCENARIO.replace('time: {cron: "0 0 6 ? * MON-FRI", calendar: freeze}', "event: X")
    quiet = event.replace("event: X", "event: {every: 1h}").partition("variants:")[0]
    file.write_text(quiet, encoding="utf-8")
    found = invoked("calendar", file, "--format", form)
    assert found.exit_code == 0
    if form == "text":
        assert found.stdout == (
            "No time trigger stands in this scenario, so nothing is due by the clock.\n"
        )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--from", "tomorrow"], "--from:1:1: expected a local date or time"),
        (["--to", "2026-03-05T08:00+01:00"], "--to:1:1: expected a local date or time"),
        (["--from", "2026-03-29T02:30"], "2026-03-29 02:30:00 does not exist in Europe/Berlin"),
        (["--from", "2026-03-05", "--to", "2026-03-05"], "nothing lies between"),
        (["--from", "2027-01-01"], "outside the run, give both --from and --to"),
        (["--json", "--format", "csv"], "--json asks for JSON, --format for csv: leave one out"),
        (["--format", "pdf"], "--format"),
        (["--maintenance"], "--maintenance goes with --format csv"),
        (["--maintenance", "--json"], "--maintenance goes with --format csv"),
        (
            ["--set", "folders.HR.triggers.nightly.time.cron='* * * * * ?'", "--to", "2126-01-01"],
            "ask for a shorter span with --from and --to",
        ),
    ],
)
def test_what_is_refused(file: Path, options: list[str], told: str) -> None:
    found = invoked("calendar", file, *options)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr


def test_a_time_that_comes_twice_is_told_unless_quiet(file: Path) -> None:
    span = ("--from", "2026-10-25T02:30", "--to", "2026-11-01")
    assert "occurs twice in Europe/Berlin" in invoked("calendar", file, *span).stderr
    assert invoked("calendar", file, *span, "--quiet").stderr == ""


def test_a_file_that_is_not_there() -> None:
    assert invoked("calendar", "nowhere.yaml").exit_code == 2


def test_writing_ends_where_the_reader_leaves(file: Path, tmp_path: Path) -> None:
    """Of five million rows nobody reads more than the first."""
    each_second = "folders.HR.triggers.nightly.time={cron: '* * * * * ?'}"
    options = ("--set", each_second, "--to", "2026-05-01", "--format", "csv", "--quiet")
    with started("calendar", file, *options, folder=tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{HEADER}\n"
        process.stdout.close()
        assert process.wait(timeout=30) == 0
