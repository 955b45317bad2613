"""Why an account may start a process or not: the checks of admission, one after the other.

After them comes what admission does not ask: whether there is a host that can ever take the job.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.audit.findings import Asked, finding, process_finding
from simulator.audit.host_findings import HOST_QUESTION, NO_PLACE, host_finding, reason_to_stay
from simulator.audit.outcomes import refusal_row
from simulator.audit.overrides import override_text
from simulator.json_text import SCHEMA_VERSION
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.model.triggers import RunAs
from simulator.policies.admission import Question, Request, checks
from simulator.policies.changes import Mend, site_of
from simulator.policies.hosting import hosting_of, wanted_by
from simulator.policies.mending import instead, mend
from simulator.policies.mending_hosts import mend_host
from simulator.records.codes import PendingReason

PROCESS_QUESTION: Final = "a process of the folder"
"""What the vendor asks between permission and account; a walk is of a process that is there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One check: what is asked, how it went, and by what, in words.

    `passed` is None where it could not be asked: a mapping, without an account or a machine. Only a
    check of admission that did not pass has a refusal. One that did not pass has a mend, unless
    nothing can mend it; what to do instead then stands in `finding`.
    """

    question: str
    passed: bool | None
    finding: str
    refusal: Refusal | None = None
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Every check of one request, in the vendor's order, though an earlier one refused.

    `folder` is a path, `run_as` in words, `runtime` what the job asks for. `outcome` is the first
    refusal, None for a job; `pending_reason` is the vendor's code of what that job waits for if no
    host can ever take it, else empty.
    """

    account: str
    folder: str
    process: str
    run_as: str
    runtime: RuntimeType
    steps: tuple[Step, ...]
    outcome: Refusal | None
    pending_reason: str

    @property
    def stays_pending(self) -> bool:
        """Return whether it is a job that no host can ever take."""
        return bool(self.pending_reason)


def walk(
    scenario: Scenario,
    access: Access,
    account: str,
    folder: str,
    process: str,
    run_as: RunAs = "dynamic",
    runtime: RuntimeType | None = None,
) -> Walk:
    """Ask all that admission asks when one account starts a process of a folder, given its path.

    `runtime` takes the place of the process's own.

    Raises:
        KeyError: there is no such account, folder, process or machine.
    """
    site = site_of(folder, scenario)
    found = site.folder.processes[process]
    foreground, slot = found.type == "foreground", runtime or found.runtime
    request = Request(folder, process, account, account, run_as, slot, foreground)
    asked = Asked(account, request, site, checks(request, scenario, access), scenario, access)
    told = process_finding(found, slot)
    steps = tuple(_steps(asked, Step(PROCESS_QUESTION, passed=True, finding=told)))
    outcome = next((step.refusal for step in steps if step.refusal is not None), None)
    words = run_as if isinstance(run_as, str) else run_as.in_words
    at_last, reason = _host_step(asked)
    waits_for = reason.label if outcome is None else ""
    return Walk(account, folder, process, words, slot, (*steps, at_last), outcome, waits_for)


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


def _host_step(asked: Asked) -> tuple[Step, PendingReason]:
    """Return the step after admission, and what a job let in would wait for if it has no host."""
    hosting, places = hosting_of(asked.scenario), asked.found.places
    if places is None or isinstance(places, Refusal):
        return Step(HOST_QUESTION, passed=None, finding=NO_PLACE), PendingReason.NONE
    wanted = wanted_by(asked.request, asked.scenario)
    mended = mend_host(asked.request, places, hosting)
    told = host_finding(places, wanted, hosting)
    reason = reason_to_stay(places, wanted, hosting)
    return Step(HOST_QUESTION, passed=mended is None, finding=told, mend=mended), reason


def why_json(walk: Walk) -> dict[str, Any]:
    """Return a walk as plain data.

    `accepted` is whether it becomes a job, `stays_pending` whether no host can ever take that job,
    `pending_reason` what it then waits for, else null; then the first refusal, and every step with
    its mend.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "account": walk.account,
        "folder": walk.folder,
        "process": walk.process,
        "run_as": walk.run_as,
        "runtime": walk.runtime,
        "accepted": walk.outcome is None,
        "stays_pending": walk.stays_pending,
        "pending_reason": walk.pending_reason or None,
        **refusal_row(walk.outcome),
        "steps": list(map(step_row, walk.steps)),
    }


def step_row(step: Step) -> dict[str, Any]:
    """Return a step as it stands in JSON; `passed` is null where it could not be asked."""
    mended = step.mend and {
        "words": step.mend.words,
        "overrides": [override_text(change) for change in step.mend.changes],
    }
    return {
        "question": str(step.question),
        "passed": step.passed,
        "finding": step.finding,
        **refusal_row(step.refusal),
        "mend": mended,
    }
