"""One measure of a result: what the frames of all figures hold, by name, in another unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from builders_files import scenario_file

import simulator

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from simulator.notebook.results import ComparisonResult, StudyResult, SweepResult


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scenario_file(tmp_path_factory.mktemp("measured"))


@pytest.fixture(scope="module")
def study(file: Path) -> StudyResult:
    return simulator.run(file, replications=3)


@pytest.fixture(scope="module")
def comparison(file: Path) -> ComparisonResult:
    return simulator.compare(file, "faster", replications=3)


@pytest.fixture(scope="module")
def swept(file: Path) -> SweepResult:
    return simulator.sweep(file, {"machines.one.slots": [1, 2]}, replications=2)


def rows(frame: pd.DataFrame, scope: str, measure: str) -> pd.DataFrame:
    return frame[(frame["scope"] == scope) & (frame["measure"] == measure)]


@pytest.mark.parametrize(
    ("unit", "divisor"), [(None, 1.0), ("s", 1.0), ("min", 60.0), ("h", 3600.0), ("d", 86400.0)]
)
def test_spans_are_told_in_the_unit_asked_for(
    study: StudyResult, unit: Any, divisor: float
) -> None:
    found = study.measured("pending.p95", unit=unit)
    every = rows(study.summary_frame(), "folder", "pending.p95").set_index("name")
    assert list(found.index) == ["Drawn", "Even"]
    for column in ("mean", "low", "high"):
        np.testing.assert_allclose(found[column], every[column] / divisor)
    assert found["n"].tolist() == [3, 3]


def test_shares_are_told_in_per_cent(study: StudyResult) -> None:
    """Machine two runs a job of ten minutes each quarter of an hour: two thirds of the time."""
    found = study.measured("slots.utilisation", scope="machine", unit="%")
    assert found.loc["two", "mean"] == pytest.approx(100 * 2 / 3, abs=1)


@pytest.mark.parametrize(
    ("measure", "scope", "unit", "message"),
    [
        ("pending.means", "folder", None, "did you mean 'pending.mean'"),
        ("pending.mean", "folders", None, "no folders has a value of pending.mean, which is of"),
        ("pending.mean", "folder", "%", "pending.mean cannot be told in '%'; there is s, min"),
        ("jobs.submitted", "folder", "h", "cannot be told in 'h'; there is no other unit"),
    ],
)
def test_what_cannot_be_told_is_said(
    study: StudyResult,
    comparison: ComparisonResult,
    measure: str,
    scope: str,
    unit: Any,
    message: str,
) -> None:
    for tell in (study.measured, comparison.measured, comparison.by_variant):
        with pytest.raises(ValueError, match=message):
            tell(measure, scope=scope, unit=unit)


def test_a_comparison_has_each_variant_and_its_difference(comparison: ComparisonResult) -> None:
    found = comparison.measured("pending.mean", unit="min")
    row = comparison.find("folder", "Drawn", "pending.mean")
    assert row is not None
    assert list(found.index) == [
        (name, variant) for name in ("Drawn", "Even") for variant in ("as written", "faster")
    ]
    drawn = found.loc[("Drawn", "faster")]
    change = row.differences[0]
    value = row.values[1]  # noqa: PD011 - of a row, not of a frame
    ends = [value, change.mean, change.low, change.high]
    np.testing.assert_allclose(
        drawn[["value", "difference", "low", "high"]].astype(float), np.array(ends) / 60
    )
    assert drawn["clear"] == change.clear


def test_values_stand_side_by_side(comparison: ComparisonResult) -> None:
    found = comparison.by_variant("pending.mean", unit="min")
    assert list(found.columns) == ["as written", "faster"]
    assert list(found.index) == ["Drawn", "Even"]
    of_all = comparison.measured("pending.mean", unit="min")["value"]
    assert found.loc["Drawn"].tolist() == of_all.loc["Drawn"].tolist()


def test_a_sweep_has_its_points(swept: SweepResult) -> None:
    found = swept.measured("pending.mean", scope="folder", name="Drawn", unit="min")
    every = rows(swept.frame(), "folder", "pending.mean").query("name == 'Drawn'")
    assert found.index.name == "machines.one.slots"
    assert found.index.tolist() == [1, 2]
    np.testing.assert_allclose(found["mean"], every["mean"] / 60)
    with pytest.raises(ValueError, match=r"no point has a value of .* folder Nowhere"):
        swept.measured("pending.mean", scope="folder", name="Nowhere")
