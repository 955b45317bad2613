"""Variants side by side on common random numbers: what each changes, with its interval.

All variants run with the same seed, and draws belong to submissions, not to the fleet; so the
n-th submission meets the same work in every variant, and replications are compared in pairs
(Law, "Simulation Modeling and Analysis", 5th ed., sections 10.2 and 11.2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.audit.right_changes import RightChange, right_changes
from simulator.errors import EndlessRun, RunInterrupted, TooManySubmissions
from simulator.experiments.checks import StudyCheck
from simulator.experiments.comparing.admissions import Admissions, admissions
from simulator.experiments.comparing.pairing import (
    NO_DIFFERENCE,
    Difference,
    difference_at,
    names_in,
    paired,
    scopes_in,
)
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.study import Progress, Study, run_study
from simulator.loading import Loaded
from simulator.statistics import Intervals

if TYPE_CHECKING:
    import pandas as pd


class ComparisonRow(NamedTuple):
    """A measure of one name: its value in each variant, and each difference to the first.

    `differences` has one for every variant but the first. NaN where a variant has no such thing.
    `why` tells of each variant why it has no value in the long run, empty where it has.
    """

    scope: str
    name: str
    measure: str
    unit: str
    values: tuple[float, ...]
    differences: tuple[Difference, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Variants, the first of them the baseline, and their rows: scope by scope, name by name.

    `rights` and `admissions` tell by variant who gained or lost which right, and which submissions
    fare otherwise than in the baseline; variants that change nothing of the kind are not there.
    `checks` tell by variant, the baseline too, whether its figures can be right. `cautions` are
    reasons to look twice at them; one that is not of every variant says of which it is.
    """

    variants: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    seed: int
    replications: int
    confidence: float
    rights: Mapping[str, tuple[RightChange, ...]] = field(default_factory=dict)
    admissions: Mapping[str, Admissions] = field(default_factory=dict)
    checks: Mapping[str, tuple[StudyCheck, ...]] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()

    def find(self, scope: str, name: str, measure: str) -> ComparisonRow | None:
        """Return the row of a measure, None where no variant has anything of it."""
        wanted = (scope, name, measure)
        return next((row for row in self.rows if row[:3] == wanted), None)

    def frame(self) -> pd.DataFrame:
        """Return one row a measure and variant: value, and difference with low and high."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only notebooks need it

        return pd.DataFrame(self._records())

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                **dict(zip(ComparisonRow._fields[:4], row[:4], strict=True)),
                "variant": variant,
                "value": value,
                **{f"difference_{key}": part for key, part in difference._asdict().items()},
            }
            for row in self.rows
            for variant, value, difference in zip(
                self.variants,
                row.values,
                (NO_DIFFERENCE, *row.differences),
                strict=True,
            )
        ]


def compare_scenarios(
    scenarios: Sequence[tuple[str, Loaded]],
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> Comparison:
    """Run named scenarios and compare each with the first, on the first's seed and replications.

    Raises:
        EndlessRun, TooManySubmissions: of one of them; the message names it.
        RunInterrupted: Ctrl-C came before all were done.
    """
    run = scenarios[0][1].scenario.run
    studies: list[tuple[str, Study]] = []
    for name, loaded in scenarios:
        with _told_of(name):
            study = run_study(
                loaded,
                seed=run.seed,
                replications=run.most_replications,
                workforce=workforce,
                progress=_after(len(studies), len(scenarios), progress),
            )
        if not study.complete:
            raise RunInterrupted(f"interrupted in {name!r}; nothing can be compared yet")
        studies.append((name, study))
    return comparison(studies)


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Have an error of a run say in which of the scenarios it is."""
    try:
        yield
    except (EndlessRun, TooManySubmissions) as error:
        raise type(error)(f"in {name!r}: {error}") from error


def _after(studies: int, of: int, progress: Progress) -> Progress:
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
        rows=tuple(_rows([study for _, study in studies])),
        seed=first.seed,
        replications=first.replications,
        confidence=first.loaded.scenario.run.confidence,
        rights={name: rights for name, study in studies[1:] if (rights := _rights(first, study))},
        admissions={
            name: changed
            for name, study in studies[1:]
            if (changed := admissions(first, study)) is not None
        },
        checks={name: study.checks for name, study in studies},
        cautions=tuple(_cautions(studies)),
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


def _rows(studies: Sequence[Study]) -> Iterator[ComparisonRow]:
    for scope in scopes_in(studies):
        names = names_in(studies, scope)
        found = list(paired(studies, scope, names))
        for place, name in enumerate(names):
            for measure, unit, intervals in found:
                values = tuple(_value(study, scope, name, measure) for study in studies)
                if not all(map(math.isnan, values)):
                    why = tuple(one.long_run.reason(scope, name, measure) for one in studies)
                    changes = tuple(_changes(why, intervals, place))
                    yield ComparisonRow(scope, name, measure, unit, values, changes, why)


def _changes(
    why: Sequence[str], intervals: Sequence[Intervals], place: int
) -> Iterator[Difference]:
    """Yield each variant's difference to the first; none where either has no long-run value."""
    for reason, each in zip(why[1:], intervals, strict=True):
        yield NO_DIFFERENCE if why[0] or reason else difference_at(each, place)


def _value(study: Study, scope: str, name: str, measure: str) -> float:
    row = study.summary.find(scope, name, measure)
    return math.nan if row is None else row.mean
