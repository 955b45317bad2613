"""Whether intervals hold the exact value as often as they say: coverage, by repeated experiments.

`python -m theory.coverage [EXPERIMENTS]` repeats an experiment of twenty replications with one seed
after the other, and counts how many of its nominal 95 % intervals hold the exact value. Engine,
measurement and statistics are the product's own; only what a report tells beside the figures is
left out. The seeds are 1, 2, … for each case, and how many there are is fixed beforehand. A run of
all of them writes its results for the validity page.

Each replication begins empty and idle, as every run does, and throws away a tenth of its window
before it begins to count, as the catalogue's files do; that is six times as long as the slowest of
these systems takes to forget a start, or longer.

For contrast, the same jobs are taken for independent evidence, which they are not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import stats
from theory.account_constrained import waits
from theory.figures import SCENARIOS, expected
from validity_results import record

from simulator.engine import simulate
from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import processor_count
from simulator.loading import load
from simulator.measurement import Summary, measure, summarise
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.columns import Floats

REPLICATIONS: Final = 20
CONFIDENCE: Final = 0.95
LOWEST, HIGHEST = 0.91, 0.985
"""Between which the share of intervals that hold must lie."""
ENOUGH: Final = 300
"""Experiments below which the share tells too little."""


class Told(NamedTuple):
    """A figure that every experiment gives an interval for, in seconds."""

    scope: str
    name: str
    measure: str
    exact: float


@dataclass(frozen=True)
class Study:
    """A case of the catalogue, its window and what goes before it, and how often it is repeated.

    The windows have about 5,000 jobs each, that of A13 20,000.
    """

    case: str
    duration: str
    warm_up: str
    experiments: int
    figures: tuple[Told, ...]


@dataclass(frozen=True)
class Experiment:
    """The work of one experiment, by its seed, ready to be sent to another process."""

    plan: Plan
    figures: tuple[Told, ...]

    def __call__(self, seed: int) -> Floats:
        """Return an interval for each figure, then those over jobs for their means: (low, high)."""
        replications = range(1, REPLICATIONS + 1)
        records = (simulate(self.plan, seed, number) for number in replications)
        measured = [measure(self.plan.legend, one, (), (), ()) for one in records]
        summary = summarise(measured, self.plan.legend, CONFIDENCE)
        told = [_interval(summary, one) for one in self.figures]
        naive = [_over_jobs(summary, one) for one in self.figures if one.measure == "pending.mean"]
        return np.array([*told, *naive])


def _interval(summary: Summary, figure: Told) -> tuple[float, float]:
    row = summary.find(figure.scope, figure.name, figure.measure)
    assert row is not None, figure
    return row.low, row.high


def _over_jobs(summary: Summary, figure: Told) -> tuple[float, float]:
    """Return the interval of a mean wait as if the jobs were independent of each other."""
    mean, deviation, jobs = (
        summary.find(figure.scope, figure.name, measure)
        for measure in ("pending.mean", "pending.sd", "jobs.started")
    )
    assert mean is not None
    assert deviation is not None
    assert jobs is not None
    half = stats.norm.ppf((1 + CONFIDENCE) / 2) * deviation.mean
    half /= np.sqrt(jobs.mean * REPLICATIONS)
    return mean.mean - half, mean.mean + half


def studies() -> tuple[Study, ...]:
    """Return the three studies."""
    of_priorities = _wait_and_p95("A13", ("process", "F:P1", "P1"), ("process", "F:P2", "P2"))
    of_all = Told("tenant", "", "pending.mean", _exact("A13", "all", "mean_pending_wait"))
    return (
        Study("A01", "35d", "84h", 300, tuple(_wait_and_p95("A01", ("tenant", "", "all")))),
        Study("A13", "31d", "75h", 300, (*of_priorities, of_all)),
        Study("A22", "35d", "84h", 300, tuple(_of_accounts())),
    )


def _wait_and_p95(case: str, *scopes: tuple[str, str, str]) -> Iterator[Told]:
    """Yield mean and P95 of some scopes: scope and name of a summary, then the catalogue's."""
    for scope, name, catalogued in scopes:
        yield Told(scope, name, "pending.mean", _exact(case, catalogued, "mean_pending_wait"))
        yield Told(scope, name, "pending.p95", _exact(case, catalogued, "p95_pending_wait"))


def _of_accounts() -> Iterator[Told]:
    """Yield what the catalogue has only in part, and its law in full."""
    for folder, law in (("FA", waits("A")), ("FB", waits("B"))):
        yield Told("folder", folder, "pending.mean", law.mean * 60)
        yield Told("folder", folder, "pending.p95", law.quantile(0.95) * 60)


def _exact(case: str, scope: str, metric: str) -> float:
    (found,) = [one.value for one in expected() if one[:3] == (case, scope, metric)]
    return found


def coverage(study: Study, experiments: int) -> Iterator[dict[str, Any]]:
    """Yield for each figure, then for each naive interval, how often it held the exact value."""
    settings = [f"time.duration={study.duration}", f"time.warm_up={study.warm_up}"]
    loaded = load(SCENARIOS / f"{study.case}.yaml", overrides=settings)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    work = Experiment(plan, study.figures)
    with Processes(processor_count(), print) as crew:
        found = np.array(list(crew.in_order(work, range(1, experiments + 1))))
    means = [one for one in study.figures if one.measure == "pending.mean"]
    columns = [*((one, "replications") for one in study.figures), *((one, "jobs") for one in means)]
    for (figure, evidence), ends in zip(columns, found.swapaxes(0, 1), strict=True):
        held = int(((ends[:, 0] <= figure.exact) & (figure.exact <= ends[:, 1])).sum())
        row = {
            "case": study.case,
            "figure": " ".join(part for part in figure[:3] if part),
            "evidence": evidence,
            "exact": float(f"{figure.exact:.6g}"),
            "experiments": experiments,
            "held": held,
            "half_width": float(f"{np.diff(ends).mean() / 2 / figure.exact:.3g}"),
        }
        yield {**row, "verdict": _verdict(row)}


def holds(row: dict[str, Any]) -> bool:
    """Return whether an interval holds as often as it should.

    A naive one need not, and too few experiments cannot tell.
    """
    told = row["evidence"] == "jobs" or row["experiments"] < ENOUGH
    return told or LOWEST <= row["held"] / row["experiments"] <= HIGHEST


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when an interval holds too seldom or too often."""
    rows = list[dict[str, Any]]()
    for study in studies():
        begun = time.perf_counter()
        of_study = list(coverage(study, int(arguments[0]) if arguments else study.experiments))
        rows += of_study
        print(*map(_line, of_study), sep="\n")
        print(f"{study.case}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    if not arguments:
        record("coverage", rows)
    return 0 if all(map(holds, rows)) else 1


def _line(row: dict[str, Any]) -> str:
    share = row["held"] / row["experiments"]
    return (
        f"{row['case']:4} {row['figure']:26} over {row['evidence']:13} "
        f"{row['held']:4} of {row['experiments']:4} held, {share:6.1%}; "
        f"half-width {row['half_width']:.1%}  {row['verdict']}"
    )


def _verdict(row: dict[str, Any]) -> str:
    if row["evidence"] == "jobs":
        return "for contrast"
    if row["experiments"] < ENOUGH:
        return "too few to tell"
    return "ok" if holds(row) else "FAILED"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
