"""A second opinion: the same submissions and durations through other models, job by job.

    PYTHONPATH=tests:docs python -m theory.second_opinion

runs the simulator on queues and on shared estates, hands what it recorded as submitted, and for how
long each job ran, to Ciw and to a plain SimPy model, and compares when each job started; in the
plain model also when it ended, where it ran, under which account, and who is to blame for the
waiting. Prints a line a case, writes the results for the validity page, and exits 1 when anything
differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from theory.opinion_of_ciw import QUEUES, opinion_of_ciw
from theory.opinion_of_simpy import CASES, opinion_of_simpy
from theory.opinions import Opinion
from validity_results import record

from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import processor_count

JOBS_IN_CIW = 100_000

COLUMNS = ("jobs", "waited", "at once", "starts", "largest, s", "ends", "places", "blame", "differ")
"""Jobs, those that waited, most at once; what differs; totals of blame, and those that differ."""


def opinions() -> Iterator[Opinion]:
    """Yield every case in full, on all processors."""
    count = len(QUEUES) + len(CASES)
    with Processes(processor_count(), print) as crew:
        yield from crew.in_order(_in_full, range(1, count + 1))


def _in_full(number: int) -> Opinion:
    """Run the case of that number, counted from 1: queues first, then shared estates."""
    if number <= len(QUEUES):
        return opinion_of_ciw(QUEUES[number - 1], JOBS_IN_CIW)
    case = CASES[number - 1 - len(QUEUES)]
    return opinion_of_simpy(case, case.full)


def results() -> list[dict[str, Any]]:
    """Return every case in full as plain values, by the names in `Opinion`."""
    return [asdict(one) for one in opinions()]


def main() -> int:
    """Print the table and write it down; return 1 when anything differs."""
    print(_line("case", "against", *COLUMNS))
    found = list[Opinion]()
    for one in opinions():
        _, _, *figures = asdict(one).values()
        print(_line(one.case, one.against, *map(_told, figures)), flush=True)
        found.append(one)
    record("second_opinion", [asdict(one) for one in found], packages=("ciw",))
    jobs, differing = sum(one.jobs for one in found), sum(not one.agrees for one in found)
    print(f"{len(found)} cases, {jobs:,} jobs; something differs in {differing} cases")
    return 1 if differing else 0


def _line(case: str, against: str, *figures: str) -> str:
    return f"{case:36} {against:17}" + "".join(f" {figure:>10}" for figure in figures)


def _told(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:,}" if isinstance(figure, int) else f"{figure:.3g}"


if __name__ == "__main__":
    sys.exit(main())
