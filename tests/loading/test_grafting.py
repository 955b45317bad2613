"""A variant built on the file's own scenario is the same as one built from its data alone."""

from __future__ import annotations

import pytest

from simulator.loading.composer import compose
from simulator.loading.faults import validate
from simulator.loading.grafting import grafted
from simulator.loading.override_paths import parse_path, replaced

FILE = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {hosts: 1, slots: 2}, spare: {names: [a, b]}}
accounts: {olga: {type: user}, bot: {type: robot}}
folders:
  HR:
    assign: {bot: [Automation User]}
    machines: [vm]
    processes: {P: {duration: 5m, priority: High}, Q: {duration: {shifted: {by: 1m, of: 2m}}}}
    triggers: {T: {process: P, event: {every: 1h}, created_by: olga, from: 2026-02-01}}
    folders: {Payroll: , Month end: {machines: {spare: {propagate: true}}}}
  IT: {}
targets: [{folder: HR, measure: pending.p95, at_most: 1m}]
"""


@pytest.mark.parametrize(
    "override",
    [
        "machines.vm.hosts=3",
        "machines.spare=null",
        "machines={}",
        "run.seed=7",
        "time.warm_up=1h",
        "folders.HR.machines.vm.propagate=true",
        "folders.HR.processes.Q.duration.shifted.by=3m",
        "folders.HR.triggers.T.from=2026-03-01",
        'folders.HR.folders."Month end".machines=[vm]',
        "folders.HR.folders.Payroll.machines=[vm]",
        "folders.IT=null",
        "targets.0.at_most=2m",
        "targets.0=null",
    ],
)
def test_a_grafted_variant_equals_one_built_alone(override: str) -> None:
    data = compose(FILE, "s.yaml").data
    scenario, _ = validate(data)
    path, _, text = override.partition("=")
    value = compose(f"value: {text}", "--set").data["value"]
    changed = replaced(data, parse_path(path), value)
    alone, faults = validate(changed.data)
    on_top, _ = validate(grafted(changed.data, scenario, [changed.path]))
    assert faults == []
    assert on_top == alone != scenario


def test_what_no_override_touches_is_not_built_again() -> None:
    data = compose(FILE, "s.yaml").data
    scenario, _ = validate(data)
    changed = replaced(data, parse_path("machines.vm.hosts"), 2)
    variant, _ = validate(grafted(changed.data, scenario, [changed.path]))
    assert variant.machines["spare"] is scenario.machines["spare"]
    assert variant.folders["HR"] is scenario.folders["HR"]
