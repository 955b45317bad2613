"""The page of the record tables names each of them, in order, and each of its columns."""

from __future__ import annotations

import re

from builders_records import frames, legend, records
from documentation.pages import ROOT

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
