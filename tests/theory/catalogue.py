"""The validation catalogue: every figure with an exact value, simulated and held against it.

`python -m theory.catalogue [CASE …]` prints a line a figure: case, figure, exact, simulated, its
99 % interval, verdict; then a line for each oracle of schedules, and the count. One interval in a
hundred misses by chance, so a figure that misses is run once more, with another seed; one whose
interval is wider than the catalogue wants, as long as that width needs. It fails when two of its
intervals miss, or when it is too wide after four runs. Seeds are fixed beforehand. A run of all
cases writes its results for the validity page.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, groupby
from typing import Final

from theory.figures import CASES, SCENARIOS, Figure, figures, not_covered
from theory.fleet_sizes import smallest_fleet
from theory.outcomes import MOST_RUNS, Outcome, Tally, is_settled, tally
from theory.record_figures import Reading, estimate, ratio_of_ratios, reader_of, sums_of
from theory.schedule_oracles import Agreement, agreements
from validity_results import record

from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import processor_count
from simulator.experiments.study import run_study
from simulator.loading import Loaded, load
from simulator.measurement.summary import Summary, SummaryRow
from simulator.plan.making import make_plan
from simulator.records.columns import Floats
from simulator.statistics.intervals import Intervals

SEED: Final = 1
AGAIN: Final = 1000
"""What is added to it for each further run."""

HEAD: Final = f"{'case':14} {'figure':58} {'exact':>12} {'simulated':>12} {'interval':24} verdict"

POOLED: Final = "A19-scenario2.yaml"
"""What the dedicated machines of A19 are compared with."""


@dataclass(frozen=True)
class Verdicts:
    """The verdicts on the figures of one file after the other, ready for another process."""

    files: tuple[tuple[Figure, ...], ...]
    seed: int = SEED

    def __call__(self, number: int) -> list[list[Outcome]]:
        """Return for each figure of a file, counted from 1, its outcomes until it is settled."""
        runs = [[one] for one in simulate_case(self.files[number - 1], self.seed)]
        for from_records in (False, True):  # those of the summary may need less than the others
            self._settle([of for of in runs if of[0].figure.from_records == from_records])
        return runs

    def _settle(self, runs: Sequence[list[Outcome]]) -> None:
        """Add further outcomes to the figures that need them, each time from a longer run."""
        longer = 1.0
        for further in range(1, MOST_RUNS):
            unsettled = [of for of in runs if not is_settled(of)]
            longer *= _needed([of[-1] for of in unsettled])
            wanted = [of[0].figure for of in unsettled]
            seed = self.seed + further * AGAIN
            for of, one in zip(unsettled, simulate_case(wanted, seed, longer=longer), strict=True):
                of.append(one)


def _needed(last: Sequence[Outcome]) -> float:
    """Return how many times as long a run has to be; 1.3 is for the scatter of its width itself.

    A half-width falls with the root of the run's length.
    """
    return max([1.0, *(1.3 * one.width_over_limit**2 for one in last)])


def simulate_case(
    wanted: Sequence[Figure], seed: int, *, longer: float = 1.0, settings: Sequence[str] = ()
) -> list[Outcome]:
    """Run the scenario of some figures, all of one file; return an outcome for each."""
    if not wanted:
        return []
    file = wanted[0].file
    if wanted[0].measure.startswith("smallest_runtimes"):
        return [smallest_fleet(one, seed) for one in wanted]
    settings = [*settings, *_length(load(SCENARIOS / file), longer)]
    of_summary = [one for one in wanted if not one.from_records]
    of_records = [one for one in wanted if one.from_records]
    return [
        *(_from_summary(of_summary, seed, settings) if of_summary else ()),
        *(_from_records(of_records, seed, settings) if of_records else ()),
    ]


def _length(loaded: Loaded, longer: float) -> list[str]:
    """Return the settings for a longer run, or for more of those that end by themselves."""
    if longer == 1:
        return []
    if loaded.scenario.time.warm_up == 0:
        return [f"run.replications={math.ceil(loaded.scenario.run.replications * longer)}"]
    return [f"time.duration={loaded.scenario.time.duration / 86400 * longer:.3f}d"]


def _from_summary(
    wanted: Sequence[Figure], seed: int, settings: Sequence[str]
) -> Iterator[Outcome]:
    targets = ", ".join(
        f"{{measure: pending.over, threshold: {one.threshold_s:.0f}s, at_most: 100%}}"
        for one in wanted
        if one.threshold_s is not None
    )
    overrides = [f"targets=[{targets}]", *settings]
    summary = run_study(load(SCENARIOS / wanted[0].file, overrides=overrides), seed=seed).summary
    for figure in wanted:
        row = _find(summary, figure)
        yield Outcome(figure, seed, row.low, row.mean, row.high)


def _find(summary: Summary, figure: Figure) -> SummaryRow:
    """Return the row of a figure; the catalogue names processes without their folder."""
    for row in summary.rows:
        if (row.scope, row.measure) == (figure.scope, figure.row) and (
            row.name == figure.name or row.name.endswith(f":{figure.name}")
        ):
            return row
    raise LookupError(f"no row for {figure}")


def _from_records(
    wanted: Sequence[Figure], seed: int, settings: Sequence[str]
) -> Iterator[Outcome]:
    loaded = load(SCENARIOS / wanted[0].file, overrides=settings)
    for figure, sums in zip(wanted, _sums(loaded, wanted, seed), strict=True):
        confidence = loaded.scenario.run.confidence
        if figure.measure == "ratio_dedicated_to_pooled":
            (below,) = _sums(load(SCENARIOS / POOLED, overrides=settings), [figure], seed)
            found = ratio_of_ratios(sums, below, confidence)
        else:
            found = estimate(figure, sums, confidence)
        yield _outcome(figure, seed, found)


def _sums(loaded: Loaded, wanted: Sequence[Figure], seed: int) -> Sequence[Floats]:
    """Return for each figure what each replication adds to its sums."""
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    reading = Reading(plan, seed, tuple(map(reader_of, wanted)))
    return sums_of([reading(one) for one in range(1, loaded.scenario.run.replications + 1)])


def _outcome(figure: Figure, seed: int, found: Intervals) -> Outcome:
    low, mean, high = (float(one[0]) for one in (found.low, found.mean, found.high))
    return Outcome(figure, seed, low, mean, high)


def by_file(wanted: Sequence[Figure]) -> tuple[tuple[Figure, ...], ...]:
    """Return figures file by file."""
    ordered = sorted(wanted, key=lambda one: one.file)
    return tuple(tuple(of) for _, of in groupby(ordered, key=lambda one: one.file))


def line(one: Outcome) -> str:
    """Return a line of the table."""
    figure = one.figure
    interval = f"[{one.low:.6g}, {one.high:.6g}]" if one.has_interval else "no interval"
    simulated = f"{one.mean:12.6g} {interval:24}"
    return f"{figure.case:14} {figure.label:58} {figure.exact:12.6g} {simulated} {one.verdict}"


def line_of_oracle(one: Agreement) -> str:
    """Return a line of the table that sums up an oracle."""
    verdict = "ok" if one.holds else "FAILED"
    exact = f"{one.exact} of {one.rows} rows exact"
    return f"{one.oracle:24} {exact} ({one.source}) {verdict} {one.but}".rstrip()


def main(cases: Sequence[str]) -> int:
    """Print the table; return 1 when anything fails twice, or a schedule is not met exactly."""
    print(HEAD)
    verdicts = list(_told(by_file(figures(cases or CASES))))
    counted = tally(verdicts)
    whole_holds = bool(cases) or _holds_as_a_whole(verdicts, counted)
    print(f"{counted}.")
    return 0 if whole_holds and not counted.failed else 1


def _told(files: Sequence[tuple[Figure, ...]]) -> Iterator[list[Outcome]]:
    """Print the verdicts on each file as soon as they are known, and yield them by figure."""
    work, numbers = Verdicts(tuple(files)), range(1, len(files) + 1)
    with Processes(processor_count(), print) as crew:
        for outcomes in chain.from_iterable(crew.in_order(work, numbers)):
            print(*map(line, outcomes), sep="\n", flush=True)
            yield outcomes


def _holds_as_a_whole(verdicts: Sequence[Sequence[Outcome]], counted: Tally) -> bool:
    """Write the results of all cases, print what they lack, and whether schedules are met."""
    seen = list(agreements())
    missing = not_covered(one[0].figure for one in verdicts)
    record("catalogue", [_row(one) for outcomes in verdicts for one in outcomes])
    record("count", [asdict(counted)])
    record("schedules", [one.row() for one in seen])
    for text in (*map(line_of_oracle, seen), *(f"left out: {one}" for one in missing)):
        print(text)
    print(f"{len(missing)} figures of expected.csv are left out.")
    return not missing and all(one.holds for one in seen)


def _row(one: Outcome) -> dict[str, object]:
    """Return an outcome for the results: six digits, which any machine agrees on."""
    return {
        "case": one.figure.case,
        "title": load(SCENARIOS / one.figure.file).scenario.description,
        "figure": one.figure.label,
        "exact": _six_digits(one.figure.exact),
        "simulated": _six_digits(one.mean),
        "low": _six_digits(one.low),
        "high": _six_digits(one.high),
        "seed": one.seed,
        "verdict": one.verdict,
        "holds": one.holds,
    }


def _six_digits(number: float) -> float | None:
    return None if math.isnan(number) else float(f"{number:.6g}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
