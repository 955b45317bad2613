"""What each action demands: the vendor's permissions, endpoint by endpoint.

From the required permissions that Orchestrator's API 20.0 states for each endpoint. The API calls
Triggers `Schedules`. All of them are permissions in the folder; there is none for a single
process, robot or machine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final


class Action(StrEnum):
    """What somebody may want to do in a folder; the value is how tables call it."""

    SEE_PROCESSES = "see processes"
    SEE_JOBS = "see jobs"
    START = "start"
    STOP = "stop"
    DEPLOY = "deploy"
    UPGRADE = "upgrade"
    MAKE_TRIGGERS = "make triggers"
    ADD_ITEMS = "add items"


DEMANDS: Final[Mapping[Action, frozenset[str]]] = {
    Action.SEE_PROCESSES: frozenset({"Processes.View"}),
    Action.SEE_JOBS: frozenset({"Jobs.View"}),
    Action.START: frozenset({"Jobs.Create"}),
    Action.STOP: frozenset({"Jobs.Edit"}),
    Action.DEPLOY: frozenset({"Processes.Create"}),
    Action.UPGRADE: frozenset({"Processes.Edit"}),
    Action.MAKE_TRIGGERS: frozenset({"Triggers.Create"}),
    Action.ADD_ITEMS: frozenset({"Queues.View", "Transactions.Create"}),
}
"""Every permission that an action demands; it takes all of them."""


def lacking(action: Action, held: Collection[str]) -> tuple[str, ...]:
    """Return what is missing to do something with the permissions `held`, in order of name."""
    return tuple(sorted(DEMANDS[action].difference(held)))
