"""Capacity planning for RPA estates, as UiPath Orchestrator models them.

The way through, one room after the other:

    scenario.yaml → loading → Scenario → plan → simulate [triggers, starts → admission → Pending →
    match → slot → end] → records → measures → statistics → report | tables | notebook

In a notebook:

    import simulator

    study = simulator.run("scenarios/shared-fleet.yaml", replications=50)
    study  # shows the answer, its targets, charts and tables
    study.plot("week")  # on matplotlib's axes
    study.summary_frame()  # every figure with its interval
    study.jobs()  # every job, refused submissions too
    simulator.open_run("reports/shared-fleet/0123456789ab-s1")  # a run kept by the command line
    simulator.compare("scenarios/shared-fleet.yaml").frame()
    hosts = {"machines.shared-vm.hosts": range(1, 9)}
    simulator.sweep("scenarios/shared-fleet.yaml", hosts).plot("pending.p95")
    simulator.size("scenarios/shared-fleet.yaml", hosts).fleet  # the cheapest that will do
    simulator.rights("scenarios/shared-fleet.yaml").frame()  # who may do what, and where it runs
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

# Type checkers read __init__.pyi, which says the same.
_HOMES = {
    "Advice": "simulator.experiments.advising.advice",
    "Comparison": "simulator.experiments.comparing.compare",
    "Loaded": "simulator.loading",
    "Rights": "simulator.audit.rights",
    "Sizing": "simulator.experiments.sizing.sizing",
    "Study": "simulator.experiments.study",
    "Sweep": "simulator.experiments.sweeping.sweep",
    "advise": "simulator.notebook.searching",
    "compare": "simulator.notebook.asking",
    "load": "simulator.loading",
    "open_run": "simulator.notebook.asking",
    "rights": "simulator.notebook.asking",
    "run": "simulator.notebook.asking",
    "size": "simulator.notebook.searching",
    "sweep": "simulator.notebook.searching",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - every one of them is text


def __getattr__(name: str) -> object:
    """Import what is public when it is first asked for, so that `import simulator` stays fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
