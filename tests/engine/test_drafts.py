"""Tables put together block by block: what is the same takes no memory, what differs is kept."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.engine.drafts import draft, kept
from simulator.records.mapped import Column

THERE = np.array([1.0, np.nan, 3.0, 4.0])
THERE.setflags(write=False)


def _drafted(*blocks: list[float], on_disk: bool = False) -> Column:
    table = draft(6, on_disk=on_disk, alike={"at_s": THERE})
    for block in blocks:
        table.add({"at_s": np.array(block, dtype=np.float64)})
    return table.columns()["at_s"]


CASES: dict[str, list[list[float]]] = {
    "as another": [[1.0, np.nan], [3.0]],
    "as another, empty blocks": [[], [1.0], [], [np.nan, 3.0]],
    "the same in each row": [[7.0, 7.0], [7.0]],
    "NaN in each row": [[np.nan], [np.nan]],
    "differs at once": [[7.0, 8.0], [9.0]],
    "differs later": [[1.0, np.nan], [7.0, 4.0]],
    "goes on where the other ends": [[1.0, np.nan, 3.0, 4.0], [5.0]],
    "the same, and then not": [[7.0, 7.0], [8.0]],
    "zeros of either sign": [[0.0], [-0.0]],
    "nothing": [[]],
}


@pytest.mark.parametrize("on_disk", [False, True], ids=["in memory", "on disk"])
@pytest.mark.parametrize("blocks", CASES.values(), ids=CASES)
def test_a_column_is_its_blocks_to_the_bit(blocks: list[list[float]], on_disk: bool) -> None:
    found = _drafted(*blocks, on_disk=on_disk)
    assert found.tobytes() == np.concatenate(blocks).tobytes()
    assert found.dtype == np.float64
    assert not found.flags.writeable


@pytest.mark.parametrize(
    ("blocks", "shares"),
    [
        pytest.param([[1.0, np.nan], [3.0]], True, id="same so far"),
        pytest.param([[1.0, np.nan], [3.5]], False, id="differs later"),
    ],
)
def test_a_column_that_is_as_another_shares_its_memory(
    blocks: list[list[float]], shares: bool
) -> None:
    assert np.shares_memory(_drafted(*blocks), THERE) is shares


def test_a_column_with_one_value_takes_the_memory_of_one() -> None:
    assert _drafted([7.0, 7.0], [7.0]).strides == (0,)


def test_complete_columns_stay_where_they_are_in_memory() -> None:
    column = np.arange(3, dtype=np.int32)
    found = kept({"job": column}, on_disk=False)["job"]
    assert found is column
    assert not found.flags.writeable


def test_complete_columns_on_disk_are_copies() -> None:
    column = np.arange(3, dtype=np.int32)
    found = kept({"job": column}, on_disk=True)["job"]
    assert found.tolist() == [0, 1, 2]
    assert not np.shares_memory(found, column)
