"""What a fleet costs: what one more of each varied quantity costs, times how many there are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from simulator.errors import Issue, Position, ScenarioError
from simulator.experiments.varying.quantities import VARY, Quantity
from simulator.loading.costs import counted
from simulator.loading.override_paths import parse_path
from simulator.loading.scalars import read_plain
from simulator.model.scenario import Scenario


def unit_costs(quantities: Sequence[Quantity], scenario: Scenario) -> tuple[float, ...]:
    """Return what one more of each quantity costs, by the scenario's `costs`.

    A path may be quoted one way there and another way here, and bare `slots` are the unattended
    ones. A single quantity that has no cost counts 1 each, so that a fleet costs its value.

    Raises:
        ScenarioError: of several quantities some have no cost, and nothing compares fleets then.
    """
    known = {counted(parse_path(path)): cost for path, cost in scenario.costs.items()}
    asked = [counted(parse_path(one.path)) for one in quantities]
    if len(quantities) == 1:
        return (known.get(asked[0], 1.0),)
    issues = [
        _uncosted(one.path)
        for one, thing in zip(quantities, asked, strict=True)
        if thing not in known
    ]
    if issues:
        raise ScenarioError(issues)
    return tuple(known[thing] for thing in asked)


def _uncosted(path: str) -> Issue:
    message = f"{path} has no cost, and of several quantities each needs one to compare fleets"
    hint = f"write `costs: {{{_key(path)}: 900}}` into the file, with what one more costs"
    return Issue((), message, "no-cost", hint).at(Position(VARY, 1, 1), path)


def _key(path: str) -> str:
    """Return a path as a key of a mapping, in quotes where YAML would not take it as it is."""
    return path if path.replace(".", "").replace("-", "").replace("_", "").isalnum() else repr(path)


def cost_of(values: Iterable[str], unit_costs: Sequence[float]) -> float:
    """Return the cost of a fleet: the sum of each quantity's value times what one costs.

    Raises:
        ScenarioError: a value is no number.
    """
    return math.fsum(_number(value) * cost for value, cost in zip(values, unit_costs, strict=True))


def _number(value: str) -> float:
    text = value.strip()
    number = read_plain(text)
    if isinstance(number, int | float) and math.isfinite(number):
        return float(number)
    message = f"{text!r} is no number: only numbers have a smallest fleet among them"
    hint = "size needs numbers, such as machines.shared-vm.slots=1..8; `sweep` takes anything"
    raise ScenarioError([Issue((), message, "no-number", hint).at(Position(VARY, 1, 1), text)])
