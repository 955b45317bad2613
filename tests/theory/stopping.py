"""Whether studies that go on until they are precise keep what they promise, by repeated studies.

`python -m theory.stopping [STUDIES]` repeats a study that asks for a precision, with one seed after
the other: how many replications it takes, whether it gets there, and how often its last interval
holds the exact value. Engine, measurement, statistics and the rule itself are the product's own.
The seeds are 1, 2, … for each case, and how many there are is fixed beforehand. A run of all of
them writes its results for the validity page.

Looking again and again, and ending with the first interval that is narrow enough, favours those
that are narrow by luck; so fewer hold than of a number fixed beforehand, and how many is told.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, NamedTuple

import numpy as np
from theory.figures import SCENARIOS, expected
from validity_results import record

from simulator.engine import simulate
from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import Workforce, processor_count
from simulator.experiments.long_run import NOTHING_KNOWN
from simulator.experiments.stopping import enough_of
from simulator.loading import load
from simulator.measurement import Figures, measure
from simulator.measurement.summarising import row_of
from simulator.model.precision import FEWEST_REPLICATIONS
from simulator.model.scenario import Scenario
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan

LOWEST: Final = 0.90
"""The share of intervals that hold must be as large; of a fixed number it would be 0.95."""
FEWEST_REACHED: Final = 0.90
"""The share of studies that must get as precise as they were asked to be."""
ENOUGH: Final = 300
"""Studies below which the shares tell too little."""


class Case(NamedTuple):
    """A case of the catalogue, its window and what goes before it, and what is to be how precise.

    The windows have about 5,000 jobs each; with 20 of them a mean is known to 7 %, a P95 to 9 %.
    """

    case: str
    duration: str
    warm_up: str
    measure: str
    catalogued: str
    precision: str


CASES: Final = (
    Case("A01", "35d", "84h", "pending.mean", "mean_pending_wait", "6%"),
    Case("A01", "35d", "84h", "pending.p95", "p95_pending_wait", "8%"),
)


class End(NamedTuple):
    """Where a study ended: after how many replications, and with which row."""

    replications: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Repeated:
    """The work of one study, by its seed, ready to be sent to another process."""

    scenario: Scenario
    plan: Plan
    measure: str

    def __call__(self, seed: int) -> End:
        """Return where the study with this seed ended."""
        enough = enough_of(self.scenario, NOTHING_KNOWN)
        assert enough is not None
        figures, legend, run = list[Figures](), self.plan.legend, self.scenario.run
        for number in count(1):
            records = simulate(self.plan, seed, number)
            figures.append(measure(legend, records, (), (), ()))
            if number == run.most_replications or enough(figures, legend):
                break
        row = row_of(figures, legend, ("tenant", "", self.measure), run.confidence)
        assert row is not None
        return End(len(figures), row.mean, row.low, row.high)


def work_of(case: Case) -> Repeated:
    """Return the work of a case, ready for its seeds."""
    settings = [
        f"time.duration={case.duration}",
        f"time.warm_up={case.warm_up}",
        "run.confidence=95%",
        f"run.replications={{precision: {case.precision}, of: {case.measure}}}",
    ]
    loaded = load(SCENARIOS / f"{case.case}.yaml", overrides=settings)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    return Repeated(loaded.scenario, plan, case.measure)


def stopping(case: Case, studies: int, workforce: Workforce) -> dict[str, Any]:
    """Return what became of a number of studies of a case."""
    (exact,) = [one.value for one in expected() if one[:3] == (case.case, "all", case.catalogued)]
    ends = np.array(list(workforce.in_order(work_of(case), range(1, studies + 1))))
    replications, mean, low, high = ends.T
    precision = float(case.precision.removesuffix("%")) / 100
    row = {
        "case": case.case,
        "figure": f"tenant {case.measure}",
        "precision": precision,
        "exact": float(f"{exact:.6g}"),
        "studies": studies,
        "reached": int(((high - low) / 2 <= precision * np.abs(mean)).sum()),
        "fewest": int(replications.min()),
        "mean": float(f"{replications.mean():.3g}"),
        "most": int(replications.max()),
        "held": int(((low <= exact) & (exact <= high)).sum()),
        "within": int((np.abs(mean - exact) <= precision * exact).sum()),
    }
    return {**row, "verdict": _verdict(row)}


def holds(row: dict[str, Any]) -> bool:
    """Return whether studies get there, not before ten, and their intervals hold often enough."""
    return (
        row["fewest"] >= FEWEST_REPLICATIONS
        and row["reached"] >= FEWEST_REACHED * row["studies"]
        and row["held"] >= LOWEST * row["studies"]
    )


def _verdict(row: dict[str, Any]) -> str:
    if row["studies"] < ENOUGH:
        return "too few to tell"
    return "ok" if holds(row) else "FAILED"


def lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each case."""
    for row in rows:
        yield (
            f"{row['case']:4} {row['figure']:20} within {row['precision']:.0%}: "
            f"{row['reached']} of {row['studies']} got there, after {row['fewest']} to "
            f"{row['most']} replications ({row['mean']:g} on average); {row['held']} held, "
            f"{row['within']} were as near  {row['verdict']}"
        )


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when a promise is not kept."""
    begun = time.perf_counter()
    studies = int(arguments[0]) if arguments else ENOUGH
    with Processes(processor_count(), print) as crew:
        rows = [stopping(case, studies, crew) for case in CASES]
    print(*lines(rows), sep="\n")
    print(f"stopping: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if not arguments:
        record("stopping", rows)
    return 0 if all(row["verdict"] != "FAILED" for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
