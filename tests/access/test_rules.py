"""The rules of the access model, one row each: who may start what, by which role, from where.

Each row names its source, a page of the vendor's documentation. Who then executes, and
on which machine, stands in `test_rules_of_executors.py`, whom a trigger asks and what runs in a
personal workspace in `test_rules_of_triggers.py`.
"""

from __future__ import annotations

import pytest
from access.rules import ANNA, Rule, outcome

ROLES_ADD_UP: dict[str, Rule] = {
    "a right by one's own name": Rule(
        "API 20.0, StartJobs: Jobs.Create", "HR: {assign: {anna: [Starter]}}", ANNA
    ),
    "no assignment, no access": Rule(
        "Start-job errors: 1100", "HR: {assign: {omar: [Starter]}}", "400/1100"
    ),
    "access without the right": Rule(
        "API 20.0, StartJobs: Jobs.Create", "HR: {assign: {anna: [Viewer]}}", "403/0"
    ),
    "an assignment without a role opens the folder": Rule(
        "Managing folders: assigning accounts", "HR: {assign: {anna: []}}", "403/0"
    ),
    "union of roles": Rule(
        "Managing access: permissions add up", "HR: {assign: {anna: [Viewer, Starter]}}", ANNA
    ),
    "by a group": Rule(
        "Managing access: groups hand their roles on", "HR: {assign: {clerks: [Starter]}}", ANNA
    ),
    "union with a group's roles": Rule(
        "Managing access: explicit roles and those of every group",
        "HR: {assign: {anna: [Viewer], clerks: [Starter]}}",
        ANNA,
    ),
    "another's roles are not mine": Rule(
        "Managing access: rights come through roles only",
        "HR: {assign: {anna: [Viewer], omar: [Starter], robots: [Starter]}}",
        "403/0",
    ),
    "by a counted entry": Rule(
        "A counted account is its members",
        "HR: {assign: {bot: [Starter]}}",
        {"vm": ["bot-2"]},
        who="bot-2",
    ),
    "a member of it alone": Rule(
        "A counted account is its members",
        "HR: {assign: {bot-1: [Starter]}}",
        "400/1100",
        who="bot-2",
    ),
    "an application by its own name": Rule(
        "Access for confidential applications: assigned directly",
        "HR: {assign: {app: [Starter], bot-1: []}}",
        {"vm": ["bot-1"]},
        who="app",
        run_as="dynamic",
    ),
    "an application never by a group": Rule(
        "Access for confidential applications: assigned directly",
        "HR: {assign: {clerks: [Starter], bot-1: []}}",
        "400/1100",
        who="app",
        run_as="dynamic",
    ),
}

ROLES_FLOW_DOWN: dict[str, Rule] = {
    "to a subfolder": Rule(
        "Managing folders: assignments are inherited",
        "HR: {assign: {anna: [Starter]}, folders: {Payroll: {}}}",
        ANNA,
        where="HR/Payroll",
    ),
    "to every level below, by a group too": Rule(
        "Managing folders: assignments are inherited",
        "HR: {assign: {clerks: [Starter]}, folders: {A: {folders: {B: {folders: {C: {}}}}}}}",
        ANNA,
        where="HR/A/B/C",
    ),
    "more can be added lower down": Rule(
        "Managing folders: roles of the subfolder come on top",
        "HR: {assign: {anna: [Viewer]}, folders: {Payroll: {assign: {anna: [Starter]}}}}",
        ANNA,
        where="HR/Payroll",
    ),
    "nothing can be taken away lower down": Rule(
        "Managing folders: inherited roles stay",
        "HR: {assign: {anna: [Starter]}, folders: {Payroll: {assign: {anna: [Viewer]}}}}",
        ANNA,
        where="HR/Payroll",
    ),
    "never upwards": Rule(
        "Managing folders: assignments are inherited",
        "HR: {folders: {Payroll: {assign: {anna: [Starter]}}}}",
        "400/1100",
    ),
    "never to a sibling": Rule(
        "Managing folders: assignments are inherited",
        "HR: {folders: {Payroll: {assign: {anna: [Starter]}}, Hiring: {}}}",
        "400/1100",
        where="HR/Hiring",
    ),
    "never to a folder whose name begins alike": Rule(
        "Managing folders: assignments are inherited",
        "{HR: {assign: {anna: [Starter]}}, HR 2: {}}",
        "400/1100",
        where="HR 2",
    ),
}

ROLES_OF_A_LEVEL: dict[str, Rule] = {
    "a tenant role opens no folder": Rule(
        "Default roles: Orchestrator Administrator has tenant permissions",
        "HR: {}",
        "400/1100",
        tenant="anna: [Orchestrator Administrator]",
    ),
    "nor does it in the classic model": Rule(
        "Default roles: Orchestrator Administrator has tenant permissions",
        "HR: {}",
        "400/1100",
        tenant="anna: [Orchestrator Administrator]",
        model="classic",
    ),
    "a tenant role starts nothing where its holder has access": Rule(
        "Default roles: Orchestrator Administrator has tenant permissions",
        "HR: {assign: {anna: [Viewer]}}",
        "403/0",
        tenant="anna: [Orchestrator Administrator]",
    ),
    "a tenant role in a folder gives nothing": Rule(
        "Default roles: a tenant role is for the tenant",
        "HR: {assign: {anna: [Orchestrator Administrator]}}",
        "403/0",
    ),
    "a folder role at the tenant gives nothing": Rule(
        "Default roles: a folder role is for folders",
        "HR: {}",
        "400/1100",
        tenant="anna: [Folder Administrator]",
        model="classic",
    ),
    "a pair: both halves": Rule(
        "Default roles: Allow to be Automation User and Automation User",
        "HR: {assign: {anna: [Automation User]}}",
        ANNA,
        tenant="anna: [Allow to be Automation User]",
    ),
    "a pair: the tenant's half alone": Rule(
        "Default roles: Allow to be Automation User and Automation User",
        "HR: {}",
        "400/1100",
        tenant="anna: [Allow to be Automation User]",
    ),
}

MIXED_ROLES: dict[str, Rule] = {
    "in a folder: its folder part": Rule(
        "Default roles: mixed roles", "HR: {assign: {anna: [Administrator]}}", ANNA
    ),
    "in a folder: and below": Rule(
        "Default roles: mixed roles",
        "HR: {assign: {anna: [Robot]}, folders: {Payroll: {}}}",
        ANNA,
        where="HR/Payroll",
    ),
    "modern: at the tenant it opens no folder": Rule(
        "Folders: fine-grained permissions",
        "HR: {}",
        "400/1100",
        tenant="anna: [Administrator]",
    ),
    "modern: at the tenant it adds nothing to a folder's role": Rule(
        "Default roles: mixed roles",
        "HR: {assign: {anna: [Viewer]}}",
        "403/0",
        tenant="anna: [Administrator]",
    ),
    "classic: at the tenant it opens folders": Rule(
        "Folders: Inherit from tenant",
        "HR: {}",
        ANNA,
        tenant="anna: [Administrator]",
        model="classic",
    ),
    "classic: by a group": Rule(
        "Folders: Inherit from tenant",
        "HR: {}",
        ANNA,
        tenant="clerks: [Robot]",
        model="classic",
    ),
    "classic: a folder's role replaces it": Rule(
        "Default roles: folder permissions in favor of any tenant permissions",
        "HR: {assign: {anna: [Viewer]}}",
        "403/0",
        tenant="anna: [Administrator]",
        model="classic",
    ),
    "classic: a group's role in the folder replaces it": Rule(
        "Default roles: folder permissions in favor of any tenant permissions",
        "HR: {assign: {clerks: [Viewer]}}",
        "403/0",
        tenant="anna: [Administrator]",
        model="classic",
    ),
    "classic: an inherited folder role replaces it": Rule(
        "Default roles: folder permissions in favor of any tenant permissions",
        "HR: {assign: {anna: [Viewer]}, folders: {Payroll: {}}}",
        "403/0",
        where="HR/Payroll",
        tenant="anna: [Administrator]",
        model="classic",
    ),
    "classic: a role in another folder replaces nothing here": Rule(
        "Default roles: folder permissions in favor of any tenant permissions",
        "{HR: {}, Finance: {assign: {anna: [Viewer]}}}",
        ANNA,
        tenant="anna: [Administrator]",
        model="classic",
    ),
    "classic: a tenant role in the folder replaces nothing": Rule(
        "Default roles: a tenant role is for the tenant",
        "HR: {assign: {anna: [Allow to be Automation User]}}",
        ANNA,
        tenant="anna: [Administrator]",
        model="classic",
    ),
    "classic: an assignment without a role replaces nothing": Rule(
        "Default roles: folder permissions in favor of any tenant permissions",
        "HR: {assign: {anna: []}}",
        ANNA,
        tenant="anna: [Administrator]",
        model="classic",
    ),
}

COPIED_ROLES: dict[str, Rule] = {
    "what its original grants": Rule(
        "Default roles: duplicate and customize", "HR: {assign: {anna: [Copy]}}", ANNA
    ),
    "the original's assumption too": Rule(
        "No page says whether an Automation User starts jobs",
        "HR: {assign: {anna: [Copy]}}",
        "403/0",
        users_start_jobs=False,
    ),
    "the original without the assumption": Rule(
        "No page says whether an Automation User starts jobs",
        "HR: {assign: {anna: [Automation User]}}",
        "403/0",
        users_start_jobs=False,
    ),
    "remove": Rule(
        "Default roles: duplicate and customize",
        "HR: {assign: {anna: [Without starting]}}",
        "403/0",
    ),
    "a copy of a copy": Rule(
        "Managing custom roles", "HR: {assign: {anna: [Copy of a copy]}}", ANNA
    ),
    "a copy of a copy that removes": Rule(
        "Managing custom roles", "HR: {assign: {anna: [Copy without]}}", "403/0"
    ),
    "add, where the original removes": Rule(
        "Managing custom roles",
        "HR: {assign: {anna: [With starting]}}",
        ANNA,
        users_start_jobs=False,
    ),
}

RULES = {
    f"{chapter}: {name}": rule
    for chapter, rules in {
        "roles add up": ROLES_ADD_UP,
        "roles flow down": ROLES_FLOW_DOWN,
        "roles of a level": ROLES_OF_A_LEVEL,
        "mixed roles": MIXED_ROLES,
        "copied roles": COPIED_ROLES,
    }.items()
    for name, rule in rules.items()
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule(rule: Rule) -> None:
    assert outcome(rule) == rule.outcome, rule.source
