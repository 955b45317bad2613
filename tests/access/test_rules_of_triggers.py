"""The rules of whom a start or a trigger asks, and of personal workspaces, one row each.

Each row names its source, a page of the vendor's documentation. That it is doubtful when the maker
of a trigger may not make triggers is told by a warning, which `tests/plan/test_doubts.py` tests.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from access.rules import (
    ANNA,
    BOTS,
    NO_ROBOT,
    NO_ROBOT_OF_MINE,
    NOT_THERE,
    Outcome,
    Rule,
    outcome,
)

TRIGGERS = {
    "time": "Time triggers",
    "event": "Creating an event trigger",
    "queue": "Queue triggers",
}
"""The kinds that nobody calls, each with its page; the same rules hold for all."""

NOBODY_CALLS: dict[str, Rule] = {
    "nobody is asked": Rule(
        "Trigger details: no failure for want of a permission",
        "HR: {assign: {bot: []}}",
        BOTS,
        run_as="dynamic",
    ),
    "an account is needed like for anybody": Rule(
        "Start-job errors: 1671", "HR: {}", NO_ROBOT, run_as="dynamic"
    ),
    "a named account": Rule(
        "Managing jobs: execution target",
        "HR: {assign: {bot: []}}",
        {"vm": ["bot-2"]},
        run_as={"account": "bot-2"},
    ),
    "a named account that has left the folder": Rule(
        "Start-job errors: the specified unattended robot",
        "HR: {assign: {bot: []}}",
        NOT_THERE,
        run_as={"account": "spare"},
    ),
    "as its maker, who needs access and no right": Rule(
        "Run as myself: the maker", "HR: {assign: {anna: [Viewer]}}", ANNA
    ),
    "as its maker, who has access by a group": Rule(
        "Run as myself: the maker", "HR: {assign: {clerks: []}}", ANNA
    ),
    "as its maker, who has lost access": Rule("Run as myself: the maker", "HR: {}", "400/1100"),
    "as its maker, foreground, with a robot of his own": Rule(
        "Start-job errors: 1230",
        "HR: {assign: {omar: []}}",
        {"vm": ["omar"]},
        who="omar",
        type="foreground",
    ),
    "as its maker, foreground, without": Rule(
        "Start-job errors: 1230",
        "HR: {assign: {anna: [Starter], bot: []}}",
        NO_ROBOT_OF_MINE,
        type="foreground",
    ),
}

SOMEBODY_CALLS: dict[str, Rule] = {
    "a start asks who presses it": Rule(
        "API 20.0, StartJobs: Jobs.Create",
        "HR: {assign: {anna: [Viewer], bot: []}}",
        "403/0",
        run_as="dynamic",
    ),
    "an API trigger asks its caller": Rule(
        "API triggers: Jobs.Create of the caller",
        "HR: {assign: {app: [Viewer], bot: []}}",
        "403/0",
        who="app",
        run_as="dynamic",
        via="api",
    ),
    "a caller without access": Rule(
        "API triggers: Jobs.Create of the caller",
        "HR: {assign: {anna: [Starter], bot: []}}",
        "400/1100",
        who="app",
        run_as="dynamic",
        via="api",
    ),
    "and not its maker": Rule(
        "API triggers: Jobs.Create of the caller",
        "HR: {assign: {app: [Starter], bot: []}}",
        BOTS,
        who="app",
        run_as="dynamic",
        via="api",
    ),
    "as its caller": Rule(
        "API triggers: Jobs.Create of the caller",
        "HR: {assign: {omar: [Starter]}}",
        {"vm": ["omar"]},
        who="omar",
        via="api",
    ),
}


def after_a_job(folders: str, outcome: Outcome, **more: Any) -> Rule:
    page = "Start Job activities: Jobs.Create of the executor"
    rule = Rule(page, folders, outcome, who="bot-1", run_as="dynamic", via="then")
    return replace(rule, **more)


JOBS_START_JOBS: dict[str, Rule] = {
    "the account it ran under may": after_a_job("HR: {assign: {bot: [Starter]}}", BOTS),
    "it may not": after_a_job("HR: {assign: {bot: [Viewer], anna: [Starter]}}", "403/0"),
    "an Automation User may": after_a_job("HR: {assign: {bot: [Automation User]}}", BOTS),
    "an Automation User may not, where that is assumed": after_a_job(
        "HR: {assign: {bot: [Automation User]}}", "403/0", users_start_jobs=False
    ),
    "as the same account": after_a_job(
        "HR: {assign: {bot: [Starter]}}", {"vm": ["bot-1"]}, run_as="myself"
    ),
    "as another": after_a_job(
        "HR: {assign: {bot: [Starter]}}", {"vm": ["bot-2"]}, run_as={"account": "bot-2"}
    ),
}

MADE_WITHOUT_THE_RIGHT: dict[str, Rule] = {
    # Triggers.Create is asked when a trigger is made, and a scenario begins with it made.
    "access without it": Rule(
        "API 20.0: Schedules.Create to make a trigger",
        "HR: {assign: {anna: [Viewer], bot: []}}",
        BOTS,
        run_as="dynamic",
    ),
    "all that starting takes, without it": Rule(
        "API 20.0: Schedules.Create to make a trigger",
        "HR: {assign: {anna: [Starter]}}",
        ANNA,
    ),
    "with it, it is no different": Rule(
        "API 20.0: Schedules.Create to make a trigger",
        "HR: {assign: {anna: [Folder Administrator], bot: []}}",
        BOTS,
        run_as="dynamic",
    ),
}


WORKSPACE = "Work: {personal: omar}"
OMAR = {"vm": ["omar"]}
ALONE = "Personal workspaces: background work of the owner as himself"
CLOSED = "Personal workspaces: closed to others"


def of_owner(outcome: dict[str, list[str]] | str, **more: Any) -> Rule:
    return replace(Rule(ALONE, WORKSPACE, outcome, who="omar", where="Work"), **more)


def of_another(folders: str = WORKSPACE, **more: Any) -> Rule:
    return replace(Rule(CLOSED, folders, "400/1100", where="Work"), **more)


PERSONAL_WORKSPACES: dict[str, Rule] = {
    "the owner, background as himself": of_owner(OMAR),
    "his time trigger": of_owner(OMAR, via="time"),
    "his event trigger": of_owner(OMAR, via="event"),
    "an API trigger he calls": of_owner(OMAR, via="api"),
    "foreground, with a robot of his own": of_owner(NO_ROBOT_OF_MINE, type="foreground"),
    "any account": of_owner(NO_ROBOT, run_as="dynamic"),
    "any account, by his time trigger": of_owner(NO_ROBOT, run_as="dynamic", via="time"),
    "a named account": of_owner(NOT_THERE, run_as={"account": "bot"}),
    "himself by name": of_owner(NOT_THERE, run_as={"account": "omar"}),
    "somebody else": of_another(run_as="dynamic"),
    "somebody else as herself": of_another(),
    "a time trigger of somebody else as herself": of_another(via="time"),
    "an event trigger of somebody else as herself": of_another(via="event"),
    "an API trigger that somebody else calls": of_another(via="api"),
    "no role of a parent flows in": of_another(
        "HR: {assign: {anna: [Folder Administrator]}, folders: {Work: {personal: omar}}}",
        where="HR/Work",
    ),
    "nor one of the tenant": of_another(tenant="anna: [Administrator]", model="classic"),
}


def by_each(rules: dict[str, Rule]) -> dict[str, Rule]:
    """Return each rule once for a time, an event and a queue trigger."""
    return {
        f"{via}: {name}": replace(rule, via=via, source=f"{page}; {rule.source}")
        for via, page in TRIGGERS.items()
        for name, rule in rules.items()
    }


RULES = {
    f"{chapter}: {name}": rule
    for chapter, rules in {
        "nobody calls": by_each(NOBODY_CALLS),
        "somebody calls": SOMEBODY_CALLS,
        "jobs start jobs": JOBS_START_JOBS,
        "made without the right": by_each(MADE_WITHOUT_THE_RIGHT),
        "personal workspaces": PERSONAL_WORKSPACES,
    }.items()
    for name, rule in rules.items()
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule(rule: Rule) -> None:
    assert outcome(rule) == rule.outcome, rule.source
