"""What was found is kept, group by group, and says nothing of the machine it was found on."""

from __future__ import annotations

from pathlib import Path

import pytest

import benchmarks.__main__ as command
from benchmarks import results
from benchmarks.figures import SECONDS, at_most
from benchmarks.rows import Group, Row, groups
from benchmarks.samples import Sample, contestant
from benchmarks.sizes import FULL
from benchmarks.timing import Finding

CASE = contestant("cases.mm3.simulated", jobs=1)


def slow(seconds: float, title: str = "a row") -> Finding:
    row = Row(title, "", CASE, SECONDS, at_most(3))
    return Finding(row, Sample(10, seconds), None, (seconds, seconds + 1, seconds + 2))


def test_a_group_takes_the_place_of_what_it_was(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    known = ["first", "second"]
    results.write({"second": [slow(1)], "gone": [slow(1)]}, [*known, "gone"], quick=True, file=file)
    results.write({"first": [slow(1)], "second": [slow(2)]}, known, quick=False, file=file)
    read = results.read(file)
    assert list(read) == ["first", "second", "made_with"]
    (row,) = read["second"]
    assert (row["median"], row["low"], row["high"], row["met"]) == (3, 2, 4, True)
    assert row["target"] == "at most 3"
    assert {name: made["sizes"] for name, made in read["made_with"].items()} == {
        "first": "full",
        "second": "full",
    }


def test_where_no_file_is_there_is_nothing(tmp_path: Path) -> None:
    assert results.read(tmp_path / "none.json") == {}


@pytest.mark.parametrize(
    ("seconds", "code", "told"), [(1, 0, "All targets met."), (2.5, 1, "Not met:")]
)
def test_a_target_that_is_missed_is_the_exit_code(
    seconds: float,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[tuple[str, int]] = []

    def findings_of(group: Group, rounds: int, _tell: object) -> list[Finding]:
        asked.append((group.name, rounds))
        return [slow(seconds, "--help")]

    monkeypatch.setattr(command, "findings_of", findings_of)
    assert command.main(["--rows", "start-up", "--rounds", "7"]) == code
    assert asked == [("start-up", 7)]
    assert told in capsys.readouterr().out


def test_rows_that_are_not_there_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--rows", "nothing"])
    assert "no rows nothing; there are mm3, fleet" in capsys.readouterr().err


def test_the_page_has_every_row_there_is() -> None:
    """Mended by `python -m benchmarks --write`."""
    read = results.read()
    for group in groups(FULL):
        if group.name in read:
            assert len(read[group.name]) == len(group.rows)
