"""The log of spans: which job held which slot, under whom, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from struct import Struct
from typing import BinaryIO, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.records.mapped import temporary_file, told_as_data_file_error

OPEN: Final = -1.0
"""Stands for the end of a span that is still open."""

BLOCK: Final = 1 << 14
"""Rows that are worked at together: few enough that what they need stays in the cache."""

SpanRows: TypeAlias = npt.NDArray[np.void]
"""Rows with the fields of `SPAN`."""

SPAN: Final = np.dtype(
    [
        ("from_s", "<f8"),
        ("to_s", "<f8"),
        ("job", "<i4"),
        ("pool", "<i4"),
        ("slot", "<i4"),
        ("account", "<i4"),
        ("state", "<i1"),
    ]
)
"""A span; `state` is the `JobState` that the job was left in, `slot` its number in the pool."""

packed: Final = Struct("<ddiiiib").pack
"""Return a span as a row: from_s, to_s, job, pool, slot, account, state."""


class SpanLog:
    """Spans in the order in which they ended, a packed row each.

    One row is packed and written at a time, which costs a third of appending to as many arrays: it
    is done for every job. It always is to memory; what is there can be moved to a temporary file
    now and then, with `spill`.
    """

    def __init__(self) -> None:
        self._recent = BytesIO()
        self._earlier: BinaryIO | None = None
        self._spilled = 0
        self.write = self._recent.write
        """Append a span, as `packed`."""

    def __len__(self) -> int:
        """Return how many spans were noted."""
        return (self._spilled + self._recent.tell()) // SPAN.itemsize

    def spill(self) -> None:
        """Move the rows so far to a temporary file.

        Raises:
            DataFileError: it cannot be written.
        """
        if self._earlier is None:
            self._earlier = temporary_file()
        with told_as_data_file_error():
            self._earlier.seek(self._spilled)
            self._spilled += self._earlier.write(self._recent.getbuffer())
        self._recent.seek(0)
        self._recent.truncate()

    def blocks(self) -> Iterator[SpanRows]:
        """Yield the rows so far, at most `BLOCK` of them at a time."""
        for first in range(0, len(self), BLOCK):
            yield self.block(first)

    def block(self, first: int) -> SpanRows:
        """Return `BLOCK` rows from the first on, a multiple of it, or as many as there are.

        They are to be let go of before anything is noted.

        Raises:
            DataFileError: the temporary file cannot be read.
        """
        size = SPAN.itemsize
        start, end = first * size, min(first + BLOCK, len(self)) * size
        from_byte, to_byte = (max(place - self._spilled, 0) for place in (start, end))
        recent = self._recent.getbuffer()[from_byte:to_byte]
        if self._earlier is None or start >= self._spilled:
            return np.frombuffer(recent, dtype=SPAN)
        with told_as_data_file_error():
            self._earlier.seek(start)
            earlier = self._earlier.read(min(end, self._spilled) - start)
        return np.frombuffer(earlier + recent, dtype=SPAN)

    def last_s(self) -> float:
        """Return when the last span ended, 0 where none has; `OPEN` ones have not."""
        return max((0.0, *(float(rows["to_s"].max()) for rows in self.blocks())))

    def clear(self) -> None:
        """Forget all spans; none is noted any more."""
        self._recent.close()
        if self._earlier is not None:
            self._earlier.close()
