"""The traces that streams replay, looked at before a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.errors import Issue, Path, warning
from simulator.loading.data_files import DataFiles
from simulator.model.folders import streams_in, walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import Trace
from simulator.plan.arrivals import window_of
from simulator.records.columns import Window
from simulator.traces.checking import Checked
from simulator.traces.rows import NO_TRACES, Traces


def trace_issues(scenario: Scenario, files: DataFiles) -> list[Issue]:
    """Return what is wrong with the traces of a scenario, and which of their rows it leaves out.

    A file is told of once, where it is named first. `files` knows the traces afterwards.
    """
    window = _window(scenario)
    return [] if window is None else list(_issues(scenario, files, window))


def traces_of(scenario: Scenario, files: DataFiles) -> Traces:
    """Return the traces of a scenario that were looked at and can be replayed, by file."""
    window = _window(scenario)
    named = {trace.trace for _, trace in _traces(scenario)}
    known = NO_TRACES if window is None else files.traces(window)
    return {name: trace for name, trace in known.items() if name in named}


def _window(scenario: Scenario) -> Window | None:
    """Return the window of a run; None where it has no such zone, which is told elsewhere."""
    try:
        return window_of(scenario.time)
    except ValueError:
        return None


def _issues(scenario: Scenario, files: DataFiles, window: Window) -> Iterator[Issue]:
    places: dict[str, Path] = {}
    for path, trace in _traces(scenario):
        places.setdefault(trace.trace, (*path, "trace"))
    for name, place in places.items():
        found = files.check(name, window)
        if isinstance(found, Issue):
            yield replace(found, path=place)
        else:
            yield from found.issues
            yield from _left_out(found, place)


def _left_out(found: Checked, place: Path) -> Iterator[Issue]:
    """Yield a warning of rows that lie outside the run, if there are any."""
    if found.trace is None or found.trace.rows == found.row_count:
        return
    outside = found.row_count - found.trace.rows
    message = f"the run leaves out rows that lie outside it: {outside:,} of {found.row_count:,}"
    hint = f"the file's rows are from {found.first.strip()} to {found.last.strip()}"
    yield warning(place, message, "outside-run", hint)


def _traces(scenario: Scenario) -> Iterator[tuple[Path, Trace]]:
    """Yield every stream that is a trace, with its path."""
    for parts, folder in walk(scenario.folders):
        for place, stream in streams_in(folder):
            if isinstance(stream, Trace):
                yield (*place_of(parts), *place), stream
