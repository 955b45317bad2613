"""The page of self-checks has a row for each of them, in the order in which they are told."""

from __future__ import annotations

import re

from documentation.pages import ROOT

from simulator.measurement.checking.checks import DEFINITIONS


def test_every_check_has_its_row() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\S+)` \|", page, re.MULTILINE)
    assert rows == [one.name for one in DEFINITIONS]
