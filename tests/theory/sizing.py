"""Whether a search finds the fleet that theory knows to be the smallest: case A35, seed by seed.

`python -m theory.sizing [SEEDS]` searches 1 to 40 runtimes of an M/M/c queue for the smallest that
keeps a limit, with one seed after the other, and counts how often that is the one Erlang's formula
gives. 95 of 100 seeds are asked for. A run of all of them writes its results for the validity page.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from theory.figures import SCENARIOS
from validity_results import record

from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import processor_count
from simulator.experiments.sizing.question import question_of
from simulator.experiments.sizing.search import Search
from simulator.experiments.sizing.size import prepared
from simulator.experiments.varying.quantities import quantities_of
from simulator.loading import open_scenario

RUNTIMES: Final = "machines.M1.slots=1..40"
FEWEST_RIGHT: Final = 0.95


class Question(NamedTuple):
    """A scenario file, the smallest number of runtimes that keeps its limit, and how many seeds.

    The numbers are the catalogue's: A35, `smallest_runtimes_…`.
    """

    file: str
    exact: int
    seeds: int


QUESTIONS: Final = (
    Question("A35-size-p95", 14, 100),
    Question("A35-size-mean", 14, 20),
    Question("A35-size-p90", 16, 20),
)


@dataclass(frozen=True)
class Searched:
    """The work of one seed, ready to be sent to another process."""

    file: str

    def __call__(self, seed: int) -> tuple[str, int]:
        """Return the answer, and how many replications were simulated to find it."""
        source = open_scenario(SCENARIOS / f"{self.file}.yaml")
        fleets, judges = prepared(question_of(source, quantities_of([RUNTIMES]), seed=seed))
        found = Search(fleets, judges.judge, judges.guess).cheapest()
        replications = sum(one.replications for one in judges.tried.values())
        return "none" if found is None else found.values[0], replications


def searches(question: Question, seeds: int) -> dict[str, Any]:
    """Return how often a question is answered rightly, and what it takes."""
    with Processes(processor_count(), print) as crew:
        found = list(crew.in_order(Searched(question.file), range(1, seeds + 1)))
    answers = Counter(answer for answer, _ in found)
    row = {
        "case": question.file,
        "exact": question.exact,
        "seeds": seeds,
        "right": answers[str(question.exact)],
        "others": dict(sorted(answers.items())),
        "replications": round(sum(count for _, count in found) / seeds),
    }
    return {**row, "holds": holds(row)}


def holds(row: dict[str, Any]) -> bool:
    """Return whether the right answer came often enough."""
    return bool(row["right"] >= FEWEST_RIGHT * row["seeds"])


def rows(most: int | None) -> Iterator[dict[str, Any]]:
    """Yield a row for each question, with its number of seeds or `most`."""
    for question in QUESTIONS:
        begun = time.perf_counter()
        row = searches(question, question.seeds if most is None else min(most, question.seeds))
        print(
            f"{row['case']:14} {row['exact']:3} found by {row['right']:3} of {row['seeds']:3} "
            f"seeds, {row['replications']} replications each {row['others']} "
            f"{'ok' if row['holds'] else 'FAILED'} ({time.perf_counter() - begun:.0f} s)",
            flush=True,
        )
        yield row


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 where the right answer comes too seldom."""
    found = list(rows(int(arguments[0]) if arguments else None))
    if not arguments:
        record("sizing", found)
    return 0 if all(map(holds, found)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
