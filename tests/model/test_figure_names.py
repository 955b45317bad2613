"""What figures are called, for every measure and scope that a target may name."""

from __future__ import annotations

import pytest

from simulator.model.definitions import OUTSIDE
from simulator.model.figure_names import duration_words, figure_name, measure_name, whose
from simulator.model.measures import MEASURES, OVER

NAMES = [
    (("tenant", "", "pending.p95"), "P95 Pending of all jobs"),
    (("folder", "HR", "pending.mean"), "Mean Pending of HR"),
    (("folder+", "HR", "pending.max"), "Longest Pending of HR with its subfolders"),
    (("process", "HR:letters", "turnaround.p90"), "P90 turnaround of process HR:letters"),
    (("trigger", "F:t", "pending.sd"), "Standard deviation of the Pending of trigger F:t"),
    (("folder", "OU1", "pending.over(30m)"), "Share of the jobs of OU1 Pending over 30 min"),
    (
        ("start", "F:s", "pending.over(1h30m)"),
        "Share of the jobs of start F:s Pending over 1 h 30 min",
    ),
    (("folder", "HR", "resumed.over(1h)"), "Share of the waits to run again of HR over 1 h"),
    (("folder", "HR", "resumed.p95"), "P95 wait to run again of HR"),
    (("start", "HR:walk-in", "jobs.refused_share"), "Refused share of start HR:walk-in"),
    (("tenant", "", "jobs.refused_share"), "Refused share of all submissions"),
    (("machine", "vm", "slots.utilisation"), "Utilisation of machine vm"),
    (("tenant", "", "slots.utilisation"), "Utilisation of all machines"),
    (("host", "vm/1", "slots.down"), "Share of the slot time of host vm/1 with the host down"),
    (("runtime", "testing", "licences.peak"), "Most licences used at once by runtime testing"),
    (("account", "hr-bot", "account.utilisation"), "Utilisation of account hr-bot"),
    (("queue", "HR:post", "items.wait.p95"), "P95 wait of the items of queue HR:post"),
    (("queue", "HR:post", "items.late_share"), "Late share of the items of queue HR:post"),
    (("queue", "HR:post", "items.added"), "Items added to queue HR:post"),
    ((OUTSIDE, "v", "slots.utilisation"), "Utilisation of jobs outside your folders on machine v"),
]


@pytest.mark.parametrize(("key", "expected"), NAMES, ids=[expected for _, expected in NAMES])
def test_a_figure_has_a_name_that_people_say(key: tuple[str, str, str], expected: str) -> None:
    assert figure_name(*key) == expected


def test_every_measure_has_a_name_of_its_own_in_every_scope() -> None:
    """Two measures of one scope and name are never called the same."""
    for scope in {scope for one in MEASURES for scope in one.scopes}:
        rows = [
            f"{one.name}(10m)" if one.name in OVER else one.name
            for one in MEASURES
            if scope in one.scopes
        ]
        name = "" if scope == "tenant" else "X"
        names = [figure_name(scope, name, row) for row in rows]
        assert len(set(names)) == len(rows)
        assert not any("{" in one or "." in one for one in names)
        assert all(name in one for one in names)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("pending.p95", "P95 Pending"),
        ("slots.utilisation", "Utilisation"),
        ("pending.over(10m)", "Share of the jobs Pending over 10 min"),
        ("items.late_share", "Late share of the items"),
    ],
)
def test_a_measure_alone(row: str, expected: str) -> None:
    assert measure_name(row) == expected


def test_a_name_is_no_template() -> None:
    assert figure_name("folder", "{of} {0}", "pending.p95") == "P95 Pending of {of} {0}"


def test_whose_a_figure_is() -> None:
    assert whose("tenant", "") == "the tenant"
    assert whose("folder", "HR") == "HR"
    assert whose("priority", "High") == "priority High"
    assert whose(OUTSIDE, "") == "jobs outside your folders"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10m", "10 min"), ("1h30m", "1 h 30 min"), ("0.5s", "0.5 s"), ("1w2d", "1 w 2 d"), ("", "")],
)
def test_exact_durations_in_the_units_of_reports(text: str, expected: str) -> None:
    assert duration_words(text) == expected
