"""What is valid and yet can never work, serves nothing, or is too much: warnings before a run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.errors import Issue, Path, warning
from simulator.model.accounts import entry_of
from simulator.model.processes import Then
from simulator.model.registers import first_of
from simulator.model.scenario import Scenario
from simulator.model.triggers import Start, Trigger
from simulator.plan.adders import Adder, adders
from simulator.plan.fleet_doubts import fleet_doubts
from simulator.plan.followers import followers
from simulator.plan.idle import unused
from simulator.plan.load_doubts import load_doubts
from simulator.plan.queue_doubts import queue_doubts
from simulator.plan.submitters import Submitter, submitters, verdicts
from simulator.policies.admission import Eligible, Request, checks, may_add_items
from simulator.policies.hosting import Hosting, hosting_of, lacks_in_words, wanted_by
from simulator.policies.mending import instead, instead_of_adding, mend
from simulator.policies.mending_hosts import mend_host
from simulator.policies.mending_rights import mend_adding
from simulator.sampling.inversion import NO_COLUMNS, Columns
from simulator.traces.rows import NO_TRACES, Traces


def doubts(
    scenario: Scenario, access: Access, columns: Columns = NO_COLUMNS, traces: Traces = NO_TRACES
) -> list[Issue]:
    """Return warnings of what can never work, of what nothing uses, and of too much load.

    The scenario must be one in which `dangling` found no error; `columns` and `traces` are those of
    its data files.
    """
    everyone, hosting = submitters(scenario, access), hosting_of(scenario)
    doubtful = (
        *(_adding(one, scenario, access) for one in adders(scenario, access)),
        *(_of(one, hosting, access) for one in everyone if not isinstance(one.item, Then)),
        *(_following(one, hosting, access) for one in followers(everyone, scenario, access)),
        fleet_doubts(hosting, access, columns),
        load_doubts(scenario, access, columns, traces),
    )
    return [*unused(scenario), *queue_doubts(scenario), *chain.from_iterable(doubtful)]


def _of(one: Submitter, hosting: Hosting, access: Access) -> Iterator[Issue]:
    if isinstance(one.item, Trigger):
        yield from _creator(one.item, one.folder, one.place, access)
    if one.by is not None and not one.callers:
        is_start = isinstance(one.item, Start)
        key, does = (("by",), "press Start") if is_start else (("api", "by"), "call it")
        yield _nobody(one.by, does, (*one.place, *key), "nobody-starts")
    yield from _never(one, hosting, access)


def _nobody(by: str, does: str, path: Path, code: str) -> Issue:
    message = f"nobody in {by!r} can {does}: applications act by their own name"
    return warning(path, message, code, "name an account")


def _creator(trigger: Trigger, folder: str, path: Path, access: Access) -> Iterator[Issue]:
    creator = trigger.created_by
    missing = " and ".join(access.lacks(creator, folder, Action.MAKE_TRIGGERS))
    if missing:
        message = f"{creator!r} may not make triggers: {missing} in {folder} is missing"
        hint = "the trigger fires all the same; grant it, or name who made the trigger"
        yield warning((*path, "created_by"), message, "created-by", hint)


def _adding(one: Adder, scenario: Scenario, access: Access) -> Iterator[Issue]:
    """Yield a warning if nobody who adds items may: what refuses the first of them."""
    by, folder = one.item.by, one.folder
    if not one.callers:
        yield _nobody(by, "add items", (*one.place, "by"), "nobody-adds")
        return
    refusals = [may_add_items(caller, folder, access) for caller in one.callers]
    if refusals[0] is not None and None not in refusals:
        mended = mend_adding(one.callers[0], folder, scenario, access, by)
        hint = instead_of_adding(folder, access) if mended is None else mended.words
        yield _refused("item", refusals[0], one.place, hint)


def _never(one: Submitter, hosting: Hosting, access: Access) -> Iterator[Issue]:
    """Yield a warning if for none of its callers a job could ever run: that of the first."""
    scenario = hosting.scenario
    first: tuple[Request, Refusal | Eligible] | None = None
    for caller, outcome in verdicts(one, scenario, access):
        request = one.request(caller)
        wanted = wanted_by(request, scenario)
        if isinstance(outcome, Eligible) and hosting.serves(outcome.places, wanted):
            return
        first = first or (request, outcome)
    if first is not None:
        request, outcome = first
        if isinstance(outcome, Eligible):
            yield _nowhere(request, outcome, hosting, one.place)
        else:
            hint = _advice(one, request, scenario, access)
            yield _refused("submission", outcome, one.place, hint)


def _following(one: Submitter, hosting: Hosting, access: Access) -> Iterator[Issue]:
    """Yield a warning if what follows a job cannot run, or is refused after some accounts' jobs."""
    yield from _never(one, hosting, access)
    scenario = hosting.scenario
    refused = [
        (caller, verdict)
        for caller, verdict in verdicts(one, scenario, access)
        if isinstance(verdict, Refusal)
    ]
    if not refused or len(refused) == len(one.callers):
        return
    caller, refusal = refused[0]
    some = ", ".join(first_of([repr(name) for name, _ in refused]))
    message = f"jobs that ran under {some} start nothing after them: {refusal.sentence}"
    hint = _advice(one, one.request(caller), scenario, access)
    yield warning(one.place, message, "partly-refused", hint)


def _refused(what: str, refusal: Refusal, path: Path, hint: str) -> Issue:
    message = f"every {what} will be refused with {refusal.sentence}"
    return warning(path, message, "always-refused", hint)


def _advice(one: Submitter, request: Request, scenario: Scenario, access: Access) -> str:
    """Return what would mend the first refusal of a request, for all that submit by that name.

    An account of several that a job ran under stands for all of them.
    """
    by = one.by
    if isinstance(one.item, Then) and request.caller is not None:
        by = entry_of(request.caller, scenario.accounts)
    outcomes = checks(request, scenario, access).outcomes()
    question = next(question for question, refusal in outcomes if refusal is not None)
    mended = mend(question, request, scenario, access, by)
    return instead(request, access) if mended is None else mended.words


def _nowhere(request: Request, eligible: Eligible, hosting: Hosting, path: Path) -> Issue:
    wanted = wanted_by(request, hosting.scenario)
    lacking = [
        f"{name!r} {lacks_in_words(hosting.lacks(name, wanted), wanted)}"
        for name, _ in eligible.places
    ]
    message = f"every job will stay Pending: {', '.join(first_of(lacking))}"
    mended = mend_host(request, eligible.places, hosting)
    return warning(path, message, "always-pending", "" if mended is None else mended.words)
