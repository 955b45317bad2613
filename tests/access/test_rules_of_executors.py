"""The rules of who executes, on which machine, and of every way to be refused, one row each.

Each row names its source, a page of the vendor's documentation. Who may start at all stands in
`test_rules.py`, whom a trigger asks in `test_rules_of_triggers.py`.
"""

from __future__ import annotations

import pytest
from access.rules import ANNA, BOTS, NO_ROBOT, NO_ROBOT_OF_MINE, NOT_THERE, Rule, outcome

NO_MACHINE = "409/2818"
NO_PAIR = "409/AccountMachineMapping"

AS_MYSELF: dict[str, Rule] = {
    "background: no robot is needed": Rule(
        "Running personal remote automations", "HR: {assign: {anna: [Starter]}}", ANNA
    ),
    "background: open to members of a group": Rule(
        "Running personal remote automations", "HR: {assign: {clerks: [Starter]}}", ANNA
    ),
    "foreground: a robot of one's own": Rule(
        "Start-job errors: 1230",
        "HR: {assign: {omar: [Starter]}}",
        {"vm": ["omar"]},
        who="omar",
        type="foreground",
    ),
    "foreground: assigned to a parent": Rule(
        "Start-job errors: 1230",
        "HR: {assign: {omar: [Starter]}, folders: {Payroll: {}}}",
        {"vm": ["omar"]},
        who="omar",
        where="HR/Payroll",
        type="foreground",
    ),
    "foreground: no robot": Rule(
        "Start-job errors: 1230",
        "HR: {assign: {anna: [Starter], bot: []}}",
        NO_ROBOT_OF_MINE,
        type="foreground",
    ),
    "foreground: not by a group": Rule(
        "Start-job errors: robots are not inherited from groups",
        "HR: {assign: {clerks: [Starter]}}",
        NO_ROBOT_OF_MINE,
        who="omar",
        type="foreground",
    ),
    "an application only calls": Rule(
        "Confidential applications have no robot",
        "HR: {assign: {app: [Starter], bot: []}}",
        NO_ROBOT_OF_MINE,
        who="app",
    ),
}

A_NAMED_ACCOUNT: dict[str, Rule] = {
    "of the folder; no right over it is asked": Rule(
        "Managing jobs: execution target",
        "HR: {assign: {anna: [Starter], bot: []}}",
        {"vm": ["bot-2"]},
        run_as={"account": "bot-2"},
    ),
    "a counted one: any member": Rule(
        "A counted account is its members",
        "HR: {assign: {anna: [Starter], bot: []}}",
        BOTS,
        run_as={"account": "bot"},
    ),
    "assigned to a parent": Rule(
        "Managing folders: assignments are inherited",
        "HR: {assign: {anna: [Starter], bot: []}, folders: {Payroll: {}}}",
        {"vm": ["bot-1"]},
        where="HR/Payroll",
        run_as={"account": "bot-1"},
    ),
    "not in the folder": Rule(
        "Start-job errors: the specified unattended robot",
        "HR: {assign: {anna: [Starter], bot: []}}",
        NOT_THERE,
        run_as={"account": "spare"},
    ),
    "in a subfolder only": Rule(
        "Managing folders: assignments are inherited",
        "HR: {assign: {anna: [Starter]}, folders: {Payroll: {assign: {spare: []}}}}",
        NOT_THERE,
        run_as={"account": "spare"},
    ),
    "by a group only": Rule(
        "Start-job errors: robots are not inherited from groups",
        "HR: {assign: {anna: [Starter], robots: [Automation User]}}",
        NOT_THERE,
        run_as={"account": "spare"},
    ),
    "without a robot": Rule(
        "Start-job errors: the specified unattended robot",
        "HR: {assign: {anna: [Starter], bot: []}}",
        NOT_THERE,
        run_as={"account": "anna"},
    ),
}

ANY_ACCOUNT: dict[str, Rule] = {
    "the folder's own first, then those of the nearest parent": Rule(
        "Managing folders: assignments are inherited",
        "HR: {assign: {bot-2: [], anna: [Starter]}, folders: "
        "{A: {assign: {spare: []}, folders: {B: {assign: {bot-1: [], omar: []}}}}}}",
        {"vm": ["bot-1", "omar", "spare", "bot-2"]},
        where="HR/A/B",
        run_as="dynamic",
    ),
    "a user with a robot of his own": Rule(
        "Unattended automation with user accounts",
        "HR: {assign: {omar: [], anna: [Starter]}}",
        {"vm": ["omar"]},
        run_as="dynamic",
    ),
    "people without one are none": Rule(
        "Start-job errors: 1671", "HR: {assign: {anna: [Starter]}}", NO_ROBOT, run_as="dynamic"
    ),
    "a group brings none": Rule(
        "Start-job errors: robots are not inherited from groups",
        "HR: {assign: {anna: [Starter], robots: [Automation User], clerks: []}}",
        NO_ROBOT,
        run_as="dynamic",
    ),
    "nor does a sibling": Rule(
        "Managing folders: assignments are inherited",
        "HR: {assign: {anna: [Starter]}, folders: {A: {assign: {bot: []}}, B: {}}}",
        NO_ROBOT,
        where="HR/B",
        run_as="dynamic",
    ),
    "a machine is named: one is needed too": Rule(
        "Start-job errors: 1671",
        "HR: {assign: {anna: [Starter]}}",
        NO_ROBOT,
        run_as={"machine": "vm"},
    ),
}

MACHINES: dict[str, Rule] = {
    "every one of the folder with the runtime, in its order": Rule(
        "Assigning machine objects to folders",
        "HR: {assign: {anna: [Starter]}, machines: [lab, far, vm]}",
        {"far": ["anna"], "vm": ["anna"]},
    ),
    "those with another runtime type": Rule(
        "Assigning machine objects to folders",
        "HR: {assign: {anna: [Starter]}, machines: [vm, lab]}",
        {"lab": ["anna"]},
        runtime="non_production",
    ),
    "the named one": Rule(
        "Managing jobs: execution target",
        "HR: {assign: {anna: [Starter], bot: []}, machines: [far, vm]}",
        BOTS,
        run_as={"machine": "vm"},
    ),
    "the named one and the named account": Rule(
        "Managing jobs: execution target",
        "HR: {assign: {anna: [Starter], bot: []}, machines: [far, vm]}",
        {"vm": ["bot-1"]},
        run_as={"account": "bot-1", "machine": "vm", "host": "vm/2"},
    ),
    "a parent's that propagates, after one's own": Rule(
        "Assigning machine objects to folders: propagate to subfolders",
        "HR: {assign: {anna: [Starter]}, machines: {vm: {propagate: true}}, "
        "folders: {Payroll: {machines: [far]}}}",
        {"far": ["anna"], "vm": ["anna"]},
        where="HR/Payroll",
    ),
    "a parent's that does not propagate is none": Rule(
        "Assigning machine objects to folders: direct assignment",
        "HR: {assign: {anna: [Starter]}, machines: [vm], folders: {Payroll: {machines: []}}}",
        NO_MACHINE,
        where="HR/Payroll",
    ),
    "no machine": Rule(
        "Start-job errors: 2818", "HR: {assign: {anna: [Starter]}, machines: []}", NO_MACHINE
    ),
    "none with the runtime type": Rule(
        "Start-job errors: 2818",
        "HR: {assign: {anna: [Starter]}}",
        NO_MACHINE,
        runtime="non_production",
    ),
    "none with a slot of it": Rule(
        "Start-job errors: 2818",
        "HR: {assign: {anna: [Starter]}, machines: [slotless]}",
        NO_MACHINE,
    ),
    "the named one is not in the folder": Rule(
        "Start-job errors: 2818",
        "HR: {assign: {anna: [Starter], bot: []}}",
        NO_MACHINE,
        run_as={"machine": "far"},
    ),
    "the named one lacks the runtime type": Rule(
        "Start-job errors: 2818",
        "HR: {assign: {anna: [Starter], bot: []}, machines: [vm, lab]}",
        NO_MACHINE,
        run_as={"machine": "lab"},
    ),
    "no host at present: it waits": Rule(
        "Job states: Pending",
        "HR: {assign: {anna: [Starter]}, machines: [empty]}",
        {"empty": ["anna"]},
    ),
}

MAPPINGS: dict[str, Rule] = {
    "of the tenant": Rule(
        "Account-machine mappings",
        "HR: {assign: {anna: [Starter], spare: [], bot: []}, machines: [bots only, vm]}",
        {"bots only": ["bot-1", "bot-2"], "vm": ["spare", "bot-1", "bot-2"]},
        run_as="dynamic",
    ),
    "of the folder": Rule(
        "Account-machine mappings in a folder",
        "HR: {assign: {anna: [Starter], bot: []}, machines: {vm: {accounts: [bot-2]}}}",
        {"vm": ["bot-2"]},
        run_as="dynamic",
    ),
    "of both: their intersection": Rule(
        "Account-machine mappings in a folder narrow the tenant's",
        "HR: {assign: {anna: [Starter], spare: [], bot: []}, "
        "machines: {bots only: {accounts: [spare, bot-2]}}}",
        {"bots only": ["bot-2"]},
        run_as="dynamic",
    ),
    "a folder's own entry replaces an inherited one": Rule(
        "Assigning machine objects to folders: direct assignment",
        "HR: {assign: {anna: [Starter], bot: []}, "
        "machines: {vm: {propagate: true, accounts: [bot-1]}}, "
        "folders: {Payroll: {machines: {vm: {accounts: [bot-2]}}}}}",
        {"vm": ["bot-2"]},
        where="HR/Payroll",
        run_as="dynamic",
    ),
    "one machine is left": Rule(
        "Account-machine mappings",
        "HR: {assign: {anna: [Starter], spare: []}, machines: [bots only, far]}",
        {"far": ["spare"]},
        run_as="dynamic",
    ),
    "the tenant's leaves no pair": Rule(
        "Account-machine mappings",
        "HR: {assign: {anna: [Starter], spare: []}, machines: [bots only]}",
        NO_PAIR,
        run_as="dynamic",
    ),
    "the folder's leaves no pair": Rule(
        "Account-machine mappings in a folder",
        "HR: {assign: {anna: [Starter], bot: []}, machines: {vm: {accounts: [spare]}}}",
        NO_PAIR,
        run_as="dynamic",
    ),
    "their intersection leaves no pair": Rule(
        "Account-machine mappings in a folder narrow the tenant's",
        "HR: {assign: {anna: [Starter], spare: [], bot: []}, "
        "machines: {bots only: {accounts: [spare]}}}",
        NO_PAIR,
        run_as="dynamic",
    ),
    "not the named pair": Rule(
        "Account-machine mappings",
        "HR: {assign: {anna: [Starter], bot: []}, machines: {vm: {accounts: [bot-1]}}}",
        NO_PAIR,
        run_as={"account": "bot-2", "machine": "vm"},
    ),
    "not for myself": Rule(
        "Account-machine mappings",
        "HR: {assign: {anna: [Starter]}, machines: [bots only]}",
        NO_PAIR,
    ),
}

RULES = {
    f"{chapter}: {name}": rule
    for chapter, rules in {
        "as myself": AS_MYSELF,
        "a named account": A_NAMED_ACCOUNT,
        "any account": ANY_ACCOUNT,
        "machines": MACHINES,
        "mappings": MAPPINGS,
    }.items()
    for name, rule in rules.items()
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule(rule: Rule) -> None:
    assert outcome(rule) == rule.outcome, rule.source
