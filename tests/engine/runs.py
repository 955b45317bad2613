"""One replication of a small scenario, and the log of its triggers as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.plan.making import make_plan
from simulator.records.columns import Legend, Records
from simulator.records.tables import arrow_table


class Firing(NamedTuple):
    """A row of the trigger log, its time in hours since the start."""

    hour: float
    created: int
    outcome: str
    failed_why: str | None


@dataclass(frozen=True)
class Replication:
    """What came of one replication, with the names behind its numbers."""

    legend: Legend
    records: Records

    def firings(self) -> list[Firing]:
        rows = arrow_table("trigger_log", self.legend, self.records).to_pylist()
        return [
            Firing(row["fired_s"] / 3600, row["created"], row["outcome"], row["failed_why"])
            for row in rows
        ]

    def jobs(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = arrow_table("jobs", self.legend, self.records).to_pylist()
        return rows


def replication(**parts: Any) -> Replication:
    """Simulate replication 0, with seed 1, of a scenario made of parts."""
    whole = scenario(**parts)
    plan = make_plan(whole, access_of(whole, catalogue()), {})
    return Replication(plan.legend, simulate(plan, 1, 0))
