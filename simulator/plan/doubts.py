"""What is valid and yet can never work, or serves nothing: warnings before a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.errors import Issue, Path
from simulator.model.scenario import Scenario
from simulator.model.triggers import Start, Trigger
from simulator.plan.idle import unused
from simulator.plan.submitters import Submitter, submitters
from simulator.policies.admission import Eligible, Request, admit


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
    requests = (one.request(caller) for caller in one.callers)
    yield from _never(requests, one.place, scenario, access)


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


def _never(
    requests: Iterable[Request], path: Path, scenario: Scenario, access: Access
) -> Iterator[Issue]:
    """Yield a warning if not one of the requests could ever run: that of the first."""
    first: Issue | None = None
    for request in requests:
        outcome = admit(request, scenario, access)
        if isinstance(outcome, Refusal):
            doubt = _refused(outcome, path, access.owner(request.folder))
        elif not _can_run(outcome, scenario, foreground=request.foreground):
            doubt = _nowhere(outcome, path, foreground=request.foreground)
        else:
            return
        first = first or doubt
    if first is not None:
        yield first


def _refused(refusal: Refusal, path: Path, owner: str | None) -> Issue:
    message = (
        f"every submission will be refused with {refusal.status}/{refusal.code}: "
        f"{refusal.missing} is missing"
    )
    hint = f"give it {refusal.missing}"
    if owner is not None and refusal.code not in _MENDED_BY_MACHINES:
        hint = f"let {owner} run it as himself in the background, or move it to another folder"
    return _warning(path, message, "always-refused", hint)


_MENDED_BY_MACHINES: Final = frozenset({"2818", "AccountMachineMapping"})
"""Refusals for want of a machine: those can be mended in a personal workspace too."""


def _nowhere(eligible: Eligible, path: Path, *, foreground: bool) -> Issue:
    machines = ", ".join(repr(name) for name, _ in eligible.places)
    lacking = "host with a Windows session" if foreground else "host"
    message = f"every job will stay Pending: {machines} has no {lacking}"
    return _warning(path, message, "always-pending", f"give it a {lacking}")


def _can_run(eligible: Eligible, scenario: Scenario, *, foreground: bool) -> bool:
    machines = (scenario.machines[name] for name, _ in eligible.places)
    return any(machine.can_run(foreground=foreground) for machine in machines)


def _warning(path: Path, message: str, code: str, hint: str) -> Issue:
    return Issue(path, message, code, hint, severity="warning")
