"""Rows with the same keys are of one kind, whose keys are theirs."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.measurement import kinds
from simulator.measurement.kinds import Kinds
from simulator.measurement.scopes import Key, Keys
from simulator.statistics import chunks

ROUTE: Key = "route"
HOST: Key = "host"
KEYS = Keys(
    {
        ROUTE: np.array([2, 0, 2, 2, 0, 1], dtype=np.int32),
        HOST: np.array([-1, 4, -1, 3, 4, -1], dtype=np.int32),
    },
    {ROUTE: 3, HOST: 5},
)


@pytest.mark.parametrize("possible", [2**20, 0], ids=["looked up", "searched"])
@pytest.mark.parametrize("rows", [2**17, 2], ids=["at once", "part by part"])
def test_kinds(possible: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_MOST_POSSIBLE", possible)
    monkeypatch.setattr(chunks, "MOST_ROWS", rows)
    found = Kinds(KEYS, 6)
    kind = found.of(KEYS)
    assert kind.tolist() == [2, 0, 2, 3, 0, 1]
    assert kind.dtype == np.uint8
    for key, column in KEYS.columns.items():
        assert found.keys.columns[key][kind].tolist() == column.tolist()


def test_no_rows_are_of_no_kind() -> None:
    nothing = Kinds(KEYS.of(slice(0)), 0)
    assert len(nothing) == 0
    assert nothing.of(KEYS.of(slice(0))).tolist() == []
