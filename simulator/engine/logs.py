"""What the engine logged, as columns: growing typed arrays become NumPy's, a value a row.

A column shares the memory of its log, which must not grow any more while there is the column.
"""

from __future__ import annotations

from array import array

import numpy as np

from simulator.records.columns import Codes, Floats, Ints


def ints(log: array[int]) -> Ints:
    """Return a log of numbers of things, or of counts."""
    return np.frombuffer(log, dtype=np.int32)


def floats(log: array[float]) -> Floats:
    """Return a log of instants or spans, in seconds."""
    return np.frombuffer(log, dtype=np.float64)


def codes(log: array[int]) -> Codes:
    """Return a log of members of an enumeration."""
    return np.frombuffer(log, dtype=np.int8)


def instants(log: array[float], never: float) -> Floats:
    """Return a log of instants, `never` of them replaced by NaN, in the log too."""
    times_s = floats(log)
    times_s[times_s == never] = np.nan
    return times_s
