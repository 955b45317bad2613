"""Why an account may add items to a queue or not: the checks, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.audit.findings import folder_finding, permission_finding, queue_finding
from simulator.audit.outcomes import refusal_row
from simulator.audit.why import Step, step_row
from simulator.json_text import SCHEMA_VERSION
from simulator.model.scenario import Scenario
from simulator.policies.admission import Question, checks_of_adding
from simulator.policies.changes import Mend, site_of
from simulator.policies.mending import instead_of_adding
from simulator.policies.mending_rights import mend_adding

_QUESTIONS: Final = (Question.FOLDER.value, "permission to add items")
QUEUE_QUESTION: Final = "a queue of the folder"
"""What the vendor asks in the end; a walk is of a queue that is there."""


@dataclass(frozen=True, slots=True)
class AddingWalk:
    """Every check of adding items, in the vendor's order, though an earlier one refused.

    `folder` is a path. `outcome` is the first refusal, None where items are let in.
    """

    account: str
    folder: str
    queue: str
    steps: tuple[Step, ...]
    outcome: Refusal | None


def walk_adding(
    scenario: Scenario, access: Access, account: str, folder: str, queue: str
) -> AddingWalk:
    """Ask all that is asked when one account adds items to a queue of a folder, given its path.

    Raises:
        KeyError: there is no such account or folder.
    """
    refusals = checks_of_adding(account, folder, access)
    told = (
        folder_finding(account, folder, access),
        permission_finding(Action.ADD_ITEMS, account, folder, access),
    )
    mended = mend_adding(account, folder, scenario, access)
    found = queue_finding(queue, site_of(folder, scenario).folder)
    steps = (
        *(
            _step(question, finding, refusal, mended, folder, access)
            for question, finding, refusal in zip(_QUESTIONS, told, refusals, strict=True)
        ),
        Step(QUEUE_QUESTION, passed=True, finding=found),
    )
    outcome = next((refusal for refusal in refusals if refusal is not None), None)
    return AddingWalk(account, folder, queue, steps, outcome)


def _step(
    question: str,
    told: str,
    refusal: Refusal | None,
    mended: Mend | None,
    folder: str,
    access: Access,
) -> Step:
    if refusal is None:
        return Step(question, passed=True, finding=told)
    if mended is None:
        told = f"{told}; {instead_of_adding(folder, access)}"
    return Step(question, passed=False, finding=told, refusal=refusal, mend=mended)


def why_adding_json(walk: AddingWalk) -> dict[str, Any]:
    """Return a walk as plain data: whether items are let in, what refuses them, and every step."""
    return {
        "schema_version": SCHEMA_VERSION,
        "account": walk.account,
        "folder": walk.folder,
        "queue": walk.queue,
        "accepted": walk.outcome is None,
        **refusal_row(walk.outcome),
        "steps": list(map(step_row, walk.steps)),
    }
