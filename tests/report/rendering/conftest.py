"""A page of each kind of report, made as the commands make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import scenario
from builders_advice import folder, opened
from builders_files import scenario_file
from builders_sizing import sizing
from builders_sweeps import swept

from simulator.experiments.advising.advise import advise
from simulator.experiments.advising.question import question_of
from simulator.experiments.comparing.compare import compare_scenarios
from simulator.experiments.comparing.variants import scenarios_to_compare
from simulator.experiments.sizing.keeping import Sized
from simulator.loading import Loaded
from simulator.report.advising.page import advice_page
from simulator.report.comparing.page import comparison_page
from simulator.report.running.page import page
from simulator.report.sizing.page import sizing_page
from simulator.report.sweeping.page import sweep_page

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.report.page import ReportPage


@pytest.fixture(scope="session")
def pages(
    study: Study, hostile_study: Study, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, ReportPage]:
    """Return pages by the kind of study; `hostile` is a run's whose names are hostile."""
    asked = scenario(name="estate", question="How many?")
    loaded = Loaded(asked, None, {}, {}, (), ())  # type: ignore[arg-type] # no page asks for access
    variants = scenarios_to_compare(scenario_file(tmp_path_factory.mktemp("compared")))
    shared = {"A": folder("[vm]"), "B": folder("[vm]")}
    advised = opened(tmp_path_factory.mktemp("advised"), "{vm: {hosts: 2}}", shared)
    return {
        "run": page(study),
        "hostile": page(hostile_study),
        "compare": comparison_page(compare_scenarios(variants)),
        "sweep": sweep_page(swept(tmp_path_factory.mktemp("swept"))),
        "size": sizing_page(Sized("size-0123456789ab-s1", loaded, (), sizing())),
        "advise": advice_page(advise(question_of(advised))),
    }
