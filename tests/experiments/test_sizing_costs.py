"""What a fleet costs, and what is said of quantities that have no cost."""

from __future__ import annotations

import pytest
from builders import scenario

from simulator.errors import ScenarioError
from simulator.experiments.sizing.costs import cost_of, unit_costs
from simulator.experiments.varying.quantities import quantities_of

COSTS = {
    "machines.M1.hosts": 900,
    "machines.'M1'.slots.unattended": 50,
    "licences.unattended": 1200,
}
HOSTS, SLOTS, LICENCES = "machines.M1.hosts=1..3", "machines.M1.slots=1..3", "licences.unattended=1"
ROBOTS = "accounts.robot.count=1..3"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([HOSTS], (900,)),
        ([HOSTS, LICENCES], (900, 1200)),
        (['machines."M1".hosts=1'], (900,)),
        ([SLOTS], (50,)),
        (["machines.M1.slots.unattended=1..3", HOSTS], (50, 900)),
        ([ROBOTS], (1,)),
    ],
    ids=["named", "in-order", "quoted", "bare-slots", "slots-by-type", "without-a-cost"],
)
def test_each_quantity_has_the_cost_of_its_path(
    texts: list[str], expected: tuple[float, ...]
) -> None:
    assert unit_costs(quantities_of(texts), scenario(costs=COSTS)) == expected


def test_of_several_quantities_each_needs_a_cost() -> None:
    with pytest.raises(ScenarioError) as refused:
        unit_costs(quantities_of([HOSTS, ROBOTS, SLOTS]), scenario(costs={"machines.M1.hosts": 1}))
    told = [(issue.message.split(" ")[0], issue.hint) for issue in refused.value.issues]
    assert told == [
        (path, f"write `costs: {{{path}: 900}}` into the file, with what one more costs")
        for path in ("accounts.robot.count", "machines.M1.slots")
    ]
    assert [str(issue.position) for issue in refused.value.issues] == ["--vary:1:1"] * 2


def test_the_key_that_is_to_be_written_is_in_quotes_where_yaml_needs_them() -> None:
    varied = quantities_of(['machines."a, b".hosts=1..3', ROBOTS])
    with pytest.raises(ScenarioError) as refused:
        unit_costs(varied, scenario())
    assert """{'machines."a, b".hosts': 900}""" in refused.value.issues[0].hint


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [(("3",), (1,), 3), (("2", " 4"), (900, 50), 2000), (("0.5", "1e1"), (2, 3), 31), ((), (), 0)],
)
def test_a_fleet_costs_the_sum_over_its_quantities(
    values: tuple[str, ...], unit: tuple[float, ...], expected: float
) -> None:
    assert cost_of(values, unit) == expected


@pytest.mark.parametrize("value", ["many", "10m", "true", "", ".inf", "5%", "{unattended: 2}"])
def test_a_value_that_is_no_number_has_no_cost(value: str) -> None:
    with pytest.raises(ScenarioError, match="is no number") as refused:
        cost_of((value,), (1.0,))
    assert "size needs numbers" in refused.value.issues[0].hint
