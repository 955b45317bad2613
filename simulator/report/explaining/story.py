"""The life of a job for a terminal: what happened, what kept it Pending, and who overtook it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.records.codes import BlameCause
from simulator.report.clock_times import run_clock
from simulator.report.explaining.timeline import Timeline
from simulator.report.explaining.words import (
    heading,
    life,
    overtaking_words,
    slot_words,
)
from simulator.report.fitting import listing, name
from simulator.report.wording import NOTHING, percent, plural, quantity

if TYPE_CHECKING:
    from simulator.explaining.explained import Explanation, SlotFinding, Stretch

MOST_SLOTS: Final = 8
"""Lines on the slots of one stretch."""

MOST_OVERTAKERS: Final = 10
_WIDEST_WORD: Final = 9


def explanation_tables(told: Explanation) -> RenderableType:
    """Return the life of a job, step by step, then the picture of its wait and what explains it."""
    parts: list[RenderableType] = [name(heading(told)), Text()]
    parts += [_line(word, text) for word, text in life(told)]
    if told.waited_s:
        parts += _of_the_wait(told)
    return Group(*parts)


def _line(word: str, text: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=_WIDEST_WORD)
    grid.add_column(overflow="fold")
    grid.add_row(word, name(text))
    return grid


def _of_the_wait(told: Explanation) -> Iterator[RenderableType]:
    yield _charges(told)
    yield from _overtakers(told)
    if told.picture is not None and told.picture.rows:
        yield Timeline(told, told.picture)
    yield Text(f"\n{_title(told)}", style="bold")
    for stretch in told.stretches:
        yield from _stretch(told, stretch)


# --- what kept it Pending ---------------------------------------------------------------------


def _charges(told: Explanation) -> RenderableType:
    rows = [
        (
            name(one.held_by or NOTHING),
            one.cause.label,
            quantity(one.seconds, "s"),
            _share(one.seconds, told.waited_s),
        )
        for one in told.charges
    ]
    rows.append((Text("in all"), "", quantity(told.waited_s, "s"), percent(1)))
    columns = ("Jobs of", "Cause", "Waited", "Share")
    found = listing("What kept it Pending, by slot", columns, rows, most=len(rows), names=2)
    return found or Text()


def _share(seconds: float, of_s: float) -> str:
    return percent(round(seconds / of_s, 3))


def _overtakers(told: Explanation) -> Iterator[RenderableType]:
    found, clock = told.overtakings, run_clock(told.window)
    if not found.total:
        yield Text("\nNobody who was submitted later got a slot first that it could use.")
        return
    rows = [
        (
            str(one.who.job),
            name(one.who.process),
            name(overtaking_words(one, told)),
            name(one.host),
            clock.time(one.at_s, told.submission.at_s),
        )
        for one in found.first
    ]
    columns = ("Job", "Process", "Why it went first", "Host", "At")
    title = f"Overtaken by {plural(found.total, 'job')} submitted later"
    table = listing(title, columns, rows, most=MOST_OVERTAKERS, names=4, optional=("Host",))
    if table is not None:
        yield replace(table, more=found.total - min(len(rows), MOST_OVERTAKERS), elsewhere=_ALL)
    folders = ", ".join(f"{folder} {count:,}" for folder, count in found.by_folder)
    if len(found.by_folder) > 1:
        yield name(f"By folder: {folders}.")


_ALL: Final = "--json has the first 20"


# --- stretch by stretch -----------------------------------------------------------------------


def _title(told: Explanation) -> str:
    title = "What held the slots it could have used"
    if len(told.stretches) == told.stretch_count:
        return title
    covered = percent(round(sum(one.length_s for one in told.stretches) / told.waited_s, 3))
    return (
        f"{title}: the {len(told.stretches)} longest of {told.stretch_count:,} stretches, "
        f"{covered} of the wait"
    )


def _stretch(told: Explanation, stretch: Stretch) -> Iterator[RenderableType]:
    clock, at_s = run_clock(told.window), told.submission.at_s
    ends = f"{clock.time(stretch.from_s, at_s)} to {clock.time(stretch.to_s, stretch.from_s)}"
    yield Text(f"{ends}, {quantity(stretch.length_s, 's')}", style="italic")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold", max_width=32)
    grid.add_column(overflow="fold")
    groups = _alike(stretch.slots)
    for slots in groups[:MOST_SLOTS]:
        grid.add_row(name(_slots(slots)), name(slot_words(slots[0], clock, stretch.from_s)))
    yield Padding(grid, (0, 0, 0, 2))
    rest = [slot for slots in groups[MOST_SLOTS:] for slot in slots]
    if rest:
        yield name(f"  … and {plural(len(rest), 'slot')} more: {_summed(rest)}")


def _alike(slots: Iterable[SlotFinding]) -> list[list[SlotFinding]]:
    """Return slots with the same to be told of them together, in the order of the first of each."""
    groups: dict[object, list[SlotFinding]] = {}
    for one in slots:
        groups.setdefault((one.cause, one.by), []).append(one)
    return [*groups.values()]


def _slots(slots: list[SlotFinding]) -> str:
    """Return slots by their hosts: `vm/1 slots 0, 1; vm/2 slot 0`."""
    by_host: dict[str, list[int]] = {}
    for one in slots:
        by_host.setdefault(one.host, []).append(one.slot)
    told = [_of_host(host, numbers) for host, numbers in by_host.items()]
    return "; ".join(told[:_MOST_HOSTS]) + _more(len(told) - _MOST_HOSTS)


_MOST_HOSTS: Final = 3


def _more(count: int) -> str:
    return f"; {count:,} more hosts" if count > 0 else ""


def _of_host(host: str, numbers: list[int]) -> str:
    if numbers[0] < 0:
        return host or "nowhere"
    return f"{host} {'slot' if len(numbers) == 1 else 'slots'} {', '.join(map(str, numbers))}"


def _summed(slots: Iterable[SlotFinding]) -> str:
    """Return how many slots each folder's jobs held, and what was with the others."""
    counts: dict[str, int] = {}
    for one in slots:
        is_held = one.cause is BlameCause.JOB
        key = one.by[0].who.folder if is_held else one.cause.label
        counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{key} {count:,}" for key, count in ordered)
