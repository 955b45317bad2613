"""Variants side by side on common random numbers: what each changes, with its interval.

All variants run with the same seed, and draws belong to submissions, not to the fleet; so the
n-th submission meets the same work in every variant, and replications are compared in pairs
(Law, "Simulation Modeling and Analysis", 5th ed., sections 10.2 and 11.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from simulator.audit.right_changes import RightChange, right_changes
from simulator.errors import RunInterrupted
from simulator.experiments.checks import StudyCheck
from simulator.experiments.comparing.admissions import Admissions, admissions
from simulator.experiments.comparing.rows import ComparisonRow, rows_of, tidy
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.study import Progress, Study, resolved_run, run_study
from simulator.experiments.telling import told_of
from simulator.experiments.verdicts import Verdict
from simulator.experiments.warm_up import settled_together
from simulator.loading import Loaded

if TYPE_CHECKING:
    import pandas as pd

RowsByName: TypeAlias = Mapping[tuple[str, str], Mapping[str, ComparisonRow]]
"""Rows by scope and name, then by measure."""


@dataclass(frozen=True)
class Comparison:
    """Variants, the first of them the baseline, and their rows: scope by scope, name by name.

    `rights` and `admissions` tell by variant who gained or lost which right, and which submissions
    fare otherwise than in the baseline; variants that change nothing of the kind are not there.
    `targets` tell by variant, the baseline too, how each promise fares, `checks` whether its
    figures can be right. `cautions` are reasons to look twice at them; one that is not of every
    variant says of which it is. `scenarios` are what was run, by variant.
    """

    variants: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    seed: int
    replications: int
    confidence: float
    rights: Mapping[str, tuple[RightChange, ...]] = field(default_factory=dict)
    admissions: Mapping[str, Admissions] = field(default_factory=dict)
    targets: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    checks: Mapping[str, tuple[StudyCheck, ...]] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()
    scenarios: Mapping[str, Loaded] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> RowsByName:
        """Return the rows by scope and name, in their order."""
        found: dict[tuple[str, str], dict[str, ComparisonRow]] = {}
        for row in self.rows:
            found.setdefault((row.scope, row.name), {})[row.measure] = row
        return found

    def find(self, scope: str, name: str, measure: str) -> ComparisonRow | None:
        """Return the row of a measure, None where no variant has anything of it."""
        return self.by_name.get((scope, name), {}).get(measure)

    def of(self, scope: str, measure: str) -> tuple[ComparisonRow, ...]:
        """Return a measure's rows of one scope."""
        return tuple(row for row in self.rows if (row.scope, row.measure) == (scope, measure))

    def frame(self) -> pd.DataFrame:
        """Return a row a measure and variant, with the columns of `comparison.csv`."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only notebooks need it

        return pd.DataFrame(list(tidy(self.variants, self.rows)))


def compare_scenarios(
    scenarios: Sequence[tuple[str, Loaded]],
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> Comparison:
    """Run named scenarios and compare each with the first, on the first's seed and replications.

    Where the first has as many as it needs, the others have as many as that. Warm-ups that are to
    be found are the longest of all.

    Raises:
        EndlessRun, TooManySubmissions: of one of them; the message names it.
        RunInterrupted: Ctrl-C came before all were done.
    """
    seed = scenarios[0][1].scenario.run.seed
    seeded = [(name, resolved_run(one, seed=seed, replications=None)) for name, one in scenarios]
    studies: list[tuple[str, Study]] = []
    for name, loaded, warm_up in settled_together(seeded, workforce=workforce, progress=progress):
        with told_of(name):
            study = run_study(
                loaded,
                replications=studies[0][1].replications if studies else None,
                workforce=workforce,
                warm_up=warm_up,
                in_detail=False,
                progress=progress_after(len(studies), len(scenarios), progress),
            )
        if not study.complete:
            raise RunInterrupted(f"interrupted in {name!r}; nothing can be compared yet")
        studies.append((name, study))
    return comparison(studies)


def progress_after(studies: int, of: int, progress: Progress) -> Progress:
    """Return the progress of one study as that of all: so many `studies` of as many came before."""
    return lambda done, asked: progress(studies * asked + done, of * asked)


def comparison(studies: Sequence[tuple[str, Study]]) -> Comparison:
    """Return named studies side by side; the first is what the others are compared with.

    Raises:
        ValueError: they differ in seed or replications, so nothing could be paired.
    """
    first = studies[0][1]
    for name, study in studies[1:]:
        if (study.seed, study.replications) != (first.seed, first.replications):
            raise ValueError(
                f"{name!r} differs from {studies[0][0]!r} in seed or number of replications: "
                "variants are compared in pairs, so give both the same"
            )
    return Comparison(
        variants=tuple(name for name, _ in studies),
        rows=tuple(rows_of([study for _, study in studies])),
        seed=first.seed,
        replications=first.replications,
        confidence=first.loaded.scenario.run.confidence,
        rights={name: rights for name, study in studies[1:] if (rights := _rights(first, study))},
        admissions={
            name: changed
            for name, study in studies[1:]
            if (changed := admissions(first, study)) is not None
        },
        targets={name: study.verdicts for name, study in studies},
        checks={name: study.checks for name, study in studies},
        cautions=tuple(_cautions(studies)),
        scenarios={name: study.loaded for name, study in studies},
    )


def _cautions(studies: Sequence[tuple[str, Study]]) -> Iterator[str]:
    """Yield what is to be said of some variants or all of them, each thing once."""
    told: dict[str, list[str]] = {}
    for name, study in studies:
        for caution in study.cautions:
            told.setdefault(caution, []).append(name)
    for caution, names in told.items():
        yield caution if len(names) == len(studies) else f"in {', '.join(names)}: {caution}"


def _rights(baseline: Study, variant: Study) -> tuple[RightChange, ...]:
    before, after = baseline.loaded, variant.loaded
    return right_changes(before.access, after.access)
