"""Cells of CSV and values of JSON."""

from __future__ import annotations

import csv
import math
from typing import NamedTuple

import pytest

from simulator.measurement.cells import cell, csv_text, ends_of


class Mean(NamedTuple):
    mean: float
    low: float
    high: float


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(0.1, "0.1", id="shortest text that reads back"),
        pytest.param(-3, "-3", id="a number below zero is no formula"),
        pytest.param(math.nan, "", id="no number"),
        pytest.param(None, "", id="nothing"),
        pytest.param(True, "true", id="true is not 1"),
        pytest.param("HR", "HR", id="a name"),
        pytest.param("=1+1", "'=1+1", id="a name that is a formula"),
        pytest.param(" \u00a0=1+1", "' \u00a0=1+1", id="blanks before a formula"),
        pytest.param("\n=1+1", "'\n=1+1", id="a line end before a formula"),
        pytest.param("\uff1d1+1", "'\uff1d1+1", id="a formula in full width"),
        pytest.param("A = 1", "A = 1", id="a sign within a name"),
    ],
)
def test_a_value_as_a_cell(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_rows_are_read_back_as_they_were() -> None:
    rows = [["a,b", 'say "hi"'], ["two\nlines", ""]]
    text = csv_text(["x", "y"], rows)
    assert list(csv.reader(text.splitlines(keepends=True))) == [["x", "y"], *rows]
    assert "\r" not in text


def test_the_ends_of_no_interval_are_null() -> None:
    found = ends_of(Mean(2.0, math.nan, math.nan))
    assert found == {"mean": 2.0, "low": None, "high": None}
