"""Summaries: the figures of replications made into rows, and the rows into text."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator

import pytest
from builders_records import PAYROLL, REFUSED, Job, legend, ran, records
from scipy.stats import t

from simulator.measurement import Summary, SummaryRow, measure, summarise
from simulator.measurement.recipes import ITEM_RECIPES, RECIPES
from simulator.model.measures import BY_NAME, MEASURES, OVER
from simulator.records.codes import JobState
from simulator.records.columns import Records

THRESHOLDS_S = (600.0, 30.0)


def summary_of(*replications: Records, confidence: float = 0.95) -> Summary:
    figures = [measure(legend(), one, THRESHOLDS_S, ("HR",)) for one in replications]
    return summarise(figures, legend(), confidence)


def three_replications() -> Iterator[Records]:
    """Waits of 0 and 60 s; of 120 s; and a replication in which nothing starts."""
    yield records(ran(0.0, 0.0, 600.0), ran(60.0, 120.0, 720.0, host=1, account=1))
    yield records(ran(0.0, 120.0, 720.0, route=PAYROLL), replication=1)
    yield records(Job(0.0, ended_s=0.0, route=REFUSED, state=JobState.REFUSED), replication=2)


SUMMARY = summary_of(*three_replications())


def row(measure_name: str, scope: str = "tenant", name: str = "") -> SummaryRow:
    found = SUMMARY.find(scope, name, measure_name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("measure_name", "mean", "n"),
    [
        ("jobs.submitted", 4 / 3, 3),
        ("jobs.refused_share", 1 / 4, 3),
        ("jobs.expired_share", 0.0, 3),
        ("jobs.per_hour", 1.0, 3),
        ("pending.mean", 180 / 3, 2),
        ("pending.sd", 60.0, 2),
        ("pending.p50", (30 + 120) / 2, 2),
        ("pending.p90", (54 + 120) / 2, 2),
        ("pending.max", 120.0, 2),
        ("pending.share", 2 / 3, 2),
        ("pending.over(30s)", 2 / 3, 2),
        ("pending.over(10m)", 0.0, 2),
        ("pending.jobs", (60 + 120) / 3600 / 3, 3),
        ("turnaround.mean", (600 + 660 + 720) / 3, 2),
        ("running.jobs", 1800 / 3600 / 3, 3),
        ("slots.busy", 1800 / 3600 / 3, 3),
        ("slots.utilisation", 1800 / (3 * 5 * 3600), 3),
    ],
)
def test_every_kind_of_measure_over_the_replications(
    measure_name: str, mean: float, n: int
) -> None:
    """Sums over counts, means of the replications' own, pooled: reckoned from the jobs above."""
    assert row(measure_name).mean == pytest.approx(mean, rel=1e-12)
    assert row(measure_name).n == n


def test_the_interval_of_a_time_average_is_students() -> None:
    values = (1200 / 3600, 600 / 3600, 0.0)
    mean = sum(values) / 3
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / 2)
    half_width = float(t.ppf(0.975, 2)) * deviation / math.sqrt(3)
    found = row("running.jobs")
    assert found.half_width == pytest.approx(half_width, rel=1e-9)
    assert (found.low, found.high) == (found.mean - found.half_width, found.mean + found.half_width)


def test_the_largest_has_no_interval() -> None:
    assert math.isnan(row("pending.max").half_width)


@pytest.mark.parametrize(
    ("scope", "name", "measure_name", "mean"),
    [
        ("host", "shared-vm/1", "host.utilisation", 1200 / (3 * 3600)),
        ("machine", "shared-vm", "host.utilisation", 1800 / (6 * 3600)),
        ("machine", "spare", "slots.utilisation", 0.0),
        ("account", "fin-bot", "account.utilisation", 600 / 3600 / 3),
        ("folder+", "HR", "pending.mean", 60.0),
        ("folder", "HR", "pending.mean", 30.0),
    ],
)
def test_scopes(scope: str, name: str, measure_name: str, mean: float) -> None:
    assert row(measure_name, scope, name).mean == pytest.approx(mean, rel=1e-12)


def test_names_with_nothing_in_them_have_no_rows() -> None:
    assert {one.name for one in SUMMARY.rows if one.scope == "folder"} == {
        "HR",
        "HR/Payroll",
        "Finance",
    }
    assert SUMMARY.find("account", "anna", "account.utilisation") is None
    assert SUMMARY.find("folder", "Finance", "pending.mean") is None


def test_the_tenant_has_all_its_rows_though_nothing_happened() -> None:
    nothing = summary_of(records())
    wanted = [measure.name for measure in MEASURES if "tenant" in measure.scopes]
    assert all(nothing.find("tenant", "", name) for name in wanted if name not in OVER)
    mean = nothing.find("tenant", "", "pending.mean")
    assert mean is not None
    assert math.isnan(mean.mean)
    assert mean.n == 0


def test_rows_follow_the_catalogue() -> None:
    order = {measure.name: place for place, measure in enumerate(MEASURES)}
    places = [order[one.measure.split("(")[0]] for one in SUMMARY.rows if one.scope == "tenant"]
    assert places == sorted(places)


def test_every_measure_of_the_catalogue_has_a_recipe() -> None:
    assert {*RECIPES, *ITEM_RECIPES, *OVER} == set(BY_NAME)


def test_measures_of_items_come_in_the_catalogues_order() -> None:
    assert [name for name in BY_NAME if name in ITEM_RECIPES] == list(ITEM_RECIPES)


def test_one_replication_has_no_interval() -> None:
    alone = summary_of(next(three_replications())).find("tenant", "", "pending.mean")
    assert alone is not None
    assert (alone.mean, alone.n) == (30.0, 1)
    assert math.isnan(alone.low)


def test_no_replication_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to summarise"):
        summarise([], legend(), 0.95)


def test_csv_numbers_read_back_as_they_were() -> None:
    read = list(csv.DictReader(SUMMARY.to_csv().splitlines()))
    assert list(read[0]) == list(SummaryRow._fields)
    for text, one in zip(read, SUMMARY.rows, strict=True):
        assert (text["scope"], text["name"], text["measure"]) == one[:3]
        for column, value in (("mean", one.mean), ("low", one.low)):
            assert math.isnan(value) if text[column] == "" else float(text[column]) == value
        assert int(text["n"]) == one.n


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_name_that_begins_like_a_formula_is_made_plain_in_csv(name: str) -> None:
    odd = Summary((SummaryRow("folder", name, "jobs.started", "jobs", -1.5, -2, -1, 0.5, 0.95, 3),))
    line = odd.to_csv().splitlines()[1]
    assert line == f"folder,'{name},jobs.started,jobs,-1.5,-2,-1,0.5,0.95,3"
    assert odd.to_json()["summary"][0]["name"] == name  # type: ignore[index]  # a list of objects


def test_json_has_null_where_there_is_nothing() -> None:
    told = json.loads(json.dumps(SUMMARY.to_json(), allow_nan=False))
    assert told["schema_version"] == 1
    largest = next(one for one in told["summary"] if one["measure"] == "pending.max")
    assert (largest["mean"], largest["low"]) == (120.0, None)


def test_a_frame_has_the_rows() -> None:
    frame = SUMMARY.frame()
    assert list(frame.columns) == list(SummaryRow._fields)
    assert len(frame) == len(SUMMARY.rows)
