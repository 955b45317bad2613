"""What the scenario expects of itself, counted by hand where streams are regular.

In five days mail and clerks bring 240 items each; of the clerks three take turns.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.experiments.comparing.compare import Comparison, compare_scenarios
from simulator.experiments.comparing.tidy import comparison_json
from simulator.experiments.comparing.variants import scenarios_to_compare
from simulator.experiments.study import run_study
from simulator.experiments.tidy import study_json
from simulator.loading import load

FILE = Path(__file__).parents[2] / "scenarios" / "who-lets-invoices-in.yaml"
FEW = ["run.replications=2"]


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare_scenarios(scenarios_to_compare(FILE, overrides=FEW))


def test_as_written_the_trainees_items_and_one_bots_archiving_are_refused() -> None:
    found = json.loads(study_json(run_study(load(FILE, overrides=FEW))))
    (items,) = found["item_refusals"]
    assert (
        items["arrival"],
        items["queue"],
        items["principal"],
        items["mean"],
        items["per_hour"],
    ) == (
        *("Invoices:clerks", "Invoices:inbox", "tina", 80),
        pytest.approx(2 / 3),
    )
    (jobs,) = found["refusals"]
    assert (jobs["source"], jobs["source_kind"], jobs["process"], jobs["principal"]) == (
        *("Invoices:post", "Job", "Invoices:archive", "invoice-bot-2"),
    )
    unused = [(one["principal"], one["role"]) for one in found["grants_never_used"]]
    assert unused == [("tina", "Queue Onlooker")]


@pytest.mark.parametrize(("variant", "more"), [("trainee-may", 80), ("mail-may-not", -240)])
def test_rights_decide_how_many_items_come(compared: Comparison, variant: str, more: int) -> None:
    assert compared.admissions[variant].items[:3] == (more, more, more)
    assert compared.admissions[variant].jobs[:3] == (0, 0, 0)
    told = {
        one["variant"]: one["mean"]
        for one in json.loads(comparison_json(compared, ()))["items_let_in"]
    }
    assert told[variant] == more


def test_with_both_bots_allowed_every_posting_is_archived(compared: Comparison) -> None:
    row = compared.find("tenant", "", "jobs.refused_share")
    assert row is not None
    assert row.values[0] > 0.2
    assert row.values[compared.variants.index("both-bots-may")] == 0
    assert compared.admissions["both-bots-may"].items[:3] == (0, 0, 0)
