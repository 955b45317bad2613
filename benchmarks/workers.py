"""What two workers gain over one, beside what two spinning loops gain over one.

No two processors of a machine do twice the work of one: they share caches, memory and the clock
that heat allows, and whatever else runs there. So in each round, beside the flagship scenario on
one worker and on two, a loop that does nothing but count runs on one and on two, as long and in as
many pieces, in processes started and fed the same way. What the study loses beyond the loop is
ours: results that are sent, a main process that summarises, workers that wait for it.

    python benchmarks/workers.py [ROUNDS [REPLICATIONS]]

Printed are the median times, the gains, and their ratio in each round, as a busy machine slows all
of a round alike; and what it takes to start two workers, which is paid once a command and is in no
gain. Exits 1 when the median ratio is below 0.85.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.study import run_study
from simulator.loading import Loaded, load

FLAGSHIP: Final = Path(__file__).parents[1] / "scenarios" / "flagship-shared-machines.yaml"
ROUNDS, REPLICATIONS = 5, 60
AT_LEAST = 0.85
CALIBRATION: Final = 1_000_000


class Round(NamedTuple):
    """The seconds of one round."""

    study_alone: float
    loop_alone: float
    study_by_two: float
    loop_by_two: float

    @property
    def gain(self) -> float:
        """Return how many times as quick two workers are."""
        return self.study_alone / self.study_by_two

    @property
    def gain_of_loop(self) -> float:
        """Return how many times as quick two processes count."""
        return self.loop_alone / self.loop_by_two

    @property
    def ratio(self) -> float:
        """Return the part of the loop's gain that the study has."""
        return self.gain / self.gain_of_loop


def spin(_replication: int, turns: int) -> int:
    """Do nothing but count."""
    count = 0
    while count < turns:
        count += 1
    return count


def timed(what: Callable[[], object]) -> float:
    """Return the seconds it takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def study(loaded: Loaded, workforce: Workforce, replications: int) -> None:
    """Run the study, and look at what came of it."""
    found = run_study(loaded, workforce=workforce, replications=replications)
    assert found.replications == replications


def loops(workforce: Workforce, turns: int, replications: int) -> None:
    """Count as often as there are replications."""
    done = workforce.in_order(partial(spin, turns=turns), range(replications))
    assert sum(done) == turns * replications


def turns_of(seconds: float) -> int:
    """Return how far a loop counts in that time."""
    return round(CALIBRATION * seconds / timed(partial(spin, 0, CALIBRATION)))


def one_round(loaded: Loaded, two: Processes, turns: int, replications: int) -> Round:
    """Time each of the four, one after the other."""
    return Round(
        timed(partial(study, loaded, ALONE, replications)),
        timed(partial(loops, ALONE, turns, replications)),
        timed(partial(study, loaded, two, replications)),
        timed(partial(loops, two, turns, replications)),
    )


def main(rounds: int = ROUNDS, replications: int = REPLICATIONS) -> int:
    """Print the table; return the exit code."""
    loaded = load(FLAGSHIP)
    study(loaded, ALONE, 2)  # imports what it needs
    turns = turns_of(timed(partial(study, loaded, ALONE, 4)) / 4)
    with Processes(2, print) as two:
        start_s = timed(partial(study, loaded, two, 2))
        again_s = timed(partial(study, loaded, two, 2))
        found = [one_round(loaded, two, turns, replications) for _ in range(rounds)]
    study_s, loop_s, study_two_s, loop_two_s = map(statistics.median, zip(*found, strict=True))
    ratios = [one.ratio for one in found]
    print(f"{replications} replications, {rounds} rounds   one       two      gain")
    print(f"flagship study   {study_s:16.2f} s {study_two_s:7.2f} s", end="")
    print(f" {statistics.median(one.gain for one in found):8.2f}")
    print(f"loop that counts {loop_s:16.2f} s {loop_two_s:7.2f} s", end="")
    print(f" {statistics.median(one.gain_of_loop for one in found):8.2f}")
    print(f"ratio of the gains: {statistics.median(ratios):.2f}", end="")
    print(f" (rounds: {', '.join(f'{one:.2f}' for one in sorted(ratios))})")
    print(f"starting two workers, once a command: {start_s - again_s:.1f} s")
    return 0 if statistics.median(ratios) >= AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
