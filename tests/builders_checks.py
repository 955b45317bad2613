"""The self-checks of some records by name, and code that is broken on purpose."""

from __future__ import annotations
import __future__

import inspect
import textwrap
from typing import Any

import pytest
from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.measurement.blaming.blame import charges_of
from simulator.measurement.checking.checks import Check
from simulator.measurement.checking.every_check import blame_checks, checks_of
from simulator.plan.eligibility import eligibility_of
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.columns import Records


def planned(**parts: Any) -> Plan:
    """The plan of a scenario made of parts, as in `builders.scenario`."""
    whole = scenario(**parts)
    return make_plan(whole, access_of(whole, catalogue()), {})


def checked(plan: Plan, records: Records) -> dict[str, Check]:
    """Every check of a run, by name; its blame is worked out from the same records."""
    eligibility, legend = eligibility_of(plan), plan.legend
    charges = charges_of(eligibility, legend, records)
    found = (*checks_of(eligibility, legend, records), *blame_checks(records.jobs, charges))
    return {check.name: check for check in found}


def failing(plan: Plan, records: Records) -> set[str]:
    """The names of the checks that fail."""
    return {name for name, check in checked(plan, records).items() if not check.holds}


def break_on_purpose(
    patch: pytest.MonkeyPatch, owner: Any, name: str, right: str, wrong: str
) -> None:
    """Have a function of a module, or a method of a class, say one thing otherwise in its source.

    The right text stands in it just once, so that no mutation is lost when the code changes.
    """
    function = getattr(owner, name)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(right) == 1, f"{name} does not say {right!r} just once"
    flags = __future__.annotations.compiler_flag
    code = compile(source.replace(right, wrong), f"<{name}, broken>", "exec", flags)
    found: dict[str, Any] = {}
    exec(code, function.__globals__, found)  # noqa: S102 - our own code, one word of it changed
    patch.setattr(owner, name, found[name])
