"""From advice to the values of its report: the answer, its picture, and what to copy."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from simulator.experiments.checks import failed_of
from simulator.report import provenance
from simulator.report.advising.sentences import (
    conclusion,
    ranking_rule,
    sentence,
    standing_text,
)
from simulator.report.advising.words import (
    better_by,
    evidence,
    left_out,
    options_to_copy,
    overall,
    scale_for,
)
from simulator.report.charts import DifferenceGroup, DifferenceRow, Differences
from simulator.report.comparing.words import difference_text
from simulator.report.doubts import all_warnings, doubts, first_of_all
from simulator.report.page import (
    Column,
    Figure,
    Highlight,
    Notice,
    Phrase,
    ReportPage,
    Section,
    Span,
    Table,
    named,
)
from simulator.report.rendering.kept_page import keep_page
from simulator.report.running.sections.checks import alarm
from simulator.report.running.sections.choices import choices
from simulator.report.tables import table
from simulator.report.wording import (
    decimals_of,
    number,
    percent,
    plural,
    quantity,
    scale_of,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.experiments.advising.advice import Advice, FolderChange, Option
    from simulator.report.wording import Scale

KIND: Final = "Advice"
MOST_DRAWN: Final = 8
"""Alternatives in the picture, and folders of each; the table has all."""

_CSV: Final = "advice.csv"
_CLEAR: Final = (
    "A change counts as clear if it is unlikely to be luck, judged among all folders and "
    "alternatives together"
)


def write_advice_report(advice: Advice, path: Path) -> None:
    """Write the report of advice; equal advice gives equal bytes.

    Raises:
        OSError: the file cannot be written.
    """
    keep_page(advice_page(advice), path)


def advice_page(advice: Advice) -> ReportPage:
    """Return all that the report of advice says, in the order of reading."""
    scenario, trust = advice.today.loaded.scenario, tuple(_trust(advice))
    return ReportPage(
        title=provenance.title(scenario),
        view=(),
        question=provenance.question(scenario),
        answer=tuple(_answer(advice)),
        highlights=tuple(_highlights(advice)),
        verdict=(),
        targets=None,
        trust=first_of_all(trust),
        sections=(*_sections(advice), *all_warnings(trust), choices(scenario)),
        provenance=tuple(_provenance(advice)),
        alarm=alarm([check for found in advice.checks.values() for check in found]),
        kind=KIND,
    )


def _answer(advice: Advice) -> Iterator[Phrase]:
    yield (named(conclusion(advice)),)
    if advice.best is not None:
        options = options_to_copy(advice.best.alternative.texts)
        yield ("To apply it: ", Span(visible(options), "code"))


def _highlights(advice: Advice) -> Iterator[Highlight]:
    """Yield what the best alternative does to the folder that gains most, and to the promises."""
    best = advice.best
    if best is None:
        return
    clear = [one for one in best.folders if one.p95.clear]
    gains = sorted(clear, key=lambda one: one.p95.mean)
    for one in gains[:1]:
        about = (named(one.folder),)
        yield Highlight("P95 Pending then", quantity(one.after_s, "s"), _before(one), about)
    for one in gains[1:][-1:]:
        about = (named(one.folder),)
        yield Highlight("P95 Pending then", quantity(one.after_s, "s"), _before(one), about)
    if advice.today.verdicts:
        was = f"today {standing_text(advice.standing)}"
        yield Highlight("Targets not met then", standing_text(best.standing), was)


def _before(one: FolderChange) -> str:
    return f"today {quantity(one.before_s, 's')}"


def _trust(advice: Advice) -> Iterator[Notice]:
    """Yield what the advice rests on, and every reason to doubt it."""
    yield Notice((f"{evidence(advice)}.",))
    confidence = percent(advice.today.loaded.scenario.run.confidence)
    yield Notice((f"{_CLEAR} ({confidence}, Holm's method).",))
    every = [check for found in advice.checks.values() for check in found]
    if every and not failed_of(every):
        yield Notice((f"{plural(len(every), 'self-check')} hold.",))
    for more in filter(None, [left_out(advice)]):
        yield Notice((f"{more}.",))
    yield from doubts(advice.cautions, advice.today.loaded.warnings)


def _sections(advice: Advice) -> Iterator[Section]:
    if advice.options:
        yield _ranked(advice)
        yield _folders(advice)
        yield _copied(advice)
    if advice.not_tried:
        yield _not_tried(advice)


def _ranked(advice: Advice) -> Section:
    """Return the alternatives with what they are ranked by."""
    scale = scale_for(advice.options)
    columns = (
        Column("Alternative"),
        Column("Targets not met", numeric=True),
        Column(f"Change of P95, {scale.unit}", numeric=True),
        Column("Better than today"),
    )
    rows = [
        (
            named(f"{rank}. {one.alternative.words}"),
            standing_text(one.standing),
            overall(one.standing.change, scale),
            Span(f"✓ {why}", "met") if (why := better_by(one, advice)) else "",
        )
        for rank, one in enumerate(advice.options, start=1)
    ]
    listed = table("Alternatives, the best first", columns, rows, held_in=_CSV)
    today = f"Today {standing_text(advice.standing)} targets are not met. "
    return Section("ranking", "The ranking", ((today, ranking_rule()),), tables=(listed,))


def _folders(advice: Advice) -> Section:
    """Return who gains and who pays: a sentence an alternative, the picture, the figures."""
    single = advice.today.replications == 1
    told = tuple(
        (named(f"{rank}. {sentence(one, single=single)}"),)
        for rank, one in enumerate(advice.options[:MOST_DRAWN], start=1)
    )
    return Section("folders", "Who gains, who pays", told, (_figure(advice),))


def _figure(advice: Advice) -> Figure:
    scale = _folder_scale(advice)
    drawn = advice.options[:MOST_DRAWN]
    chart = Differences(
        key="advice",
        title="Change of P95 Pending by folder",
        description="What each alternative adds to each folder's P95 Pending, with intervals; "
        "left of zero is less.",
        axis=f"change of P95 Pending, {scale.unit}",
        groups=tuple(
            DifferenceGroup(
                visible(f"{rank}. {one.alternative.words}"),
                tuple(_drawn(each, scale) for each in _most_changed(one)),
            )
            for rank, one in enumerate(drawn, start=1)
        ),
    )
    is_all = len(drawn) == len(advice.options)
    note = "" if is_all else f"Drawn are the first {MOST_DRAWN} alternatives; the table has all."
    return Figure(chart, _table(advice, scale), note)


def _folder_scale(advice: Advice) -> Scale:
    """Return the unit of all changes; one long wait should not turn minutes into 0.1 h."""
    every = (abs(each.p95.mean) for one in advice.options for each in one.folders)
    return scale_of("s", median([value for value in every if value > 0] or [0.0]))


def _most_changed(option: Option) -> list[FolderChange]:
    """Return the folders that change most, in the order of the file."""
    by_size = sorted(option.folders, key=lambda one: -abs(one.p95.mean))[:MOST_DRAWN]
    return [one for one in option.folders if one in by_size]


def _drawn(one: FolderChange, scale: Scale) -> DifferenceRow:
    value, low, high = (end / scale.divisor for end in one.p95[:3])
    text = f"{value:+z,.1f}" if math.isfinite(value) else "without end" if one.why else ""
    return DifferenceRow(visible(one.folder), value, low, high, text, one.p95.clear)


def _table(advice: Advice, scale: Scale) -> Table:
    columns = (
        Column("Alternative"),
        Column("Folder"),
        Column("Jobs", numeric=True),
        Column("P95 today", numeric=True),
        Column("P95 then", numeric=True),
        Column(f"P95, change in {scale.unit}", numeric=True),
        Column(f"Mean, change in {scale.unit}", numeric=True),
    )
    rows = [
        (
            named(one.alternative.words),
            named(each.folder),
            number(each.jobs),
            quantity(each.before_s, "s"),
            quantity(each.after_s, "s"),
            difference_text(each.p95, scale, _decimals(each.p95.mean, scale)),
            difference_text(each.mean, scale, _decimals(each.mean.mean, scale)),
        )
        for one in advice.options
        for each in one.folders
    ]
    return table("What each alternative does to each folder", columns, rows, held_in=_CSV)


def _decimals(value: float, scale: Scale) -> int:
    return decimals_of(value / scale.divisor)


def _copied(advice: Advice) -> Section:
    """Return the options that apply each alternative."""
    rows = [
        (
            named(one.alternative.words),
            Span(visible(options_to_copy(one.alternative.texts)), "code"),
        )
        for one in advice.options
    ]
    columns = (Column("Alternative"), Column("Options to copy"))
    listed = table("Options of simulator run", columns, rows, held_in="advice.json")
    lead = (
        "Each alternative is an edit of the scenario: these options apply it to a run, and the "
        "same paths and values stand in a variant."
    )
    return Section("apply", "How to apply them", ((lead,),), tables=(listed,))


def _not_tried(advice: Advice) -> Section:
    columns = (Column("Alternative"), Column("Why it was not tried"))
    rows = [(named(one.words), named(one.reason)) for one in advice.not_tried]
    listed = table("What could not be tried", columns, rows, held_in="advice.json")
    return Section("not-tried", "What could not be tried", (), tables=(listed,))


def _provenance(advice: Advice) -> Iterator[tuple[str, str]]:
    loaded = advice.today.loaded
    yield "Advice", advice.name
    yield "Seed", str(advice.today.seed)
    yield "Replications", number(advice.today.replications)
    yield "Triggers moved by", f"at most {quantity(advice.window_s, 's')}"
    yield provenance.starts(loaded.scenario)
    yield "Observed", quantity(advice.today.legend.window.length_s, "s")
    yield from provenance.origin(loaded)
    yield provenance.made_with()
