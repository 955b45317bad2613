"""A comparison as a page: what each variant comes to, first in words, then in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.checks import failed_of, failure
from simulator.model.measures import MEASURES
from simulator.report import provenance
from simulator.report.comparing.console import COMPARED, shown
from simulator.report.comparing.pictures import Subject, plot, table
from simulator.report.comparing.sentences import evidence, sentences
from simulator.report.comparing.targets import targets_on_page
from simulator.report.doubts import all_warnings, first_of_all
from simulator.report.page import Notice, Phrase, ReportPage, Section, named
from simulator.report.rendering.kept_page import keep_page
from simulator.report.running.sections.checks import alarm_of
from simulator.report.running.sections.checks import verdict as verdict_of
from simulator.report.wording import number, percent, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.experiments.comparing.compare import Comparison

_WAITS: Final = (
    Subject("pending-mean", "Mean Pending by folder", "folder", "pending.mean"),
    Subject("pending-p95", "P95 Pending by folder", "folder", "pending.p95"),
)
_MACHINES: Final = (
    Subject("utilisation", "Utilisation by machine", "machine", "slots.utilisation"),
)
_PLOTTED: Final = {(one.scope, one.measure) for one in (*_WAITS, *_MACHINES)}
_HOW_JUDGED: Final = (
    "A mark is a difference to the first scenario, replication by replication on the same random "
    "numbers, and its line the interval. Clear is what stays so when all names and variants of one "
    "measure are judged together, by Holm's method."
)


def write_comparison(comparison: Comparison, path: Path) -> None:
    """Write a comparison's report; equal comparisons give equal bytes.

    Raises:
        OSError: the file cannot be written.
    """
    keep_page(comparison_page(comparison), path)


def comparison_page(comparison: Comparison) -> ReportPage:
    """Return all that a comparison's report says, in the order of reading."""
    first = comparison.scenarios[comparison.variants[0]].scenario
    trust = tuple(_trust(comparison))
    return ReportPage(
        title=provenance.title(first),
        view=(),
        question=provenance.question(first),
        answer=tuple((named(told),) for told in sentences(comparison)),
        highlights=(),
        verdict=_verdict(comparison),
        targets=targets_on_page(comparison),
        trust=first_of_all(trust),
        sections=(*_sections(comparison), *all_warnings(trust)),
        provenance=tuple(_provenance(comparison)),
        alarm=_alarm(comparison),
        kind="Comparison",
    )


def _verdict(comparison: Comparison) -> Phrase:
    """Return how many targets each variant meets."""
    counts = [
        (name, sum(one.outcome == "met" for one in found), len(found))
        for name, found in comparison.targets.items()
        if found
    ]
    if not counts:
        return ("The scenario sets no target.",)
    parts = [part for name, met, of in counts for part in (named(name), f" {met} of {of}, ")]
    return ("Met: ", *parts[:-1], str(parts[-1]).removesuffix(", "), ".")


def _trust(comparison: Comparison) -> Iterator[Notice]:
    """Yield what the figures rest on, and every reason to doubt them."""
    many = plural(comparison.replications, "replication")
    differences = f"differences are to {comparison.variants[0]}{evidence(comparison)}"
    yield Notice((f"{many} of each, on the same random numbers; ", named(f"{differences}.")))
    told: dict[str, list[str]] = {}
    for name, found in comparison.checks.items():
        if found:
            told.setdefault(verdict_of(found), []).append(name)
    for verdict, names in told.items():
        where = "Of each: " if len(names) == len(comparison.checks) else f"{', '.join(names)}: "
        is_warning = any(failed_of(comparison.checks[name]) for name in names)
        yield Notice((named(where), verdict), is_warning=is_warning)
    for caution in comparison.cautions:
        yield Notice((named(f"{caution}."),), is_warning=True)


def _alarm(comparison: Comparison) -> tuple[Phrase, ...]:
    """Return what has to stand above everything else: which checks failed; nothing if none did."""
    return alarm_of(
        [
            f"{name}: {failure(check)}"
            for name, found in comparison.checks.items()
            for check in failed_of(found)
        ]
    )


def _sections(comparison: Comparison) -> Iterator[Section]:
    for key, title, subjects in (
        ("waits", "How long jobs stay Pending", _WAITS),
        ("machines", "How busy machines are", _MACHINES),
    ):
        figures = (plot(comparison, subject) for subject in subjects)
        found = tuple(figure for figure in figures if figure is not None)
        if found:
            yield Section(key, title, ((_HOW_JUDGED,),), found)
    tables = tuple(
        table(comparison, title, rows, folded=True)
        for title, scope, measure in COMPARED
        if (scope, measure) not in _PLOTTED and (rows := shown(comparison, scope, measure))
    )
    if tables:
        lead = f"All of {plural(len(MEASURES), 'measure')} of all scopes stand in comparison.csv."
        yield Section("more", "What else was compared", ((lead,),), tables=tables)


def _provenance(comparison: Comparison) -> Iterator[tuple[str, str]]:
    yield "Seed", str(comparison.seed)
    yield "Replications", f"{number(comparison.replications)} of each"
    yield "Confidence", percent(comparison.confidence)
    every = comparison.scenarios.items()
    rows = (row for name, loaded in every for row in provenance.origin(loaded, visible(name)))
    yield from dict.fromkeys(rows)  # variants of a file have the same data files
    yield provenance.made_with()
