"""Results as files between processes: their long columns beside what is pickled.

So neither process copies a column that is already in a file, or that nobody may ever look at: who
sends it writes it page by page, who receives it has it mapped (PEP 574, out-of-band data).
"""

from __future__ import annotations

import mmap
import pickle
from pickle import PickleBuffer
from typing import Any, BinaryIO, Final

import numpy as np

from simulator.records.mapped import Column, release

_LONG: Final = 1 << 20
"""Bytes from which on a column stands beside the rest."""

_PIECE: Final = 1 << 24
"""Bytes that are written at once."""


def write_result(file: BinaryIO, result: object) -> None:
    """Write a result into an empty file.

    Raises:
        OSError: it cannot be written.
    """
    beside: list[Column] = []

    def is_short(buffer: PickleBuffer) -> bool:
        column = np.frombuffer(buffer.raw(), dtype=np.uint8)
        if len(column) >= _LONG:
            beside.append(column)
        return len(column) < _LONG

    content = pickle.dumps(result, pickle.HIGHEST_PROTOCOL, buffer_callback=is_short)
    pickle.dump((content, [len(column) for column in beside]), file, pickle.HIGHEST_PROTOCOL)
    for column in beside:
        file.seek(_next_page(file.tell()))
        for start in range(0, len(column), _PIECE):
            piece = column[start : start + _PIECE]
            file.write(piece.data)
            release(piece)


def read_result(file: BinaryIO) -> Any:  # noqa: ANN401 - whatever was written
    """Return what `write_result` wrote; its long columns stay in the file, which may be removed.

    Raises:
        OSError: it cannot be read.
    """
    content, sizes = pickle.load(file)  # noqa: S301 - a worker of this very run wrote it
    beside: list[memoryview] = []
    if sizes:
        start = file.tell()
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
        for size in sizes:
            start = _next_page(start)
            beside.append(whole[start : start + size])
            start += size
    return pickle.loads(content, buffers=beside)  # noqa: S301 - the same


def _next_page(place: int) -> int:
    """Return the first place in a file, from one on, at which a page begins."""
    return -(-place // mmap.PAGESIZE) * mmap.PAGESIZE
