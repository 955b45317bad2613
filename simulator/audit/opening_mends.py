"""The change of a file that makes an opening: in words, and as overrides a user can paste."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from simulator.access.grants import Access
from simulator.audit.named_openings import NamedOpening
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget
from simulator.plan.openings import Rule
from simulator.policies.admission import Question
from simulator.policies.changes import Change, Mend, site_of
from simulator.policies.hosting import hosting_of
from simulator.policies.licences import licences_of
from simulator.policies.mending import mend
from simulator.policies.mending_hosts import mend_host
from simulator.policies.mending_machines import mend_mapping


def mend_of(one: NamedOpening, scenario: Scenario, access: Access) -> Mend | None:
    """Return the change that makes an opening; None where no change of a file can."""
    return _MENDS[one.opening.rule](one, scenario, access)


def _assigned(one: NamedOpening, scenario: Scenario, access: Access) -> Mend | None:
    """Have the folder get what the jobs would get if they named it."""
    if one.opening.is_of_robot:
        question, target = Question.ACCOUNT, ExecutionTarget(account=one.what)
    else:
        question, target = Question.MACHINE, ExecutionTarget(machine=one.what)
    named = replace(one.request, run_as=target, caller=None)
    return mend(question, named, scenario, access)


def _mapped(one: NamedOpening, scenario: Scenario, access: Access) -> Mend:
    number = one.opening.accounts or one.opening.places[0].accounts
    accounts = tuple(access.accounts[account] for account in number)
    machines = tuple(pair for pair in access.machines(one.folder) if pair[0] == one.at)
    return mend_mapping(site_of(one.folder, scenario), accounts, machines, scenario, access)


def _taking_type(one: NamedOpening, scenario: Scenario, _access: Access) -> Mend | None:
    return mend_host(one.request, ((one.what, ()),), hosting_of(scenario))


def _licensed(one: NamedOpening, scenario: Scenario, _access: Access) -> Mend:
    """Raise the licences until all hosts that are always there have theirs, or one more of a pool.

    Hosts take them in the order of the file, so those before take theirs first.
    """
    runtime, machine, licences = (
        one.request.runtime,
        scenario.machines[one.what],
        licences_of(scenario),
    )
    held, slots = scenario.licences[runtime], machine.slots[runtime]
    count = licences.before[one.what, runtime] + machine.connected_at_start * slots
    if count <= held:
        count = max(held, licences.altogether[runtime]) + slots
    words = f"raise the {runtime} licences from {held} to {count}"
    return Mend(words, (Change(("licences", runtime), count),))


def _with_sessions(one: NamedOpening, scenario: Scenario, _access: Access) -> Mend:
    machine = scenario.machines[one.what]
    slots = sum(machine.slots.values())
    words = f"raise windows_sessions of {one.what} from {machine.windows_sessions} to {slots}"
    return Mend(words, (Change(("machines", one.what, "windows_sessions"), slots),))


def _unlimited(one: NamedOpening, _scenario: Scenario, _access: Access) -> Mend:
    change = Change(("accounts", one.what, "one_job_at_a_time"), value=False)
    return Mend(f"lift one_job_at_a_time of {one.what}", (change,))


_MENDS: Final[Mapping[Rule, Callable[[NamedOpening, Scenario, Access], Mend | None]]] = {
    Rule.FOLDER: _assigned,
    Rule.ROLE: _assigned,
    Rule.MAPPING: _mapped,
    Rule.PROCESS_TYPES: _taking_type,
    Rule.LICENCE: _licensed,
    Rule.SESSION: _with_sessions,
    Rule.LIMIT: _unlimited,
}
