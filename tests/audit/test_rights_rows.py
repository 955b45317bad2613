"""Rights and grants in JSON: keys for words, null for none, as in the other commands."""

from __future__ import annotations

from simulator.access.demands import Action
from simulator.access.grants import TENANT
from simulator.audit.by_role import ByRole
from simulator.audit.grant_uses import RUN_JOBS, GrantUse
from simulator.audit.right_changes import RightChange
from simulator.audit.rights_rows import grant_row, in_snake_case, right_row


def test_every_action_is_spelt_like_the_keys_of_what_an_account_may() -> None:
    assert [in_snake_case(action) for action in Action] == [one.name.lower() for one in Action]


def test_a_role_at_the_tenant_has_no_place_and_one_of_his_own_no_group() -> None:
    roles = (ByRole("Administrator", TENANT, ""), ByRole("Starter", "HR", "Clerks"))
    row = right_row(
        RightChange("HR", ("anna",), Action.SEE_JOBS, gained=True, roles=roles, missing=())
    )
    assert row["action"] == "see_jobs"
    assert row["roles"] == [
        {"role": "Administrator", "place": None, "group": None},
        {"role": "Starter", "place": "HR", "group": "Clerks"},
    ]


def test_an_assignment_without_a_role_has_none() -> None:
    row = grant_row(GrantUse("HR", "robot", "", (RUN_JOBS,), 0.0, 3.0, 0.0, 0, 0.0))
    assert (row["role"], row["permits"], row["used_for"]) == (None, ["run_jobs"], ["run_jobs"])
