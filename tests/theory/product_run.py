"""The product on one scenario, by its records: what other models are given and held against."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from theory.plain_jobs import Charge

from simulator.engine import simulate
from simulator.loading import load
from simulator.measurement.blaming.blame import charges_of
from simulator.plan.eligibility import eligibility_of
from simulator.plan.making import make_plan
from simulator.records.columns import Floats
from simulator.records.tables import arrow_table

SEED = 6


@dataclass(frozen=True)
class ProductRun:
    """The tables of one replication, names restored."""

    jobs: pa.Table
    occupancy: pa.Table
    interruptions: pa.Table
    availability: pa.Table
    blame: pa.Table

    def seconds(self, column: str) -> Floats:
        """A column of the jobs, (J,)."""
        values: Floats = self.jobs[column].to_numpy()
        return values

    def names(self, column: str) -> list[Any]:
        """A column of the jobs, None where there is none."""
        names: list[Any] = self.jobs[column].to_pylist()
        return names

    def durations_s(self) -> Floats:
        """How long each job runs that runs through, (J,): since it last began, without pauses."""
        begun_s = self.seconds("started_s").copy()
        np.fmax.at(begun_s, *(self.interruptions[one].to_numpy() for one in ("job", "again_s")))
        columns = ("job", "ran_from_s", "to_s")
        job, from_s, to_s = (self.occupancy[one].to_numpy() for one in columns)
        last = from_s >= begun_s[job]
        ran_s = np.bincount(job[last], (to_s - from_s)[last], minlength=len(begun_s))
        return ran_s.astype(np.float64)

    def blame_s(self) -> dict[Charge, float]:
        """The seconds of all first waits, by what they are blamed on."""
        rows = self.blame.select([*Charge._fields, "seconds"]).to_pylist()
        return {Charge(*what): seconds for *what, seconds in (one.values() for one in rows)}

    def down(self) -> Iterator[tuple[str, float, float]]:
        """Yield each span in which a host was down, once however many runtime types it has."""
        rows = self.availability.select(["host", "from_s", "to_s", "why_not"]).to_pylist()
        yield from sorted(
            {(one["host"], one["from_s"], one["to_s"]) for one in rows if one["why_not"] == "down"}
        )


def run_product(scenario: Mapping[str, Any]) -> ProductRun:
    """Write a scenario into a file, run the product on it, and return its records."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "scenario.yaml")
        path.write_text(json.dumps(scenario), encoding="utf-8")
        loaded = load(path)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    records = simulate(plan, SEED, 0)
    blame = charges_of(eligibility_of(plan), plan.legend, records).blame
    told = replace(records, blame=blame)
    tables = ("jobs", "occupancy", "interruptions", "availability", "blame")
    return ProductRun(*(arrow_table(name, plan.legend, told) for name in tables))
