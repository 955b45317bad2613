"""`simulator report`: a kept run's report written anew, several runs compared, and what is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import scenario_file
from builders_views import VIEWED, leaks
from typer.testing import Result

from simulator.errors import DataFileError
from simulator.experiments.replicate import Replicate, Replication
from simulator.records.columns import Records
from simulator.report.rendering.kept_page import kept_page


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the test scenario, to be copied."""
    folder = tmp_path_factory.mktemp("plain")
    assert invoked("run", scenario_file(folder), "--quiet", "--out", folder).exit_code == 0
    (kept,) = (folder / "estate").iterdir()
    return kept


@pytest.fixture
def run(plain: Path, tmp_path: Path) -> Path:
    """The folder of a run of the test scenario."""
    scenario_file(tmp_path)
    return Path(shutil.copytree(plain, tmp_path / "out" / "estate" / plain.name))


def kept_by(folder: Path, *command: object) -> Path:
    """The folder that a command has kept."""
    before = set(folder.glob("out/*/*"))
    assert invoked(*command, "--quiet").exit_code == 0
    (kept,) = set(folder.glob("out/*/*")) - before
    return kept


def reported(*arguments: object, exit_code: int = 0) -> Result:
    done = invoked("report", *arguments)
    assert done.exit_code == exit_code, done.stderr
    return done


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_report_of_a_run_is_written_anew(run: Path, tmp_path: Path) -> None:
    """From its files alone: the scenario is gone, and so is the report."""
    before = contents(run)
    (tmp_path / "estate.yaml").unlink()
    (run / "report.html").unlink()
    done = reported(run)
    assert (done.stdout, done.stderr) == (f"{run}/report.html\n", "")
    assert contents(run) == before


def test_the_folder_above_will_do_where_it_has_one_run(run: Path) -> None:
    assert reported(run.parent).stdout == f"{run}/report.html\n"


def test_formats_are_written_where_one_says(run: Path, tmp_path: Path) -> None:
    before = contents(run)
    out = tmp_path / "hand" / "out"
    done = reported(run, "--format", "svg, md,md,HTML", "--out", out)
    written = [Path(line) for line in done.stdout.splitlines()]
    assert sorted(written) == sorted(path for path in out.rglob("*") if path.is_file())
    assert {path.suffix for path in written} == {".html", ".md", ".svg"}
    assert (out / "report.html").read_bytes() == before["report.html"]
    assert contents(run) == before


def test_quiet_says_nothing(run: Path) -> None:
    assert reported(run, "--quiet").output == ""


NARROW = "machines.one.hosts=1..2"
WITHOUT_RECORDS: list[tuple[str, tuple[object, ...]]] = [
    ("a run without records", ("run", "--no-records")),
    ("what one account sees", ("run", "--as", "clerk")),
    ("a comparison", ("compare", "second", "--replications", 2)),
    ("a sweep", ("sweep", "--vary", NARROW, "--replications", 2)),
    ("a sizing", ("size", "--vary", NARROW, "--at-most", 10)),
    ("advice", ("advise", "--replications", 2)),
]


@pytest.mark.parametrize(
    "command", [row[1] for row in WITHOUT_RECORDS], ids=[row[0] for row in WITHOUT_RECORDS]
)
def test_what_has_no_records_keeps_its_page(command: tuple[object, ...], tmp_path: Path) -> None:
    """All formats are made of it; without it, it is said what to do."""
    name, *options = command
    folder = kept_by(tmp_path, name, scenario_file(tmp_path), *options)
    before = contents(folder)
    (folder / "report.html").unlink()
    assert reported(folder).stdout == f"{folder}/report.html\n"
    assert contents(folder) == before
    (folder / "page.json").unlink()
    done = reported(folder, exit_code=3)
    assert "has nothing that a report is made of, neither page.json nor beforehand.json" in (
        done.stderr
    )


def test_a_run_with_its_records_needs_no_page(run: Path) -> None:
    assert not (run / "page.json").exists()


def test_the_page_of_one_account_tells_nothing_out_of_sight(tmp_path: Path) -> None:
    folder = kept_by(tmp_path, "run", scenario_file(tmp_path, VIEWED), "--as", "anna")
    assert not (folder / "beforehand.json").exists()
    done = reported(folder, "--format", "html,md,csv,svg")
    assert leaks(done.output) == []
    told = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert leaks(told) == []


def test_several_runs_are_compared_with_the_first(run: Path, tmp_path: Path) -> None:
    """What is found is what `compare` finds: Drawn has a second host."""
    second = kept_by(tmp_path, "run", tmp_path / "estate.yaml", "--variant", "second")
    done = reported(run, second, "--format", "html,csv")
    lines = done.stdout.splitlines()
    folder = Path(lines[0]).parent
    assert folder.parent == tmp_path / "out" / "estate"
    assert folder.name.startswith("compare-")
    assert Path(lines[0]).name == "report.html"
    assert all(Path(line).is_file() for line in lines)
    assert len(lines) > 2
    found = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    compared = invoked("compare", tmp_path / "estate.yaml", "second", "--json", "--quiet")
    expected = compared.stdout.replace("as written", run.name).replace('"second', f'"{second.name}')
    assert found["sentences"] == json.loads(expected)["sentences"]
    assert found["rows"] == json.loads(expected)["rows"]
    assert reported(folder).stdout == f"{folder}/report.html\n"


def test_a_comparison_goes_where_one_says(run: Path, tmp_path: Path) -> None:
    second = kept_by(tmp_path, "run", tmp_path / "estate.yaml", "--variant", "second")
    done = reported(run, second, "--out", tmp_path / "elsewhere")
    (folder,) = (tmp_path / "elsewhere" / "estate").iterdir()
    assert done.stdout == f"{folder}/report.html\n"


def _foreign(run: Path) -> None:
    (run / "manifest.json").write_text('{"name": "something else"}', encoding="utf-8")


def _with(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda run: (run / name).write_bytes(content)


BROKEN: list[tuple[str, Callable[[Path], object], str]] = [
    ("nothing there", shutil.rmtree, "is no folder of a run"),
    ("no run", lambda run: (run / "manifest.json").unlink(), "keeps no run"),
    ("foreign", _foreign, "is not that of a run"),
    ("a table that is cut", _with("jobs.parquet", b"PAR1 and no more"), "jobs.parquet cannot be"),
    ("no page", _with("page.json", b"{}"), "page.json is no page of a report"),
    ("no text", _with("page.json", b"\xff\xfe"), "page.json"),
]


@pytest.mark.parametrize(
    ("broken", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_folder_of_which_no_report_can_be_made_is_3(
    broken: Callable[[Path], object], message: str, run: Path
) -> None:
    broken(run)
    done = reported(run, exit_code=3)
    assert message in done.stderr
    assert done.stdout == ""


def test_a_format_that_there_is_not_is_2(run: Path) -> None:
    done = reported(run, "--format", "html,docx", exit_code=2)
    assert "html, pdf, md, csv, svg, png, and no 'docx'" in done.stderr


UNPAIRED: list[tuple[str, tuple[object, ...], int, str]] = [
    ("another seed", ("--seed", 8), 2, "has another seed than"),
    ("one account's view", ("--as", "clerk"), 2, "is kept as 'clerk' may see it"),
    ("no records", ("--no-records", "--set", "machines.one.hosts=2"), 3, "--no-records"),
]


@pytest.mark.parametrize(
    ("options", "exit_code", "message"),
    [row[1:] for row in UNPAIRED],
    ids=[row[0] for row in UNPAIRED],
)
def test_runs_that_make_no_pairs_are_refused(
    options: tuple[object, ...], exit_code: int, message: str, run: Path, tmp_path: Path
) -> None:
    other = kept_by(tmp_path, "run", tmp_path / "estate.yaml", *options)
    done = reported(run, other, exit_code=exit_code)
    assert message in done.stderr
    assert not list(tmp_path.glob("out/*/compare-*"))


def test_a_study_of_many_runs_is_no_run_to_compare(run: Path, tmp_path: Path) -> None:
    study = kept_by(tmp_path, "compare", tmp_path / "estate.yaml", "second")
    assert "is not that of a run" in reported(run, study, exit_code=3).stderr


def test_a_run_interrupted_before_anything_was_found_is_told(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    (run / "manifest.json").write_text(
        json.dumps(manifest | {"replications_finished": 0, "complete": False}), encoding="utf-8"
    )
    assert "interrupted before one was finished" in reported(run, exit_code=3).stderr


def test_records_that_do_not_add_up_are_told_and_end_with_4(run: Path, tmp_path: Path) -> None:
    """Those of the first run beside what the meter read of a busier one."""
    busier = kept_by(tmp_path, "run", tmp_path / "estate.yaml", "--variant", "faster")
    readings = (busier / "readings.parquet").read_bytes()
    (run / "readings.parquet").write_bytes(readings)
    done = reported(run, exit_code=4)
    assert "self-check failed: little.time" in done.stderr
    assert b'role="alert"' in (run / "report.html").read_bytes()


def test_other_versions_are_told(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    manifest["versions"]["numpy"] = "1.0"
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = reported(run)
    assert done.stderr.startswith("note: the run was made with numpy 1.0: its figures are measured")
    assert b"numpy 1.0," in (run / "report.html").read_bytes()
    assert reported(run, "--quiet").output == ""


@pytest.mark.parametrize("runs", [1, 2])
def test_an_interrupt_leaves_what_was_there(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    second = kept_by(tmp_path, "run", tmp_path / "estate.yaml", "--variant", "second")
    before = contents(run)

    def interrupted(_self: Replicate, _records: Records) -> Replication:
        raise KeyboardInterrupt

    monkeypatch.setattr(Replicate, "measured", interrupted)
    done = reported(*(run, second)[:runs], exit_code=130)
    assert (done.stdout, done.stderr) == ("", "interrupted\n")
    assert contents(run) == before
    assert sorted(run.parent.iterdir()) == sorted((run, second))


def test_a_page_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"page\.json cannot be read"):
        kept_page(tmp_path)
