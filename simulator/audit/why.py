"""Why an account may start a process or not: the checks of admission, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.audit.findings import Asked, finding, process_finding
from simulator.audit.overrides import override_text
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget, RunAs
from simulator.policies.admission import Question, Request, checks
from simulator.policies.changes import Mend, site_of
from simulator.policies.mending import instead, mend

PROCESS_QUESTION: Final = "a process of the folder"
"""What the vendor asks between permission and account; a walk is of a process that is there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One check: what is asked, how it went, and by what, in words.

    `passed` is None where it could not be asked: a mapping, without an account or a machine. Only a
    check that did not pass has a refusal, and a mend unless nothing can mend it; what to do instead
    then stands in `finding`.
    """

    question: str
    passed: bool | None
    finding: str
    refusal: Refusal | None = None
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Every check of one request, in the vendor's order, though an earlier one refused.

    `folder` is a path, `run_as` in words; `outcome` is the first refusal, None for a job.
    """

    account: str
    folder: str
    process: str
    run_as: str
    steps: tuple[Step, ...]
    outcome: Refusal | None


def walk(
    scenario: Scenario,
    access: Access,
    account: str,
    folder: str,
    process: str,
    run_as: RunAs = "dynamic",
) -> Walk:
    """Ask all that admission asks when one account starts a process of a folder, given its path.

    Raises:
        KeyError: there is no such account, folder, process or machine.
    """
    site = site_of(folder, scenario)
    found = site.folder.processes[process]
    foreground = found.type == "foreground"
    request = Request(folder, process, account, account, run_as, found.runtime, foreground)
    asked = Asked(account, request, site, checks(request, scenario, access), scenario, access)
    told = process_finding(found, request.runtime)
    steps = tuple(_steps(asked, Step(PROCESS_QUESTION, passed=True, finding=told)))
    outcome = next((step.refusal for step in steps if step.refusal is not None), None)
    return Walk(account, folder, process, _in_words(run_as), steps, outcome)


def _steps(asked: Asked, of_process: Step) -> Iterator[Step]:
    answered = dict(asked.found.outcomes())
    for question in Question:
        if question is Question.ACCOUNT:
            yield of_process
        yield _step(question, asked, answered)


def _step(question: Question, asked: Asked, answered: Mapping[Question, Refusal | None]) -> Step:
    told, refusal = finding(question, asked), answered.get(question)
    if refusal is None:
        return Step(question, True if question in answered else None, told)
    mended = mend(question, asked.request, asked.scenario, asked.access)
    if mended is None:
        told = f"{told}; {instead(asked.request, asked.access)}"
    return Step(question, passed=False, finding=told, refusal=refusal, mend=mended)


def _in_words(run_as: RunAs) -> str:
    if not isinstance(run_as, ExecutionTarget):
        return run_as
    named = (("account", run_as.account), ("machine", run_as.machine), ("host", run_as.host))
    return ", ".join(f"{kind} {name}" for kind, name in named if name is not None)


def why_json(walk: Walk) -> dict[str, Any]:
    """Return a walk as plain data: `accepted`, the first refusal, and every step with its mend."""
    return {
        "account": walk.account,
        "folder": walk.folder,
        "process": walk.process,
        "run_as": walk.run_as,
        "accepted": walk.outcome is None,
        **_refusal(walk.outcome),
        "steps": [_step_json(step) for step in walk.steps],
    }


def _step_json(step: Step) -> dict[str, Any]:
    mended = step.mend and {
        "words": step.mend.words,
        "overrides": [override_text(change) for change in step.mend.changes],
    }
    return {
        "question": str(step.question),
        "passed": step.passed,
        "finding": step.finding,
        **_refusal(step.refusal),
        "mend": mended,
    }


def _refusal(refusal: Refusal | None) -> dict[str, Any]:
    if refusal is None:
        return {"status": None, "code": None, "missing": None}
    return {"status": refusal.status, "code": refusal.code, "missing": refusal.missing}
