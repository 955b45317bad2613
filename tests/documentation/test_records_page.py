"""The page of the record tables names each of them, in order, and each of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from builders_records import frames, legend, records
from documentation.pages import ROOT

from simulator.records.codes import (
    BlameCause,
    FiringOutcome,
    Interruption,
    SlotState,
)
from simulator.records.readings import MOMENTS

PAGE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`.+?`) \|", re.MULTILINE)


def test_the_page_has_every_table_with_every_column() -> None:
    sections = [section.partition("`\n")[::2] for section in PAGE.split("\n## `")[1:]]
    told = {
        name: [column for row in ROW.findall(text) for column in re.findall(r"`(\w+)`", row)]
        for name, text in sections
    }
    columns = {name: sorted(frame) for name, frame in frames(legend(), records()).items()}
    assert {name: sorted(names) for name, names in told.items()} == columns
    assert list(told) == list(columns)


@pytest.mark.parametrize(
    ("table", "column", "labels"),
    [
        ("interruptions", "cause", [one.label for one in Interruption]),
        ("availability", "why_not", [one.label for one in SlotState]),
        ("trigger_log", "outcome", [one.label for one in FiringOutcome]),
        ("blame", "cause", [one.label for one in BlameCause if one != BlameCause.FREE]),
        ("readings", "moment", MOMENTS),
    ],
)
def test_a_column_of_labels_tells_all_of_them(
    table: str, column: str, labels: Sequence[str]
) -> None:
    section = PAGE.split(f"\n## `{table}`\n")[1].split("\n## ")[0]
    (row,) = [line for line in section.splitlines() if f"`{column}`" in line.split(" | ")[0]]
    assert [label for label in labels if label.lower() not in row.lower()] == []
