"""A run-as target in words, as tables have it: under whom a start is to run, and where."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.audit.lookups import unknown
from simulator.errors import ScenarioError
from simulator.loading import Loaded
from simulator.model.accounts import entry_behind
from simulator.model.scenario import Scenario
from simulator.model.triggers import ANY_ACCOUNT, ExecutionTarget, RunAs

_ON = " on "


def run_as_of(loaded: Loaded, target: str) -> RunAs:
    """Return the run-as target: `dynamic`, `myself`, or an account, a machine, a host or both.

    These read `hr-bot`, `hr-bot on shared-vm`, `hr-bot on shared-vm/1`, `any account on shared-vm`.
    A name may hold ` on ` or `/` itself: an account of exactly that name goes first, and then
    whatever split leaves two names that there are.

    Raises:
        ScenarioError: an account, a machine or a host of these is unknown.
    """
    scenario = loaded.scenario
    if target == "dynamic":
        return "dynamic"
    if target == "myself":
        return "myself"
    if _is_account(target, scenario):
        return ExecutionTarget(account=target)
    for account, place in _splits(target):
        found = _place(place, scenario)
        if found is not None and _may_be_account(account, scenario):
            named = account if _is_account(account, scenario) else None
            return ExecutionTarget(account=named, machine=found[0], host=found[1])
    raise _nothing(target, scenario)


def _splits(target: str) -> Iterator[tuple[str, str]]:
    """Yield every account and place that a target may mean: `a on b on c` splits in two ways."""
    words = target.split(_ON)
    for place in range(1, len(words)):
        yield _ON.join(words[:place]), _ON.join(words[place:])


def _is_account(name: str, scenario: Scenario) -> bool:
    return entry_behind(name, scenario.accounts) is not None


def _may_be_account(name: str, scenario: Scenario) -> bool:
    return name == ANY_ACCOUNT or _is_account(name, scenario)


def _place(place: str, scenario: Scenario) -> tuple[str, str | None] | None:
    """Return a machine and its host's own name, None for any; None if there is no such place."""
    if place in scenario.machines:
        return place, None
    for name in _machines_of(place, scenario):
        host = scenario.machines[name].own_host_name(name, place)
        if host is not None:
            return name, host
    return None


def _machines_of(place: str, scenario: Scenario) -> Iterator[str]:
    """Yield the machines whose host a place may be, by its name alone."""
    return (name for name in scenario.machines if place.startswith(f"{name}/"))


def _nothing(target: str, scenario: Scenario) -> ScenarioError:
    """Return what of a target there is not: its place if its account is known, else the account."""
    splits = list(_splits(target))
    for account, place in splits:
        if _may_be_account(account, scenario):
            return _no_place(place, scenario)
    account = next((who for who, place in splits if _place(place, scenario)), target)
    return unknown("account to run as", account, ["dynamic", "myself", *scenario.accounts])


def _no_place(place: str, scenario: Scenario) -> ScenarioError:
    for name in _machines_of(place, scenario):
        hosts = scenario.machines[name].host_names()
        return unknown(f"host of {name!r}", place.removeprefix(f"{name}/"), hosts)
    return unknown("machine", place.rpartition("/")[0] or place, scenario.machines)
