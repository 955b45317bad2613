"""The columns of a run's records: what the engine writes and measurement reads.

Everything is a numpy array of one value a row; names are integers here, restored by `Names` at
the edge (`records.tables`). Seconds are float64 since `origin`, the start of the warm-up; NaN where
it did not happen. -1 stands for none in a column of integers.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from simulator.access.refusals import Refusal
from simulator.records.codes import JobState, SourceKind
from simulator.records.readings import Readings
from simulator.units import HOUR_S

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int32]
Codes: TypeAlias = npt.NDArray[np.int8]

_Thing = TypeVar("_Thing", bound=Hashable)

NONE: Final = -1
"""Stands for none in a column of integers."""


def numbers_of(things: Iterable[_Thing]) -> dict[_Thing, int]:
    """Return the number of each of several things: its place among them, counted from 0."""
    return {thing: number for number, thing in enumerate(things)}


@dataclass(frozen=True, slots=True)
class ItemRoutes:
    """What the plan knows of an item added: one row a pair of arrival and whoever adds.

    `refusal` indexes `Names.refusals` where he may not; otherwise it is -1.
    """

    arrival: Ints
    queue: Ints
    principal: Ints
    refusal: Ints


@dataclass(frozen=True, slots=True)
class Routes:
    """What the plan already knows of a submission: one row a pair of source and caller.

    A job's `route` is a row here. `line` is -1 for a refused route, `refusal` then indexes
    `Names.refusals`; otherwise it is -1. `limit_refusal` likewise is what a job of the route is
    told that is refused over its process's pending limit, -1 where there is none.
    """

    folder: Ints
    process: Ints
    source: Ints
    source_kind: Codes
    principal: Ints
    run_as: Ints
    priority: Ints
    runtime: Ints
    line: Ints
    refusal: Ints
    limit_refusal: Ints

    @property
    def told(self) -> Ints:
        """Return what a refused job of each route is told: by admission, else over the limit."""
        return np.where(self.refusal >= 0, self.refusal, self.limit_refusal)


@dataclass(frozen=True, slots=True)
class Names:
    """Index to name, for every integer column.

    Processes, triggers and starts are `HR/Payroll:onboard`, hosts `shared-vm/1`. `accounts` holds
    every account there is, counted members apart; principals are among them. `host_machine` maps a
    host to its machine, `machine_slots` a machine to the slots of each of its hosts, licensed or
    not: pairs of a runtime type and how many, in the order in which slots are numbered.
    `source_kinds` maps a source to its kind. Queues and arrivals are `HR/Payroll:invoices` too;
    `queue_folder` maps a queue to its folder, `queue_sla_s` to its SLA in seconds, infinite where
    it has none.
    """

    folders: tuple[str, ...]
    processes: tuple[str, ...]
    sources: tuple[str, ...]
    source_kinds: tuple[SourceKind, ...]
    accounts: tuple[str, ...]
    principals: tuple[str, ...]
    machines: tuple[str, ...]
    hosts: tuple[str, ...]
    host_machine: tuple[int, ...]
    machine_slots: tuple[tuple[tuple[int, int], ...], ...]
    runtimes: tuple[str, ...]
    run_as: tuple[str, ...]
    lines: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    queues: tuple[str, ...] = ()
    queue_folder: tuple[int, ...] = ()
    queue_sla_s: tuple[float, ...] = ()
    arrivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jobs:
    """One row a submission, refused ones too, in the order of submission: the row is the job id.

    pending_s runs from submission to first start, withdrawal or the end of the run; 0 for Refused.
    resumed_s adds all later waits, each as in `Interruptions`; running_s the spans of running,
    without what a job was paused. host and account are where it ran last, -1 where it never did.
    state holds `JobState`, reason `PendingReason`.
    """

    route: Ints
    submitted_s: Floats
    started_s: Floats
    ended_s: Floats
    pending_s: Floats
    resumed_s: Floats
    running_s: Floats
    state: Codes
    reason: Codes
    host: Ints
    account: Ints


def folders_of_processes(legend: Legend) -> Ints:
    """Return the folder of each process of which jobs are submitted, else -1."""
    folders = np.full(len(legend.names.processes), NONE, dtype=np.int32)
    folders[legend.routes.process] = legend.routes.folder
    return folders


def refusals_of(routes: Routes, jobs: Jobs) -> Ints:
    """Return what each job was told that was refused, (J,): rows of `Names.refusals`, else -1."""
    return np.where(jobs.state == JobState.REFUSED.value, routes.told[jobs.route], np.int32(NONE))


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One row for each span a slot was held: which job, where, under whom, from when to when.

    `slot` counts from 0 within the host, over all its runtime types. `job` is -1 for a job that is
    not among the records, as where they are `partial`. From `ran_from_s` on the job was Running
    there; before that it waited out the dispatch latency, and where it never came to run it equals
    `to_s`. While a host is down, a job that is paused there executes nothing and has no row.
    """

    job: Ints
    host: Ints
    slot: Ints
    account: Ints
    from_s: Floats
    ran_from_s: Floats
    to_s: Floats


@dataclass(frozen=True, slots=True)
class Interruptions:
    """One row for each time a job left its slot before it was over: Suspended, or restarted.

    cause holds `Interruption`. It left at left_s, came back into line at back_s (NaN: still
    Suspended at the end of the run; a restarted job is back at once), and was Running again from
    again_s (NaN: not by the end of the run). From back_s to again_s it waited as Resumed. Rows are
    in the order of left_s.
    """

    job: Ints
    cause: Codes
    left_s: Floats
    back_s: Floats
    again_s: Floats


@dataclass(frozen=True, slots=True)
class Availability:
    """Spans in which `slots` slots of a runtime type of a host were in a state, `SlotState`.

    USABLE, MAINTENANCE and DOWN ones existed: their host was connected and they had a licence. The
    others would have, but for the state. Of a host neither connected nor booting there is no row.
    """

    host: Ints
    runtime: Ints
    slots: Ints
    from_s: Floats
    to_s: Floats
    state: Codes


@dataclass(frozen=True, slots=True)
class TriggerLog:
    """One row a firing: which trigger, when, how many jobs came of it, `FiringOutcome`.

    `refusal` indexes `Names.refusals` where admission refused all the jobs; otherwise it is -1.
    """

    source: Ints
    fired_s: Floats
    created: Ints
    outcome: Codes
    refusal: Ints


@dataclass(frozen=True, slots=True)
class QueueItems:
    """One row an attempt at an item, in the order in which they were added; refused ones too.

    A retry is a row of its own: `first` is the row of the first attempt (its own where it is that),
    `retry` counts from 0. `available_s` is when it could be worked at, `deadline_s` when it should
    be done (NaN: none), `taken_s` and `done_s` when a job began and ended the work at it (NaN where
    it did not; an Abandoned item was never ended). `job` is that job's row, -1 where none took it
    or it is not among the records. `route` is a row of `ItemRoutes`; status holds `ItemStatus`,
    exception `ItemException`.
    """

    route: Ints
    first: Ints
    retry: Ints
    priority: Ints
    added_s: Floats
    available_s: Floats
    deadline_s: Floats
    taken_s: Floats
    done_s: Floats
    status: Codes
    exception: Codes
    job: Ints


@dataclass(frozen=True, slots=True)
class Blame:
    """What kept the jobs of a process Pending, and for how many seconds; worked out from the rest.

    cause holds `BlameCause`. held_by is the folder whose jobs it was, -1 where it was no job,
    `ELSEWHERE` where its name may not be told; machine is -1 where no machine is to blame. One row
    a combination; the seconds of all rows add up to `Jobs.pending_s`, window_s are those of them
    inside the window.
    """

    process: Ints
    cause: Codes
    held_by: Ints
    machine: Ints
    seconds: Floats
    window_s: Floats


@dataclass(frozen=True, slots=True)
class BlameOfWeek:
    """Blame inside the window by local hour of the week, Monday 00 first, all machines together."""

    process: Ints
    cause: Codes
    held_by: Ints
    hour: Ints
    seconds: Floats


@dataclass(frozen=True, slots=True)
class BlameOfMachines:
    """Blame inside the window by machine, -1 for none, and local hour of the week."""

    machine: Ints
    hour: Ints
    seconds: Floats


ELSEWHERE: Final = -2
"""Stands for folders that an account does not see, which only `Blame` tells of."""

OUTSIDE_YOUR_FOLDERS: Final = "outside your folders"
"""What such folders are called."""


@dataclass(frozen=True, slots=True)
class Records:
    """All a replication leaves behind; `end_s` is when its last event happened.

    `blame` is derived from the other tables; the engine leaves it out. `readings` are there to
    check the tables against, and only where these tell of the whole run.
    """

    replication: int
    end_s: float
    jobs: Jobs
    occupancy: Occupancy
    availability: Availability
    trigger_log: TriggerLog
    queue_items: QueueItems
    interruptions: Interruptions
    blame: Blame | None = None
    readings: Readings | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The span observed, in seconds since origin, half-open: [from_s, to_s).

    `origin_epoch_s` is the origin in Unix time, `zone` the tenant's IANA zone.
    """

    from_s: float
    to_s: float
    origin_epoch_s: int
    zone: str

    @property
    def length_s(self) -> float:
        """Return how long the window is, in seconds."""
        return self.to_s - self.from_s

    @property
    def hours(self) -> float:
        """Return how long the window is, in hours."""
        return self.length_s / HOUR_S


@dataclass(frozen=True, slots=True)
class Legend:
    """All that is needed to read records: names, routes, window. Part of every plan.

    `partial` where the records are what one account may see of a run (`records.view`): slots may
    then be held by jobs that are not among them, with -1 for the job.
    """

    names: Names
    routes: Routes
    item_routes: ItemRoutes
    window: Window
    partial: bool = False
