"""From records to figures: one replication measured, all of them summarised."""

from __future__ import annotations

from simulator.measurement.figures import Figures
from simulator.measurement.replication import measure
from simulator.measurement.summarising import summarise
from simulator.measurement.summary import Summary, SummaryRow

__all__ = ["Figures", "Summary", "SummaryRow", "measure", "summarise"]
