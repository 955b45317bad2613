"""The log of spans: which job held which slot, under whom, from when to when."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from struct import Struct
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

OPEN: Final = -1.0
"""Stands for the end of a span that is still open."""

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

_ROW: Final = Struct("<ddiiiib")


class SpanLog:
    """Spans in the order in which they ended, a packed row each.

    One row is packed and written at a time, which costs a third of appending to as many arrays:
    `note` is called for every job.
    """

    def __init__(self) -> None:
        self._rows = BytesIO()
        self.note = _noting(self._rows)
        """Append a span: from_s, to_s, job, pool, slot, account, state."""

    def rows(self) -> SpanRows:
        """Return the rows so far, (n,) of `SPAN`."""
        return np.frombuffer(self._rows.getvalue(), dtype=SPAN)

    def last_s(self) -> float:
        """Return when the last span ended, 0 where none has; `OPEN` ones have not."""
        ends_s = self.rows()["to_s"]
        return float(ends_s.max(initial=0.0))


def _noting(rows: BytesIO) -> Callable[[float, float, int, int, int, int, int], None]:
    pack, write = _ROW.pack, rows.write

    def note(
        from_s: float, to_s: float, job: int, pool: int, slot: int, account: int, state: int
    ) -> None:
        write(pack(from_s, to_s, job, pool, slot, account, state))

    return note
