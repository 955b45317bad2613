"""Text to scenario: YAML with positions, overrides, variants, data files. Knows no clock."""

from simulator.loading.catalogue import default_roles
from simulator.loading.rendering import render
from simulator.loading.scenarios import Loaded, load
from simulator.loading.schema import scenario_schema

__all__ = ["Loaded", "default_roles", "load", "render", "scenario_schema"]
