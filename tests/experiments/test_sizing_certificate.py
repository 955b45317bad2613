"""A sizing as JSON and CSV: the documented shape, and numbers that are numbers."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pytest
from builders_sizing import MET, MISSED, OVERLOADED, P95, of_two, sizing, tried

from simulator.experiments.sizing.certificate import sizing_csv, sizing_json
from simulator.experiments.sizing.sizing import Bound, Sizing, TargetFigure
from simulator.experiments.varying.quantities import quantities_of
from simulator.model.targets import Target


def content(found: Sizing) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(sizing_json(found))
    return read


def test_the_answer_has_a_number_by_path_and_nothing_stands_beside_the_certificate() -> None:
    found = content(sizing())
    assert list(found) == ["schema_version", "answer", "certificate"]
    assert (found["schema_version"], found["answer"]) == (1, {"machines.M1.slots": 14})


def test_the_certificate_has_the_proof() -> None:
    """5 min is 300 s; the figures are the builder's, in seconds."""
    found = content(sizing())["certificate"]
    assert found["lower_bound"] == {
        "by": "offered load by maximal flow, and what nothing can run",
        "values": {"machines.M1.slots": 11},
        "cost": 11,
        "why": OVERLOADED,
        "excluded": 10,
        "fleets": 40,
    }
    assert found["at_answer"] == {
        "targets": [
            {
                "scope": "folder",
                "name": "F",
                "measure": "pending.p95",
                "unit": "s",
                "limit": 300,
                "bound": "at_most",
                "mean": 288,
                "low": 276,
                "high": 297,
                "outcome": "met",
            }
        ],
        "replications": 45,
    }
    (less,) = found["one_less"]
    assert (less["path"], less["outcome"], less["replications"]) == (
        "machines.M1.slots",
        "missed",
        20,
    )
    assert less["targets"][0]["mean"] == 528
    assert [one["values"]["machines.M1.slots"] for one in found["tried"]] == [20, 13, 14, 10]
    assert [(one["step"], one["cost"]) for one in found["effects"]] == [("less", -1), ("more", 1)]
    assert found["effects"][0]["differences"][0]["low"] == 216
    assert found["binding"]["at"] == {"machines.M1.slots": 13}
    assert found["binding"]["causes"][0]["cause"] == "slot held"
    assert (found["error"], found["confidence"], found["unproven"]) == (0.05, 0.95, 0)
    assert found["more_never_hurts"] is False
    assert found["guess"] == {"machines.M1.slots": 14}


def test_without_an_answer_what_depends_on_it_is_null() -> None:
    bound = Bound(40, 40, None, 40.0, OVERLOADED)
    none = sizing(answer=None, effects=(), binding=(), bound_at=None, guess=None, bound=bound)
    found = content(none)
    assert found["answer"] is None
    certificate = found["certificate"]
    assert certificate["at_answer"] is certificate["guess"] is None
    assert certificate["lower_bound"]["values"] is certificate["lower_bound"]["cost"] is None
    assert (certificate["one_less"], certificate["effects"]) == ([], [])


@pytest.mark.parametrize(
    ("text", "value"),
    [("14", 14), ("-3", -3), ("0.5", 0.5), ("many", "many")],
    ids=["whole", "negative", "fraction", "a word"],
)
def test_a_value_is_a_number_where_a_file_would_have_one(text: str, value: object) -> None:
    found = sizing(
        quantities=quantities_of([f"machines.M1.slots={text}"]), answer=(text,), tried=()
    )
    assert content(found)["answer"] == {"machines.M1.slots": value}


def test_what_does_not_exist_is_null_and_empty() -> None:
    nothing = TargetFigure(P95, math.nan, math.nan, math.nan, "undecided")
    found = sizing(tried=(tried("14", figures=(nothing,), outcome="undecided"),))
    figure = content(found)["certificate"]["tried"][0]["targets"][0]
    assert (figure["mean"], figure["low"], figure["high"]) == (None, None, None)
    (row,) = csv.DictReader(io.StringIO(sizing_csv(found)))
    assert (row["mean"], row["outcome"]) == ("", "undecided")


def test_the_table_has_a_row_a_target_and_one_for_a_fleet_that_load_rules_out() -> None:
    rows = list(csv.DictReader(io.StringIO(sizing_csv(sizing()))))
    assert [row["machines.M1.slots"] for row in rows] == ["20", "13", "14", "10"]
    assert (rows[3]["why"], rows[3]["measure"], rows[3]["replications"]) == (OVERLOADED, "", "0")
    assert (rows[2]["fleet_outcome"], rows[2]["mean"], rows[2]["limit"]) == (
        "met",
        "288.0",
        "300.0",
    )
    two = list(csv.DictReader(io.StringIO(sizing_csv(of_two()))))
    assert [(row["fleet_outcome"], row["outcome"]) for row in two[:2]] == [
        ("missed", "met"),
        ("missed", "missed"),
    ]


def test_no_spreadsheet_takes_a_name_for_a_formula() -> None:
    target = Target(folder="=cmd()", measure="pending.p95", at_most="5m")
    figures = (MET.targets[0]._replace(target=target),)
    found = sizing(tried=(MISSED._replace(targets=figures, why="=1+1"),))
    (row,) = csv.DictReader(io.StringIO(sizing_csv(found)))
    assert (row["name"], row["why"]) == ("'=cmd()", "'=1+1")
