"""What a change of rights does, in one sentence for each variant that changes any.

Who may start jobs or add items now, how many more that admits, and what it does to the folders'
Pending waits.
Names stand as they are: whoever shows a sentence makes them harmless.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from simulator.access.demands import Action
from simulator.access.refusals import Refusal
from simulator.audit.members import first_of
from simulator.records.codes import SourceKind
from simulator.report.wording import decimals_of, number, plural, quantity, scale_of

if TYPE_CHECKING:
    from simulator.audit.right_changes import RightChange
    from simulator.experiments.comparing.admissions import AdmissionChange, Admissions, ItemChange
    from simulator.experiments.comparing.compare import Comparison, ComparisonRow
    from simulator.experiments.comparing.pairing import Difference
    from simulator.report.wording import Scale

MOST_NAMED: Final = 3
"""How many accounts, folders or changes a sentence names; of further ones it says how many."""

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


def consequences(comparison: Comparison) -> tuple[str, ...]:
    """Return a sentence for each variant that changes who may do what, or what is admitted."""
    return tuple(
        f"{variant}: {_cause(variant, comparison)}; {_effect(place, comparison)}."
        for place, variant in enumerate(comparison.variants[1:])
        if variant in comparison.rights or variant in comparison.admissions
    )


def _cause(variant: str, comparison: Comparison) -> str:
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
        yield f"{_listed(among)} {may} {_and(what)} in {_listed(folders)}"


def _fares(one: AdmissionChange) -> str:
    """Return how the submissions of a source fare now."""
    who = _listed(one.who)
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
    who = _listed(one.who)
    if one.after == "absent":
        if one.before == "accepted":
            yield f"{one.source} no longer starts anything as {who}"
    elif one.before == "absent" and one.after == "accepted":
        yield f"{one.source} now starts jobs as {who}"
    elif one.before != one.after:
        yield f"what {one.source} starts as {who} is now {_decided(one)}"


def _items_fare(one: ItemChange) -> str:
    """Return how the items of an arrival fare now."""
    items, who = f"items of {one.arrival} for {one.queue}", _listed(one.who)
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
        return f"{_and(parts)} a replication"
    of_items = admitted is not None and admitted.item_changes and not admitted.changes
    does, what = ("lets in", "items") if of_items else ("admits", "jobs")
    return f"{does} no more and no fewer {what}"


def _amounts(admitted: Admissions) -> Iterator[str]:
    for does, change, what in (
        ("admits", admitted.jobs, "jobs"),
        ("lets in", admitted.items, "items"),
    ):
        if change.mean != 0:
            amount = f"{number(abs(change.mean))}{_ends(change, _COUNTS)}"
            yield f"{does} {amount} {'more' if change.mean > 0 else 'fewer'} {what}"


def _effect(place: int, comparison: Comparison) -> str:
    """Return what becomes of the folders' mean waits, the largest change first."""
    rows = sorted(
        _waits(place, comparison), key=lambda row: _size(row.differences[place]), reverse=True
    )
    single = comparison.replications == 1
    clear = [row for row in rows if _is_clear(row.differences[place], single=single)]
    unclear = [row.name for row in rows if not _is_clear(row.differences[place], single=single)]
    if not clear:
        return "no folder's Pending wait clearly changes"
    sizes = filter(math.isfinite, (_size(row.differences[place]) for row in clear))
    scale = scale_of("s", max(sizes, default=0.0))
    thinned = _thinned(comparison.admissions.get(comparison.variants[place + 1]))
    parts = [_wait(row, place, scale, thinned) for row in clear[:MOST_NAMED]]
    if len(clear) > MOST_NAMED:
        parts.append(f"{plural(len(clear) - MOST_NAMED, 'further folder')} otherwise")
    if unclear:
        parts.append(f"no clear change in {_listed(unclear)}")
    return f"then {', '.join(parts)}"


def _waits(place: int, comparison: Comparison) -> Iterator[ComparisonRow]:
    """Yield the folders in which any job started, here or in the baseline."""
    for row in comparison.rows:
        started = not (math.isnan(row.values[0]) and math.isnan(row.values[place + 1]))
        if (row.scope, row.measure) == ("folder", "pending.mean") and started:
            yield row


def _is_clear(change: Difference, *, single: bool) -> bool:
    """Return whether the interval leaves 0 out; with a `single` replication, whether it differs.

    A wait that only one side has is NaN, and clear. Of several replications there is no interval
    where all jobs of a side are in one: that is not clear.
    """
    if math.isnan(change.mean):
        return True
    if math.isnan(change.low):
        return single and change.mean != 0
    return not change.low <= 0 <= change.high


def _size(change: Difference) -> float:
    return math.inf if math.isnan(change.mean) else abs(change.mean)


def _thinned(admitted: Admissions | None) -> frozenset[str]:
    """Return the folders in which fewer jobs are admitted: a mean there is one of other jobs."""
    jobs: defaultdict[str, float] = defaultdict(float)
    for one in () if admitted is None else admitted.changes:
        jobs[one.folder] += one.jobs.mean  # callers take turns: some may have fewer, all have more
    return frozenset(folder for folder, change in jobs.items() if change < 0)


def _wait(row: ComparisonRow, place: int, scale: Scale, thinned: frozenset[str]) -> str:
    """Return how a folder waits otherwise than in the baseline; of a thinned one, what is left."""
    before, after, change = row.values[0], row.values[place + 1], row.differences[place]
    if row.why and row.why[place + 1]:
        return f"{row.name} waits ever longer: {row.why[place + 1]}"
    if row.why and row.why[0]:
        return f"{row.name}, which waited ever longer before, waits {quantity(after, 's')}"
    if math.isnan(after):
        return f"in {row.name} no job starts any more"
    if math.isnan(before):
        return f"{row.name}, where no job started before, waits {quantity(after, 's')}"
    amount = f"{number(abs(change.mean) / scale.divisor)}\N{NO-BREAK SPACE}{scale.unit}"
    more = "more" if change.mean > 0 else "less"
    waits = f"the jobs left in {row.name} wait" if row.name in thinned else f"{row.name} waits"
    return f"{waits} {amount} {more}{_ends(change, scale)}"


def _ends(difference: Difference, scale: Scale) -> str:
    """Return the interval behind an amount without its sign: ` (1.90 to 2.40)`."""
    low, high = sorted((difference.low, difference.high), key=lambda end: end * difference.mean)
    if math.isnan(low) or low == high:
        return ""
    divisor = math.copysign(scale.divisor, difference.mean)
    decimals = decimals_of(difference.mean / divisor)
    return f" ({number(low / divisor, decimals)} to {number(high / divisor, decimals)})"


def _listed(names: Iterable[str]) -> str:
    """Return the first names, and how many more there are."""
    every = tuple(dict.fromkeys(names))
    return first_of(every, MOST_NAMED) if len(every) > MOST_NAMED else _and(every)


def _and(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
