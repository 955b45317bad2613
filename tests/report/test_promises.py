"""Promises in words: exact sentences for exact figures."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.experiments.verdicts import Verdict
from simulator.measurement import SummaryRow
from simulator.model.measures import BY_NAME
from simulator.model.targets import Target
from simulator.report.page import Span, plain
from simulator.report.promises import bound, limit, lowered, promise, sentences, told


def verdict(mean: float | None = 600.0, why: str = "", half: float = 60.0, **parts: Any) -> Verdict:
    """Return a target that is missed, with a figure of so much, and 60 s to either side."""
    target = Target.model_validate({"measure": "pending.p95", "at_most": "5m", **parts})
    if mean is None:
        return Verdict(target, None, "undecided", why)
    unit = BY_NAME[target.measure].unit
    ends = (mean, mean - half, mean + half, half)
    return Verdict(target, SummaryRow(*target.scope, target.row, unit, *ends, 0.95, 20), "missed")


def said(*verdicts: Verdict) -> str:
    return plain(sentences(verdicts)).replace("\N{NO-BREAK SPACE}", " ")


SHARE = {"half": 0.01, "at_most": "5%"}
SENTENCES: dict[str, tuple[Verdict, str]] = {
    "a quantile of a folder": (
        verdict(folder="HR"),
        (
            "one in twenty of the jobs of HR stayed Pending longer than 10 min (9.0 to 11.0 min), "
            "against a target of at most 5 min"
        ),
    ),
    "a quantile of all": (
        verdict(measure="pending.p90"),
        (
            "one in ten of all jobs stayed Pending longer than 10 min (9.0 to 11.0 min), against a "
            "target of at most 5 min"
        ),
    ),
    "a quantile of 0": (
        verdict(0.0, half=0.0, folder="HR"),
        (
            "at least nineteen in twenty of the jobs of HR did not wait, against a target of at "
            "most 5 min"
        ),
    ),
    "a mean of 0": (
        verdict(0.0, half=0.0, measure="pending.mean"),
        "no job waited, against a target of at most 5 min",
    ),
    "a mean": (
        verdict(measure="pending.mean", process="HR:P"),
        (
            "jobs of process HR:P stayed Pending 10 min (9.0 to 11.0 min) on average, against a "
            "target of at most 5 min"
        ),
    ),
    "a mean of all": (
        verdict(measure="pending.mean"),
        (
            "all jobs stayed Pending 10 min (9.0 to 11.0 min) on average, against a target of at "
            "most 5 min"
        ),
    ),
    "beyond a threshold": (
        verdict(0.06, folder="HR", measure="pending.over", threshold="1h", **SHARE),
        (
            "6 % (5.00 to 7.00 %) of the jobs of HR stayed Pending longer than 1 h, against a "
            "target of at most 5 %"
        ),
    ),
    "refused": (
        verdict(0.06, measure="jobs.refused_share", **SHARE),
        "6 % (5.00 to 7.00 %) of all submissions were refused, against a target of at most 5 %",
    ),
    "in use": (
        verdict(0.06, machine="vm", measure="slots.utilisation", **SHARE),
        (
            "6 % (5.00 to 7.00 %) of the slot time of machine vm was in use, against a target of "
            "at most 5 %"
        ),
    ),
    "items": (
        verdict(queue="HR:post", measure="items.wait.p95"),
        (
            "one in twenty of the items of queue HR:post waited longer than 10 min (9.0 to 11.0 "
            "min), against a target of at most 5 min"
        ),
    ),
    "another measure is told by its name": (
        verdict(folder="HR", measure="turnaround.mean"),
        "mean turnaround of HR is 10 min (9.0 to 11.0 min), against a target of at most 5 min",
    ),
    "nothing to measure": (
        verdict(None, folder="HR"),
        "there was nothing to measure of P95 Pending of HR",
    ),
    "no long-run value": (
        verdict(None, "HR needs 2 slots of the 1 it has", folder="HR"),
        "P95 Pending of HR has no long-run value: HR needs 2 slots of the 1 it has",
    ),
}


@pytest.mark.parametrize(("one", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_how_a_target_fares(one: Verdict, expected: str) -> None:
    assert said(one) == expected


def test_targets_without_a_value_for_one_reason_are_one_clause() -> None:
    growing = [verdict(None, "too much", folder=name) for name in ("HR", "IT")]
    assert (
        said(*growing) == "P95 Pending of HR and P95 Pending of IT have no long-run value: too much"
    )
    empty = said(growing[0], verdict(None, folder="Sales"))
    assert empty.endswith("too much; there was nothing to measure of P95 Pending of Sales")


def test_a_name_is_shown_as_it_is_and_is_no_template() -> None:
    found = sentences([verdict(folder="{value}")])
    assert "of the jobs of {value} stayed" in plain(found)
    assert found[1] == Span("{value}", "name")


def test_in_short_for_a_check() -> None:
    text = told(verdict(folder="HR")).replace("\N{NO-BREAK SPACE}", " ")
    assert text == "P95 Pending of HR, at most 5 min, is 10 min (9.0 to 11.0 min)"
    assert told(verdict(None, folder="HR")).endswith("min: there was nothing to measure")


def test_limits_and_names() -> None:
    target = verdict(folder="HR", measure="pending.mean").target
    assert (promise(target), limit(target)) == (
        "Mean Pending of HR",
        "at most 5\N{NO-BREAK SPACE}min",
    )
    assert bound("items.sla_share", 0.95, is_upper=False) == "at least 95\N{NO-BREAK SPACE}%"
    assert (lowered("Mean Pending"), lowered("P95 Pending")) == ("mean Pending", "P95 Pending")
