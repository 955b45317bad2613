"""The first screen: the answer in two sentences, its figures, the targets, how far to trust it."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

from simulator.model.measures import BY_NAME
from simulator.report.page import Column, Highlight, Notice, Phrase, Span, Table, Text, named
from simulator.report.running.long_run import waits_without_mean
from simulator.report.running.ranking import expired, names_in, never_done, never_started, ranked
from simulator.report.running.replications import why_so_many
from simulator.report.running.sections import checks
from simulator.report.running.sections.resumed import resumed_answer
from simulator.report.running.view import COVERS, LABEL, held_outside, left_out, whose
from simulator.report.wording import (
    NOTHING_TO_MEASURE,
    estimate,
    number,
    percent,
    plural,
    quantity,
    shortened,
    visible,
    with_interval,
)
from simulator.report.wording import interval as interval_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.errors import Issue
    from simulator.experiments.study import Study
    from simulator.experiments.verdicts import Outcome, Verdict
    from simulator.measurement import SummaryRow
    from simulator.model.targets import Target

LONGEST_NAME: Final = 48
"""Columns a name may take on the first screen; the tables have all of it."""

TENANT: Final = ("tenant", "")
SIGNS: Final = {"met": "✓", "missed": "✗", "undecided": "?"}
"""What stands before a verdict, so that its colour is not all that tells it."""


def view(study: Study) -> Phrase:
    """Return whose view the report is; nothing where it tells of all there is."""
    return () if study.viewer is None else (named(whose(study.viewer)), " ", COVERS)


def answer(study: Study) -> tuple[Phrase, ...]:
    """Return the answer: how long jobs wait, where the longest, how full, how often refused.

    Where jobs were Suspended, how long they waited then; where there are queues, what of their
    items was late or never done.
    """
    return (
        _waits(study),
        *resumed_answer(study.summary),
        *_items(study),
        _fleet_and_refusals(study),
        *_outside(study),
    )


def _waits(study: Study) -> Phrase:
    mean = study.summary.find(*TENANT, "pending.mean")
    p95 = study.summary.find(*TENANT, "pending.p95")
    if mean is None or math.isnan(mean.mean):
        return waits_without_mean(study) or _nothing_started(study)
    phrase = (
        "Jobs stayed Pending ",
        _figure(with_interval(mean)),
        " on average, and one in twenty of them longer than ",
        _figure(with_interval(p95)),
    )
    return (*phrase, *_longest_waiting(study), ".")


def _nothing_started(study: Study) -> Phrase:
    left = never_started(study.summary, *TENANT) + expired(study.summary, *TENANT)
    if not left:
        return ("No job started in the observed window, so there is no wait to tell of.",)
    return (
        "No job started, although ",
        _figure(number(left)),
        " a replication were submitted and not refused: they never started, and have no wait.",
    )


def _longest_waiting(study: Study) -> Phrase:
    folders = ranked(study.summary, "folder", "pending.mean")
    if len(folders) < 2 or not folders[0].mean > 0:  # noqa: PLR2004 - one folder is no comparison
        return ()
    first = folders[0]
    return ("; those of ", _short(first.name), " waited longest, ", _figure(with_interval(first)))


def _items(study: Study) -> Iterator[Phrase]:
    """Yield which queue's items were late most often, and how many items were never done."""
    for worst in ranked(study.summary, "queue", "items.late_share")[:1]:
        if worst.mean > 0:
            share = _figure(with_interval(worst))
            yield "Of the items of ", _short(worst.name), " with a deadline, ", share, " were late."
    left = {queue: never_done(study.summary, queue) for queue in names_in(study.summary, "queue")}
    most = max(left, key=lambda queue: left[queue], default="")
    if left and left[most]:
        count = _figure(number(math.fsum(left.values())))
        part = "most" if sum(map(bool, left.values())) > 1 else "all"
        yield count, f" items a replication were never done, {part} of them of ", _short(most), "."


def _fleet_and_refusals(study: Study) -> Phrase:
    machines = ranked(study.summary, "machine", "slots.utilisation")
    if not machines:
        return ("No machine was connected; ", *_refused(study), ".")
    busiest = machines[0]
    return (
        "The busiest machine, ",
        _short(busiest.name),
        ", had ",
        _figure(with_interval(busiest)),
        " of its slot time in use, and ",
        *_refused(study),
        ".",
    )


def _outside(study: Study) -> tuple[Phrase, ...]:
    row = held_outside(study)
    if row is None:
        return ()
    held = " of the slot time of the machines that serve them."
    return (("Jobs outside these folders held ", _figure(with_interval(row)), held),)


def _refused(study: Study) -> Phrase:
    refused = study.summary.find(*TENANT, "jobs.refused")
    share = study.summary.find(*TENANT, "jobs.refused_share")
    if refused is None or not refused.mean > 0:
        return (_figure("no submission"), " was refused")
    return (_figure(with_interval(share)), " of all submissions were refused")


def _short(name: str) -> Span:
    return named(shortened(visible(name), LONGEST_NAME))


def _figure(text: str) -> Span:
    return Span(text, "figure")


def highlights(study: Study) -> tuple[Highlight, ...]:
    """Return the four figures to remember, each with its interval."""
    find = study.summary.find
    machines = ranked(study.summary, "machine", "slots.utilisation")
    busiest, outside = machines[:1], held_outside(study)
    return (
        _highlight("Pending, on average", find(*TENANT, "pending.mean")),
        _highlight("Pending, 95th percentile", find(*TENANT, "pending.p95")),
        *(_highlight("Busiest machine", row, (_short(row.name),)) for row in busiest),
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
    found = _figure(", ".join(parts))
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
        _VERDICTS_MEAN
        if all(one.has_data or one.why for one in study.verdicts)
        else _SOME_WITHOUT_DATA,
    )


_VERDICTS_MEAN: Final = (
    "Met: the whole interval keeps the limit. Missed: none of it does. Undecided: the limit lies "
    "within it; more replications may settle it."
)
_SOME_WITHOUT_DATA: Final = (
    f"{_VERDICTS_MEAN} Where it says \N{LEFT DOUBLE QUOTATION MARK}{NOTHING_TO_MEASURE}"
    "\N{RIGHT DOUBLE QUOTATION MARK}, nothing happened that the target is about, such as a job "
    "that starts: more replications will hardly settle it."
)


def _target_row(one: Verdict) -> tuple[Text, ...]:
    return (
        Span(subject(one.target), "name"),
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


def subject(target: Target) -> str:
    """Return what a target is about: `pending.p95 of folder HR`."""
    scope, name = target.scope
    if not name:
        return f"{target.row} of the tenant"
    with_subfolders = " with its subfolders" if target.with_subfolders else ""
    return f"{target.row} of {scope.removesuffix('+')} {visible(name)}{with_subfolders}"


def limit(target: Target) -> str:
    """Return a target's limit in words: `at most 10 min`."""
    bound = "at least" if target.at_most is None else "at most"
    return f"{bound} {quantity(target.limit, BY_NAME[target.measure].unit)}"


def trust(study: Study) -> tuple[Notice, ...]:
    """Return what the figures rest on, and every reason to doubt them."""
    return (
        _evidence(study),
        *checks.notices(study),
        *_interrupted(study),
        *_without_a_start(study),
        *doubts(study.cautions, study.loaded.warnings),
    )


def doubts(cautions: Iterable[str], warnings: Iterable[Issue]) -> Iterator[Notice]:
    """Yield every reason to doubt figures, then what looks doubtful in the scenario."""
    for caution in cautions:
        yield Notice((named(f"{caution}."),), is_warning=True)
    for issue in warnings:
        yield Notice(issue_told(issue), is_warning=True)


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
    left = {
        "withdrawn while Pending (Expired)": expired(study.summary, *TENANT),
        "submitted and not refused, never started": never_started(study.summary, *TENANT),
    }
    for what, jobs in left.items():
        if jobs:
            text = f"{number(jobs)} jobs a replication, {what}; waits are of the others."
            yield Notice((text,), is_warning=True)


def _interrupted(study: Study) -> Iterator[Notice]:
    if not study.complete:
        text = "The run was interrupted: these are the replications finished by then."
        yield Notice((text,), is_warning=True)


def issue_told(issue: Issue) -> Phrase:
    """Return a warning of the scenario: the line and the thing it is about, what, what to do."""
    line = f"line {issue.position.line}" if issue.position else ""
    thing = ".".join(map(str, issue.path))
    place = ", ".join(part for part in (line, thing) if part)
    hint = f" ({issue.hint})" if issue.hint else ""
    return (named(f"{place}: {issue.message}{hint}" if place else f"{issue.message}{hint}"),)
