"""Spans that waiting may be charged to, cut wherever the local hour changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.hours import local_hours
from simulator.measurement.scopes import Groups, Selection, rows_of
from simulator.measurement.spans import Spans
from simulator.records.columns import NONE, Floats, Ints, Window
from simulator.records.combinations import combinations


class Payer(NamedTuple):
    """Whom a span is charged to: a folder and a machine, (J,) each or one for all; -1 is none."""

    held_by: Ints | int = NONE
    machine: Ints | int = NONE


@dataclass(frozen=True, slots=True)
class Chargeable:
    """Pieces of the spans of some things, thing by thing; those of n are from first[n] on.

    hour: the local hour of the week, -1 outside the window. weight: how many there are at once.
    payer: a row of `payers`, (K, 2), a folder and a machine, -1 for none.
    """

    spans: Spans
    hour: Ints
    weight: Floats
    payer: npt.NDArray[np.intp]
    payers: npt.NDArray[np.int32]
    first: npt.NDArray[np.intp]

    def of(self, things: Sequence[int]) -> Chargeable:
        """Return the pieces of some things."""
        return self.rows(rows_of(things, self.first))

    def rows(self, rows: Selection) -> Chargeable:
        """Return some of the pieces, in their order."""
        return replace(
            self,
            spans=self.spans.of(rows),
            hour=self.hour[rows],
            weight=self.weight[rows],
            payer=self.payer[rows],
        )

    def on(self, machine: int) -> Chargeable:
        """Return the pieces charged on a machine, whichever else they had."""
        payers = self.payers.copy()
        payers[:, 1] = machine
        return replace(self, payers=payers)

    def charged_to(self, held_by: int, machine: int) -> Chargeable:
        """Return the pieces with one and the same payer."""
        payers = np.empty_like(self.payers)
        payers[:] = held_by, machine
        return replace(self, payers=payers)


def chargeable(
    spans: Spans,
    payer: Payer,
    window: Window,
    things: Groups | None = None,
    size: int = 1,
    weight: Floats | None = None,
) -> Chargeable:
    """Return the pieces of some spans, (J,) as `things` are, numbered from 0 to `size`.

    Without `things` they are all of thing 0. Spans are finite; those of no length are left out.
    """
    count = len(spans.from_s)
    things = np.zeros(count, dtype=np.int32) if things is None else things
    row = np.flatnonzero(spans.to_s > spans.from_s)
    row = row[np.lexsort((spans.from_s[row], things[row]))]
    cut, pieces, hour = _cut(Spans(spans.from_s[row], spans.to_s[row]), window)
    row = row[cut]
    held_by, machine = (np.broadcast_to(np.asarray(one), (count,)) for one in payer)
    payers, of_spans = combinations(held_by, machine)
    return Chargeable(
        spans=pieces,
        hour=hour,
        weight=np.ones(len(row)) if weight is None else weight[row],
        payer=of_spans[row],
        payers=np.stack(payers, axis=1),
        first=np.append(0, np.cumsum(np.bincount(things[row], minlength=size))),
    )


def _cut(spans: Spans, window: Window) -> tuple[npt.NDArray[np.intp], Spans, Ints]:
    """Return the pieces of spans, of which span each is, and its hour of the week in the window."""
    hours = local_hours(window)
    edges = hours.edges
    first = np.searchsorted(edges, spans.from_s, side="right")
    more = np.searchsorted(edges, spans.to_s, side="left") - first
    row = np.repeat(np.arange(len(more)), more + 1)
    ahead = np.arange(len(row)) - np.repeat(np.cumsum(more + 1) - more - 1, more + 1)
    edge = first[row] + ahead
    from_s = np.where(ahead == 0, spans.from_s[row], edges[np.maximum(edge - 1, 0)])
    last = ahead == more[row]
    to_s = np.where(last, spans.to_s[row], edges[np.minimum(edge, len(edges) - 1)])
    of_pieces = np.concatenate(([NONE], hours.hour, [NONE])).astype(np.int32)
    return row, Spans(from_s, to_s), of_pieces[edge]
