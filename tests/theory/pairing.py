"""How much common random numbers save: paired differences against those of independent runs.

`python -m theory.pairing [REPLICATIONS]` runs the flagship scenario and each of its variants on one
seed, as `simulator compare` does, and each variant once more on another seed, so that nothing of
the two is shared. Both ways give an interval for the same difference; the square of the ratio of
their half-widths is how many times as many replications independent runs need for an interval as
narrow. Runs, measures and intervals are the product's own. A run of all replications writes its
results for the validity page.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from scipy import stats
from validity_results import record

from simulator.experiments.comparing.compare import comparison
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.comparing.variants import scenarios_to_compare
from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import Workforce, processor_count
from simulator.experiments.study import Study, run_study
from simulator.loading import Loaded

FLAGSHIP: Final = Path(__file__).parents[2] / "scenarios" / "flagship-shared-machines.yaml"
REPLICATIONS: Final = 200
SEEDS: Final = 1, 2
"""Of what is paired, and of the variants that share nothing with it."""
ASKED: Final = 5.0
"""How many times fewer replications are asked for, at least, of mean waits."""
FIGURES: Final = (
    ("folder", "HR", "pending.mean"),
    ("folder", "Finance", "pending.mean"),
    ("folder", "HR", "pending.p95"),
)


def pairing(
    replications: int,
    workforce: Workforce,
    variants: Sequence[str] = (),
    overrides: Sequence[str] = (),
) -> Iterator[dict[str, Any]]:
    """Yield for each variant and figure how many times fewer replications pairing needs.

    `variants` are those to look at, by default all.
    """

    def run(loaded: Loaded, seed: int) -> Study:
        return run_study(
            loaded, seed=seed, replications=replications, workforce=workforce, in_detail=False
        )

    (name, written), *others = scenarios_to_compare(FLAGSHIP, variants, overrides)
    baseline = run(written, SEEDS[0])
    for variant, loaded in others:
        beside, apart = (run(loaded, seed) for seed in SEEDS)
        found = comparison([(name, baseline), (variant, beside)])
        for figure in FIGURES:
            row = found.find(*figure)
            assert row is not None
            sides = [_half_width(study, figure) for study in (baseline, apart, beside)]
            yield _row(variant, figure, row.differences[0], sides, replications)


def _half_width(study: Study, figure: tuple[str, str, str]) -> float:
    row = study.summary.find(*figure)
    assert row is not None
    return row.half_width


def _row(
    variant: str,
    figure: tuple[str, str, str],
    difference: Difference,
    sides: Sequence[float],
    replications: int,
) -> dict[str, Any]:
    """Return a result; `sides` are half-widths: as written, of the variant apart, and beside it.

    `surely` is what the ratio is at least, to 95 %, if values are normal. `possible` is what it
    would be if the variant's values rose and fell with those of the file exactly: where one of both
    varies much more than the other, their difference has to vary too.
    """
    written, apart, beside = sides
    paired = difference.high - difference.mean
    times = math.inf if paired == 0 else (written**2 + apart**2) / paired**2
    freedom = replications - 1
    row = {
        "variant": variant,
        "figure": " ".join(figure),
        "replications": replications,
        "difference": _rounded(difference.mean),
        "times": _rounded(times),
        "surely": _rounded(times * float(stats.f.ppf(0.05, freedom, freedom))),
        "possible": _rounded((written**2 + beside**2) / (written - beside) ** 2),
    }
    return {**row, "verdict": _verdict(row)}


def _verdict(row: dict[str, Any]) -> str:
    if not is_asked(row):
        return "told"
    return "ok" if holds(row) else "FAILED"


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def is_asked(row: dict[str, Any]) -> bool:
    """Return whether anything is asked of a figure: of a mean wait, where any way to pair could.

    An order of service can make other jobs the slowest, and their P95 is another matter then.
    """
    return row["figure"].endswith("pending.mean") and row["possible"] >= ASKED


def holds(row: dict[str, Any]) -> bool:
    """Return whether pairing surely saves what is asked for."""
    return not is_asked(row) or row["surely"] >= ASKED


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when pairing saves too little."""
    replications = int(arguments[0]) if arguments else REPLICATIONS
    with Processes(processor_count(), print) as crew:
        rows = list(pairing(replications, crew))
    print(*map(_line, rows), sep="\n")
    if not arguments:
        record("pairing", rows)
    return 0 if all(map(holds, rows)) else 1


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['variant']:22} {row['figure']:27} {row['difference']:+8.3g} s: "
        f"{row['times']:.3g} times fewer replications, surely {row['surely']:.3g}, "
        f"possible {row['possible']:.3g}  {row['verdict']}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
