"""The picture of the worst hours: who was Pending, and what held the slots, over the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.measurement.worst_figures import NOT_CONNECTED
from simulator.records.codes import SlotState
from simulator.report.charts import (
    ELSEWHERE,
    TOGETHER,
    GanttStrip,
    Level,
    StripBar,
    StripGroup,
)
from simulator.report.clock_times import run_clock
from simulator.report.running.view import LABEL
from simulator.report.wording import number, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from simulator.experiments.worst_hours import ShownHours
    from simulator.measurement.worst_figures import WorstHours
    from simulator.records.columns import Legend

_TICKS: Final = 4
"""Parts into which the times below the picture cut it: whole hours, as a rule."""

OTHERS: Final = "Other folders"
_REASONS: Final = {
    SlotState.MAINTENANCE.value: "In maintenance",
    SlotState.DOWN.value: "Down",
    SlotState.BOOTING.value: "Booting",
    SlotState.UNLICENSED.value: "Unlicensed",
    NOT_CONNECTED: "Not connected",
}
"""Why a slot cannot be used."""


def worst_picture(legend: Legend, shown: ShownHours, title: str) -> GanttStrip:
    """Return the picture of one replication's worst hours."""
    hours = shown.hours
    groups, reasons = tuple(_groups(legend, hours)), unusable_reasons(hours)
    return GanttStrip(
        "worst-hours-chart",
        title,
        _told(groups, hours),
        "Pending jobs",
        hours.to_s - hours.from_s,
        tuple(_ticks(legend, hours)),
        groups,
        tuple(slot_names(legend, hours)),
        tuple(_bars(hours)),
        tuple(reasons.values()),
        tuple(_gaps(hours, tuple(reasons))),
    )


def slot_names(legend: Legend, hours: WorstHours) -> Iterator[str]:
    """Yield what each of the slots is called: `shared-vm/1, slot 0`."""
    for host, slot in zip(hours.strip.host.tolist(), hours.strip.slot.tolist(), strict=True):
        yield slot_name(legend, host, slot)


def slot_name(legend: Legend, host: int, slot: int) -> str:
    """Return what a slot of a host is called: `shared-vm/1, slot 0`."""
    return visible(f"{legend.names.hosts[host]}, slot {slot}")


def unusable_reasons(hours: WorstHours) -> dict[int, str]:
    """Return by its code each reason why some of the slots could not be used for a while."""
    found = set(hours.strip.unusable.state.tolist())
    return {code: reason for code, reason in _REASONS.items() if code in found}


def _groups(legend: Legend, hours: WorstHours) -> Iterator[StripGroup]:
    """Yield the folders told apart; then all others and those out of sight, if there are any."""
    numbers = [tuple(map(float, row)) for row in hours.pending]
    for look, folder in enumerate(hours.folders.tolist()):
        yield StripGroup(visible(legend.names.folders[folder]), look, numbers[look])
    looks = set(_looks(hours).tolist())
    if TOGETHER in looks or any(numbers[-1]):
        yield StripGroup(OTHERS, TOGETHER, numbers[-1])
    if ELSEWHERE in looks:
        yield StripGroup(LABEL, ELSEWHERE)


def _looks(hours: WorstHours) -> npt.NDArray[np.int64]:
    """Return the look of each span that was held: that of its job's folder."""
    folder, told = hours.strip.held.folder, hours.folders.tolist()
    looks = np.where(folder < 0, ELSEWHERE, TOGETHER)
    for look, one in enumerate(told):
        looks[folder == one] = look
    return looks


def _bars(hours: WorstHours) -> Iterator[StripBar]:
    held = hours.strip.held
    begins, ends = (one - hours.from_s for one in held.spans)
    columns = (held.slot, _looks(hours), begins, ends)
    yield from map(StripBar, *(column.tolist() for column in columns))


def _gaps(hours: WorstHours, codes: tuple[int, ...]) -> Iterator[StripBar]:
    slots, states, spans = hours.strip.unusable
    for slot, state, begin, end in zip(
        slots.tolist(), states.tolist(), spans.from_s.tolist(), spans.to_s.tolist(), strict=True
    ):
        yield StripBar(slot, codes.index(state), begin - hours.from_s, end - hours.from_s)


def _ticks(legend: Legend, hours: WorstHours) -> Iterator[Level]:
    clock, length = run_clock(legend.window), hours.to_s - hours.from_s
    for part in range(_TICKS + 1):
        at_s = length * part / _TICKS
        yield Level(f"{clock.local(hours.from_s + at_s):%H:%M}", at_s)


def _told(groups: tuple[StripGroup, ...], hours: WorstHours) -> str:
    """Say of each folder how many jobs were Pending at most, and how much of the slots it held."""
    held = hours.strip.held
    looks, whole_s = _looks(hours), float(held.spans.length_s.sum())
    parts = []
    for group in groups:
        share = float(held.spans.length_s[looks == group.look].sum()) / (whole_s or 1.0)
        most = f"at most {number(max(group.numbers))} Pending, " if group.numbers else ""
        parts.append(f"{group.name}: {most}{number(100 * share, 0)} % of the time of slots held.")
    return " ".join(parts)
