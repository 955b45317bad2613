"""The records of a kept run, read back: names to integers, the inverse of `records.tables`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from simulator.errors import DataFileError
from simulator.records.codes import (
    FiringOutcome,
    Interruption,
    ItemException,
    ItemStatus,
    JobState,
    PendingReason,
    SlotState,
    SourceKind,
)
from simulator.records.columns import (
    NONE,
    Availability,
    Codes,
    Floats,
    Interruptions,
    Ints,
    Jobs,
    Legend,
    Occupancy,
    QueueItems,
    Records,
    TriggerLog,
    numbers_of,
)
from simulator.records.files import read_replication
from simulator.records.readings import MOMENTS, Reading, Readings
from simulator.units import LONGEST_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from simulator.records.tables import Labelled

_COLUMNS: Final = {
    "jobs": "source source_kind principal priority submitted_s started_s ended_s pending_s "
    "resumed_s running_s state pending_reason host account",
    "occupancy": "job host slot account from_s ran_from_s to_s",
    "interruptions": "job cause left_s back_s again_s",
    "availability": "host runtime slots from_s to_s why_not",
    "trigger_log": "trigger fired_s created outcome failed_why",
    "queue_items": "arrival principal priority retry first added_s available_s deadline_s taken_s "
    "done_s status exception job",
    "readings": "moment folder at_s waiting running held waited_s held_s",
}
"""What is read of each table: the rest follows from it."""

_AGAIN: Final = "run the scenario again"

_LONGEST_S: Final = 10 * LONGEST_S
"""No run is as long: it ends a century after its own time at the latest."""


def read_records(folder: Path, legend: Legend, replication: int) -> Records:
    """Return the records of one replication of a run that its folder keeps.

    `legend` is that of the run's plan. Without `readings.parquet`, which older runs lack, there are
    no readings, and when the last event happened is not written down: nothing that is written ends
    later, and slots exist, or the window lasts, until then.

    Raises:
        DataFileError: a table is missing, cannot be read, names what the legend does not, or has
            in a column what no run writes there.
    """
    is_read = (folder / "readings.parquet").exists()
    named = _COLUMNS if is_read else [name for name in _COLUMNS if name != "readings"]
    tables = {name: _Table(folder, name, replication) for name in named}
    with _of_one_run(folder):
        jobs = _jobs(tables["jobs"], legend)
        occupancy = _occupancy(tables["occupancy"], jobs, legend)
        availability = _availability(tables["availability"], legend)
        log = _trigger_log(tables["trigger_log"], legend)
        items = _queue_items(tables["queue_items"], jobs, legend)
        readings = _readings(tables["readings"], legend) if is_read else None
    breaks = _interruptions(tables["interruptions"], jobs)
    ends_s = (
        *(jobs.submitted_s + jobs.pending_s, jobs.ended_s),
        *(occupancy.to_s, availability.to_s, breaks.back_s),
        *(log.fired_s, items.added_s, items.done_s),
        [legend.window.to_s],
    )
    last_s = float(np.nanmax(np.concatenate(ends_s)))
    end_s = last_s if readings is None else readings.end.at_s
    return Records(
        replication, end_s, jobs, occupancy, availability, log, items, breaks, readings=readings
    )


class _Table:
    """The columns of one table as arrays, names and labels in numbers."""

    def __init__(self, folder: Path, name: str, replication: int) -> None:
        columns = _COLUMNS[name].split()
        self._path = folder / f"{name}.parquet"
        self._table = read_replication(folder, name, replication, columns)

    def seconds(self, column: str) -> Floats:
        found: Floats = self._column(column, pa.types.is_float64).to_numpy()
        self.refuse(column, np.abs(found) > _LONGEST_S)
        return found

    def known_seconds(self, column: str) -> Floats:
        """Return seconds that every row has."""
        found = self.seconds(column)
        self.refuse(column, np.isnan(found))
        return found

    def sums(self, column: str) -> Floats:
        """Return seconds added up over jobs, which have no bound."""
        found: Floats = self._column(column, pa.types.is_float64).to_numpy()
        return found

    def integers(self, column: str, count: int | None = None) -> Ints:
        """Return integers; with a count places below it, -1 where there is none."""
        found = self._column(column, pa.types.is_signed_integer).to_numpy()
        whole = np.iinfo(np.int32)
        low, high = (whole.min, whole.max) if count is None else (NONE, count - 1)
        self.refuse(column, (found < low) | (found > high))
        integers: Ints = found.astype(np.int32)
        return integers

    def numbers(self, column: str, number: Mapping[str, int]) -> Ints:
        """Return the number of each name, -1 where there is none."""
        chunks = self._column(column, pa.types.is_dictionary).chunks
        parts = [_numbers(chunk, number) for chunk in chunks]
        return np.concatenate([np.empty(0, dtype=np.int32), *parts])

    def known_numbers(self, column: str, number: Mapping[str, int]) -> Ints:
        """Return the number of each name, which every row has."""
        found = self.numbers(column, number)
        self.refuse(column, found == NONE)
        return found

    def codes(self, column: str, kind: Labelled) -> Codes:
        """Return the member that each label is of, counted from 0; every row has one."""
        labels = numbers_of(one.label for one in kind)
        return self.known_numbers(column, labels).astype(np.int8)

    def _column(self, column: str, is_kind: Callable[[pa.DataType], bool]) -> pa.ChunkedArray:
        found = self._table.column(column)
        has_gaps = found.null_count and not pa.types.is_dictionary(found.type)
        self.refuse(column, np.array(has_gaps or not is_kind(found.type)))
        return found

    def refuse(self, column: str, is_wrong: npt.NDArray[np.bool_]) -> None:
        """Tell of a column in which something is wrong."""
        if is_wrong.any():
            raise DataFileError(
                f"{self._path} cannot be read: its column {column!r} has what no run of this "
                f"version writes there; {_AGAIN}"
            )


def _numbers(chunk: pa.DictionaryArray, number: Mapping[str, int]) -> Ints:
    of_words = np.array([*(number[word] for word in chunk.dictionary.to_pylist()), NONE])
    places = chunk.indices.fill_null(NONE).to_numpy(zero_copy_only=False)
    found: Ints = of_words.astype(np.int32)[places]
    return found


@contextmanager
def _of_one_run(folder: Path) -> Iterator[None]:
    """Tell of a name that only the tables have: then they are not those of this run."""
    try:
        yield
    except KeyError as error:
        raise DataFileError(
            f"{folder}: its tables name {error.args[0]!r}, which its manifest.json does not; they "
            f"are of different runs: {_AGAIN}"
        ) from error


def _jobs(table: _Table, legend: Legend) -> Jobs:
    names = legend.names
    return Jobs(
        route=_routes(table, legend),
        submitted_s=table.known_seconds("submitted_s"),
        started_s=table.seconds("started_s"),
        ended_s=table.seconds("ended_s"),
        pending_s=table.known_seconds("pending_s"),
        resumed_s=table.known_seconds("resumed_s"),
        running_s=table.known_seconds("running_s"),
        state=table.codes("state", JobState),
        reason=table.codes("pending_reason", PendingReason),
        host=table.numbers("host", numbers_of(names.hosts)),
        account=table.numbers("account", numbers_of(names.accounts)),
    )


def _routes(table: _Table, legend: Legend) -> Ints:
    """Return the route of each job: no two have source, its kind, caller and priority alike."""
    names, routes = legend.names, legend.routes
    number = numbers_of(dict.fromkeys(names.sources))
    named = np.array([number[name] for name in names.sources], dtype=np.int32)
    principals = numbers_of(names.principals)
    known = (named[routes.source], routes.source_kind, routes.principal, routes.priority)
    asked = (
        table.numbers("source", number),
        table.codes("source_kind", SourceKind),
        table.numbers("principal", principals),
        table.integers("priority"),
    )
    return _rows_of(known, asked)


def _rows_of(known: tuple[npt.NDArray[Any], ...], asked: tuple[npt.NDArray[Any], ...]) -> Ints:
    """Return the row of `known` columns that each row of the `asked` ones equals.

    Raises:
        KeyError: there is none.
    """
    beyond = [int(one.max(initial=NONE)) + 1 for one in known]  # what no row of `known` has
    asked = tuple(
        np.where((one >= NONE) & (one < no), one, no) for one, no in zip(asked, beyond, strict=True)
    )
    sizes = [no + 2 for no in beyond]
    keys, wanted = (
        np.ravel_multi_index(tuple(column.astype(np.int64) + 1 for column in columns), sizes)
        for columns in (known, asked)
    )
    order = np.argsort(keys, kind="stable")
    places = np.minimum(np.searchsorted(keys[order], wanted), max(len(keys) - 1, 0))
    found: Ints = order.astype(np.int32)[places] if len(keys) else np.empty(0, dtype=np.int32)
    if len(wanted) and not (len(keys) and np.array_equal(keys[found], wanted)):
        raise KeyError("a source, a caller or a priority")
    return found


def _occupancy(table: _Table, jobs: Jobs, legend: Legend) -> Occupancy:
    return Occupancy(
        job=table.integers("job", len(jobs.route)),
        host=table.known_numbers("host", numbers_of(legend.names.hosts)),
        slot=table.integers("slot"),
        account=table.numbers("account", numbers_of(legend.names.accounts)),
        from_s=table.known_seconds("from_s"),
        ran_from_s=table.known_seconds("ran_from_s"),
        to_s=table.known_seconds("to_s"),
    )


def _interruptions(table: _Table, jobs: Jobs) -> Interruptions:
    return Interruptions(
        job=table.integers("job", len(jobs.route)),
        cause=table.codes("cause", Interruption),
        left_s=table.known_seconds("left_s"),
        back_s=table.seconds("back_s"),
        again_s=table.seconds("again_s"),
    )


def _availability(table: _Table, legend: Legend) -> Availability:
    why_not = (one.label for one in SlotState if one is not SlotState.USABLE)
    return Availability(
        host=table.known_numbers("host", numbers_of(legend.names.hosts)),
        runtime=table.known_numbers("runtime", numbers_of(legend.names.runtimes)),
        slots=table.integers("slots"),
        from_s=table.known_seconds("from_s"),
        to_s=table.known_seconds("to_s"),
        state=(table.numbers("why_not", numbers_of(why_not)) + 1).astype(np.int8),  # none: usable
    )


def _trigger_log(table: _Table, legend: Legend) -> TriggerLog:
    names = legend.names
    triggers = {
        name: number
        for number, (name, kind) in enumerate(zip(names.sources, names.source_kinds, strict=True))
        if kind not in {SourceKind.MANUAL, SourceKind.JOB}
    }
    return TriggerLog(
        source=table.numbers("trigger", {**dict.fromkeys(names.sources, NONE), **triggers}),
        fired_s=table.known_seconds("fired_s"),
        created=table.integers("created"),
        outcome=table.codes("outcome", FiringOutcome),
        refusal=table.numbers("failed_why", numbers_of(one.in_words for one in names.refusals)),
    )


def _queue_items(table: _Table, jobs: Jobs, legend: Legend) -> QueueItems:
    names, routes = legend.names, legend.item_routes
    asked = (
        table.numbers("arrival", numbers_of(names.arrivals)),
        table.numbers("principal", numbers_of(names.principals)),
    )
    return QueueItems(
        route=_rows_of((routes.arrival, routes.principal), asked),
        first=table.integers("first", len(asked[0])),
        retry=table.integers("retry"),
        priority=table.integers("priority"),
        added_s=table.known_seconds("added_s"),
        available_s=table.known_seconds("available_s"),
        deadline_s=table.seconds("deadline_s"),
        taken_s=table.seconds("taken_s"),
        done_s=table.seconds("done_s"),
        status=table.codes("status", ItemStatus),
        exception=table.codes("exception", ItemException),
        job=table.integers("job", len(jobs.route)),
    )


def _readings(table: _Table, legend: Legend) -> Readings | None:
    """Return what the meter read; None of a replication that has no readings."""
    moment = table.known_numbers("moment", numbers_of(MOMENTS))
    if not len(moment):
        return None
    folders = len(legend.names.folders)
    folder = table.numbers("folder", numbers_of(legend.names.folders))
    rows = np.tile(np.append(np.arange(folders), NONE), len(MOMENTS))
    moments = np.repeat(np.arange(len(MOMENTS)), folders + 1)
    table.refuse("folder", np.array(not np.array_equal(folder, rows)))
    table.refuse("moment", np.array(not np.array_equal(moment, moments)))
    shape = len(MOMENTS), folders + 1
    at_s = table.known_seconds("at_s").reshape(shape)[:, -1].tolist()
    waiting, running, held = (
        table.integers(column).astype(np.int64).reshape(shape)[:, :-1]
        for column in ("waiting", "running", "held")
    )
    waited_s, held_s = (
        table.sums(column).reshape(shape)[:, -1].tolist() for column in ("waited_s", "held_s")
    )
    every = zip(at_s, waiting, running, held, waited_s, held_s, strict=True)
    return Readings(*(Reading(*one) for one in every))
