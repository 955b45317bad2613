"""What a variant changes in who may do what and in what is admitted, in words.

Names stand as they are: whoever shows a sentence makes them harmless.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from simulator.access.demands import Action
from simulator.access.refusals import Refusal
from simulator.records.codes import SourceKind
from simulator.report.comparing.words import MOST_NAMED, interval_text, listed
from simulator.report.wording import joined, number, plural, scale_of

if TYPE_CHECKING:
    from simulator.audit.right_changes import RightChange
    from simulator.experiments.comparing.admissions import AdmissionChange, Admissions, ItemChange
    from simulator.experiments.comparing.compare import Comparison

_DOING: Final = {
    Action.SEE_PROCESSES: "see processes",
    Action.SEE_JOBS: "see jobs",
    Action.START: "start jobs",
    Action.STOP: "stop jobs",
    Action.DEPLOY: "deploy processes",
    Action.UPGRADE: "upgrade processes",
    Action.MAKE_TRIGGERS: "make triggers",
    Action.ADD_ITEMS: "add queue items",
}
_FOR_RIGHTS: Final = frozenset({"1100", "0"})
"""The refusals for want of access to the folder, and of the permission to start."""

_COUNTS: Final = scale_of("jobs", 1.0)


def cause(variant: str, comparison: Comparison) -> str:
    """Return who may do what now, and which submissions fare otherwise; and what that admits."""
    rights = comparison.rights.get(variant, ())
    admitted = comparison.admissions.get(variant)
    told = (*_rights(rights), *_fates(rights, admitted))
    more = [plural(len(told) - MOST_NAMED, "further change")] if len(told) > MOST_NAMED else []
    return f"{', and '.join([*told[:MOST_NAMED], *more])}, which {_admits(admitted)}"


def _fates(rights: Sequence[RightChange], admitted: Admissions | None) -> Iterator[str]:
    """Yield how submissions and items fare now, but for what the rights to start already tell.

    They do not tell of jobs that start others: whose executors lost a right, nobody would guess.
    """
    if admitted is None:
        return
    told = {one.folder for one in rights if one.action is Action.START}
    for one in admitted.changes:
        codes = {fate.code for fate in (one.before, one.after) if isinstance(fate, Refusal)}
        if one.source_kind == SourceKind.JOB.label:
            yield from _follows(one)
        elif one.folder not in told or (codes and codes.isdisjoint(_FOR_RIGHTS)):
            yield _fares(one)
    yield from map(_items_fare, admitted.item_changes)


def _rights(changes: Sequence[RightChange]) -> Iterator[str]:
    """Yield who may do what now and where; where starts change, of starts alone."""
    starts = [one for one in changes if one.action is Action.START]
    who: defaultdict[tuple[str, bool, Action], list[str]] = defaultdict(list)
    for one in starts or changes:
        who[one.folder, one.gained, one.action].extend(one.who)
    doing: defaultdict[tuple[str, bool, tuple[str, ...]], list[str]] = defaultdict(list)
    for (folder, gained, action), names in who.items():
        doing[folder, gained, tuple(names)].append(_DOING[action])
    places: defaultdict[tuple[tuple[str, ...], bool, tuple[str, ...]], list[str]]
    places = defaultdict(list)
    for (folder, gained, among), actions in doing.items():
        places[among, gained, tuple(actions)].append(folder)
    for (among, gained, what), folders in places.items():
        may = "may now" if gained else "may no longer"
        yield f"{listed(among)} {may} {joined(what)} in {listed(folders)}"


def _fares(one: AdmissionChange) -> str:
    """Return how the submissions of a source fare now."""
    who = listed(one.who)
    if one.after == "absent":
        return f"{one.source} no longer comes from {who}"
    if one.before == "absent":
        return f"{one.source} now comes from {who}"
    if one.before == one.after:
        return f"{one.source} comes from {who} at another rate"
    return f"{one.source} from {who} is now {_decided(one)}"


def _follows(one: AdmissionChange) -> Iterator[str]:
    """Yield how the submissions fare now that the end of a process's jobs sets off.

    Nothing where they were refused before and are gone, nor where other executors share them: whom
    a job runs under is a matter of load.
    """
    who = listed(one.who)
    if one.after == "absent":
        if one.before == "accepted":
            yield f"{one.source} no longer starts anything as {who}"
    elif one.before == "absent" and one.after == "accepted":
        yield f"{one.source} now starts jobs as {who}"
    elif one.before != one.after:
        yield f"what {one.source} starts as {who} is now {_decided(one)}"


def _items_fare(one: ItemChange) -> str:
    """Return how the items of an arrival fare now."""
    items, who = f"items of {one.arrival} for {one.queue}", listed(one.who)
    if one.after == "absent":
        return f"{items} no longer come from {who}"
    if one.before == "absent" and one.after == "accepted":
        return f"{items} now come from {who}"
    if one.before == one.after:
        return f"{items} come from {who} at another rate"
    return f"{items} from {who} are now {_decided(one)}"


def _decided(one: AdmissionChange | ItemChange) -> str:
    if not isinstance(one.after, Refusal):
        return "accepted"
    return "refused for another reason" if isinstance(one.before, Refusal) else "refused"


def _admits(admitted: Admissions | None) -> str:
    """Return how many more jobs are admitted, and items let in."""
    parts = [] if admitted is None else [*_amounts(admitted)]
    if parts:
        return f"{joined(parts)} a replication"
    of_items = admitted is not None and admitted.item_changes and not admitted.changes
    does, what = ("lets in", "items") if of_items else ("admits", "jobs")
    return f"{does} no more and no fewer {what}"


def _amounts(admitted: Admissions) -> Iterator[str]:
    for does, change, what in (
        ("admits", admitted.jobs, "jobs"),
        ("lets in", admitted.items, "items"),
    ):
        if change.mean != 0:
            amount = f"{number(abs(change.mean))}{interval_text(change, _COUNTS)}"
            yield f"{does} {amount} {'more' if change.mean > 0 else 'fewer'} {what}"
