"""What a variant does to waits, targets and machines, in words; the largest change comes first.

Names stand as they are: whoever shows a sentence makes them harmless.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from simulator.report.comparing.words import (
    MOST_NAMED,
    interval_text,
    is_clear,
    listed,
)
from simulator.report.promises import limit, promise
from simulator.report.running.headline import SIGNS
from simulator.report.wording import joined, number, plural, quantity, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.comparing.admissions import Admissions
    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.comparing.pairing import Difference
    from simulator.experiments.comparing.rows import ComparisonRow


LEAST_USE_TOLD: Final = 0.01
"""Of a machine's slot time: clear changes that are smaller stand in the tables alone."""


def effect_on_waits(place: int, comparison: Comparison) -> str:
    """Return what a variant does to the folders' mean waits, as a predicate of its name."""
    single = comparison.replications == 1
    unchanged: list[str] = []
    unclear: list[str] = []
    clear: list[ComparisonRow] = []
    for row in _waits(place, comparison):
        if _is_as_it_was(row.name, place, comparison):
            unchanged.append(row.name)
        elif is_clear(row.differences[place], single=single):
            clear.append(row)
        else:
            unclear.append(row.name)
    phrases = [*_changes(clear, place, comparison)]
    if unchanged:
        were = "it was" if len(unchanged) == 1 else "they were"
        phrases.append(f"leaves {listed(unchanged)} exactly as {were}")
    if unclear or not phrases:
        phrases.append(f"does not clearly change {_the_wait(unclear)}")
    return _predicate(phrases)


def _the_wait(folders: Sequence[str]) -> str:
    return f"the wait of {listed(folders)}" if folders else "any folder's wait"


def _predicate(phrases: Sequence[str]) -> str:
    """Return phrases as one; those that hold commas are set apart by one."""
    if any(", " in phrase for phrase in phrases[:-1]):
        return ", and ".join(part for part in (", ".join(phrases[:-1]), phrases[-1]) if part)
    return joined(phrases)


def _waits(place: int, comparison: Comparison) -> Iterator[ComparisonRow]:
    """Yield the folders in which any job started, here or in the baseline."""
    for row in comparison.of("folder", "pending.mean"):
        if not (math.isnan(row.values[0]) and math.isnan(row.values[place + 1])) or any(row.why):
            yield row


def _is_as_it_was(folder: str, place: int, comparison: Comparison) -> bool:
    """Return whether nothing that is measured of a folder differs in any replication."""
    rows = comparison.by_name["folder", folder].values()
    return all(row.is_unchanged_in(place) for row in rows)


def _changes(rows: Sequence[ComparisonRow], place: int, comparison: Comparison) -> Iterator[str]:
    """Yield what becomes of the folders whose waits clearly change."""
    ordered = sorted(rows, key=lambda row: _size(row.differences[place]), reverse=True)
    thinned = _thinned(comparison.admissions.get(comparison.variants[place + 1]))
    amounts = list[str]()
    for row in ordered[:MOST_NAMED]:
        if math.isnan(row.differences[place].mean):
            yield _appears(row, place)
        else:
            who = f"the jobs left in {row.name}" if row.name in thinned else row.name
            amounts.append(f"{who}{'' if amounts else ' wait'} {_amount(row.differences[place])}")
    if amounts:
        yield f"makes {joined(amounts)}"
    if len(rows) > MOST_NAMED:
        yield f"changes the wait of {plural(len(rows) - MOST_NAMED, 'further folder')}"


def _appears(row: ComparisonRow, place: int) -> str:
    """Return what becomes of a folder of which only one side has a mean wait."""
    after = row.values[place + 1]
    if row.why and row.why[place + 1]:
        return f"makes {row.name} wait ever longer ({row.why[place + 1]})"
    if math.isnan(after):
        return f"lets no job start in {row.name} any more"
    if row.why and row.why[0]:
        return f"makes {row.name}, which waited ever longer, wait {quantity(after, 's')}"
    return f"lets jobs start in {row.name}, where none did, which wait {quantity(after, 's')}"


def _amount(change: Difference) -> str:
    scale = scale_of("s", change.mean)
    amount = f"{number(abs(change.mean) / scale.divisor)}\N{NO-BREAK SPACE}{scale.unit}"
    return f"{amount} {'more' if change.mean > 0 else 'less'}{interval_text(change, scale)}"


def _size(change: Difference) -> float:
    return math.inf if math.isnan(change.mean) else abs(change.mean)


def _thinned(admitted: Admissions | None) -> frozenset[str]:
    """Return the folders in which fewer jobs are admitted: a mean there is one of other jobs."""
    jobs: defaultdict[str, float] = defaultdict(float)
    for one in () if admitted is None else admitted.changes:
        jobs[one.folder] += one.jobs.mean  # callers take turns: some may have fewer, all have more
    return frozenset(folder for folder, change in jobs.items() if change < 0)


def effect_on_targets(place: int, comparison: Comparison) -> str:
    """Return which targets that both sides have are newly met, missed or undecided.

    Empty where they have none in common.
    """
    before, after = (
        {(promise(one.target), limit(one.target)): one.outcome for one in found}
        for found in (
            comparison.targets.get(comparison.variants[0], ()),
            comparison.targets.get(comparison.variants[place + 1], ()),
        )
    )
    shared = [key for key in after if key in before]
    newly = defaultdict[str, list[str]](list)
    for key in shared:
        if before[key] != after[key]:
            newly[after[key]].append(key[0])
    told = [f"newly {outcome}: {listed(newly[outcome])}" for outcome in SIGNS if newly[outcome]]
    if not told:
        return "No target fares otherwise." if shared else ""
    return f"Targets {'; '.join(told)}."


def effect_on_machines(place: int, comparison: Comparison) -> str:
    """Return which machines clearly have more or less of their slot time in use; empty for none."""
    single = comparison.replications == 1
    rows = [
        row
        for row in comparison.of("machine", "slots.utilisation")
        if not math.isnan(row.values[place + 1])
        and is_clear(row.differences[place], single=single)
        and _size(row.differences[place]) >= LEAST_USE_TOLD
    ]
    if not rows:
        return ""
    ordered = sorted(rows, key=lambda row: _size(row.differences[place]), reverse=True)
    told = [_use(row, place) for row in ordered[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        told.append(f"{plural(len(rows) - MOST_NAMED, 'further machine')} otherwise")
    return f"Slot time in use: {'; '.join(told)}."


def _use(row: ComparisonRow, place: int) -> str:
    before, after = row.values[0], row.values[place + 1]
    was = "not there before" if math.isnan(before) else f"was {quantity(before, row.unit)}"
    return f"{row.name} {quantity(after, row.unit)} ({was})"
