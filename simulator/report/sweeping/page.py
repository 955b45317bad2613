"""From a sweep to the values of its report: where targets are met, the pictures, every point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.sweeping.sweep import TENANT, USE, WAITS
from simulator.model.figure_names import measure_name
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
    Text,
    named,
    named_short,
)
from simulator.report.rendering.kept_page import keep_page
from simulator.report.running.headline import SIGNS
from simulator.report.running.sections.checks import alarm_of
from simulator.report.running.sections.choices import choices
from simulator.report.sweeping.naming import conclusion, evidence, figure_of, short_paths, whose
from simulator.report.sweeping.pictures import MOST_ROWS, figures_of, left_out
from simulator.report.wording import (
    estimate,
    interval,
    number,
    percent,
    plural,
    quantity,
    visible,
    with_interval,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.experiments.sweeping.points import Key, SweptPoint
    from simulator.experiments.sweeping.sweep import Sweep

KIND: Final = "Sweep"

_DESIGNS: Final = {
    "grid": "all combinations",
    "latin": "a Latin hypercube",
    "sobol": "a scrambled Sobol\N{RIGHT SINGLE QUOTATION MARK} sequence",
}


def write_sweep_report(sweep: Sweep, path: Path) -> None:
    """Write a sweep's report; equal sweeps give equal bytes.

    Raises:
        OSError: the file cannot be written.
    """
    keep_page(sweep_page(sweep), path)


def sweep_page(sweep: Sweep) -> ReportPage:
    """Return all that a sweep's report says, in the order of reading."""
    scenario, trust = sweep.written.scenario, tuple(_trust(sweep))
    return ReportPage(
        title=provenance.title(scenario),
        view=(),
        question=provenance.question(scenario),
        answer=((conclusion(sweep),),),
        highlights=tuple(_highlights(sweep)),
        verdict=_verdict(sweep),
        targets=None,
        trust=first_of_all(trust),
        sections=(_pictures(sweep), _points(sweep), *all_warnings(trust), choices(scenario)),
        provenance=tuple(_provenance(sweep)),
        alarm=alarm_of(sweep.failures()),
        kind=KIND,
    )


def _highlights(sweep: Sweep) -> Iterator[Highlight]:
    """Yield at how many points all is met, and the first of the best with its main figures."""
    if sweep.has_targets:
        met, many = len(sweep.meeting_all()), len(sweep.points)
        yield Highlight("All targets met", number(met), f"of {plural(many, 'point')}")
    for point in sweep.best()[:1]:
        place = f"of {plural(len(sweep.points), 'point')}"
        about: Phrase = (named_short(sweep.design.told(point.values)),)
        yield Highlight("First of the best", f"point {number(point.number)}", place, about)
        for key in _main(sweep):
            row = point.find(*key)
            subject: Phrase = (named(whose(*key[:2])),)
            title = f"{measure_name(key[2])} there"
            yield Highlight(title, estimate(row), interval(row), subject)


def _main(sweep: Sweep) -> tuple[Key, ...]:
    """Return the figures that stand beside the best point."""
    return (*sweep.looked.places[0], WAITS[1]), (*TENANT, USE)


def _verdict(sweep: Sweep) -> Phrase:
    if not sweep.has_targets:
        return ("The scenario sets no target.",)
    met = number(len(sweep.meeting_all()))
    many = plural(len(sweep.points), "point")
    return ("All targets are met at ", Span(met, "figure"), f" of {many}.")


def _trust(sweep: Sweep) -> Iterator[Notice]:
    """Yield what the figures rest on, and every reason to doubt them."""
    window = sweep.written.scenario.time
    observed = f"Each point is {quantity(window.duration, 's')} long"
    yield Notice((f"{evidence(sweep)} {observed}; all have the same random numbers.",))
    if sweep.failures():
        yield Notice((f"{len(sweep.failures()):,} self-checks fail.",), is_warning=True)
    yield from doubts(sweep.cautions(), sweep.warnings)


def _pictures(sweep: Sweep) -> Section:
    lead = "Lines have the intervals of their points; a dashed line across is a limit."
    return Section("curves", "What it changes", ((lead,),), figures_of(sweep))


def _points(sweep: Sweep) -> Section:
    """Return every point with its targets and main figures."""
    keys = [(*at, wait) for at in sweep.looked.places for wait in WAITS] + [(*TENANT, USE)]
    columns = (
        Column("Point", numeric=True),
        *map(Column, short_paths(sweep.design.paths)),
        *((Column("Targets met"),) if sweep.has_targets else ()),
        Column("Replications", numeric=True),
        *(Column(figure_of(key), numeric=True) for key in keys),
    )
    shown = sweep.points[:MOST_ROWS]
    rows = tuple(_row(sweep, point, keys) for point in shown)
    table = Table("Every point", columns, rows, left_out(sweep), folded=True)
    lead = "sweep.csv has every figure of every point, and sweep.json the targets one by one."
    return Section("points", "The points", ((lead,),), tables=(table,))


def _row(sweep: Sweep, point: SweptPoint, keys: list[Key]) -> tuple[Text, ...]:
    return (
        number(point.number),
        *(Span(visible(value), "name") for value in point.values),
        *((_met(point),) if sweep.has_targets else ()),
        number(point.replications),
        *(with_interval(point.find(*key)) for key in keys),
    )


def _met(point: SweptPoint) -> Text:
    told = f"{point.met} of {len(point.targets)}"
    return Span(f"{SIGNS['met']} {told}", "met") if point.meets_all else told


def _provenance(sweep: Sweep) -> Iterator[tuple[str, str]]:
    many = plural(len(sweep.points), "point")
    yield "Sweep", sweep.name
    yield "Design", f"{_DESIGNS[sweep.design.kind]}, {many}"
    for place, path in enumerate(sweep.design.paths):
        yield f"Varied: {visible(path)}", _values([one[place] for one in sweep.design.points])
    yield "Seed", str(sweep.seed)
    yield "Confidence", percent(sweep.confidence)
    yield provenance.starts(sweep.written.scenario)
    yield from provenance.origin(sweep.written, "Scenario as written")
    yield provenance.made_with()


_FEW: Final = 8


def _values(values: list[str]) -> str:
    """Return the values of a quantity, or how many there are if those are many."""
    each = list(dict.fromkeys(map(visible, values)))
    return ", ".join(each) if len(each) <= _FEW else f"{plural(len(each), 'value')}"
