"""What is valid and yet can never work, or serves nothing: warnings before a run."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.errors import Issue, Path
from simulator.model.scenario import Scenario
from simulator.model.triggers import Start, Trigger
from simulator.plan.idle import unused
from simulator.plan.submitters import Submitter, submitters
from simulator.policies.admission import Eligible, Request, admit, checks, has_host
from simulator.policies.mending import instead, mend


def doubts(scenario: Scenario, access: Access) -> list[Issue]:
    """Return warnings of what can never work and of what nothing uses.

    The scenario must be one in which `dangling` found no error.
    """
    everyone = submitters(scenario, access)
    return [*unused(scenario), *(doubt for one in everyone for doubt in _of(one, scenario, access))]


def _of(one: Submitter, scenario: Scenario, access: Access) -> Iterator[Issue]:
    if isinstance(one.item, Trigger):
        yield from _creator(one.item, one.folder, one.place, access)
    if not one.callers:
        yield _nobody(one)
    yield from _never(one, scenario, access)


def _nobody(one: Submitter) -> Issue:
    is_start = isinstance(one.item, Start)
    key, does = (("by",), "press Start") if is_start else (("api", "by"), "call it")
    message = f"nobody in {one.by!r} can {does}: applications act by their own name"
    return _warning((*one.place, *key), message, "nobody-starts", "name an account")


def _creator(trigger: Trigger, folder: str, path: Path, access: Access) -> Iterator[Issue]:
    creator = trigger.created_by
    missing = " and ".join(access.lacks(creator, folder, Action.MAKE_TRIGGERS))
    if missing:
        message = f"{creator!r} may not make triggers: {missing} in {folder} is missing"
        hint = "the trigger fires all the same; grant it, or name who made the trigger"
        yield _warning((*path, "created_by"), message, "created-by", hint)


def _never(one: Submitter, scenario: Scenario, access: Access) -> Iterator[Issue]:
    """Yield a warning if for none of its callers a job could ever run: that of the first."""
    first: tuple[Request, Refusal | Eligible] | None = None
    for request in map(one.request, one.callers):
        outcome = admit(request, scenario, access)
        if isinstance(outcome, Eligible) and has_host(
            outcome.places, scenario, foreground=request.foreground
        ):
            return
        first = first or (request, outcome)
    if first is not None:
        request, outcome = first
        if isinstance(outcome, Eligible):
            yield _nowhere(outcome, one.place, foreground=request.foreground)
        else:
            yield _refused(outcome, one.place, _advice(request, one.by, scenario, access))


def _refused(refusal: Refusal, path: Path, hint: str) -> Issue:
    message = f"every submission will be refused with {refusal.in_words} is missing"
    return _warning(path, message, "always-refused", hint)


def _advice(request: Request, by: str | None, scenario: Scenario, access: Access) -> str:
    """Return what would mend the first refusal of a request, for all that submit by that name."""
    outcomes = checks(request, scenario, access).outcomes()
    question = next(question for question, refusal in outcomes if refusal is not None)
    mended = mend(question, request, scenario, access, by)
    return instead(request, access) if mended is None else mended.words


def _nowhere(eligible: Eligible, path: Path, *, foreground: bool) -> Issue:
    machines = ", ".join(repr(name) for name, _ in eligible.places)
    lacking = "host with a Windows session" if foreground else "host"
    message = f"every job will stay Pending: {machines} has no {lacking}"
    return _warning(path, message, "always-pending", f"give it a {lacking}")


def _warning(path: Path, message: str, code: str, hint: str) -> Issue:
    return Issue(path, message, code, hint, severity="warning")
