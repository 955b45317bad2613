"""The first screen below the answer: its figures, the targets, how far to trust it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from simulator.report.doubts import doubts
from simulator.report.page import (
    Column,
    Highlight,
    Notice,
    Phrase,
    Span,
    Table,
    Text,
    named,
    named_short,
)
from simulator.report.promises import limit, promise
from simulator.report.running.answer import TENANT
from simulator.report.running.long_run import waits_without_mean
from simulator.report.running.ranking import expired, never_started, ranked
from simulator.report.running.replications import why_so_many
from simulator.report.running.sections import checks
from simulator.report.running.view import COVERS, LABEL, held_outside, left_out, whose
from simulator.report.wording import (
    NOTHING_TO_MEASURE,
    count,
    estimate,
    percent,
    plural,
    quantity,
)
from simulator.report.wording import interval as interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.study import Study
    from simulator.experiments.verdicts import Outcome, Verdict
    from simulator.measurement import SummaryRow

SIGNS: Final = {"met": "✓", "missed": "✗", "undecided": "?"}
"""What stands before a verdict, so that its colour is not all that tells it."""


def view(study: Study) -> Phrase:
    """Return whose view the report is; nothing where it tells of all there is."""
    return () if study.viewer is None else (named(whose(study.viewer)), " ", COVERS)


def highlights(study: Study) -> tuple[Highlight, ...]:
    """Return the four figures to remember, each with its interval."""
    find = study.summary.find
    machines = ranked(study.summary, "machine", "slots.utilisation")
    busiest, outside = machines[:1], held_outside(study)
    return (
        _highlight("Pending, on average", find(*TENANT, "pending.mean")),
        _highlight("One in twenty waits longer than", find(*TENANT, "pending.p95")),
        *(_highlight("Busiest machine", row, (named_short(row.name),)) for row in busiest),
        *(() if outside is None else (_highlight(LABEL, outside),)),
        _highlight("Refused, of all submissions", find(*TENANT, "jobs.refused_share")),
    )


def _highlight(title: str, row: SummaryRow | None, about: Phrase = ()) -> Highlight:
    return Highlight(title, estimate(row), interval_of(row), about)


def verdict(study: Study) -> Phrase:
    """Return how many targets are met, missed and undecided."""
    others = left_out(study)
    if not study.verdicts:
        return (others or "The scenario sets no target.",)
    counts = Counter[str](one.outcome for one in study.verdicts)
    parts = [f"{counts[outcome]} {outcome}" for outcome in SIGNS if counts[outcome]]
    found = Span(", ".join(parts), "figure")
    return (f"{plural(len(study.verdicts), 'target')}: ", found, f". {others}".rstrip())


def targets(study: Study) -> Table | None:
    """Return the targets with their verdicts, or None where the scenario sets none."""
    if not study.verdicts:
        return None
    return Table(
        "Targets, and whether they are kept",
        (
            Column("Target"),
            Column("Verdict"),
            Column("Limit", numeric=True),
            Column("Measured", numeric=True),
            Column("Interval", numeric=True),
        ),
        tuple(map(_target_row, study.verdicts)),
        _verdicts_mean(study),
    )


def _verdicts_mean(study: Study) -> str:
    without = not all(one.has_data or one.why for one in study.verdicts)
    told = _OF_ONE_FIGURE if study.replications == 1 else _VERDICTS_MEAN
    return f"{told} {_WITHOUT_DATA}" if without else told


_VERDICTS_MEAN: Final = (
    "Met: the whole interval keeps the limit. Missed: none of it does. Undecided: the limit lies "
    "within it; more replications may settle it."
)
_OF_ONE_FIGURE: Final = (
    "A single replication has no interval, so the figure alone decides; another may decide "
    "otherwise."
)
_WITHOUT_DATA: Final = (
    f"Where it says \N{LEFT DOUBLE QUOTATION MARK}{NOTHING_TO_MEASURE}"
    "\N{RIGHT DOUBLE QUOTATION MARK}, nothing happened that the target is about, such as a job "
    "that starts: more replications will hardly settle it."
)


def _target_row(one: Verdict) -> tuple[Text, ...]:
    return (
        Span(promise(one.target), "name"),
        Span(verdict_text(one.outcome), one.outcome),
        limit(one.target),
        estimate(one.row) if one.has_data else _without_data(one),
        interval_of(one.row),
    )


def _without_data(one: Verdict) -> Text:
    return named(f"no long-run value: {one.why}") if one.why else NOTHING_TO_MEASURE


def verdict_text(outcome: Outcome) -> str:
    """Return a verdict with its sign, so that no colour has to tell it."""
    return f"{SIGNS[outcome]} {outcome}"


def trust(study: Study) -> tuple[Notice, ...]:
    """Return what the figures rest on, and every reason to doubt them."""
    return (
        _evidence(study),
        *checks.notices(study),
        *_interrupted(study),
        *_without_a_start(study),
        *doubts(study.cautions, study.loaded.warnings),
    )


def _evidence(study: Study) -> Notice:
    window = study.legend.window
    warm_up = (
        f"after {quantity(window.from_s, 's')} of warm-up that is not measured{_found(study)}"
        if window.from_s > 0
        else "without a warm-up: the estate starts empty"
    )
    return Notice(
        (
            f"{plural(study.replications, 'replication')} of {quantity(window.length_s, 's')}, ",
            f"{warm_up}.",
            *why_so_many(study),
            _intervals(study),
        )
    )


def _found(study: Study) -> str:
    """Return that the length of the warm-up was found, where it was."""
    return "" if study.warm_up is None else ", as long as it takes to settle"


def _intervals(study: Study) -> str:
    """Return what the intervals are, empty where a single replication gives none."""
    if study.replications == 1:
        return ""
    confidence = percent(study.loaded.scenario.run.confidence)
    return f" Intervals are {confidence} intervals across replications."


def _without_a_start(study: Study) -> Iterator[Notice]:
    """Yield how many jobs no wait tells of; where that is all of them, the answer says it."""
    if not ranked(study.summary, "tenant", "pending.mean") and not waits_without_mean(study):
        return
    gone = expired(study.summary, *TENANT)
    if gone:
        told = f"{count(gone)} jobs a replication expired while Pending, and waits tell only of "
        yield Notice((told, "the others: read them beside the column Expired."), is_warning=True)
    left = never_started(study.summary, *TENANT)
    if left:
        told = f"{count(left)} jobs a replication never started, and waits tell only of the "
        what = "others: see what Pending jobs waited for, or run longer if they were only late."
        yield Notice((told, what), is_warning=True)


def _interrupted(study: Study) -> Iterator[Notice]:
    if not study.complete:
        text = (
            "The run was interrupted: these are the replications finished by then; run it again "
            "for all of them."
        )
        yield Notice((text,), is_warning=True)
