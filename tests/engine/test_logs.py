"""Growing arrays as columns: of the records' types, and of no length where nothing was logged."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.logs import codes, floats, instants, ints

ROWS: dict[str, tuple[Callable[..., npt.NDArray[np.generic]], str, type[np.generic]]] = {
    "numbers": (ints, "i", np.int32),
    "seconds": (floats, "d", np.float64),
    "codes": (codes, "b", np.int8),
}


@pytest.mark.parametrize(("column", "kind", "dtype"), ROWS.values(), ids=ROWS)
def test_a_log_is_a_column(
    column: Callable[..., npt.NDArray[np.generic]], kind: str, dtype: type[np.generic]
) -> None:
    found = column(array(kind, [3, -1]))
    assert (found.tolist(), found.dtype) == ([3, -1], dtype)
    assert column(array(kind)).shape == (0,)


def test_a_column_shares_the_memory_of_its_log() -> None:
    log = array("i", [3])
    found = ints(log)
    log[0] = 4
    assert found.tolist() == [4]


def test_instants_that_never_came_are_nan() -> None:
    found = instants(array("d", [2.5, -1.0, 0.0]), -1.0)
    assert found.tobytes() == np.array([2.5, np.nan, 0.0]).tobytes()
