"""From a sizing to the values of its report: the answer, its picture, its proof."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from simulator.report import provenance
from simulator.report.doubts import all_warnings, doubts, first_of_all
from simulator.report.page import (
    Column,
    Highlight,
    Notice,
    Phrase,
    ReportPage,
    Section,
    Span,
    Table,
    named,
    named_short,
)
from simulator.report.promises import promise
from simulator.report.rendering.kept_page import keep_page
from simulator.report.running.sections.checks import alarm
from simulator.report.running.sections.choices import choices
from simulator.report.sizing.answer import answer, binding, evidence, unproven
from simulator.report.sizing.binding_words import share
from simulator.report.sizing.pictures import badge, curves, tried_table, verdicts_by_two
from simulator.report.sizing.rows import step_rows, target_rows
from simulator.report.sizing.words import (
    bound_of,
    cost,
    has_costs,
    listed_fleet,
    row_of,
)
from simulator.report.sweeping.naming import short_paths
from simulator.report.wording import (
    NOTHING,
    estimate,
    interval,
    number,
    percent,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.experiments.sizing.keeping import Sized
    from simulator.experiments.sizing.sizing import Sizing

KIND: Final = "Fleet size"
LONGEST: Final = 64
"""Columns a name may take on the first screen."""


def write_sizing_report(sized: Sized, path: Path) -> None:
    """Write a sizing's report; equal sizings give equal bytes.

    Raises:
        OSError: the file cannot be written.
    """
    keep_page(sizing_page(sized), path)


def sizing_page(sized: Sized) -> ReportPage:
    """Return all that a sizing's report says, in the order of reading."""
    sizing, scenario = sized.sizing, sized.written.scenario
    trust = tuple(_trust(sized))
    return ReportPage(
        title=provenance.title(scenario),
        view=(),
        question=provenance.question(scenario),
        answer=answer(sizing),
        highlights=tuple(_highlights(sizing)),
        verdict=_verdict(sizing),
        targets=_targets(sizing),
        trust=first_of_all(trust),
        sections=(
            _fleets(sizing),
            *_steps(sizing),
            *_binding(sizing),
            *all_warnings(trust),
            choices(scenario),
        ),
        provenance=tuple(_provenance(sized)),
        alarm=alarm(sizing.checks),
        kind=KIND,
    )


def _highlights(sizing: Sizing) -> Iterator[Highlight]:
    """Yield the answer, its cost, the figure that decides, and the lower bound."""
    short = ", ".join(short_paths([one.path for one in sizing.quantities]))
    names: Phrase = (named_short(short, LONGEST),)
    found = sizing.of(sizing.answer)
    value = NOTHING if found is None else listed_fleet(found.values)
    yield Highlight("Answer", value, f"of {number(sizing.bound.fleets)} fleets", names)
    if found is not None and has_costs(sizing):
        yield Highlight("Cost", cost(sizing, found.cost), "the cheapest found")
    for one in () if found is None else found.targets[:1]:
        row, about = row_of(one), (named_short(promise(one.target), LONGEST),)
        told = [end for end in (interval(row), bound_of(one.target)) if end != NOTHING]
        yield Highlight("At the answer", estimate(row), ", ".join(told), about)
    if sizing.bound.excluded and sizing.bound.values is not None:
        least = listed_fleet(sizing.bound.values)
        yield Highlight("Least that can keep up", least, "by load alone", names)


def _verdict(sizing: Sizing) -> Phrase:
    if sizing.answer is None:
        return (Span("No fleet", "figure"), " was found that keeps them.")
    every = "it" if len(sizing.targets) == 1 else "all of them"
    return ("The answer keeps ", Span(every, "figure"), ".")


def _targets(sizing: Sizing) -> Table | None:
    """Return how the answer fares by each target."""
    columns = (Column("Target"), Column("Verdict"), Column("Limit", numeric=True))
    rows = tuple(
        (Span(row.target, "name"), badge(row.outcome), row.limit, row.measured)
        for row in target_rows(sizing)
    )
    measured = Column("Measured", numeric=True)
    return Table("Targets at the answer", (*columns, measured), rows) if rows else None


def _trust(sized: Sized) -> Iterator[Notice]:
    """Yield what the answer rests on, what is not proven, and every reason to doubt it."""
    yield Notice(evidence(sized.sizing))
    for phrase in unproven(sized.sizing):
        yield Notice(phrase, is_warning=True)
    yield from doubts(sized.sizing.cautions, sized.warnings)


def _fleets(sizing: Sizing) -> Section:
    title = "The fleets that were tried"
    if len(sizing.quantities) > 1:
        tables = (verdicts_by_two(sizing), tried_table(sizing, folded=True))
        return Section("fleets", title, ((_SEARCH,),), tables=tables)
    figures = curves(sizing)
    if not figures:  # load rules out all of them
        return Section("fleets", title, ((_SEARCH,),), tables=(tried_table(sizing),))
    return Section("fleets", title, ((_SEARCH,),), figures)


_SEARCH: Final = (
    "All fleets had the same jobs, replication by replication. Each was simulated until every "
    "target was met or one missed; every fleet cheaper than the answer was looked at, since with "
    "shared machines more of something can make others wait longer."
)


def _steps(sizing: Sizing) -> tuple[Section, ...]:
    """Return what one more and one less of each quantity would do to the answer."""
    if not sizing.effects:
        return ()
    found = step_rows(sizing)
    steps = accumulate([row.step for row in found], _above)
    has_reasons = any(row.why for row in found)
    columns = (
        Column("Step"),
        Column("Then"),
        *((Column("Cost", numeric=True),) if has_costs(sizing) else ()),
        Column("Target"),
        Column("Difference", numeric=True),
        *((Column("Why"),) if has_reasons else ()),
    )
    rows = tuple(
        (
            Span(step, "name"),  # in each row, since rows are sorted
            "" if row.outcome is None else badge(row.outcome),
            *((row.cost,) if has_costs(sizing) else ()),
            Span(row.target, "name"),
            row.difference,
            *((named(row.why),) if has_reasons else ()),
        )
        for step, row in zip(steps, found, strict=True)
    )
    table = Table("One step from the answer", columns, rows)
    return (Section("steps", "One more or one less", ((_PAIRED,),), tables=(table,)),)


def _above(above: str, step: str) -> str:
    """Return a row's step; one that tells none belongs to that above it."""
    return step or above


_PAIRED: Final = (
    "Differences to the answer, paired replication by replication, with their intervals."
)


def _binding(sizing: Sizing) -> tuple[Section, ...]:
    """Return what keeps jobs waiting where less misses; nothing where no job waits."""
    told = binding(sizing)
    if not told:
        return ()
    columns = (Column("Cause"), Column("Machine"), Column("Held by"), Column("Share", numeric=True))
    rows = tuple(
        (one.cause, named(one.machine), named(one.held_by), share(one)) for one in sizing.binding
    )
    table = Table("What kept the jobs Pending that the targets are about", columns, rows)
    return (Section("binding", "What binds", (told,), tables=(table,)),)


def _provenance(sized: Sized) -> Iterator[tuple[str, str]]:
    sizing, scenario = sized.sizing, sized.written.scenario
    yield "Sizing", sized.name
    yield "Seed", str(sizing.seed)
    yield from ((f"Varied: {visible(one.path)}", _range(one.values)) for one in sizing.quantities)
    yield "Confidence", f"{percent(1 - sizing.error)}, of all tests together"
    yield provenance.starts(scenario)
    yield from provenance.origin(sized.written)
    yield provenance.made_with()


def _range(values: tuple[str, ...]) -> str:
    """Return the values of a quantity: `1 to 40, 40 values`."""
    return f"{values[0]} to {values[-1]}, {number(len(values))} values"
