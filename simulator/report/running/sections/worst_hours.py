"""The worst hours of one replication: who was Pending when, and what held the slots."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.measurement.worst_hours import CELLS
from simulator.report.clock_times import run_clock
from simulator.report.page import Column, Figure, Phrase, Section, Span, Table, Text, named
from simulator.report.running.view import LABEL
from simulator.report.running.worst_picture import (
    OTHERS,
    slot_name,
    slot_names,
    unusable_reasons,
    worst_picture,
)
from simulator.report.tables import table
from simulator.report.wording import NOTHING, number, plural, quantity, visible
from simulator.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.study import Study
    from simulator.experiments.worst_hours import ShownHours
    from simulator.measurement.spans import Spans
    from simulator.records.columns import Ints
    from simulator.report.clock_times import RunClock

TITLE: Final = "The worst hours"
_SECONDS, _MINUTES = len(":00"), len("00:00")
_WHERE: Final = ", where RUN is the folder of this run."


def worst_hours(study: Study) -> tuple[Section, ...]:
    """Return the worst hours of the replication that is shown; nothing where no job ever waited."""
    shown = study.worst_hours
    if shown is None:
        return ()
    figure = Figure(
        worst_picture(study.legend, shown, TITLE), _jobs(study, shown), _left_out(shown)
    )
    tables = (_numbers(study, shown), *_unusable(study, shown))
    return (Section("worst-hours", TITLE, tuple(_lead(study, shown)), (figure,), tables),)


def _lead(study: Study, shown: ShownHours) -> Iterator[Phrase]:
    hours, clock = shown.hours, run_clock(study.legend.window)
    begin, end = (clock.day(at_s)[:-_SECONDS] for at_s in (hours.from_s, hours.to_s))
    zone, length = visible(study.legend.window.zone), quantity(hours.to_s - hours.from_s, "s")
    yield (
        Span(f"{begin} to {end[-_MINUTES:]}", "figure"),
        f" ({zone}) in replication {shown.replication}: its {length} with most time Pending, ",
        Span(f"{number(hours.pending_s / HOUR_S)} job-hours", "figure"),
        ". Above, how many jobs were Pending; below, a row a slot, and whose jobs held it.",
    )
    if shown.waiting > 1:
        others = (
            f"Each of {plural(shown.waiting, 'replication')} has such hours. These are the middle "
            "ones by time Pending: as bad as one should expect. The very worst of all would be "
            "worse the more replications there are."
        )
        yield (others,)
    if study.viewer is None:
        command = f"simulator explain RUN JOB --replication {shown.replication}"
        yield "What kept one of these jobs: ", Span(command, "code"), _WHERE


def _left_out(shown: ShownHours) -> str:
    """Return what the picture leaves out."""
    strip = shown.hours.strip
    slots, spans = strip.left_out, strip.spans_left_out
    return " ".join(
        (
            *([f"{plural(slots, 'further slot')}, which stood free longer."] if slots else []),
            *([f"{plural(spans, 'further job')}, the shortest."] if spans else []),
        )
    )


_COLUMNS: Final = (
    *(Column("Job", numeric=True), Column("Folder"), Column("Process"), Column("Slot")),
    *(Column(title, numeric=True) for title in ("Submitted", "Started", "Ended", "Waited")),
)


def _jobs(study: Study, shown: ShownHours) -> Table:
    """Return the jobs that were Pending then, the longest waits first, and those on the slots."""
    jobs, routes, names = shown.hours.jobs, study.legend.routes, study.legend.names
    clock, begin_s = run_clock(study.legend.window), shown.hours.from_s
    instants = (jobs.submitted_s, jobs.started_s, jobs.ended_s)
    columns = [_times(clock, one.tolist(), begin_s) for one in instants]
    rows: list[tuple[Text, ...]] = [
        (
            str(jobs.job[row]),
            named(names.folders[routes.folder[jobs.route[row]]]),
            named(names.processes[routes.process[jobs.route[row]]]),
            _slot(study, int(jobs.host[row]), int(jobs.slot[row])),
            *(times[row] for times in columns),
            quantity(float(jobs.pending_s[row]), "s"),
        )
        for row in range(len(jobs.job))
    ]
    more = jobs.left_out
    note = f"{plural(more, 'further job')}; jobs.parquet has them all." if more else ""
    return table("Jobs Pending or on these slots then, longest wait first", _COLUMNS, rows, note)


def _slot(study: Study, host: int, slot: int) -> Text:
    return NOTHING if host < 0 else Span(slot_name(study.legend, host, slot), "name")


def _times(clock: RunClock, instants: Sequence[float], beside_s: float) -> list[str]:
    """Return a column's instants, all with their day or none, so that they can be sorted."""
    told = [clock.time(at_s, beside_s) if math.isfinite(at_s) else NOTHING for at_s in instants]
    if len({len(one) for one in told if one != NOTHING}) < 2:  # noqa: PLR2004 - all alike
        return told
    return [clock.day(at_s) if math.isfinite(at_s) else NOTHING for at_s in instants]


def _numbers(study: Study, shown: ShownHours) -> Table:
    """Return how many jobs of each folder were Pending in each part of the hours."""
    hours, clock = shown.hours, run_clock(study.legend.window)
    folders = study.legend.names.folders
    names: list[Text] = [*(named(folders[one]) for one in hours.folders.tolist()), OTHERS]
    step_s = (hours.to_s - hours.from_s) / CELLS
    rows: list[tuple[Text, ...]] = [
        (f"{clock.local(hours.from_s + step_s * cell):%H:%M}", name, number(value, 2))
        for cell, values in enumerate(hours.pending.T.tolist())
        for name, value in zip(names, values, strict=True)
        if value > 0
    ]
    columns = (Column("From"), Column("Folder"), Column("Pending jobs", numeric=True))
    caption = f"Pending jobs, means over {quantity(step_s, 's')} each"
    return replace(table(caption, columns, rows, "Where none is listed none was."), folded=True)


def _unusable(study: Study, shown: ShownHours) -> Iterator[Table]:
    """Yield when the slots shown could not be used, or jobs outside held them, where that was."""
    strip, reasons = shown.hours.strip, unusable_reasons(shown.hours)
    outside = np.flatnonzero(strip.held.job < 0)
    states = [reasons[code] for code in strip.unusable.state.tolist()]
    spans = [
        *_spans(strip.unusable.slot, strip.unusable.spans, states),
        *_spans(strip.held.slot[outside], strip.held.spans.of(outside), [LABEL] * len(outside)),
    ]
    if not spans:
        return
    clock, begin_s = run_clock(study.legend.window), shown.hours.from_s
    names = [*slot_names(study.legend, shown.hours)]
    slots, *ends, whys = zip(*sorted(spans), strict=True)
    begins, stops = (_times(clock, one, begin_s) for one in ends)
    rows = [
        (Span(names[slot], "name"), from_s, to_s, why)
        for slot, from_s, to_s, why in zip(slots, begins, stops, whys, strict=True)
    ]
    columns = (
        Column("Slot"),
        *(Column(one, numeric=True) for one in ("From", "To")),
        Column("Why"),
    )
    yield replace(table("When these slots could not be used", columns, rows), folded=True)


def _spans(
    slots: Ints, spans: Spans, why: Sequence[str]
) -> Iterator[tuple[int, float, float, str]]:
    return zip(slots.tolist(), spans.from_s.tolist(), spans.to_s.tolist(), why, strict=True)
