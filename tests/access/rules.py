"""A rule of the access model as a row of a table: a small estate, a question, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml
from builders import catalogue, scenario

from simulator.access.grants import Access, access_of
from simulator.access.refusals import Refusal
from simulator.model.references import dangling
from simulator.model.scenario import Scenario
from simulator.plan.submitters import submitters
from simulator.policies.admission import admit, checks

Outcome: TypeAlias = str | dict[str, list[str]]
"""Status and code of a refusal, or the machines with the accounts that may run there, in order."""

ACCOUNTS = yaml.safe_load("""
    anna: {type: user, groups: [clerks]}
    omar: {type: user, unattended: true, groups: [clerks]}
    bot: {type: robot, count: 2}
    spare: {type: robot, groups: [robots]}
    app: {type: application, groups: [clerks]}
""")
ROLES = yaml.safe_load("""
    Starter: {type: folder, permissions: {Jobs: [View, Create]}}
    Viewer: {type: folder, permissions: {Jobs: [View]}}
    Copy: {copy_of: Automation User}
    Copy of a copy: {copy_of: Copy}
    Without starting: {copy_of: Automation User, remove: {Jobs: [Create]}}
    Copy without: {copy_of: Without starting}
    With starting: {copy_of: Without starting, add: {Jobs: [Create]}}
""")
MACHINES = yaml.safe_load("""
    vm: {hosts: 2, slots: 2}
    lab: {slots: {non_production: 1}}
    far: {}
    empty: {hosts: 0}
    slotless: {slots: 0}
    bots only: {accounts: [bot]}
""")

ANNA = {"vm": ["anna"]}
"""What comes of it when anna may start background work as herself."""

BOTS = {"vm": ["bot-1", "bot-2"]}
NO_ROBOT = "409/1671"
NOT_THERE = "409/InvalidStartJobRobotIds"
NO_ROBOT_OF_MINE = "409/1230"


@dataclass(frozen=True)
class Rule:
    """Who asks for what in which estate, and what comes of it.

    `folders` and `tenant` are texts of a scenario file; a folder that names no machines has vm.
    `source` is the vendor's page that the rule is from. Where nothing else is said, anna starts
    background work in HR as herself, which takes access, a right and a machine, and no robot.
    `via` is start, time, event, queue, api or then: whether she presses Start, made the time, event
    or queue trigger, calls the API trigger that anna made, or is whom the job ran under whose end
    starts this one.
    """

    source: str
    folders: str
    outcome: Outcome
    who: str = "anna"
    where: str = "HR"
    run_as: Any = "myself"
    type: str = "background"
    runtime: str = "unattended"
    via: str = "start"
    tenant: str = "{}"
    model: str = "modern"
    users_start_jobs: bool = True


def outcome(rule: Rule) -> Outcome:
    """Ask admission what becomes of a rule's submission; the estate is a valid one."""
    estate, access = _estate(rule)
    assert not [one for one in dangling(estate, catalogue()) if one.severity == "error"]
    (submitter,) = submitters(estate, access)
    request = submitter.request(rule.who)
    answer = admit(request, estate, access)
    refused = [one for _, one in checks(request, estate, access).outcomes() if one is not None]
    assert refused[:1] == ([answer] if isinstance(answer, Refusal) else [])
    if isinstance(answer, Refusal):
        return f"{answer.status}/{answer.code}"
    return {machine: list(accounts) for machine, accounts in answer.places}


def access_in(rule: Rule) -> Access:
    """Return who holds which right where in a rule's estate."""
    return _estate(rule)[1]


def _estate(rule: Rule) -> tuple[Scenario, Access]:
    estate = scenario(
        accounts=ACCOUNTS,
        roles=ROLES,
        machines=MACHINES,
        folders=_furnished(yaml.safe_load(rule.folders), "", rule),
        tenant={"assign": yaml.safe_load(rule.tenant)},
        assumptions={
            "folder_model": rule.model,
            "automation_user_starts_jobs": rule.users_start_jobs,
        },
    )
    return estate, access_of(estate, catalogue())


def _furnished(folders: dict[str, Any], above: str, rule: Rule) -> dict[str, Any]:
    """Give folders their machine, and the one asked about its process and what submits it."""
    return {
        name: {
            "machines": ["vm"],
            **folder,
            **(_asked(rule) if above + name == rule.where else {}),
            "folders": _furnished(folder.get("folders", {}), f"{above}{name}/", rule),
        }
        for name, folder in folders.items()
    }


def _asked(rule: Rule) -> dict[str, Any]:
    process = {"duration": "1m", "type": rule.type, "runtime": rule.runtime}
    stream: dict[str, Any] = {"every": "1h"}
    submits, follows = ({key: "P", "run_as": rule.run_as} for key in ("process", "start"))
    asked: dict[str, Any] = {
        "start": {"starts": {"S": {**submits, "by": rule.who, "stream": stream}}},
        "time": {
            "triggers": {"S": {**submits, "created_by": rule.who, "time": {"cron": "0 0 * * * ?"}}}
        },
        "event": {"triggers": {"S": {**submits, "created_by": rule.who, "event": stream}}},
        "api": {
            "triggers": {"S": {**submits, "created_by": "anna", "api": {**stream, "by": rule.who}}}
        },
        "queue": {
            "processes": {"P": {**process, "queue": "Q"}},
            "queues": {"Q": {}},
            "triggers": {"S": {**submits, "created_by": rule.who, "queue": {"name": "Q"}}},
        },
        "then": {"processes": {"P": process, "before": {"duration": "1m", "then": follows}}},
    }
    return {"processes": {"P": process}, **asked[rule.via]}
