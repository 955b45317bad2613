"""What each action demands, as Orchestrator's API 20.0 states it for each endpoint."""

from __future__ import annotations

import pytest
from builders import catalogue, folder, scenario

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import Access, access_of

ENDPOINTS = [
    ("List processes (Releases)", Action.SEE_PROCESSES, ["Processes.View"]),
    ("See jobs", Action.SEE_JOBS, ["Jobs.View"]),
    ("StartJobs", Action.START, ["Jobs.Create"]),
    ("StopJob, StopJobs", Action.STOP, ["Jobs.Edit"]),
    ("Create a process", Action.DEPLOY, ["Processes.Create"]),
    ("Upgrade, or roll back", Action.UPGRADE, ["Processes.Edit"]),
    ("Create a trigger (Schedules.Create)", Action.MAKE_TRIGGERS, ["Triggers.Create"]),
    ("AddQueueItem, bulk add", Action.ADD_ITEMS, ["Queues.View", "Transactions.Create"]),
]
"""Endpoint, what we call it, and the permissions it states, in order of name."""

IDS = [action.value for _, action, _ in ENDPOINTS]


def holding(permissions: list[str]) -> Access:
    """Return the rights where the owner of F has these permissions there and nothing else."""
    rows: dict[str, list[str]] = {}
    for row, _, verb in (one.partition(".") for one in permissions):
        rows.setdefault(row, []).append(verb)
    role = {"type": "folder", "permissions": rows}
    made = scenario(folders={"F": folder(assign={"owner": ["Held"]})}, roles={"Held": role})
    return access_of(made, catalogue())


def test_no_action_is_left_out() -> None:
    assert [action for _, action, _ in ENDPOINTS] == list(Action) == list(DEMANDS)


@pytest.mark.parametrize(("endpoint", "action", "demanded"), ENDPOINTS, ids=IDS)
def test_an_action_demands_what_its_endpoint_states(
    endpoint: str, action: Action, demanded: list[str]
) -> None:
    assert DEMANDS[action] == set(demanded), endpoint
    assert holding([]).lacks("owner", "F", action) == tuple(demanded)
    assert holding(demanded).lacks("owner", "F", action) == ()


@pytest.mark.parametrize(("endpoint", "action", "demanded"), ENDPOINTS, ids=IDS)
def test_everything_else_together_does_not_do(
    endpoint: str, action: Action, demanded: list[str]
) -> None:
    cells = (f"{row}.{verb}" for row in catalogue().folder_permissions for verb in VERBS)
    access = holding([cell for cell in cells if cell not in demanded])
    assert access.lacks("owner", "F", action) == tuple(demanded), endpoint


VERBS = ("View", "Edit", "Create", "Delete")


@pytest.mark.parametrize(
    ("held", "lacking"),
    [("Queues.View", "Transactions.Create"), ("Transactions.Create", "Queues.View")],
)
def test_adding_items_takes_both_and_one_is_not_enough(held: str, lacking: str) -> None:
    assert holding([held]).lacks("owner", "F", Action.ADD_ITEMS) == (lacking,)
