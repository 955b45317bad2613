"""Promises in words, the same on every page and in terminals: what a target is about, its limit.

Names are made visible here; a terminal still has to make them harmless.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final

from simulator.model.figure_names import duration_words, figure_name, whose
from simulator.model.measures import BY_NAME
from simulator.report.page import Span, named
from simulator.report.wording import joined, quantity, visible, with_interval
from simulator.units import exact_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.verdicts import Verdict
    from simulator.measurement import SummaryRow
    from simulator.model.targets import Target
    from simulator.report.page import Phrase

_ONE_IN: Final = {
    "p50": "half",
    "p90": "one in ten",
    "p95": "one in twenty",
    "p99": "one in a hundred",
}
"""Of how many of them the time is longer than a quantile."""

_LONGER: Final = {
    "pending": "{one} of the jobs of {of} stayed Pending longer than {value}",
    "turnaround": "{one} of the jobs of {of} took longer than {value} from submission to end",
    "items.wait": "{one} of the items of {of} waited longer than {value}",
    "items.turnaround": "{one} of the items of {of} took longer than {value} to be done",
}
_SENTENCES: Final = {
    "pending.mean": "jobs of {of} stayed Pending {value} on average",
    "pending.over": "{value} of the jobs of {of} stayed Pending longer than {threshold}",
    "pending.share": "{value} of the jobs of {of} had to wait",
    "jobs.refused_share": "{value} of the submissions of {of} were refused",
    "slots.utilisation": "{value} of the slot time of {of} was in use",
    "items.wait.mean": "items of {of} waited {value} on average",
    "items.late_share": "{value} of the items of {of} were late",
    "items.sla_share": "{value} of the items of {of} were done within the SLA",
}
"""What the measures that targets are mostly about say in a sentence; others are told by name."""

_NO_WAIT: Final = {
    "pending.mean": "no job of {of} waited",
    "pending.max": "no job of {of} waited",
    "pending.p50": "at least half of the jobs of {of} did not wait",
    "pending.p90": "at least nine in ten of the jobs of {of} did not wait",
    "pending.p95": "at least nineteen in twenty of the jobs of {of} did not wait",
    "pending.p99": "at least ninety-nine in a hundred of the jobs of {of} did not wait",
}
"""What is said of a wait of 0."""

_ALL: Final = {
    "no job of {of}": "no job",
    "the jobs of {of}": "all jobs",
    "jobs of {of}": "all jobs",
    "the submissions of {of}": "all submissions",
    "the slot time of {of}": "all slot time",
}
"""How a sentence about the whole tenant has what it has of a part."""

_OF_TENANT: Final = re.compile("|".join(map(re.escape, _ALL)))


def promise(target: Target) -> str:
    """Return what a target is about, as people say it: `P95 Pending of HR`."""
    return visible(figure_name(*target.scope, target.row))


def limit(target: Target) -> str:
    """Return a target's limit in words: `at most 10 min`."""
    return bound(target.measure, target.limit, is_upper=target.at_most is not None)


def bound(measure: str, value: float, *, is_upper: bool) -> str:
    """Return a limit of a measure of the catalogue in words: `at least 95 %`."""
    return f"{'at most' if is_upper else 'at least'} {quantity(value, BY_NAME[measure].unit)}"


def told(verdict: Verdict) -> str:
    """Return a target and how it fares in short: `P95 Pending of HR, at most 10 min, is 12 min`."""
    about = f"{promise(verdict.target)}, {limit(verdict.target)}"
    if not verdict.has_data:
        return f"{about}: {visible(verdict.why) or 'there was nothing to measure'}"
    return f"{about}, is {with_interval(verdict.row)}"


def sentences(verdicts: Sequence[Verdict]) -> Phrase:
    """Return how targets fare, a clause each, for whoever never heard of a quantile.

    `one in twenty of the jobs of HR stayed Pending longer than 36.0 min (32.8 to 39.3 min),
    against a target of at most 15 min`. Those that have no value for one reason are one clause.
    """
    clauses: dict[object, list[Verdict]] = {}
    for place, one in enumerate(verdicts):
        clauses.setdefault(place if one.has_data else one.why, []).append(one)
    told = [_clause(together) for together in clauses.values()]
    return tuple(piece for one in told for piece in ("; ", *one))[1:]


def _clause(together: Sequence[Verdict]) -> Phrase:
    first = together[0]
    if first.row is not None and first.has_data:
        return (*_measured(first.target, first.row), f", against a target of {limit(first.target)}")
    names = joined(lowered(promise(one.target)) for one in together)
    if first.why:
        have = "has" if len(together) == 1 else "have"
        return (Span(names, "name"), f" {have} no long-run value: ", named(first.why))
    return ("there was nothing to measure of ", Span(names, "name"))


def _measured(target: Target, row: SummaryRow) -> Phrase:
    template = _template(target.measure, is_zero=row.mean == 0)
    if template:
        return tuple(_pieces(template, target, row))
    return (Span(lowered(promise(target)), "name"), " is ", Span(with_interval(row), "figure"))


def _template(measure: str, *, is_zero: bool) -> str:
    """Return the sentence of a measure, empty where it has none."""
    if is_zero and measure in _NO_WAIT:
        return _NO_WAIT[measure]
    span, _, statistic = measure.rpartition(".")
    if statistic in _ONE_IN and span in _LONGER:
        return _LONGER[span].replace("{one}", _ONE_IN[statistic])
    return _SENTENCES.get(measure, "")


def _pieces(template: str, target: Target, row: SummaryRow) -> Iterator[str | Span]:
    """Yield a sentence piece by piece, so that its name and its figure stay apart from words."""
    scope, name = target.scope
    if not name:
        template = _OF_TENANT.sub(lambda found: _ALL[found[0]], template)
    longer = "" if target.threshold is None else exact_duration(target.threshold)
    spans: dict[str, str | Span] = {
        "of": Span(visible(whose(scope, name)), "name"),
        "value": Span(with_interval(row), "figure"),
        "threshold": duration_words(longer),
    }
    for words, field, *_ in Formatter().parse(template):
        yield words
        if field is not None:
            yield spans[field]


def lowered(text: str) -> str:
    """Return a name of a figure as it stands inside a sentence; `P95` stays."""
    return f"{text[0].lower()}{text[1:]}" if text[1].islower() else text
