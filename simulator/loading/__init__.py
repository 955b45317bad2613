"""Text to scenario: YAML with positions, overrides, variants, data files. Knows no clock."""

from simulator.loading.catalogue import default_roles
from simulator.loading.rendering import render
from simulator.loading.scenarios import Loaded, OpenScenario, load, open_scenario
from simulator.loading.schema import scenario_schema

__all__ = [
    "Loaded",
    "OpenScenario",
    "default_roles",
    "load",
    "open_scenario",
    "render",
    "scenario_schema",
]
