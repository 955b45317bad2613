"""A run's answer in two sentences: how the targets fare, or how long jobs wait; how full it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.page import Phrase, Span, named_short
from simulator.report.promises import sentences
from simulator.report.running.long_run import waits_without_mean
from simulator.report.running.ranking import expired, names_in, never_done, never_started, ranked
from simulator.report.running.sections.resumed import resumed_answer
from simulator.report.running.view import held_outside
from simulator.report.wording import count, number, with_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.study import Study
    from simulator.experiments.verdicts import Outcome, Verdict
    from simulator.measurement import SummaryRow

MOST_TARGETS: Final = 2
"""Targets that a sentence tells of; the table has all."""

ALIKE: Final = 1.1
"""Mean waits of folders that differ by less than this factor from that of all are told as alike."""

TENANT: Final = ("tenant", "")


def answer(study: Study) -> tuple[Phrase, ...]:
    """Return the answer: how the targets fare, how long jobs wait, how full it is, who is refused.

    Where jobs of some folder never start, that. Where jobs were Suspended, how long they waited
    then; where there are queues, what of their items was late or never done.
    """
    lost = tuple(_never_started(study))
    told = (*resumed_answer(study.summary), *_items(study))
    targets = tuple(_targets(study))
    waits, fleet = _waits(study, is_first=not targets), _fleet_and_refusals(study)
    if targets:
        return (*targets, *lost, (*waits, "; ", *fleet, "."), *told, *_outside(study))
    return ((*waits, "."), *lost, *told, (*_capitalised(fleet), "."), *_outside(study))


def _targets(study: Study) -> Iterator[Phrase]:
    """Yield how many targets are missed, or undecided, or that all are met; with the first ones.

    Those that are missed come before all others.
    """
    found, shown = _worst(study.verdicts), _told(study)
    if not found:
        return
    outcome = found[0].outcome
    may_settle = outcome == "undecided" and all(one.has_data for one in shown)
    more = "; more replications may settle it" if may_settle else ""
    head = _how_many(len(found), len(study.verdicts), outcome)
    yield (*head, ": ", *sentences(shown), f"{more}.")


def _told(study: Study) -> list[Verdict]:
    """Return the targets that the first sentence tells of."""
    found = _worst(study.verdicts)
    return found[: 1 if found and found[0].outcome == "met" else MOST_TARGETS]


def _worst(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the targets that are missed; without any the undecided ones, else all."""
    for outcome in ("missed", "undecided"):
        found = [one for one in verdicts if one.outcome == outcome]
        if found:
            return found
    return list(verdicts)


def _how_many(count: int, of: int, outcome: Outcome) -> Phrase:
    if of == 1:
        return ("The target is ", _figure(outcome))
    if count == of:
        every = "Both" if of == 2 else f"All {number(of)}"  # noqa: PLR2004 - two are both
        return (f"{every} targets are ", _figure(outcome))
    are = "is" if count == 1 else "are"
    return (f"{number(count)} of {number(of)} targets {are} ", _figure(outcome))


def _waits(study: Study, *, is_first: bool) -> Phrase:
    """Return how long jobs wait, all of them and where the longest.

    The one in twenty that wait longest are told of if it is the first sentence; after targets, the
    figures below tell.
    """
    mean = study.summary.find(*TENANT, "pending.mean")
    if mean is None or math.isnan(mean.mean):
        return _growing(study, is_first=is_first) or _nothing_started(study)
    if mean.mean == 0 and never_started(study.summary, *TENANT):
        return ("The jobs that started did so at once",)
    if mean.mean == 0:
        return ("No job waited: each of them started at once",)
    every = "All jobs together" if study.viewer is None else "All jobs in sight"
    all_jobs = "Jobs" if is_first else every
    told: Phrase = (f"{all_jobs} stayed Pending ", _figure(with_interval(mean)), " on average")
    longest = _one_in_twenty(study.summary.find(*TENANT, "pending.p95")) if is_first else ()
    return (*told, *longest, *_longest_waiting(study, mean))


def _growing(study: Study, *, is_first: bool) -> Phrase:
    """Return that waits grow, and why if no target has told that; nothing where they do not."""
    told = waits_without_mean(study)
    if is_first or not any(one.why for one in _told(study)):
        return told
    return ("These waits grow for as long as one looks",) if told else ()


def _one_in_twenty(p95: SummaryRow | None) -> Phrase:
    if p95 is None or math.isnan(p95.mean):
        return ()
    if p95.mean == 0:
        return (", although more than nineteen in twenty started at once",)
    return (", and one in twenty of them longer than ", _figure(with_interval(p95)))


def _nothing_started(study: Study) -> Phrase:
    left = never_started(study.summary, *TENANT) + expired(study.summary, *TENANT)
    if left:
        return (
            "No job started, although ",
            _figure(count(left)),
            " a replication were submitted and not refused: they never started, and have no wait",
        )
    refused = study.summary.find(*TENANT, "jobs.refused")
    if refused is not None and refused.mean > 0:
        return ("Every submission was refused, so no job started and none waited",)
    return ("No job started in the observed window, so there is no wait to tell of",)


def _longest_waiting(study: Study, mean: SummaryRow) -> Phrase:
    """Return which folder waits longest, or that all wait alike.

    Nothing of a single folder, or of one whose mean a target has just told.
    """
    folders = ranked(study.summary, "folder", "pending.mean")
    if len(folders) < 2 or not folders[0].mean > 0:  # noqa: PLR2004 - one folder is no comparison
        return ()
    first, last = folders[0], folders[-1]
    if first.mean < ALIKE * mean.mean and mean.mean < ALIKE * last.mean:
        return (", in each folder about as long",)
    means = (one.target.scope for one in _told(study) if one.target.measure == "pending.mean")
    if ("folder", first.name) in means:
        return ()
    return (", those of ", named_short(first.name), " longest, ", _figure(with_interval(first)))


def _never_started(study: Study) -> Iterator[Phrase]:
    """Yield how many jobs never started, and where most of them, as no wait tells of them."""
    mean = study.summary.find(*TENANT, "pending.mean")
    left = never_started(study.summary, *TENANT)
    if not left or mean is None or math.isnan(mean.mean):
        return
    folders = names_in(study.summary, "folder")
    stuck = {one: never_started(study.summary, "folder", one) for one in folders}
    most = max(stuck, key=lambda folder: stuck[folder], default="")
    told: Phrase = ("But ", _figure(count(left)), " jobs a replication never started")
    if not most or not stuck[most]:
        yield (*told, ", and no wait tells of them.")
        return
    part = "most" if sum(map(bool, stuck.values())) > 1 else "all"
    yield (*told, f", {part} of them of ", named_short(most), ", and no wait tells of them.")


def _items(study: Study) -> Iterator[Phrase]:
    """Yield which queue's items were late most often, and how many items were never done."""
    for worst in ranked(study.summary, "queue", "items.late_share")[:1]:
        if worst.mean > 0:
            name, share = named_short(worst.name), _figure(with_interval(worst))
            yield "Of the items of ", name, " with a deadline, ", share, " were late."
    left = {queue: never_done(study.summary, queue) for queue in names_in(study.summary, "queue")}
    most = max(left, key=lambda queue: left[queue], default="")
    if left and left[most]:
        many = _figure(count(math.fsum(left.values())))
        part = "most" if sum(map(bool, left.values())) > 1 else "all"
        told = f" items a replication were never done, {part} of them of "
        yield many, told, named_short(most), "."


def _fleet_and_refusals(study: Study) -> Phrase:
    machines = ranked(study.summary, "machine", "slots.utilisation")
    if not machines:
        return ("no machine was connected; ", *_refused(study))
    busiest = machines[0]
    return (
        "machine " if len(machines) == 1 else "the busiest machine, ",
        named_short(busiest.name),
        " had " if len(machines) == 1 else ", had ",
        _figure(with_interval(busiest)),
        " of its slot time in use, and ",
        *_refused(study),
    )


def _capitalised(phrase: Phrase) -> Phrase:
    """Return words, which a plain text begins, as the beginning of a sentence."""
    first, *rest = phrase
    return (f"{first[0].upper()}{first[1:]}", *rest) if isinstance(first, str) else phrase


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


def _figure(text: str) -> Span:
    return Span(text, "figure")
