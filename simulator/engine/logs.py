"""What the engine logged, as columns: growing typed arrays become NumPy's, a value a row."""

from __future__ import annotations

from array import array

import numpy as np

from simulator.records.columns import Codes, Floats, Ints


def ints(log: array[int]) -> Ints:
    """Return a log of numbers of things, or of counts."""
    return np.array(log, dtype=np.int32)


def floats(log: array[float]) -> Floats:
    """Return a log of instants or spans, in seconds."""
    return np.array(log, dtype=np.float64)


def codes(log: array[int]) -> Codes:
    """Return a log of members of an enumeration."""
    return np.array(log, dtype=np.int8)
