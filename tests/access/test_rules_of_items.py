"""The rules of who may add items to the queues of a folder, one row each.

The vendor's API 20.0 demands Queues.View and Transactions.Create of whoever adds (AddQueueItem); a
job they cause asks nobody, which `test_rules_of_triggers` tests.
"""

from __future__ import annotations

from typing import Any

import pytest
from access.rules import ACCOUNTS, MACHINES
from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.policies.admission import may_add_items

ROLES = {
    "Looker": {"type": "folder", "permissions": {"Queues": ["View"]}},
    "Writer": {"type": "folder", "permissions": {"Transactions": ["Create"]}},
    "Feeder": {"type": "folder", "permissions": {"Queues": ["View"], "Transactions": ["Create"]}},
    "Starter": {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}},
}
OUTSIDE = "400/1100: access to HR"
BOTH = "403/0: Queues.View and Transactions.Create in HR"

Row = tuple[str, dict[str, Any], str | None]
RULES: dict[str, Row] = {
    "no access": ("anna", {}, OUTSIDE),
    "access without a role": ("anna", {"anna": []}, BOTH),
    "both permissions": ("anna", {"anna": ["Feeder"]}, None),
    "without Transactions.Create": (
        "anna",
        {"anna": ["Looker"]},
        "403/0: Transactions.Create in HR",
    ),
    "without Queues.View": ("anna", {"anna": ["Writer"]}, "403/0: Queues.View in HR"),
    "from two roles": ("anna", {"anna": ["Looker", "Writer"]}, None),
    "one by name, one by a group": ("anna", {"anna": ["Looker"], "clerks": ["Writer"]}, None),
    "the right to start jobs is another": ("anna", {"anna": ["Starter"]}, BOTH),
    "an application by its own name": ("app", {"app": ["Feeder"]}, None),
    "an application gets nothing by a group": ("app", {"clerks": ["Feeder"]}, OUTSIDE),
    "one of a counted account": ("bot-2", {"bot": ["Feeder"]}, None),
    "an Automation User": ("bot-1", {"bot": ["Automation User"]}, None),
}


@pytest.mark.parametrize(("who", "assign", "refusal"), RULES.values(), ids=RULES)
@pytest.mark.parametrize("below", [False, True], ids=["here", "from above"])
def test_rule(who: str, assign: dict[str, Any], refusal: str | None, below: bool) -> None:
    inner = {"HR": {"folders": {"Pay": {}}, "assign": assign}}
    folders = inner if below else {"HR": {"assign": assign}}
    estate = scenario(accounts=ACCOUNTS, roles=ROLES, machines=MACHINES, folders=folders)
    where = "HR/Pay" if below else "HR"
    found = may_add_items(who, where, access_of(estate, catalogue()))
    expected = None if refusal is None else refusal.replace("HR", where)
    assert (None if found is None else found.in_words) == expected
