"""What the scenario's comments promise: a grant admits load, and everybody waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.experiments.comparing.compare import Comparison, compare_scenarios
from simulator.experiments.comparing.variants import scenarios_to_compare
from simulator.experiments.study import resolved_run
from simulator.report.comparing.sentences import sentences

if TYPE_CHECKING:
    from simulator.experiments.comparing.pairing import Difference

FILE = Path(__file__).parents[2] / "scenarios" / "what-a-grant-costs.yaml"
WEEK_H = 168


@pytest.fixture(scope="module")
def compared() -> Comparison:
    (name, first), *rest = scenarios_to_compare(FILE)
    return compare_scenarios([(name, resolved_run(first, seed=None, replications=5)), *rest])


def change(compared: Comparison, variant: str, folder: str) -> Difference:
    row = compared.find("folder", folder, "pending.mean")
    assert row is not None
    return row.differences[compared.variants.index(variant) - 1]


ADMITTED = {
    "grant": 3 * WEEK_H,
    "grant-behind": 3 * WEEK_H,
    "grant-and-host": 3 * WEEK_H,
    "through-group": 3 * WEEK_H + 6 * 7,
    "revoke": -1 * WEEK_H,
}
"""Rate times window: the clerks' 3 an hour, the intern's 6 a day, the accountants' 1 an hour."""


@pytest.mark.parametrize("variant", ADMITTED)
def test_a_variant_admits_rate_times_window(compared: Comparison, variant: str) -> None:
    """The mean of five Poisson counts of 546 is within three standard errors, 31, of it."""
    assert compared.admissions[variant].jobs.mean == pytest.approx(ADMITTED[variant], abs=31)


def test_as_written_clerks_and_intern_are_refused(compared: Comparison) -> None:
    outcomes = {
        one.source: (one.before.status, one.before.code, one.before.missing)
        for one in compared.admissions["through-group"].changes
        if not isinstance(one.before, str)
    }
    assert outcomes == {
        "HR:clerks": (403, "0", "Jobs.Create in HR"),
        "HR:intern": (400, "1100", "access to HR"),
    }


AS_WRITTEN_MIN = 5
WORDS = [
    ("grant", "HR", 5, 1),
    ("grant", "Finance", 5, 1),
    ("grant-behind", "HR", 15, 3),
    ("grant-behind", "Finance", 1.5, 0.25),
    ("grant-and-host", "HR", -3.5, 0.25),
    ("grant-and-host", "Finance", -3.5, 0.25),
    ("revoke", "HR", -1, 0.5),
    ("revoke", "Finance", -1, 0.5),
]
"""Minutes that a variant makes a folder wait longer, in the words of the file, and their slack."""


@pytest.mark.parametrize(("variant", "folder", "said_min", "slack_min"), WORDS)
def test_waits_change_by_what_the_file_says(
    compared: Comparison, variant: str, folder: str, said_min: float, slack_min: float
) -> None:
    """The minutes are in the 95 % interval of these five replications, and near their mean."""
    found = change(compared, variant, folder)
    assert found.low <= 60 * said_min <= found.high
    assert found.mean == pytest.approx(60 * said_min, abs=60 * slack_min)


@pytest.mark.parametrize("folder", ["HR", "Finance"])
def test_as_written_both_wait_five_minutes_and_with_the_grant_twice_that(
    compared: Comparison, folder: str
) -> None:
    row = compared.find("folder", folder, "pending.mean")
    assert row is not None
    as_written_s, grant_s = row.values[0], row.values[compared.variants.index("grant")]
    assert as_written_s == pytest.approx(60 * AS_WRITTEN_MIN, abs=30)
    assert grant_s / as_written_s == pytest.approx(2, abs=0.25)


def test_the_grant_makes_finance_wait_longer_too(compared: Comparison) -> None:
    for folder in ("HR", "Finance"):
        assert change(compared, "grant", folder).low > 60
    behind = change(compared, "grant-behind", "Finance")
    assert 0 < behind.low < behind.high < change(compared, "grant", "Finance").low
    assert change(compared, "grant-behind", "HR").mean > change(compared, "grant", "HR").mean


@pytest.mark.parametrize("variant", ["grant-and-host", "revoke"])
def test_a_host_more_or_a_right_less_shortens_the_waits(compared: Comparison, variant: str) -> None:
    for folder in ("HR", "Finance"):
        assert change(compared, variant, folder).high < 0


def test_who_may_start_is_told_in_a_sentence_for_each_variant(compared: Comparison) -> None:
    starts = [
        "grant: anna and ben may now start jobs in HR, which admits",
        "grant-behind: anna and ben may now start jobs in HR, which admits",
        "grant-and-host: anna and ben may now start jobs in HR, which admits",
        "through-group: anna, ben and carla may now start jobs in HR, which admits",
        "revoke: felix and frida may no longer start jobs in Finance, which admits",
    ]
    for sentence, start in zip(sentences(compared), starts, strict=True):
        assert sentence.startswith(start)


def test_it_warns_of_the_refusals_it_is_about() -> None:
    (_, first), *_ = scenarios_to_compare(FILE, ["grant"])
    warnings = [*first.warnings, *first.variant_warnings]
    assert [issue.code for issue in warnings] == ["always-refused"] * 3
